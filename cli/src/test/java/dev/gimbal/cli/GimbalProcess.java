package dev.gimbal.cli;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The command as a process of its own. */
final class GimbalProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;
  private final BufferedReader err;

  private GimbalProcess(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.err = process.errorReader(StandardCharsets.UTF_8);
  }

  static GimbalProcess start(String... args) throws IOException {
    return start(builder(args));
  }

  static GimbalProcess start(ProcessBuilder builder) throws IOException {
    return new GimbalProcess(builder.start());
  }

  static ProcessBuilder builder(String... args) {
    List<String> command = new ArrayList<>();
    // A shell that started the tests in the background made them and their children ignore SIGINT.
    command.addAll(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.remove("JAVA_TOOL_OPTIONS");
    environment.remove("GIMBAL_DEBUG");
    return builder;
  }

  /** The next line of standard output. */
  String line() throws IOException {
    return Objects.requireNonNull(out.readLine(), "the output ended");
  }

  /** The next line of standard error. */
  String message() throws IOException {
    return Objects.requireNonNull(err.readLine(), "the messages ended");
  }

  /** The next characters of standard output. */
  String output(int length) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      int c = out.read();
      if (c < 0) {
        throw new EOFException("the output ended after " + text);
      }
      text.append((char) c);
    }
    return text.toString();
  }

  /** Everything that is still to come on standard output. */
  String restOfOutput() throws IOException {
    return rest(out);
  }

  /** Everything that is still to come on standard error. */
  String restOfMessages() throws IOException {
    return rest(err);
  }

  private static String rest(BufferedReader reader) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = reader.read(); c >= 0; c = reader.read()) {
      text.append((char) c);
    }
    return text.toString();
  }

  void stopReading() throws IOException {
    out.close();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  int exit() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }
}
