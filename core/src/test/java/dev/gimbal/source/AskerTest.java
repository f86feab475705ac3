package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AskerTest {

  private final RecordingSink sink = new RecordingSink(new ManualTasks());
  private final Asker asker = new Asker(sink);

  @Test
  void answer_isTakenOnce() {
    assertEquals(true, asker.answer(Sink::reset));
    assertEquals(false, asker.answer(Sink::reset));
    asker.await();
    assertEquals(List.of("reset"), sink.log());
  }

  @Test
  void answer_afterItHasGone_isNotTaken() {
    asker.release();
    asker.await();
    assertEquals(false, asker.answer(Sink::reset));
    assertEquals(List.of(), sink.log());
  }

  @Test
  void answer_thatThrows_isNotTakenAndReachesWhoWaits() {
    RuntimeException failure = new IllegalStateException("boom");
    assertEquals(
        false,
        asker.answer(
            to -> {
              throw failure;
            }));
    assertSame(failure, assertThrows(RuntimeException.class, asker::await));
  }

  @Test
  void await_interruptedWhileTheAnswerIsGiven_returnsAfterIt() throws InterruptedException {
    AtomicReference<String> found = new AtomicReference<>();
    Thread waiting =
        new Thread(
            () -> {
              asker.await();
              found.set(sink.log() + " " + Thread.currentThread().isInterrupted());
            });
    waiting.start();
    awaitState(waiting);
    asker.answer(
        to -> {
          waiting.interrupt();
          while (waiting.isInterrupted()) {
            Thread.onSpinWait(); // until it has noticed
          }
          awaitState(waiting);
          to.reset();
        });
    waiting.join();
    assertEquals("[reset] true", found.get());
  }

  private static void awaitState(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
  }
}
