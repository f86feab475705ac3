package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who waits because an {@link Inbox} is full is let go by whoever makes room or closes it. */
@Tag("race")
class InboxWakesTest {

  private static final int ROUNDS = 500;

  /** After this long somebody counts as forgotten. The twins always pay it once. */
  private static final Duration LOST = Duration.ofSeconds(20);

  private static final Duration LOST_IN_TWIN = Duration.ofSeconds(1);

  @Test
  void put_whileFull_waitsForTakeAll() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      Inbox inbox = full();
      FutureTask<Boolean> put = begin(i, () -> inbox.put(Sayings.failed()));
      assertEquals(Inbox.BOUND, inbox.takeAll().size());
      assertEquals(true, put.get(LOST.toMillis(), TimeUnit.MILLISECONDS));
      assertEquals(1, inbox.takeAll().size());
    }
  }

  @Test
  @Tag("D34")
  void put_whileFull_isLetGoByClose() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      Inbox inbox = full();
      FutureTask<Boolean> put = begin(i, () -> inbox.put(Sayings.failed()));
      inbox.close();
      assertEquals(false, put.get(LOST.toMillis(), TimeUnit.MILLISECONDS));
      assertEquals(0, inbox.takeAll().size());
    }
  }

  @Test
  void put_whileFullTwin_waitsForEver() throws Exception {
    int woken = 0;
    while (woken < ROUNDS && wakes(woken)) {
      woken++;
    }
    assertTrue(woken < ROUNDS, "the twin forgot nobody");
  }

  private static boolean wakes(int round) throws Exception {
    SeededInboxes.Silent inbox = new SeededInboxes.Silent();
    for (int i = 0; i < Inbox.BOUND; i++) {
      inbox.put(Sayings.failed());
    }
    FutureTask<Boolean> put = begin(round, () -> inbox.put(Sayings.failed()));
    inbox.takeAll();
    try {
      return put.get(LOST_IN_TWIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException forgotten) {
      put.cancel(true);
      return false;
    }
  }

  private static Inbox full() {
    Inbox inbox = new Inbox();
    for (int i = 0; i < Inbox.BOUND; i++) {
      inbox.put(Sayings.failed());
    }
    return inbox;
  }

  /** Begins it on another thread, and gives that a time that differs from round to round. */
  private static FutureTask<Boolean> begin(int round, Callable<Boolean> put) {
    FutureTask<Boolean> task = new FutureTask<>(put);
    Thread thread = new Thread(task, "inbox-source");
    thread.setDaemon(true);
    thread.start();
    for (int i = round % 64 * 200; i > 0; i--) {
      Thread.onSpinWait();
    }
    return task;
  }
}
