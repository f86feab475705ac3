package dev.gimbal.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The table of commands, in the order of the help: what dispatch, help, completion and the manual
 * page are made of. What a command takes is in its {@link Command#spec}.
 */
enum Commands {
  GET(GetCommand::new),
  WATCH(WatchCommand::new),
  EXPLAIN(ExplainCommand::new),
  CHECK(CheckCommand::new),
  DIFF(DiffCommand::new),
  CONVERT(ConvertCommand::new),
  SET(SetCommand::new),
  UNSET(UnsetCommand::new),
  KEYGEN(KeygenCommand::new),
  ENCRYPT(EncryptCommand::new),
  DECRYPT(DecryptCommand::new),
  FORMATS(FormatsCommand::new),
  SOURCES(SourcesCommand::new),
  COMPLETION(CompletionCommand::new),
  MAN(ManCommand::new);

  @SuppressWarnings("ImmutableEnumChecker") // a constructor
  private final Supplier<Command> command;

  Commands(Supplier<Command> command) {
    this.command = command;
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Commands::word).toList();
  }

  /** What each takes. */
  static List<CommandSpec> specs() {
    return Arrays.stream(values()).map(entry -> entry.command.get().spec()).toList();
  }

  /**
   * The command of a name.
   *
   * @throws UsageException when there is none
   */
  static Command named(String name) {
    for (Commands entry : values()) {
      if (entry.word().equals(name)) {
        return entry.command.get();
      }
    }
    throw new UsageException(
        "unknown " + (name.startsWith("-") ? "option" : "command") + " \"" + name + "\"");
  }
}
