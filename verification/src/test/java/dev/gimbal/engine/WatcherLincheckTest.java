package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.WatcherStoppedException;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link PullWatcher} under Lincheck: two threads in every interleaving that it tries. It cannot
 * see a lost wake-up, because it lets {@code park} return by itself; {@link WatcherWakesTest} looks
 * for those. The watcher is called directly: behind a functional interface Lincheck sees nothing.
 *
 * <p>The threads are no lambdas: on JDK 25 Lincheck does not see that they share what a lambda has
 * captured.
 */
@Tag("race")
class WatcherLincheckTest {

  private static final int INVOCATIONS = 200;

  /** G2, G3: versions rise, and the last one comes. */
  @Test
  @Tag("D2")
  void next_whileTwoVersionsArePublished_endsOnTheLast() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          PullWatcher watcher = Watchers.fromVersionZero();
          Thread publisher =
              new Thread() {
                @Override
                public void run() {
                  watcher.offer(Snapshots.of(1));
                  watcher.offer(Snapshots.of(2));
                }
              };
          publisher.start();
          long last = 0;
          while (last < 2) {
            last = rising(last, Watchers.next(watcher));
          }
          join(publisher);
        });
  }

  @Test
  void next_whileTwoVersionsArePublishedTwin_neverSeesTheLast() {
    assertThrows(
        LincheckAssertionError.class,
        () ->
            Lincheck.runConcurrentTest(
                INVOCATIONS,
                () -> {
                  SeededWatchers.Reference watcher = new SeededWatchers.Reference();
                  Thread publisher =
                      new Thread() {
                        @Override
                        public void run() {
                          watcher.offer(Snapshots.of(1));
                          watcher.offer(Snapshots.of(2));
                        }
                      };
                  publisher.start();
                  long last = 0;
                  while (last < 2) {
                    last = rising(last, next(watcher));
                  }
                  join(publisher);
                }));
  }

  private static long rising(long last, long version) {
    if (version <= last) {
      throw new AssertionError(version + " after " + last);
    }
    return version;
  }

  private static long next(SeededWatchers.Reference watcher) {
    try {
      return watcher.next().version();
    } catch (WatcherStoppedException stopped) {
      return Watchers.STOPPED;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
