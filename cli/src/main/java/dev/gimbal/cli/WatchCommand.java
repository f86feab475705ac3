package dev.gimbal.cli;

import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.Subscription;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;

/** {@code gimbal watch}: prints each change until it is ended. */
final class WatchCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.spec(
            "watch",
            "Prints each value that changes at or below a path: on a terminal what was and what is,"
                + " else a line of JSON.",
            "A line of JSON is {\"version\":N,\"path\":PATH,\"old\":X,\"new\":Y,\"source\":NAME}:"
                + " null stands for",
            "absent, the path is absolute, and the source is the one that the value comes from.",
            "Nothing is printed for the values at the start. An edit that is rejected is reported"
                + " on",
            "standard error with its place, and the watch goes on. SIGINT and SIGTERM end it.",
            "",
            "Examples:",
            "  gimbal watch --source app.yaml",
            "  gimbal watch db.pool --source defaults.properties --source app.yaml | tee changes",
            "",
            "Exit codes: 0 nobody reads the output any more; 2 usage; 3 configuration error at the",
            "start; 130 SIGINT; 143 SIGTERM; " + Syntax.EXIT_CODES_OF_FAILURES);
    spec.usageMessage()
        .customSynopsis(
            "gimbal watch [PATH]"
                + Syntax.LAYERS
                + " [--output FORMAT]"
                + " [--color WHEN] [--reveal]");
    spec.addPositional(Syntax.path(false, "Where, such as db.pool; everything without it."));
    spec.addOption(
        Syntax.output(
            "text or json. By default text on a terminal, json for everything else.",
            "text",
            "json"));
    spec.addOption(
        Syntax.text("WHEN", "--color")
            .description(
                "auto, always or never: red and green in text. By default auto: on a terminal,"
                    + " unless NO_COLOR is set or TERM is dumb.")
            .completionCandidates(List.of("auto", "always", "never"))
            .build());
    return Syntax.reveal(spec);
  }

  @Override
  @SuppressWarnings("try") // the resources only need closing
  public int run(Options options, Terminal terminal) throws InterruptedException {
    ChangeForm form = form(options, terminal.screen());
    ConfigPath path = options.path();
    CountDownLatch unread = new CountDownLatch(1);
    try (Config config = options.open(true);
        var atExit = new CloseAtExit(config)) {
      ChangeLines lines = new ChangeLines(terminal, form, unread::countDown);
      try (Subscription changes = config.onChange(path.toString(), lines);
          Subscription states = StatusMessages.subscribe(config, terminal)) {
        int n = options.sources().size();
        terminal.message("watching " + n + (n == 1 ? " source" : " sources"));
        unread.await();
      }
    }
    return ExitCode.OK;
  }

  private static ChangeForm form(Options options, Screen screen) {
    boolean colored = screen.isColored(options.color());
    boolean json = options.has("--output") ? options.json() : !screen.out();
    return json ? new ChangeJson(options.reveal()) : new ChangeText(options.reveal(), colored);
  }
}
