package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.interleavings.Points;
import java.util.ArrayList;
import java.util.List;

/** What sources say to those who reload, and unasked meanwhile. */
final class AskedInterleavings {

  private AskedInterleavings() {}

  /** What a source says to who reloads and unasked reaches the lane once, in its order. */
  static final class SaidInOrder extends EngineScenario {
    private final Lane lane = new Lane(e -> Points.fail(e.toString()), drain -> false);
    private final List<Said> came = new ArrayList<>();
    private final Inbox inbox = new Inbox();
    private final Asked asked = new Asked(this::unasked);
    private final Asked.Asker first = asked.begin();
    private final Asked.Asker second = asked.begin();

    /** As {@code Intake} and {@code Reload} do. */
    private void unasked(Said said) {
      if (inbox.put(said)) {
        lane.submit(() -> came.addAll(inbox.takeAll()));
      }
    }

    private boolean take() {
      List<Said> said = asked.takeInOrder(first, inbox);
      while (said == null) {
        came.addAll(inbox.takeAll());
        said = asked.takeInOrder(first, inbox);
      }
      return came.addAll(said);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            asked.say(first, Sayings.document(1));
            asked.say(second, Sayings.document(2));
            asked.say(Sayings.failed());
            asked.say(first, Sayings.document(4));
          },
          () -> {
            lane.call(this::take);
            if (asked.awaitSentAhead(first)) {
              assertTrue(lane.call(() -> !came.isEmpty()), "what was sent ahead is not there");
            }
          },
          () -> asked.giveUp(second));
    }

    @Override
    void look() {
      came.addAll(asked.take(first));
      came.addAll(asked.take(second));
      assertTrue(List.of(1294, 294).contains(Sayings.digits(came)), "" + Sayings.digits(came));
    }
  }

  /** Two threads of one source, and one who reloads and goes: what each says comes in its order. */
  static final class SaidByTwo extends EngineScenario {
    private final List<Said> came = new ArrayList<>();
    private final Asked asked = new Asked(this::unasked);
    private final Asked.Asker asker = asked.begin();
    private volatile int steps;

    private void unasked(Said said) {
      steps = 1;
      came.add(said);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            asked.say(asker, Sayings.document(1));
            asked.say(Sayings.document(2));
            asked.say(asker, Sayings.document(3));
          },
          () -> asked.say(Sayings.document(5)),
          () -> asked.giveUp(asker));
    }

    @Override
    void look() {
      String order = Integer.toString(Sayings.digits(came));
      assertEquals("123", order.replace("5", ""), order);
      assertEquals(4, order.length());
      asked.say(asker, Sayings.document(7));
      assertEquals(7, Sayings.digits(came) % 10, "said to one who has gone");
    }
  }

  /** What is said to one who reloads is kept together, as long as nothing else is said. */
  static final class KeptTogether extends EngineScenario {
    private final List<Said> came = new ArrayList<>();
    private final Asked asked = new Asked(came::add);

    @Override
    public List<Act> acts() {
      return List.of(this::reload, this::reload);
    }

    private void reload() {
      Asked.Asker asker = asked.begin();
      asked.say(asker, Sayings.document(1));
      asked.say(asker, Sayings.document(2));
      came.addAll(asked.take(asker));
    }

    @Override
    void look() throws Exception {
      assertEquals(4, came.size());
      var askers = Asked.class.getDeclaredField("askers");
      askers.setAccessible(true);
      assertEquals(List.of(), askers.get(asked), "one who has gone is kept");
      Asked.Asker asker = asked.begin();
      asked.say(asker, Sayings.document(1));
      asked.say(asker, Sayings.document(2));
      assertEquals(12, Sayings.digits(asked.take(asker)));
      assertEquals(4, came.size(), "sent ahead, though nothing else was said");
    }
  }
}
