package dev.gimbal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import dev.gimbal.Watcher;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Experiment D: many watchers, many starts. A watcher has no thread, who waits is woken when the
 * Config closes, and of what was closed no thread, file or memory is left.
 */
@Timeout(300)
@Tag("experiments")
class NothingLeftBehindTest {

  private static final String OURS = "gimbal-";
  private static final String TWINS = "twin-";
  private static final String KEY = "k";
  private static final int WATCHERS = 10_000;
  private static final int STARTS = 500;
  private static final int FILES = 100;

  /** The twin shows the same with less; a thread for each of its watchers is a heavy thing. */
  private static final int TWIN_WATCHERS = 1_000;

  /** Few enough for the machine's limit on inotify instances. */
  private static final int TWIN_FILES = 20;

  @TempDir private Path folder;

  // ---- watchers

  @Test
  @Tag("D37")
  void watchers_haveNoThread_andStopIsForgotten() throws Exception {
    int count = Experiment.scaled(WATCHERS);
    try (GimbalSubject subject = new GimbalSubject(Map.of(KEY, 1L))) {
      Config config = subject.config();
      Set<Thread> before = Experiment.threads(OURS);
      List<Watcher> watchers = new ArrayList<>();
      List<WeakReference<Watcher>> references = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Watcher watcher = config.watch(KEY);
        watchers.add(watcher);
        references.add(new WeakReference<>(watcher));
      }
      assertEquals(count, config.status().watchers());
      Experiment.sound("D-1", "", Experiment.threads(OURS, before).size(), count);
      watchers.forEach(Watcher::stop);
      watchers.clear();
      int left = config.status().watchers();
      collected(references);
      Experiment.sound("D-2", "watchers", left, count);
    }
  }

  @Test
  @Tag("class15")
  void subscriptions_thatAreClosed_areCollected() throws Exception {
    int count = Experiment.scaled(WATCHERS);
    try (GimbalSubject subject = new GimbalSubject(Map.of(KEY, 1L))) {
      Config config = subject.config();
      List<Subscription> subscriptions = new ArrayList<>();
      List<WeakReference<Subscription>> references = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Subscription subscription = config.onChange(KEY, change -> {});
        subscriptions.add(subscription);
        references.add(new WeakReference<>(subscription));
      }
      assertEquals(count, config.status().subscriptions());
      subscriptions.forEach(Subscription::close);
      subscriptions.clear();
      int left = config.status().subscriptions();
      collected(references);
      Experiment.sound("D-2", "subscriptions", left, count);
    }
  }

  @Test
  void watchers_ofTheTwin_haveAThreadEach() {
    TwinSubject twin = new TwinSubject(Map.of(KEY, 1L));
    try {
      Set<Thread> before = Experiment.threads(TWINS);
      for (int i = 0; i < TWIN_WATCHERS; i++) {
        twin.watch(KEY);
      }
      int threads = Experiment.threads(TWINS, before).size();
      assertEquals(TWIN_WATCHERS, threads);
      Experiment.caught("D-1", "", threads, TWIN_WATCHERS);
    } finally {
      twin.abandon();
    }
  }

  private static void collected(List<? extends WeakReference<?>> references)
      throws InterruptedException {
    Experiment.until(
        () -> {
          System.gc();
          return references.stream().allMatch(reference -> reference.get() == null);
        });
  }

  // ---- who waits when it closes

  @Test
  @Tag("D28")
  void close_wakesEveryWatcherThatWaits() throws Exception {
    Waiters waiters = new Waiters(new GimbalSubject(Map.of(KEY, 1L)), WATCHERS);
    waiters.subject.close();
    waiters.ended.await();
    Experiment.sound("D-3", "", WATCHERS - waiters.woken.get(), WATCHERS);
  }

  @Test
  void close_wakesNoneOfTheTwinsWatchers() throws Exception {
    Waiters waiters = new Waiters(new TwinSubject(Map.of(KEY, 1L)), TWIN_WATCHERS);
    waiters.subject.close();
    waiters.subject.settle(); // close has done all that it will
    assertEquals(0, waiters.woken.get());
    assertEquals(
        TWIN_WATCHERS, waiters.threads.stream().filter(NothingLeftBehindTest::isParked).count());
    Experiment.caught("D-3", "", TWIN_WATCHERS - waiters.woken.get(), TWIN_WATCHERS);
    waiters.subject.abandon();
    waiters.ended.await();
  }

  private static boolean isParked(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING;
  }

  /** Threads that all wait for a watcher of their own. */
  private static final class Waiters {
    final Subject subject;
    final List<Thread> threads = new ArrayList<>();
    final AtomicInteger woken = new AtomicInteger();
    final CountDownLatch ended;

    Waiters(Subject subject, int count) throws InterruptedException {
      this.subject = subject;
      this.ended = new CountDownLatch(count);
      for (int i = 0; i < count; i++) {
        Subject.Watch watch = subject.watch(KEY);
        threads.add(Experiment.start("experiment-waiter", () -> await(watch)));
      }
      for (Thread thread : threads) {
        Experiment.until(() -> isParked(thread));
      }
    }

    private void await(Subject.Watch watch) {
      try {
        watch.next(Duration.ofHours(1));
      } catch (Subject.StoppedException e) {
        woken.incrementAndGet();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        ended.countDown();
      }
    }
  }

  // ---- starting and closing, again and again

  @Test
  @Tag("D30")
  void startAndClose_leaveNoThread() throws Exception {
    Set<Thread> before = Experiment.threads(OURS);
    for (int i = 0; i < Experiment.scaled(STARTS); i++) {
      try (GimbalSubject subject = new GimbalSubject()) {
        subject.load(Map.of(KEY, 1L));
        subject.put(0, KEY, i);
        assertEquals(i, subject.get(KEY));
      }
    }
    Experiment.until(() -> Experiment.threads(OURS, before).isEmpty());
    Experiment.sound("D-4", "", 0, Experiment.scaled(STARTS));
  }

  @Test
  void startAndClose_ofTheTwin_leaveAThreadEach() throws Exception {
    Set<Thread> before = Experiment.threads(TWINS);
    List<TwinSubject> twins = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      TwinSubject twin = new TwinSubject();
      twins.add(twin);
      twin.load(Map.of(KEY, 1L));
      twin.settle();
      twin.close();
    }
    // A source's thread stays; those of its reader and of the reader's watcher end.
    Experiment.until(() -> Experiment.threads(TWINS, before).size() <= STARTS);
    int left = Experiment.threads("twin-source", before).size();
    assertEquals(STARTS, left);
    Experiment.caught("D-4", "", left, STARTS);
    twins.forEach(TwinSubject::abandon);
  }

  @Test
  void startAndCloseWithAFile_leaveNoThreadAndNoFile() throws Exception {
    Path file = file();
    start(file, 1); // what is opened once and for all
    Set<Thread> threads = Experiment.threads(OURS);
    long before = Experiment.openFiles();
    start(file, Experiment.scaled(FILES));
    Experiment.until(() -> Experiment.threads(OURS, threads).isEmpty());
    Experiment.until(() -> Experiment.openFiles() <= before);
    Experiment.sound("D-5", "", 0, Experiment.scaled(FILES));
  }

  private static void start(Path file, int times) {
    for (int i = 0; i < times; i++) {
      try (Config config = Config.builder().source(Sources.file(file)).build()) {
        assertEquals(1, config.get(KEY).asInt());
      }
    }
  }

  @Test
  void startWithAFile_ofTheTwin_leavesAThreadAndFilesEach() throws Exception {
    Path file = file();
    Set<Thread> threads = Experiment.threads("twin-file");
    long files = Experiment.openFiles();
    List<TwinFile> twins = new ArrayList<>();
    for (int i = 0; i < TWIN_FILES; i++) {
      TwinFile twin = new TwinFile(file, KEY);
      twins.add(twin);
      twin.awaitWatching();
    }
    assertEquals(TWIN_FILES, Experiment.threads("twin-file", threads).size());
    long left = Experiment.openFiles() - files;
    assertTrue(left >= TWIN_FILES, "only " + left + " files were left open");
    Experiment.caught("D-5", "", TWIN_FILES, TWIN_FILES);
    for (TwinFile twin : twins) {
      twin.abandon();
    }
  }

  private Path file() throws IOException {
    Path file = folder.resolve("app.json");
    Files.writeString(file, "{\"" + KEY + "\": 1}");
    return file;
  }
}
