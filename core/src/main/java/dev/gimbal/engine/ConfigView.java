package dev.gimbal.engine;

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
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A Config seen from one path: the root for the one that was built. */
final class ConfigView implements Config {

  private final MemoryLoader loader;
  private final ConfigPath prefix;

  /** The view that this one was made through; null for one made by the Config itself. */
  private final @Nullable ConfigView outer;

  /**
   * What was opened through this view and the views made through it. Held weakly: what is open is
   * registered with the loader, what has ended can be collected (G8). Changed by any thread, under
   * its own lock.
   */
  private final Set<AutoCloseable> opened =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private final ValueCache cache;

  /** The Config itself. */
  ConfigView(MemoryLoader loader) {
    this(loader, ConfigPath.ROOT, null);
  }

  private ConfigView(MemoryLoader loader, ConfigPath prefix, @Nullable ConfigView outer) {
    this.loader = loader;
    this.prefix = prefix;
    this.outer = outer;
    this.cache = new ValueCache(loader.tasks()::random);
  }

  // ---- read

  @Override
  public Value get(String path) {
    Objects.requireNonNull(path, "path");
    PublishedSnapshot now = loader.published();
    SnapshotValue value = cache.get(path);
    return value != null && value.snapshot() == now ? value : read(path, now, value);
  }

  private Value read(String path, PublishedSnapshot now, @Nullable SnapshotValue before) {
    SnapshotValue value = before == null ? SnapshotValue.of(now, prefix, path) : before.in(now);
    cache.keep(path, before, value);
    return value;
  }

  private ConfigPath absolute(String path) {
    SnapshotValue value = cache.get(path);
    return value == null ? prefix.resolve(ConfigPath.parse(path)) : value.path();
  }

  @Override
  public Value get(String first, String second, String... more) {
    ConfigPath path = ConfigPath.of(first, second);
    return get(more.length == 0 ? path : path.resolve(ConfigPath.of(more)));
  }

  @Override
  public Value get(ConfigPath path) {
    return SnapshotValue.of(loader.published(), prefix.resolve(path));
  }

  @Override
  public Value root() {
    return get(ConfigPath.ROOT);
  }

  @Override
  public Snapshot snapshot() {
    return loader.published();
  }

  @Override
  public Config at(String path) {
    return new ConfigView(loader, absolute(path), this);
  }

  @Override
  public boolean exists() {
    return root().exists();
  }

  @Override
  public List<String> children() {
    return root().children();
  }

  @Override
  public Map<String, @Nullable Object> asMap() {
    return root().asMap();
  }

  @Override
  public <T> Live<T> live(String path, Class<T> type, T defaultValue) {
    return declare(path, type, Objects.requireNonNull(defaultValue, "defaultValue"));
  }

  @Override
  public <T> Live<T> live(String path, Class<T> type) {
    return declare(path, type, null);
  }

  @Override
  public <T> Live<T> live(String path, TypeRef<T> type, T defaultValue) {
    return declare(path, type.type(), Objects.requireNonNull(defaultValue, "defaultValue"));
  }

  @Override
  public <T> Live<T> live(String path, TypeRef<T> type) {
    return declare(path, type.type(), null);
  }

  @Override
  public LiveInt liveInt(String path, int defaultValue) {
    return new LiveIntHandle(declare(path, Integer.class, (Integer) defaultValue));
  }

  @Override
  public LiveInt liveInt(String path) {
    return new LiveIntHandle(declare(path, Integer.class, null));
  }

  /** An enum's own code runs here, on the caller's thread, and never later on the lane. */
  private <T> LiveHandle<T> declare(String path, Type type, @Nullable T defaultValue) {
    loader.settings().conversions().requireSupported(type);
    ConfigPath absolute = absolute(path);
    @SuppressWarnings("unchecked") // what stands for absent in a type is of that type
    T orElse =
        defaultValue == null ? (T) loader.settings().conversions().absent(type) : defaultValue;
    Declaration declaration = loader.declare(new Declaration.Key(absolute, type), orElse == null);
    return new LiveHandle<>(loader, declaration, orElse);
  }

  // ---- watch

