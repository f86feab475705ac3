package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import dev.gimbal.Watcher;
import dev.gimbal.format.Document;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class G08NothingLeftTest {

  private final MemorySource memory = Sources.memory("memory");

  @Test
  @Tag("D28")
  void afterClose_noThreadOfOursIsLeft() throws Exception {
    Set<Thread> before = ours();
    Config config =
        Config.builder()
            .source(memory)
            .source(Sources.string("text", "properties", "a=1"))
            .source(Sources.systemProperties("gimbal.none"))
            .build();
    CountDownLatch called = new CountDownLatch(1);
    config.onChange("v", change -> called.countDown());
    Watcher watcher = config.watch("v");
    memory.put("v", 1);
    called.await();
    Set<Thread> during = ours();
    during.removeAll(before);
    assertTrue(!during.isEmpty());
    config.close();
    for (Thread thread : during) {
      thread.join(); // at most the last steps of a pool's thread
    }
    Set<Thread> after = ours();
    after.removeAll(before);
    assertEquals(Set.of(), after);
    assertEquals(0, watcher.current().version() - 1);
  }

  @Test
  void failedStart_leavesNoThread_andClosesItsSources() throws Exception {
    Set<Thread> before = ours();
    ScriptedSource good = new ScriptedSource("good", Map.of("a", 1));
    ScriptedSource absent = new ScriptedSource("absent", ScriptedSource::absent);
    try {
      Config.builder().source(good).source(absent).build().close();
      throw new AssertionError("started");
    } catch (dev.gimbal.ConfigException e) {
      assertEquals(dev.gimbal.ErrorCode.SOURCE_ABSENT, e.code());
    }
    assertEquals(1, good.closes.get());
    assertEquals(1, absent.closes.get());
    Waiting.until(() -> before.containsAll(ours()));
  }

  @Test
  @Tag("D31")
  void sourceThatHangsInClose_isLeftBehind_andCloseIsBounded() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedSource source = new ScriptedSource("s", Map.of("a", 1));
    source.atClose = () -> Waiting.awaitStubbornly(release);
    Config config = Config.builder().source(source).closeTimeout(Duration.ofMillis(200)).build();
    config.close();
    assertEquals(1, release.getCount());
    assertEquals(1, config.get("a").asInt());
    source.document(Map.of("a", 2));
    assertEquals(1, config.get("a").asInt());
    release.countDown();
  }

  @Test
  void sourceThatHangsInOpen_isLeftBehind_andCloseIsBounded() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedSource source = new ScriptedSource("s", s -> Waiting.awaitStubbornly(release));
    Config config =
        Config.builder()
            .source(source.optional())
            .source(memory)
            .startTimeout(Duration.ofMillis(50))
            .closeTimeout(Duration.ofMillis(200))
            .build();
    assertEquals(1, config.snapshot().version());
    config.close();
    assertEquals(1, release.getCount());
    assertEquals(0, source.closes.get());
    release.countDown();
    Waiting.until(() -> source.closes.get() == 1); // opened after all, closed at once
  }

  @Test
  @Tag("class15")
  void stoppedWatchersAndSubscriptions_areCollected() throws Exception {
    memory.put("db.v", 1);
    try (Config config = Config.builder().source(memory).build()) {
      Config view = config.at("db");
      WeakReference<Watcher> watcher = stopped(config);
      WeakReference<Watcher> viewed = stopped(view);
      WeakReference<Subscription> subscription = closed(config);
      WeakReference<Subscription> viewedSubscription = closed(view);
      memory.put("db.v", 2);
      collected(watcher);
      collected(subscription);
      collected(viewed);
      collected(viewedSubscription);
      assertEquals(0, config.status().watchers());
      assertEquals(0, config.status().subscriptions());
    }
  }

  @Test
  @Tag("class14")
  void watcherThatIsNotStopped_isNotCollected() throws Exception {
    memory.put("v", 1);
    try (Config config = Config.builder().source(memory).build()) {
      WeakReference<Watcher> open = new WeakReference<>(config.watch("v"));
      for (int i = 0; i < 5; i++) {
        System.gc();
      }
      assertEquals(1, open.get().current().asInt());
    }
  }

  private static WeakReference<Watcher> stopped(Config config) {
    Watcher watcher = config.watch("v");
    watcher.stop();
    return new WeakReference<>(watcher);
  }

  private static WeakReference<Subscription> closed(Config config) {
    Subscription subscription = config.onChange("v", change -> {});
    subscription.close();
    return new WeakReference<>(subscription);
  }

  private static void collected(WeakReference<?> reference) throws InterruptedException {
    Waiting.until(
        () -> {
          System.gc();
          return reference.get() == null;
        });
  }

  private static Set<Thread> ours() {
    Set<Thread> ours = new HashSet<>(Thread.getAllStackTraces().keySet());
    ours.removeIf(thread -> !thread.getName().startsWith("gimbal-"));
    return ours;
  }

  @Test
  void closeFromASourcesOwnTask_neverWaitsForItself() throws Exception {
    AtomicReference<Config> config = new AtomicReference<>();
    CountDownLatch built = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Source closing =
        new Source() {
          @Override
          public String name() {
            return "closing";
          }

          @Override
          public Session open(Sink sink) {
            sink.document(Revision.of(1), Document.EMPTY);
            CountDownLatch ended = new CountDownLatch(1);
            sink.tasks()
                .execute(
                    "close",
                    () -> {
                      Waiting.await(built);
                      config.get().close();
                      closed.countDown();
                      ended.countDown();
                    });
            return () -> Waiting.awaitStubbornly(ended);
          }
        };
    config.set(Config.builder().source(closing).closeTimeout(Duration.ofDays(1)).build());
    built.countDown();
    closed.await();
    config.get().close();
  }
}
