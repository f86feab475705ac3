package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AskedTest {

  private final List<Said> unasked = new ArrayList<>();
  private final Asked asked = new Asked(unasked::add);
  private final Said a = new Said.Reset();
  private final Said b = failed("b");
  private final Said c = failed("c");
  private final Said d = failed("d");

  private static Said failed(String message) {
    return new Said.Failed(new ConfigException(ErrorCode.SOURCE_FAILED, message));
  }

  @Test
  void whatIsSaidToOneWhoAsked_isKeptUntilTaken() {
    Asked.Asker asker = asked.begin();
    asked.say(asker, a);
    asked.say(asker, b);
    assertEquals(List.of(), unasked);
    assertEquals(List.of(a, b), asked.take(asker));
    assertEquals(List.of(), asked.take(asker));
    assertEquals(List.of(), unasked);
  }

  @Test
  void whatIsSaidUnasked_sendsAheadWhatIsKept() {
    Asked.Asker asker = asked.begin();
    asked.say(asker, a);
    asked.say(b);
    assertEquals(List.of(a, b), unasked);
    asked.say(asker, c);
    assertEquals(List.of(c), asked.take(asker));
    assertEquals(List.of(a, b), unasked);
  }

  @Test
  void whatIsSaidToAnother_sendsAheadWhatIsKept_butNotItsOwn() {
    Asked.Asker one = asked.begin();
    Asked.Asker other = asked.begin();
    asked.say(one, a);
    asked.say(other, b);
    asked.say(other, c);
    assertEquals(List.of(a), unasked);
    assertEquals(List.of(b, c), asked.take(other));
    assertEquals(List.of(), asked.take(one));
  }

  @Test
  void whatIsSaidToOneWhoTookOrGaveUp_isUnasked() {
    Asked.Asker took = asked.begin();
    asked.say(took, a);
    asked.take(took);
    asked.say(took, b);
    assertEquals(List.of(b), unasked);
    Asked.Asker gone = asked.begin();
    asked.say(gone, c);
    asked.giveUp(gone);
    asked.say(gone, d);
    assertEquals(List.of(b, c, d), unasked);
  }

  @Test
  void whatIsKept_isNotTakenBeforeWhatWaitsInTheInbox() {
    Inbox inbox = new Inbox();
    Asked.Asker asker = asked.begin();
    asked.say(asker, a);
    inbox.put(b);
    assertNull(asked.takeInOrder(asker, inbox));
    asked.say(asker, c); // it is kept, too: nothing was taken
    assertEquals(List.of(b), inbox.takeAll());
    assertEquals(List.of(a, c), asked.takeInOrder(asker, inbox));
    Asked.Asker silent = asked.begin();
    inbox.put(d);
    assertEquals(List.of(), asked.takeInOrder(silent, inbox));
    asked.say(silent, d);
    assertEquals(List.of(d), unasked);
  }

  @Test
  void whoeverWasOvertaken_waitsForWhoSentIt_andLetsTheNextSpeak() throws Exception {
    Held held = new Held();
    Asked.Asker asker = held.asked.begin();
    assertFalse(held.asked.awaitSentAhead(asker));
    held.asked.say(asker, a);
    assertFalse(held.asked.awaitSentAhead(asker));
    List<Boolean> answers = new ArrayList<>();
    held.ordered(() -> held.asked.say(b), () -> answers.add(held.asked.awaitSentAhead(asker)));
    assertEquals(List.of(true), answers);
  }

  private interface Speaking {
    void speak(Asked asked, Asked.Asker asker, Said said);
  }

  private static final List<Speaking> SPEAKING =
      List.of((asked, asker, said) -> asked.say(said), Asked::say);

  /** The order of one source's things holds also while one of them waits for room. */
  @Test
  void whoeverSpeaksWhileAnotherIsHeldUp_comesAfterIt() throws Exception {
    for (Speaking first : SPEAKING) {
      for (Speaking second : SPEAKING) {
        Held held = new Held();
        Asked.Asker gone = held.asked.begin();
        held.asked.take(gone);
        held.ordered(
            () -> first.speak(held.asked, gone, a), () -> second.speak(held.asked, gone, b));
      }
    }
  }

  @Test
  void whoeverSpeaksWhileOneWhoGaveUpIsHeldUp_comesAfterIt() throws Exception {
    for (Speaking second : SPEAKING) {
      Held held = new Held();
      Asked.Asker asker = held.asked.begin();
      held.asked.say(asker, a);
      held.ordered(() -> held.asked.giveUp(asker), () -> second.speak(held.asked, asker, b));
    }
  }

  /** Things wait for room when {@link #a} comes, until they are released. */
  private final class Held {
    private final List<Said> said = new ArrayList<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final Asked asked = new Asked(this::take);

    private void take(Said thing) {
      if (thing == a) {
        entered.countDown();
        awaitUnchecked(release);
      }
      said.add(thing);
    }

    void ordered(Runnable saysA, Runnable saysB) throws InterruptedException {
      Thread first = start(saysA);
      entered.await();
      Thread second = start(saysB);
      while (second.getState() != Thread.State.WAITING) {
        assertTrue(second.isAlive(), "it did not wait");
        Thread.onSpinWait();
      }
      release.countDown();
      first.join();
      second.join();
      assertEquals(List.of(a, b), said);
      asked.say(c); // who spoke has left
      assertEquals(List.of(a, b, c), said);
    }
  }

  private static Thread start(Runnable body) {
    Thread thread = new Thread(body);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
