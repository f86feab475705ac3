package dev.gimbal.models;

import java.io.IOException;
import java.io.UncheckedIOException;
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

/** Runs of a model checker, two at a time, each in a folder of its own below the build folder. */
public final class ModelRuns<T> implements AutoCloseable {

  private static final long MINUTES = 10;

  /** What a process printed, and its exit code. */
  public record Ended(int code, String output) {}

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Map<Object, Future<T>> runs = new ConcurrentHashMap<>();

  /** The folder with the models. */
  static Path models() {
    return Path.of(System.getProperty("gimbal.root"), "verification", "models");
  }

  /** A model's text. */
  public static String text(String model) {
    try {
      return Files.readString(models().resolve(model));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new folder that holds a copy of a model. */
  public static Path folder(String model, String run) throws IOException {
    Path folder = Path.of(System.getProperty("gimbal.build"), "models", run);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(model), text(model));
    return folder;
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
    return new Ended(process.exitValue(), Files.readString(output));
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
