package dev.gimbal.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The table of commands, in the order of the help: what dispatch, help, completion and the manual
 * page are made of. What a command takes is in its {@link Command#spec}.
 */
enum Commands {
  GET,
  WATCH,
  EXPLAIN,
  CHECK,
  DIFF,
  CONVERT,
  SET,
  UNSET,
  KEYGEN,
  ENCRYPT,
  DECRYPT,
  ROTATE,
  FORMATS,
  SOURCES,
  COMPLETION,
  MAN;

  /** A command anew: a table of constructors would cost each start a class for each of them. */
  private Command make() {
    return switch (this) {
      case GET -> new GetCommand();
      case WATCH -> new WatchCommand();
      case EXPLAIN -> new ExplainCommand();
      case CHECK -> new CheckCommand();
      case DIFF -> new DiffCommand();
      case CONVERT -> new ConvertCommand();
      case SET -> new SetCommand();
      case UNSET -> new UnsetCommand();
      case KEYGEN -> new KeygenCommand();
      case ENCRYPT -> new EncryptCommand();
      case DECRYPT -> new DecryptCommand();
      case ROTATE -> new RotateCommand();
      case FORMATS -> new FormatsCommand();
      case SOURCES -> new SourcesCommand();
      case COMPLETION -> new CompletionCommand();
      case MAN -> new ManCommand();
    };
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Commands::word).toList();
  }

  /** What each takes. */
  static List<CommandSpec> specs() {
    return Arrays.stream(values()).map(entry -> entry.make().spec()).toList();
  }

  /**
   * The command of a name.
   *
   * @throws UsageException when there is none
   */
  static Command named(String name) {
    for (Commands entry : values()) {
      if (entry.word().equals(name)) {
        return entry.make();
      }
    }
    throw new UsageException(
        "unknown " + (name.startsWith("-") ? "option" : "command") + " \"" + name + "\"");
  }
}
