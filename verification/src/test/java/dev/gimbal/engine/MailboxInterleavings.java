package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

/** A mailbox among those who offer, take and close. */
final class MailboxInterleavings {

  private MailboxInterleavings() {}

  /** Two offer, one takes: the last version arrives, none comes after a greater one. */
  static final class OffersBesideTakes extends EngineScenario {
    private final Mailbox mailbox = new Mailbox();
    private final List<Long> taken = new ArrayList<>();
    private final List<Mailbox.Offer> offers = new ArrayList<>();

    private void take() {
      PublishedSnapshot snapshot = mailbox.take();
      if (snapshot != null) {
        taken.add(snapshot.version());
      }
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            offers.add(mailbox.offer(Snapshots.of(1)));
            offers.add(mailbox.offer(Snapshots.of(3)));
          },
          () -> offers.add(mailbox.offer(Snapshots.of(2))),
          () -> {
            take();
            take();
          });
    }

    @Override
    void look() {
      long told = offers.stream().filter(offer -> offer == Mailbox.Offer.FIRST).count();
      PublishedSnapshot left = mailbox.take();
      assertEquals(left == null ? told : told - 1, taken.size(), "first offers and what was taken");
      taken.add(left == null ? 0 : left.version());
      assertTrue(taken.contains(3L), () -> "taken " + taken + ", told " + offers);
      assertTrue(mailbox.isEmpty());
      assertNull(mailbox.take());
      assertFalse(offers.contains(Mailbox.Offer.CLOSED));
    }
  }

  /** An older offer that comes late. */
  static final class OlderOffer extends EngineScenario {
    private final Mailbox mailbox = new Mailbox();

    @Override
    public List<Act> acts() {
      return List.of(
          () -> mailbox.offer(Snapshots.of(2)),
          () -> mailbox.offer(Snapshots.of(1)),
          () -> mailbox.offer(Snapshots.of(2)));
    }

    @Override
    void look() {
      assertEquals(2, Snapshots.version(mailbox.take()));
      assertEquals(Mailbox.Offer.FIRST, mailbox.offer(Snapshots.of(4)));
      assertEquals(Mailbox.Offer.STALE, mailbox.offer(Snapshots.of(4)));
      assertEquals(Mailbox.Offer.STALE, mailbox.offer(Snapshots.of(3)));
      assertEquals(Mailbox.Offer.REPLACED, mailbox.offer(Snapshots.of(5)));
    }
  }

  /** Offers, takes and two closes: nothing comes out after a close, and one of them did it. */
  static final class OfferTakeClose extends EngineScenario {
    private final Mailbox mailbox = new Mailbox();
    private int closed;

    private void close() {
      boolean first = mailbox.close();
      closed += first ? 1 : 0;
      assertNull(mailbox.take(), "taken after close");
      assertTrue(mailbox.isClosed());
      assertFalse(mailbox.isEmpty());
    }

    @Override
    public void begin() {
      mailbox.offer(Snapshots.of(1));
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            boolean before = mailbox.isClosed();
            Mailbox.Offer came = mailbox.offer(Snapshots.of(2));
            assertEquals(before, before && came == Mailbox.Offer.CLOSED);
          },
          () -> {
            boolean before = mailbox.isClosed();
            assertFalse(mailbox.take() != null && before, "taken after close");
          },
          this::close,
          this::close);
    }

    @Override
    void look() {
      assertEquals(1, closed);
      assertTrue(mailbox.isClosed());
      assertEquals(Mailbox.Offer.CLOSED, mailbox.offer(Snapshots.of(3)));
      assertNull(mailbox.take());
      assertNotEquals(true, mailbox.close());
    }
  }

  /** Two take what there is: one of them has it. */
  static final class TwoTake extends EngineScenario {
    private final Mailbox mailbox = new Mailbox();
    private final List<Integer> taken = new ArrayList<>();

    @Override
    public void begin() {
      mailbox.offer(Snapshots.of(1));
    }

    private void take() {
      int version = Snapshots.version(mailbox.take());
      if (version > 0) {
        taken.add(version);
      }
    }

    @Override
    public List<Act> acts() {
      return List.of(this::take, this::take, () -> mailbox.offer(Snapshots.of(2)));
    }

    @Override
    void look() {
      take();
      assertEquals(taken.stream().distinct().toList(), taken, "taken twice");
      assertTrue(taken.contains(2), () -> "taken " + taken);
    }
  }
}