  @Override
  public Subscription onChange(String path, ChangeListener listener) {
    return onChange(List.of(path), listener);
  }

  @Override
  public Subscription onChange(Collection<String> texts, ChangeListener listener) {
    Objects.requireNonNull(listener, "listener");
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("paths: none (expected: >= 1)");
    }
    List<ConfigPath> watched = new ArrayList<>();
    for (String text : texts) {
      watched.add(loader.watchers().known(absolute(text)));
    }
    List<ConfigPath> all = List.copyOf(watched);
    PushSubscription subscription = new PushSubscription(loader, all, listener, loader.published());
    loader.register(subscription, all);
    return remember(subscription);
  }

  @Override
  public Watcher watch(String path) {
    ConfigPath known = loader.watchers().known(absolute(path));
    return watch(SnapshotValue.of(loader.published(), known));
  }

  @Override
  public Watcher watch(Value since) {
    if (!(since instanceof SnapshotValue start)) {
      throw new IllegalArgumentException("since: " + since + " (expected: a value of a Config)");
    }
    if (!loader.owns(start.snapshot())) {
      throw new IllegalArgumentException("since: a value of another Config");
    }
    PullWatcher watcher = new PullWatcher(loader, start);
    loader.register(watcher, List.of(start.path()));
    return remember(watcher);
  }

  @Override
  public Subscription onStatus(Consumer<? super SourceStatus> listener) {
    Objects.requireNonNull(listener, "listener");
    loader.refuseClosed();
    StatusSubscription subscription = new StatusSubscription(loader, listener);
    loader.register(subscription);
    return remember(subscription);
  }

  /** The Config itself ends everything that is registered; only views keep a list. */
  private <C extends AutoCloseable> C remember(C closeable) {
    ConfigView view = this;
    while (view.outer != null) {
      view.opened.add(closeable);
      view = view.outer;
    }
    return closeable;
  }

  // ---- control

  @Override
  public long add(Source source) {
    return loader.sources().add(List.of(source));
  }

  @Override
  public long remove(String sourceName) {
    return loader.sources().remove(sourceName);
  }

  @Override
  public long reload() {
    return loader.sources().reload();
  }

  @Override
  public long edit(String sourceName, Consumer<? super SourceEdit> changes) {
    CollectedEdit edit = new CollectedEdit(loader, sourceName);
    changes.accept(edit);
    return loader.sources().edit(sourceName, edit.build());
  }

  @Override
  public void awaitVersion(long version, Duration timeout)
      throws InterruptedException, TimeoutException {
    loader.awaitVersion(version, timeout);
  }

  @Override
  public void awaitDelivered(long version, Duration timeout)
      throws InterruptedException, TimeoutException {
    loader.awaitDelivered(version, timeout);
  }

  @Override
  public Explanation explain(String path) {
    return explain(path, false);
  }

  @Override
  public Explanation explain(String path, boolean reveal) {
    Explanation explanation = Explainer.explain(loader.published(), absolute(path), reveal);
    return Explainer.withSources(explanation, loader.status().sources());
  }

  @Override
  public History history() {
    return new KeptSnapshots(loader);
  }

  @Override
  public ConfigStatus status() {
    return loader.status();
  }

  @Override
  public KeyReport keys() {
    return loader.keys();
  }

  @Override
  public List<Problem> warnings() {
    return loader.warnings();
  }

  @Override
  public void close() {
    if (outer == null) {
      loader.close();
      return;
    }
    List<AutoCloseable> all;
    synchronized (opened) {
      all = new ArrayList<>(opened);
      opened.clear();
    }
    List<Delivery> called = new ArrayList<>();
    for (AutoCloseable closeable : all) {
      if (closeable instanceof Watcher watcher) {
        watcher.stop();
      } else if (closeable instanceof Delivery delivery) {
        delivery.end();
        called.add(delivery);
      }
    }
    long deadline = System.nanoTime() + Progress.nanos(loader.settings().limits().close());
    called.forEach(delivery -> delivery.awaitEnd(deadline));
  }

  @Override
  public String toString() {
    String at = prefix.isRoot() ? "" : " at " + prefix;
    return "Config" + at + ", version " + loader.published().version();
  }
}
