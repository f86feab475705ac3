package dev.gimbal.cli;

import dev.gimbal.ConfigException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The {@code gimbal} command: shows, watches, explains and checks layered configuration.
 *
 * <p>Exit codes: 0 done; 1 path absent, or different; 2 usage; 3 configuration error; 70 a defect
 * of ours; 74 the output could not be written. All output is UTF-8.
 *
 * @since 0.1.0
 */
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    if (!debug() && System.getProperty(QuietLogging.PROPERTY) == null) {
      System.setProperty(QuietLogging.PROPERTY, QuietLogging.class.getName());
    }
    StandardOutput stdout = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    PrintStream out = new PrintStream(stdout, false, StandardCharsets.UTF_8);
    PrintStream err = utf8(new FileOutputStream(FileDescriptor.err));
    InputStream in = new FileInputStream(FileDescriptor.in);
    int code = run(args, new Terminal(in, out, err, Screen.ofProcess()));
    IOException failure = stdout.failure();
    if (failure != null && !StandardOutput.isClosedPipe(failure)) {
      err.print("gimbal: cannot write the output: " + failure.getMessage() + "\n");
      code = ExitCode.OUTPUT;
    }
    System.exit(code);
  }

  private static PrintStream utf8(OutputStream stream) {
    return new PrintStream(stream, false, StandardCharsets.UTF_8);
  }

  /**
   * Runs one command. None of the streams is taken for a terminal.
   *
   * @param out takes UTF-8; flushed before this returns
   * @param err takes UTF-8; flushed before this returns
   * @return the exit code
   */
  public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
    return run(args, new Terminal(in, out, err, Screen.NONE));
  }

  private static int run(String[] args, Terminal terminal) {
    try {
      return dispatch(args, terminal);
    } catch (UsageException e) {
      terminal.message("gimbal: " + e.getMessage() + " (see gimbal --help)");
      return ExitCode.USAGE;
    } catch (Throwable e) {
      terminal.message(internal(e));
      if (debug()) {
        e.printStackTrace(terminal.err());
      }
      return ExitCode.INTERNAL;
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  /** The type alone: the message of an unforeseen exception may hold a value. */
  static String internal(Throwable e) {
    return "gimbal: internal error: "
        + e.getClass().getName()
        + " (GIMBAL_DEBUG=1 in the environment shows more)";
  }

  private static boolean debug() {
    return "1".equals(System.getenv("GIMBAL_DEBUG"));
  }

  private static int dispatch(String[] args, Terminal terminal) throws InterruptedException {
    if (args.length == 0) {
      throw new UsageException("which command? " + String.join(", ", Commands.names()));
    }
    switch (args[0]) {
      case "-h", "--help", "help" -> {
        terminal.print(usage(args.length > 1 ? Commands.named(args[1]).spec() : root()));
        return ExitCode.OK;
      }
      case "-V", "--version" -> {
        terminal.line("gimbal " + Version.installed());
        return ExitCode.OK;
      }
      default -> {
        return parse(args, terminal);
      }
    }
  }

  private static int parse(String[] args, Terminal terminal) throws InterruptedException {
    Command command = Commands.named(args[0]);
    CommandSpec spec = command.spec();
    CommandLine line = new CommandLine(spec).setExpandAtFiles(false);
    try {
      var parsed = line.parseArgs(Arrays.copyOfRange(args, 1, args.length));
      if (parsed.isUsageHelpRequested()) {
        terminal.print(usage(spec));
        return ExitCode.OK;
      }
      return run(command, new Options(parsed, terminal), terminal);
    } catch (CommandLine.ParameterException e) {
      return usageError(args[0], String.valueOf(e.getMessage()), terminal);
    } catch (UsageException e) {
      return usageError(args[0], String.valueOf(e.getMessage()), terminal);
    }
  }

  /** Tells what is wrong with a configuration in the form that the output has. */
  private static int run(Command command, Options options, Terminal terminal)
      throws InterruptedException {
    try {
      return command.run(options, terminal);
    } catch (ConfigException e) {
      if (options.output("").equals("json")) {
        e.problems().forEach(p -> terminal.message(JsonLine.of("error", p).toString()));
      } else {
        terminal.message(Visible.text(e));
      }
      return ExitCode.CONFIGURATION;
    }
  }

  private static int usageError(String command, String message, Terminal terminal) {
    String line = Visible.inLine(message.replace('\n', ' '));
    terminal.message("gimbal " + command + ": " + line + " (see gimbal " + command + " --help)");
    return ExitCode.USAGE;
  }

  private static String usage(CommandSpec spec) {
    return new CommandLine(spec).getUsageMessage(Ansi.OFF);
  }

  private static CommandSpec root() {
    CommandSpec root = CommandSpec.create().name("gimbal");
    root.usageMessage()
        .width(Syntax.HELP_WIDTH)
        .customSynopsis("gimbal COMMAND [OPTIONS]", "       gimbal --help | --version")
        .description("%nShows, watches, explains and checks layered configuration.%n")
        .commandListHeading("Commands:%n")
        .footer(
            "",
            "'gimbal COMMAND --help' tells about one of them.",
            "",
            Syntax.EXIT_CODES,
            "",
            "Examples:",
            "  gimbal get server.port --source defaults.properties --source app.yaml",
            "  gimbal watch --source app.yaml",
            "  gimbal explain db.url --source app.yaml --source env:APP_",
            "  gimbal check --source app.yaml --source dir:/etc/app");
    Commands.specs().forEach(spec -> root.addSubcommand(spec.name(), spec));
    return root;
  }
}
