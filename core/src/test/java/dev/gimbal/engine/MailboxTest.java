package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.tree.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each transition of the cell; threads are in the module {@code verification}. */
class MailboxTest {

  private final Mailbox mailbox = new Mailbox();

  private static PublishedSnapshot version(long version) {
    return new PublishedSnapshot(version, ObjectNode.EMPTY, ObjectNode.EMPTY, List.of());
  }

  @Test
  void offerToAnEmptyOne_isFirst_andIsTakenOnce() {
    PublishedSnapshot one = version(1);
    assertTrue(mailbox.isEmpty());
    assertNull(mailbox.take());
    assertEquals(Mailbox.Offer.FIRST, mailbox.offer(one));
    assertFalse(mailbox.isEmpty());
    assertSame(one, mailbox.take());
    assertTrue(mailbox.isEmpty());
    assertNull(mailbox.take());
    assertEquals(Mailbox.Offer.FIRST, mailbox.offer(version(1)));
  }

  @Test
  void newerOffer_replacesTheOneThatWaits_neverTheOther() {
    PublishedSnapshot two = version(2);
    PublishedSnapshot three = version(3);
    mailbox.offer(two);
    assertEquals(Mailbox.Offer.STALE, mailbox.offer(version(2)));
    assertEquals(Mailbox.Offer.STALE, mailbox.offer(version(1)));
    assertEquals(Mailbox.Offer.REPLACED, mailbox.offer(three));
    assertEquals(Mailbox.Offer.STALE, mailbox.offer(two));
    assertSame(three, mailbox.take());
  }

  @Test
  void close_isTrueOnce_dropsWhatWaits_andIsTerminal() {
    mailbox.offer(version(1));
    assertFalse(mailbox.isClosed());
    assertTrue(mailbox.close());
    assertTrue(mailbox.isClosed());
    assertFalse(mailbox.isEmpty());
    assertNull(mailbox.take());
    assertEquals(Mailbox.Offer.CLOSED, mailbox.offer(version(2)));
    assertNull(mailbox.take());
    assertFalse(mailbox.close());
    assertTrue(mailbox.isClosed());
  }
}
