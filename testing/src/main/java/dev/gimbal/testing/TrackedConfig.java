package dev.gimbal.testing;

import dev.gimbal.ChangeListener;
import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.ConfigStatus;
import dev.gimbal.Explanation;
import dev.gimbal.History;
import dev.gimbal.KeyReport;
import dev.gimbal.Live;
import dev.gimbal.LiveInt;
import dev.gimbal.Problem;
import dev.gimbal.Snapshot;
import dev.gimbal.SourceEdit;
import dev.gimbal.SourceStatus;
import dev.gimbal.Subscription;
import dev.gimbal.TypeRef;
import dev.gimbal.Value;
import dev.gimbal.Watcher;
import dev.gimbal.source.Source;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A Config that takes down what is opened through it; everything else goes straight through. */
final class TrackedConfig implements Config {

  private final Config config;
  private final OpenHandles handles;

  /** The view that this one was made through; null for a whole Config. */
  private final @Nullable TrackedConfig outer;

  /** Of a whole Config that is to be closed by who opened it, else null. */
  private final OpenHandles.@Nullable Opening opening;

  TrackedConfig(
      Config config,
      OpenHandles handles,
      @Nullable TrackedConfig outer,
      OpenHandles.@Nullable Opening opening) {
    this.config = config;
    this.handles = handles;
    this.outer = outer;
    this.opening = opening;
  }

  /** Whether it is a view of that one, at any depth, or that one itself. */
  boolean isWithin(TrackedConfig other) {
    TrackedConfig at = this;
    while (at != null && at != other) {
      at = at.outer;
    }
    return at == other;
  }

  // ---- what is taken down

  @Override
  public Config at(String path) {
    return new TrackedConfig(config.at(path), handles, this, null);
  }

  @Override
  public Subscription onChange(String path, ChangeListener listener) {
    return subscription("onChange[" + path + "]", () -> config.onChange(path, listener));
  }

  @Override
  public Subscription onChange(Collection<String> paths, ChangeListener listener) {
    return subscription("onChange" + paths, () -> config.onChange(paths, listener));
  }

  @Override
  public Subscription onStatus(Consumer<? super SourceStatus> listener) {
    return subscription("onStatus", () -> config.onStatus(listener));
  }

  private Subscription subscription(String name, Supplier<Subscription> opener) {
    OpenHandles.Opening begun = handles.opening("subscription", name, this);
    Subscription opened = open(begun, opener);
    begun.named(opened.name());
    return new TrackedSubscription(opened, () -> handles.closed(begun));
  }

  @Override
  public Watcher watch(String path) {
    return watcher("watch[" + path + "]", () -> config.watch(path));
  }

  @Override
  public Watcher watch(Value since) {
    return watcher("watch[" + since.path() + "]", () -> config.watch(since));
  }

  private Watcher watcher(String name, Supplier<Watcher> opener) {
    OpenHandles.Opening begun = handles.opening("watcher", name, this);
    return new TrackedWatcher(open(begun, opener), () -> handles.closed(begun));
  }

  private <T> T open(OpenHandles.Opening begun, Supplier<T> opener) {
    boolean opened = false;
    try {
      T handle = opener.get();
      opened = true;
      return handle;
    } finally {
      if (!opened) {
        handles.closed(begun);
      }
    }
  }

  @Override
  public void close() {
    config.close();
    handles.closedIf(begun -> begun == opening || begun.isThrough(this));
  }

  private record TrackedSubscription(Subscription subscription, Runnable closed)
      implements Subscription {

    @Override
    public String name() {
      return subscription.name();
    }

    @Override
    public void close() {
      subscription.close();
      closed.run();
    }

    @Override
    public String toString() {
      return subscription.toString();
    }
  }

  private record TrackedWatcher(Watcher watcher, Runnable stopped) implements Watcher {

    @Override
    public Value current() {
      return watcher.current();
    }

    @Override
    public Value next() throws InterruptedException {
      return watcher.next();
    }

    @Override
    public Optional<Value> next(Duration timeout) throws InterruptedException {
      return watcher.next(timeout);
    }

    @Override
    public void stop() {
      watcher.stop();
      stopped.run();
    }

    @Override
    public String toString() {
      return watcher.toString();
    }
  }

  // ---- what goes straight through

  @Override
  public Value get(String path) {
    return config.get(path);
  }

  @Override
  public Value get(String first, String second, String... more) {
    return config.get(first, second, more);
  }

  @Override
  public Value get(ConfigPath path) {
    return config.get(path);
  }

  @Override
  public Value root() {
    return config.root();
  }

  @Override
  public Snapshot snapshot() {
    return config.snapshot();
  }

  @Override
  public boolean exists() {
    return config.exists();
  }

  @Override
  public List<String> children() {
    return config.children();
  }

  @Override
  public Map<String, @Nullable Object> asMap() {
    return config.asMap();
  }

  @Override
  public <T> Live<T> live(String path, Class<T> type, T defaultValue) {
    return config.live(path, type, defaultValue);
  }

  @Override
  public <T> Live<T> live(String path, Class<T> type) {
    return config.live(path, type);
  }

  @Override
  public <T> Live<T> live(String path, TypeRef<T> type, T defaultValue) {
    return config.live(path, type, defaultValue);
  }

  @Override
  public <T> Live<T> live(String path, TypeRef<T> type) {
    return config.live(path, type);
  }

  @Override
  public LiveInt liveInt(String path, int defaultValue) {
    return config.liveInt(path, defaultValue);
  }

  @Override
  public LiveInt liveInt(String path) {
    return config.liveInt(path);
  }

  @Override
  public long add(Source source) {
    return config.add(source);
  }

  @Override
  public long remove(String sourceName) {
    return config.remove(sourceName);
  }

  @Override
  public long reload() {
    return config.reload();
  }

  @Override
  public long edit(String sourceName, Consumer<? super SourceEdit> changes) {
    return config.edit(sourceName, changes);
  }

  @Override
  public void awaitVersion(long version, Duration timeout)
      throws InterruptedException, TimeoutException {
    config.awaitVersion(version, timeout);
  }

  @Override
  public void awaitDelivered(long version, Duration timeout)
      throws InterruptedException, TimeoutException {
    config.awaitDelivered(version, timeout);
  }

  @Override
  public Explanation explain(String path) {
    return config.explain(path);
  }

  @Override
  public Explanation explain(String path, boolean reveal) {
    return config.explain(path, reveal);
  }

  @Override
  public History history() {
    return config.history();
  }

  @Override
  public ConfigStatus status() {
    return config.status();
  }

  @Override
  public List<Problem> warnings() {
    return config.warnings();
  }

  @Override
  public KeyReport keys() {
    return config.keys();
  }

  @Override
  public String toString() {
    return config.toString();
  }
}
