package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.source.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InboxTest {

  private final Inbox inbox = new Inbox();

  @SuppressWarnings("NullAway") // an inbox never looks at the session
  private static Input input(Input.Kind kind, long order) {
    return new Input(null, kind, Revision.of(order), UnaryOperator.identity());
  }

  private static Input document(long order) {
    return input(Input.Kind.WHOLE, order);
  }

  private static Input patch(long order) {
    return input(Input.Kind.PATCH, order);
  }

  private static Said failed() {
    return new Said.Failed(new ConfigException(ErrorCode.SOURCE_FAILED, "gone"));
  }

  private static Thread start(Runnable body) {
    Thread thread = new Thread(body);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void untilParked(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      assertTrue(thread.isAlive(), "it did not wait");
      Thread.onSpinWait();
    }
  }

  @Test
  void firstThing_tellsTheLane_andThoseBehindItDoNot() {
    assertTrue(inbox.put(document(1)));
    assertFalse(inbox.put(patch(2)));
    assertEquals(2, inbox.takeAll().size());
    assertTrue(inbox.put(patch(3)));
  }

  @Test
  void documentsThatFollowEachOther_leaveTheNewest() {
    Input newest = document(3);
    assertTrue(inbox.put(document(1)));
    assertFalse(inbox.put(newest));
    assertFalse(inbox.put(document(2)));
    assertEquals(List.of(newest), inbox.takeAll());
    assertEquals(List.of(), inbox.takeAll());
  }

  @Test
  @SuppressWarnings("NullAway") // an inbox never looks at the session
  void documentOfTheSameRevision_isDropped() {
    Input first = document(3);
    Input same = new Input(null, Input.Kind.WHOLE, Revision.of(3), was -> was);
    inbox.put(first);
    assertFalse(inbox.put(same));
    assertEquals(List.of(first), inbox.takeAll());
  }

  @Test
  void patchesAndStates_stayInTheirOrder_betweenDocuments() {
    List<Said> said =
        List.of(document(1), patch(2), patch(3), document(4), failed(), document(5), patch(6));
    said.forEach(inbox::put);
    assertEquals(said, inbox.takeAll());
  }

  @Test
  void documentAfterAReset_isKept_whateverItsRevision() {
    List<Said> said = List.of(document(9), new Said.Reset(), document(1));
    said.forEach(inbox::put);
    assertEquals(said, inbox.takeAll());
  }

  @Test
  @Tag("D4")
  void fullInbox_holdsTheSourceBack_untilTheLaneTakes_andLosesNothing() throws Exception {
    List<Said> all = new ArrayList<>();
    for (int i = 1; i <= Inbox.BOUND; i++) {
      all.add(patch(i));
      inbox.put(all.get(i - 1));
    }
    Input last = patch(Inbox.BOUND + 1);
    Thread source = start(() -> inbox.put(last));
    untilParked(source);
    source.interrupt();
    untilParked(source);
    assertEquals(all, inbox.takeAll());
    source.join();
    assertEquals(List.of(last), inbox.takeAll());
  }

  @Test
  void inboxThatWasLookedAt_isOpenToOthers() throws Exception {
    assertTrue(inbox.isEmpty());
    start(() -> inbox.put(patch(1))).join();
    assertFalse(inbox.isEmpty());
  }

  @Test
  void documentOntoAFullInbox_replacesTheOneThatWaits_withoutWaiting() {
    for (int i = 1; i < Inbox.BOUND; i++) {
      inbox.put(patch(i));
    }
    inbox.put(document(Inbox.BOUND));
    Input newest = document(Inbox.BOUND + 1);
    inbox.put(newest);
    List<Said> taken = inbox.takeAll();
    assertEquals(Inbox.BOUND, taken.size());
    assertEquals(newest, taken.get(Inbox.BOUND - 1));
  }

  @Test
  @Tag("D34")
  void close_letsTheHeldSourceGo_andDropsAllThereIs() throws Exception {
    for (int i = 1; i <= Inbox.BOUND; i++) {
      inbox.put(patch(i));
    }
    Thread source = start(() -> inbox.put(patch(Inbox.BOUND + 1)));
    untilParked(source);
    inbox.close();
    source.join();
    assertEquals(List.of(), inbox.takeAll());
    assertFalse(inbox.put(document(Inbox.BOUND + 2)));
    assertEquals(List.of(), inbox.takeAll());
  }
}
