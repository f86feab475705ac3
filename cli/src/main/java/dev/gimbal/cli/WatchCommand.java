package dev.gimbal.cli;

import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.Subscription;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;

/** {@code gimbal watch}: prints a line of JSON for each change until it is ended. */
final class WatchCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.spec(
            "watch",
            "Prints one line of JSON for each value that changes at or below a path.",
            "Each line is {\"version\":N,\"path\":PATH,\"old\":X,\"new\":Y,\"source\":NAME}: null"
                + " stands for",
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
            "gimbal watch [PATH] --source SPEC ... [--set PATH=VALUE ...] [--output json]"
                + " [--reveal]");
    spec.addPositional(Syntax.path(false, "Where, such as db.pool; everything without it."));
    spec.addOption(Syntax.output("json, the only form."));
    return Syntax.reveal(spec);
  }

  @Override
  @SuppressWarnings("try") // the resources only need closing
  public int run(Options options, Terminal terminal) throws InterruptedException {
    if (!options.output("json").equals("json")) {
      throw new UsageException("--output: watch prints only json");
    }
    ConfigPath path = options.path();
    CountDownLatch unread = new CountDownLatch(1);
    try (Config config = options.open(true);
        var atExit = new CloseAtExit(config)) {
      ChangeLines lines = new ChangeLines(terminal, options.reveal(), unread::countDown);
      try (Subscription changes = config.onChange(path.toString(), lines);
          Subscription states = StatusMessages.subscribe(config, terminal)) {
        int n = options.sources().size();
        terminal.message("watching " + n + (n == 1 ? " source" : " sources"));
        unread.await();
      }
    }
    return ExitCode.OK;
  }
}
