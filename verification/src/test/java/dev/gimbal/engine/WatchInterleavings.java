package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigPath;
import dev.gimbal.Subscription;
import dev.gimbal.Value;
import dev.gimbal.Watcher;
import dev.gimbal.WatcherStoppedException;
import dev.gimbal.engine.ExploredConfig.Listener;
import dev.gimbal.engine.ExploredConfig.Numbers;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Reading, watching and waiting, while a source says something new. */
final class WatchInterleavings {

  private WatchInterleavings() {}

  abstract static class WithConfig extends EngineScenario {
    final ExploredConfig explored = new ExploredConfig();
    final Numbers source = new Numbers("n", 1);

    @Override
    public void begin() throws Exception {
      assertEquals(1, explored.add(source));
    }

    /** Two changes, of which only the last must be seen. */
    void change() {
      source.change(2);
      source.change(3);
    }
  }

  /** No change between what was read and the watch made from it is missed. */
  static final class WatchBesideChange extends WithConfig {
    @Override
    public List<Act> acts() {
      return List.of(
          this::change,
          () -> {
            Value read = explored.config.get("n");
            Watcher watcher = explored.config.watch(read);
            Value now = read;
            while (now.asInt() < 3) {
              Value next = watcher.next();
              assertTrue(next.version() > now.version(), "versions do not rise");
              assertTrue(next.version() <= explored.config.snapshot().version());
              assertFalse(next.asInt() == now.asInt(), "the same value twice");
              now = next;
            }
          });
    }

    @Override
    void look() {
      assertEquals(3, explored.get("n"));
    }
  }

  /** Nor one between the beginning of a subscription and its first call. */
  static final class SubscribeBesideChange extends WithConfig {
    private final Listener listener = new Listener("n");
    private Subscription subscription;

    @Override
    public List<Act> acts() {
      return List.of(this::change, () -> subscription = explored.config.onChange("n", listener));
    }

    @Override
    void look() throws Exception {
      Field last = PushSubscription.class.getDeclaredField("last");
      last.setAccessible(true);
      PublishedSnapshot known = (PublishedSnapshot) last.get(subscription);
      assertEquals(3, known.get("n").asInt());
      assertTrue(listener.calls == 0 || listener.last == 3);
    }
  }

  /** Two who watch, and one who stops: the others' registrations stay. */
  static final class WatchesBesideEachOther extends WithConfig {
    private Watcher stays;

    @Override
    public List<Act> acts() {
      return List.of(
          () -> stays = explored.config.watch("n"),
          () -> explored.config.watch("n").stop(),
          () -> explored.config.watch("m").stop());
    }

    @Override
    void look() throws Exception {
      assertEquals(List.of(stays), explored.loader.watchers().receivers());
      source.change(2);
      assertEquals(2, stays.next(Duration.ZERO).orElseThrow().asInt());
    }
  }

  /** One listener of two places is told about either, and leaves both. */
  static final class TwoPlaces extends WithConfig {
    private final Numbers other = new Numbers("m", 1);
    private final Listener listener = new Listener("m");
    private Subscription subscription;

    @Override
    public void begin() throws Exception {
      super.begin();
      explored.add(other);
      subscription = explored.config.onChange(List.of("n", "m"), listener);
    }

    @Override
    public List<Act> acts() {
      return List.of(() -> source.change(2), () -> other.change(2));
    }

    @Override
    void look() {
      assertEquals(2, listener.last);
      assertEquals(explored.config.snapshot().version(), listener.version);
      subscription.close();
      assertEquals(List.of(), explored.loader.watchers().receivers());
    }
  }

  /** Who was told a version sees it, and what is shown is one version. */
  static final class WriteIsShown extends EngineScenario {
    private final ExploredConfig explored = new ExploredConfig();
    private final dev.gimbal.source.MemorySource memory = new dev.gimbal.source.MemorySource("m");

    @Override
    public void begin() {
      explored.add(memory);
    }

    private void write(String path) {
      long before = explored.config.snapshot().version();
      long version = memory.put(path, 1);
      assertTrue(version > before, "the version before the write");
      assertTrue(explored.config.snapshot().version() >= version, "not shown yet");
      assertEquals(1, explored.get(path), "not shown");
      long again = memory.put(path, 1);
      assertTrue(again >= version && again <= explored.config.snapshot().version());
    }

    @Override
    public List<Act> acts() {
      return List.of(() -> write("a"), () -> write("b"));
    }

    @Override
    void look() {
      assertEquals(3, explored.config.snapshot().version());
      assertEquals(Set.of("a", "b"), Set.copyOf(explored.config.children()));
    }
  }

  /** Two sources at once: neither is lost. */
  static final class TwoSources extends WithConfig {
    private final Numbers other = new Numbers("m", 1);

    @Override
    public void begin() throws Exception {
      super.begin();
      explored.add(other);
    }

    @Override
    public List<Act> acts() {
      return List.of(this::change, () -> other.change(2));
    }

    @Override
    void look() {
      assertEquals(3, explored.get("n"));
      assertEquals(2, explored.get("m"));
      long version = explored.config.snapshot().version();
      assertTrue(version >= 3 && version <= 5, () -> "version " + version);
    }
  }

  /** Who waits for a version and its delivery finds both. */
  static final class AwaitDelivered extends WithConfig {
    private final Listener listener = new Listener("n");

