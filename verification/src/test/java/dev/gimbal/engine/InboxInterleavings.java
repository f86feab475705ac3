package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

/** What a source said waits here, up to a bound. */
final class InboxInterleavings {

  private InboxInterleavings() {}

  abstract static class WithInbox extends EngineScenario {
    final Inbox inbox = new Inbox();
    final List<Said> taken = new ArrayList<>();

    /** As {@code Intake} does: who is told takes everything out. */
    void put(Said said) {
      if (inbox.put(said)) {
        take();
      }
    }

    void take() {
      List<Said> all = inbox.takeAll();
      taken.addAll(all);
    }

    void fill() {
      for (int i = 0; i < Inbox.BOUND; i++) {
        boolean first = inbox.put(Sayings.failed());
        assertEquals(i == 0, first);
      }
    }
  }

  /** Nothing stays behind; of two documents the newer one comes, or comes last. */
  static final class PutsBesideTakes extends WithInbox {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            put(Sayings.document(1));
            put(Sayings.document(3));
          },
          () -> put(Sayings.document(2)),
          () -> put(Sayings.failed()));
    }

    @Override
    void look() {
      assertEquals(List.of(), inbox.takeAll(), "left behind");
      String digits = String.valueOf(Sayings.digits(taken));
      assertTrue(digits.contains("3") && digits.contains("9"), digits);
      assertEquals(digits.chars().distinct().count(), digits.length(), digits);
    }
  }

  /** Two who wait for room are both let go. */
  static final class FullBesideTake extends WithInbox {
    @Override
    public void begin() {
      fill();
    }

    @Override
    public List<Act> acts() {
      return List.of(() -> put(Sayings.document(1)), () -> put(Sayings.document(2)), this::take);
    }

    @Override
    void look() {
      assertEquals(List.of(), inbox.takeAll(), "left behind");
      int digits = Sayings.digits(taken.subList(Inbox.BOUND, taken.size()));
      assertTrue(List.of(2, 12, 21).contains(digits), "taken " + digits);
    }
  }

  /** Two who wait for room are let go by the end, and nothing comes after it. */
  static final class FullBesideClose extends WithInbox {
    @Override
    public void begin() {
      fill();
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> assertFalse(inbox.put(Sayings.failed())),
          () -> assertFalse(inbox.put(Sayings.failed())),
          () -> {
            inbox.close();
            assertEquals(List.of(), inbox.takeAll(), "kept after close");
          });
    }

    @Override
    void look() {
      assertFalse(inbox.put(Sayings.document(1)));
      assertEquals(List.of(), inbox.takeAll(), "taken over after close");
    }
  }

  /** An interrupt does not lose what is said. */
  static final class InterruptedPut extends WithInbox {
    private Thread waiting;
    private boolean interrupted;

    @Override
    public void begin() {
      fill();
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            waiting = Thread.currentThread();
            put(Sayings.document(1));
            assertEquals(interrupted, Thread.interrupted(), "the interrupt is lost");
          },
          () -> {
            Thread thread = waiting;
            if (thread != null && taken.isEmpty()) {
              thread.interrupt();
              interrupted = true;
            }
            take();
          });
    }

    @Override
    public void threadEnds() {
      boolean ignored = Thread.interrupted();
      super.threadEnds();
    }

    @Override
    void look() {
      assertEquals(1, Sayings.digits(taken.subList(Inbox.BOUND, Inbox.BOUND + 1)));
    }
  }
}
