package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.source.RemoteUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuestionsTest {

  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final Answers answers = new Answers();
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void end() {
    workers.shutdownNow();
  }

  private Questions within(Duration whole) {
    return new Questions(whole, answers, workers);
  }

  private static <T> T never() throws InterruptedException {
    new CountDownLatch(1).await();
    throw new AssertionError();
  }

  @Test
  void questionThatIsLost_isAskedAgain() throws Exception {
    String answer =
        within(Awaiting.PATIENCE)
            .ask(timeout -> asked.incrementAndGet() < 3 ? never() : "answer " + asked);
    assertEquals("answer 3", answer);
  }

  /** As of a server that is far away. */
  @Test
  void answerThatComesAfterItWasAskedAgain_counts() throws Exception {
    CountDownLatch again = new CountDownLatch(2);
    String answer =
        within(Awaiting.PATIENCE)
            .ask(
                timeout -> {
                  int number = asked.incrementAndGet();
                  again.countDown();
                  again.await();
                  return number == 1 ? "late" : never();
                });
    assertEquals("late", answer);
  }

  @Test
  void failure_isOfAll() {
    RemoteUnavailableException refused =
        assertThrows(
            RemoteUnavailableException.class,
            () ->
                within(Awaiting.PATIENCE)
                    .ask(
                        timeout -> {
                          throw new RemoteUnavailableException("refused", null);
                        }));
    assertEquals("refused", refused.getMessage());
  }

  @Test
  void noAnswer_isAFailureInTheEnd() {
    IOException none =
        assertThrows(
            IOException.class, () -> within(Duration.ofMillis(50)).ask(timeout -> never()));
    assertEquals("no answer within PT0.05S", none.getMessage());
  }

  @Test
  void endOfTheConnection_isSeenAtOnce() {
    answers.end(new IOException("ended"));
    IOException ended =
        assertThrows(IOException.class, () -> within(Awaiting.PATIENCE).ask(timeout -> never()));
    assertEquals("ended", ended.getMessage());
    workers.shutdownNow();
    IOException closed =
        assertThrows(IOException.class, () -> within(Awaiting.PATIENCE).ask(timeout -> never()));
    assertEquals("the connection is closed", closed.getMessage());
  }
}
