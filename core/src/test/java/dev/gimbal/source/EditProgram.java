package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.format.Edit;
import dev.gimbal.format.Formats;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Edits a file in a process of its own, and is told by lines when to go on. */
final class EditProgram {

  private static final BufferedReader IN = new BufferedReader(new InputStreamReader(System.in));

  private EditProgram() {}

  /** The process: what to do, the file, and what that needs. */
  static Process start(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(location(FileEdit.class) + File.pathSeparator + location(EditProgram.class));
    command.add(EditProgram.class.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String location(Class<?> type) {
    URI location = URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString());
    return Path.of(location).toString();
  }

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[1]);
    switch (args[0]) {
      case "counts" -> {
        say("ready");
        for (int i = 1; i <= Integer.parseInt(args[3]); i++) {
          count(file, args[2] + i);
        }
      }
      case "counts endlessly" -> {
        for (int i = 1; ; i++) {
          count(file, args[2] + i);
          System.out.println(i);
        }
      }
      case "stops" -> edit(file).steps(step -> stop(step, args[2])).apply(set(args[3]));
      case "stops without the lock" ->
          edit(file)
              .steps(
                  step -> {
                    if (step == Replacement.Step.COMPARE) {
                      FileChannel.open(file).close(); // gives the lock away
                    }
                    stop(step, args[2]);
                  })
              .apply(set(args[3]));
      default -> {
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() / 2));
        say("half");
        Files.writeString(file, whole);
      }
    }
    System.out.println("done");
  }

  static FileEdit edit(Path file) {
    return new FileEdit(Formats.installed(List.of()), file);
  }

  static Edit set(String key) {
    return Edit.builder().set(key, 1).build();
  }

  /** What the file says, read by the JDK. */
  static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(Files.readString(file)));
    return properties;
  }

  /** Adds a key, and one to {@code n}, in one edit. */
  private static void count(Path file, String key) throws IOException {
    while (true) {
      String n = read(file).getProperty("n");
      try {
        edit(file)
            .apply(
                Edit.builder()
                    .onlyIf("n", n)
                    .set("n", Integer.parseInt(n) + 1)
                    .set(key, 1)
                    .build());
        return;
      } catch (ConfigException e) {
        if (!e.code().id().equals("GIM-029")) {
          throw e;
        }
      }
    }
  }

  private static void stop(Replacement.Step step, String at) throws IOException {
    if (step.name().equals(at)) {
      say(at);
    }
  }

  /** And waits for a line. */
  private static void say(String text) throws IOException {
    System.out.println(text);
    IN.readLine();
  }
}