    @Override
    public void begin() throws Exception {
      super.begin();
      explored.config.onChange("n", listener);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> source.change(2),
          () -> {
            explored.config.awaitVersion(2, Duration.ofSeconds(1));
            assertEquals(2, explored.get("n"));
            explored.config.awaitDelivered(2, Duration.ofSeconds(1));
            assertEquals(2, listener.last, "it was not called yet");
            assertEquals(0, listener.inside, "its call has not ended");
          },
          () -> {
            explored.config.awaitDelivered(2, Duration.ofSeconds(1));
            assertEquals(2, listener.last, "it was not called yet");
          });
    }

    @Override
    void look() throws Exception {
      assertThrows(TimeoutException.class, () -> explored.config.awaitVersion(3, Duration.ZERO));
      assertThrows(TimeoutException.class, () -> explored.config.awaitDelivered(3, Duration.ZERO));
    }
  }

  /** A change elsewhere is delivered to those whom it does not concern, too. */
  static final class AwaitDeliveredElsewhere extends WithConfig {
    private final Numbers other = new Numbers("m", 1);
    private final Listener listener = new Listener("n");

    @Override
    public void begin() throws Exception {
      super.begin();
      explored.add(other);
      explored.config.onChange("n", listener);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> other.change(2), () -> explored.config.awaitDelivered(3, Duration.ofSeconds(1)));
    }

    @Override
    void look() {
      assertEquals(0, listener.calls);
    }
  }

  /** A view's end: nothing is called after it, nothing of others ends. */
  static final class ViewClosed extends WithConfig {
    private final Listener inView = new Listener("n");
    private final Listener outside = new Listener("n");
    private dev.gimbal.Config view;
    private Watcher watcher;

    @Override
    public void begin() throws Exception {
      super.begin();
      view = explored.config.at("").at("");
      view.onChange("n", inView);
      watcher = view.watch("n");
      explored.config.onChange("n", outside);
    }

    @Override
    public List<Act> acts() {
      return List.of(this::change, () -> inView.close(view::close));
    }

    @Override
    void look() {
      assertEquals(3, outside.last);
      assertThrows(WatcherStoppedException.class, watcher::next);
      assertEquals(1, explored.loader.deliveries().size());
      assertEquals(1, explored.loader.watchers().receivers().size());
      assertEquals(3, explored.get("n"));
    }
  }

  /** Two are opened through a view while it closes: each ends, or is open and not of it. */
  static final class ViewClosedBesideWatches extends WithConfig {
    private dev.gimbal.Config view;

    @Override
    public void begin() throws Exception {
      super.begin();
      view = explored.config.at("");
    }

    @Override
    public List<Act> acts() {
      return List.of(() -> view.watch("n"), () -> view.watch("m"), view::close);
    }

    @Override
    void look() {
      view.close();
      assertEquals(List.of(), explored.loader.watchers().receivers());
    }
  }

  /**
   * However many subscribe, close and are looked at: there is one watchdog, as long as there is one
   * open.
   */
  static final class OneWatchdog extends WithConfig {
    private Subscription first;
    private Subscription second;

    @Override
    public void begin() throws Exception {
      super.begin();
      first = explored.config.onChange("n", change -> {});
    }

    @Override
    public List<Act> acts() {
      return List.of(
          first::close,
          () -> second = explored.config.onChange("n", change -> {}),
          () -> explored.tasks.runTimers());
    }

    @Override
    void look() {
      assertEquals(1, explored.loader.deliveries().size());
      assertEquals(List.of("watchdog"), explored.tasks.timers());
      second.close();
      explored.tasks.runTimersHere();
      assertEquals(List.of(), explored.tasks.timers(), "it goes on without anybody to look at");
      explored.config.onChange("n", change -> {});
      assertEquals(List.of("watchdog"), explored.tasks.timers());
      explored.config.close();
      assertEquals(List.of(), explored.tasks.timers(), "it is left after close");
    }
  }

  /** Everybody is registered by paths; which trie holds whom does not depend on the order. */
  static final class TrieBesideClose extends EngineScenario {
    private final WatchTrie trie = new WatchTrie();
    private final LastReceiver receiver = new LastReceiver();
    private final LastReceiver other = new LastReceiver();
    private final List<Boolean> added = new ArrayList<>();
    private final List<Receiver> closed = new ArrayList<>();

    @Override
    public void begin() {
      assertTrue(trie.add(ConfigPath.parse("a.b"), other));
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> added.add(trie.add(ConfigPath.parse("a"), receiver)),
          () -> trie.remove(ConfigPath.parse("a.b"), other),
          () -> closed.addAll(trie.close()));
    }

    @Override
    void look() {
      assertEquals(added.get(0), closed.contains(receiver), "added, and not among the closed");
      assertEquals(List.of(), trie.receivers());
      assertFalse(trie.add(ConfigPath.ROOT, other), "open again");
      assertEquals(List.of(), trie.close());
    }
  }

  /** A publication and a registration: one of the two is seen by the other. */
  static final class TrieBesideOffer extends EngineScenario {
    private final WatchTrie trie = new WatchTrie();
    private final LastReceiver first = new LastReceiver();
    private final LastReceiver second = new LastReceiver();
    private volatile int published = 1;

    private void register(LastReceiver receiver, String path) {
      assertTrue(trie.add(ConfigPath.parse(path), receiver));
      receiver.offer(Snapshots.of(published));
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> register(first, "version"),
          () -> register(second, ""),
          () -> {
            published = 2;
            trie.offer(Snapshots.tree(1), Snapshots.tree(2), Snapshots.of(2));
          });
    }

    @Override
    void look() {
      assertEquals(2, first.version());
      assertEquals(2, second.version());
      assertEquals(2, trie.receivers().size());
    }
  }
}
