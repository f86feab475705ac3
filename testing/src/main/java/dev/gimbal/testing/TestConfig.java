package dev.gimbal.testing;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import dev.gimbal.source.MemorySource;
import dev.gimbal.tree.Patch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Config of a test, and the test's hand on it: what it sets is a layer above those of {@link
 * WithConfig}. A test takes it as a parameter, and need not close it.
 *
 * <pre>{@code
 * @ConfigTest
 * class PoolTest {
 *   @Test
 *   void size_follows(TestConfig test) {
 *     try (Pool pool = new Pool(test.config())) {
 *       test.set("pool.size", 8).awaitDelivered();
 *       assertEquals(8, pool.size());
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads. What waits, waits up to 10 s unless it is told how long; then it
 * throws an {@link AssertionError} that says what was missing.
 *
 * @since 0.1.0
 */
public final class TestConfig {

  /** The name of the test's own layer. */
  static final String LAYER = "test";

  /** How long it is waited for what is sure to come, unless something is wrong. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** As it was built. */
  private final Config whole;

  private final MemorySource layer;
  private final TrackedConfig config;
  private final OpenHandles handles;

  /** What is closed in silence when the test ends, the newest first. Added to by any thread. */
  private final List<AutoCloseable> atTheEnd = Collections.synchronizedList(new ArrayList<>());

  private TestConfig(Config whole, MemorySource layer, OpenHandles handles) {
    this.whole = whole;
    this.layer = layer;
    this.handles = handles;
    this.config = new TrackedConfig(whole, handles, null, null);
    atTheEnd.add(whole);
  }

  /** A Config of what the builder is told here, with a layer for the test above it. */
  static Scope open(List<Consumer<Config.Builder>> steps) {
    MemorySource own = Sources.memory(LAYER);
    Config.Builder builder = Config.builder();
    steps.forEach(step -> step.accept(builder));
    return new Scope(new TestConfig(builder.source(own).build(), own, new OpenHandles()));
  }

  // ---- what a test does

  /**
   * What the code under test is given. It takes down what is opened through it, and is else like
   * any other. It may be closed.
   */
  public Config config() {
    return config;
  }

  /**
   * Sets a place in the test's layer and returns once that is published; listeners may be called
   * later.
   *
   * @param path in text form
   * @param value as {@link MemorySource#put} takes it; null hides what the layers below have
   * @throws dev.gimbal.ConfigException when the result is refused; everything stays as it was then
   * @throws IllegalArgumentException for a value that a tree cannot hold
   * @throws IllegalStateException when the Config is closed
   */
  public TestConfig set(String path, @Nullable Object value) {
    layer.put(path, value);
    return this;
  }

  /** Drops what was set at a path, so that the layers below show. Throws like {@link #set}. */
  public TestConfig remove(String path) {
    layer.remove(path);
    return this;
  }

  /** Several changes as one, in order. Throws like {@link #set}. */
  public TestConfig patch(Consumer<Patch.Builder> changes) {
    layer.patch(changes);
    return this;
  }

  /**
   * Waits until each subscription was called for all that is published now, has thrown, or was
   * closed (G12), up to 10 s.
   *
   * @throws AssertionError when that does not happen in time, with the names of those that are
   *     open; also when the thread is interrupted, which it is then still
   * @throws IllegalStateException when called from a listener
   */
  public TestConfig awaitDelivered() {
    return awaitDelivered(PATIENCE);
  }

  /** As {@link #awaitDelivered()}, up to {@code timeout}. */
  public TestConfig awaitDelivered(Duration timeout) {
    long version = whole.snapshot().version();
    try {
      whole.awaitDelivered(version, timeout);
      return this;
    } catch (TimeoutException e) {
      List<String> open = handles.all().stream().map(Throwable::getMessage).toList();
      throw new AssertionError(
          "version " + version + " was not delivered within " + timeout + "; open: " + open, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while version " + version + " was delivered", e);
    }
  }

  /**
   * Takes down each change at or below some paths from now on. What it listens with ends with the
   * test.
   *
   * @param first in text form; empty for all
   */
  public EventRecorder record(String first, String... more) {
    List<String> paths = new ArrayList<>(List.of(more));
    paths.add(0, first);
    EventRecorder recorder = new EventRecorder();
    Subscription subscription = whole.onChange(paths, recorder);
    atTheEnd.add(subscription);
    return recorder;
  }

  /**
   * Builds another Config, which the test, or what it tests, is to close: if it does not, it counts
   * as left open, and is closed when the test ends. So does what was opened through it.
   *
   * @throws dev.gimbal.ConfigException as {@link Config.Builder#build()} does
   */
  public Config open(Config.Builder builder) {
    Objects.requireNonNull(builder, "builder");
    Config built = builder.build();
    atTheEnd.add(built);
    List<String> sources = built.status().sources().stream().map(s -> s.name()).toList();
    return new TrackedConfig(
        built, handles, null, handles.opening("Config", "of " + sources, null));
  }

  @Override
  public String toString() {
    return "test's " + whole;
  }

  // ---- what the extension does

  /** A Config for as long as a test runs. JUnit's store closes it if nobody else did. */
  record Scope(TestConfig test) implements AutoCloseable {

    @Override
    public void close() {
      test.end();
    }

    /**
     * @throws AssertionError that names what was not closed before the end, and where it was opened
     */
    void requireNothingLeftOpen() {
      List<OpenHandles.Opening> left = test.handles.all();
      if (left.isEmpty()) {
        return;
      }
      StringBuilder text = new StringBuilder("the test left open:");
      for (OpenHandles.Opening opening : left) {
        text.append("\n  ").append(opening.getMessage());
        text.append("\n    opened at ").append(opening.where());
      }
      text.append("\nclose() ends each; @ConfigTest(leaks = ALLOWED) does without this check");
      AssertionError error = new AssertionError(text);
      left.forEach(error::addSuppressed);
      throw error;
    }
  }

  private void end() {
    List<AutoCloseable> closing;
    synchronized (atTheEnd) {
      closing = new ArrayList<>(atTheEnd);
      atTheEnd.clear();
    }
    Collections.reverse(closing);
    for (AutoCloseable closeable : closing) {
      if (closeable instanceof Config other) {
        other.close();
      } else if (closeable instanceof Subscription subscription) {
        subscription.close();
      }
    }
  }
}
