package dev.gimbal.runs;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs of a tool, each a process in a folder of its own below the build folder, two at a time. */
public final class ProcessRuns<T> implements AutoCloseable {

  private static final long MINUTES = 10;

  /** What a process printed, and its exit code. */
  public record Ended(int code, String output) {}

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Map<Object, Future<T>> runs = new ConcurrentHashMap<>();

  /**
   * The folder of a run, which is made where there is none.
   *
   * @param tool what runs there
   */
  public static Path folder(String tool, String run) throws IOException {
    return Files.createDirectories(Path.of(System.getProperty("gimbal.build"), tool, run));
  }

  /** The JVM that runs this. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** A class path of the jars and folders that some classes come from. */
  public static String classPath(List<Class<?>> classes) {
    return classes.stream()
        .map(ProcessRuns::location)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The jar or folder that a class comes from. */
  public static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs a command there; it is killed when it has not ended after ten minutes. */
  public static Ended execute(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Path output = folder.resolve(Path.of(command.get(0)).getFileName() + ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw new AssertionError(command + " has not ended after " + MINUTES + " minutes");
      }
    } finally {
      process.destroyForcibly();
    }
    return new Ended(
        process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
  }

  /** Begins a run, once for each key. */
  public void begin(Object key, Callable<T> run) {
    runs.computeIfAbsent(key, same -> threads.submit(run));
  }

  /** What came of a run that was begun. */
  public T result(Object key) throws InterruptedException {
    try {
      return runs.get(key).get();
    } catch (ExecutionException e) {
      throw new AssertionError(key + ": " + e.getCause().getMessage(), e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
