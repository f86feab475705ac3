package dev.gimbal.fuzz;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Runs the command with arguments that open no file. */
final class CommandLines {

  private static final List<String> COMMANDS = List.of("get", "explain", "check", "help");

  /** What may be said besides values; not {@code --source}. */
  private static final Pattern OPTION =
      Pattern.compile("(?s)--(set|output|reveal|batch|help)?|--(set|output)=.*|-o.*|-h|-V");

  /** Done, path absent, usage, configuration error. */
  private static final Set<Integer> EXIT_CODES = Set.of(0, 1, 2, 3);

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n\t]]");

  /** The command line's parser takes time that grows as the square of what it does not know. */
  private static final int MOST_LINES = 500;

  private CommandLines() {}

  /**
   * Runs it.
   *
   * @param text the first character chooses the command, each line behind it is an argument
   * @throws ConfigException when it says that something is wrong
   */
  static void run(String text) {
    String[] lines = text.split("\n", MOST_LINES);
    List<String> args = new ArrayList<>();
    args.add(COMMANDS.get(text.isEmpty() ? 0 : text.charAt(0) % COMMANDS.size()));
    args.addAll(List.of("--source", "env:NONE_"));
    for (int i = 1; i < lines.length; i++) {
      if (!lines[i].startsWith("-") || OPTION.matcher(lines[i]).matches()) {
        args.add(lines[i]);
      }
    }
    run(args);
  }

  private static void run(List<String> args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(args.toArray(new String[0]), InputStream.nullInputStream(), utf8(out), utf8(err));
    String said = err.toString(StandardCharsets.UTF_8);
    if (!EXIT_CODES.contains(code) || (code == 0) != said.isEmpty()) {
      throw new AssertionError("exit code " + code + ": " + said);
    }
    if (CONTROL.matcher(said).find()) {
      throw new AssertionError("a control character in: " + said);
    }
    if (code != 0) {
      throw new ConfigException(ErrorCode.ARGUMENT, said);
    }
  }

  private static PrintStream utf8(ByteArrayOutputStream to) {
    return new PrintStream(to, false, StandardCharsets.UTF_8);
  }
}
