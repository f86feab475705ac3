package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.engine.ExploredConfig.Numbers;
import dev.gimbal.interleavings.Points;
import dev.gimbal.source.Sink;
import java.util.ArrayList;
import java.util.List;

/** What sources say: unasked, when they are reloaded, and when they open. */
final class SourceInterleavings {

  private SourceInterleavings() {}

  abstract static class WithConfig extends EngineScenario {
    final ExploredConfig explored = new ExploredConfig();
    final Numbers source = new Numbers("n", 1);
    final Numbers other = new Numbers("m", 1);

    @Override
    public void begin() throws Exception {
      explored.add(source, other);
    }
  }

  /** What two sources answer to a reload is one step. */
  static final class ReloadIsOneStep extends WithConfig {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            source.number = 2;
            other.number = 2;
            long version = explored.config.reload();
            assertEquals(2, explored.get("n"));
            assertTrue(explored.config.snapshot().version() >= version);
          },
          () -> {
            for (int i = 0; i < 2; i++) {
              var snapshot = explored.config.snapshot();
              assertEquals(
                  snapshot.get("n").asInt(), snapshot.get("m").asInt(), "half of a reload");
            }
          });
    }

    @Override
    void look() {
      assertEquals(2, explored.config.snapshot().version());
    }
  }

  /** Two reload at once: both end, and what is there last stays. */
  static final class TwoReload extends WithConfig {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> explored.config.reload(),
          () -> {
            source.number = 2;
            explored.config.reload();
            assertEquals(2, explored.get("n"));
          });
    }

    @Override
    void look() {
      assertEquals(2, explored.get("n"));
    }
  }

  /** Reloaded while it is removed. */
  static final class ReloadBesideRemove extends WithConfig {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            source.number = 2;
            other.number = 2;
            explored.config.reload();
          },
          () -> explored.config.remove("n"));
    }

    @Override
    void look() {
      assertEquals(0, explored.get("n"));
      assertEquals(2, explored.get("m"));
    }
  }

  /** Things of one source that are no documents keep their order, too. */
  static final class StatesInOrder extends WithConfig {
    private final List<String> states = new ArrayList<>();

    @Override
    public void begin() throws Exception {
      super.begin();
      explored.config.onStatus(status -> states.add(status.name() + " " + status.state()));
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            source.change(2);
            source.fail();
            source.change(3);
          },
          () -> other.fail());
    }

    @Override
    void look() {
      assertEquals(3, explored.get("n"));
      assertEquals(
          List.of("n DEGRADED", "n OK"), states.stream().filter(s -> s.startsWith("n")).toList());
      assertEquals(1, states.stream().filter(s -> s.startsWith("m")).count());
      var now = explored.config.status().sources().get(0);
      assertEquals(1, now.failures());
      assertEquals("OK", now.state().toString());
    }
  }

  /** A reset lets an older revision in, in its order. */
  static final class Reset extends WithConfig {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            source.sink.document(dev.gimbal.source.Revision.of(9), source.document(9));
            source.sink.reset();
            source.sink.document(dev.gimbal.source.Revision.of(1), source.document(2));
            source.sink.document(dev.gimbal.source.Revision.of(1), source.document(8));
          },
          () -> other.change(2));
    }

    @Override
    void look() {
      assertEquals(2, explored.get("n"));
      assertEquals(2, explored.get("m"));
    }
  }

  /** The answer comes from another thread while the source is being opened: the start sees both. */
  static final class AnswerBesideOpen extends EngineScenario {
    private final ExploredConfig explored = new ExploredConfig();
    private final Numbers source =
        new Numbers("n", 1) {
          @Override
          void say(Sink to, int said) {
            Points.spawn("says", () -> super.say(to, said));
          }
        };

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            explored.add(source);
            assertEquals(1, explored.get("n"));
            assertFalse(source.opening, "the start did not wait for open");
          });
    }

    @Override
    void look() {
      assertEquals(1, explored.config.snapshot().version());
    }
  }

  /** A source that is opened while it ends is closed, and its opening is waited for. */
  static final class OpenBesideEnd extends EngineScenario {
    private final ExploredConfig explored = new ExploredConfig();
    private final Numbers source = new Numbers("n", 1);
    private SourceSession session;

    @Override
    public void begin() {
      session = new SourceSession(explored.loader, source);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> session.life().open(),
          () -> {
            SessionLife.closeAll(
                List.of(session), explored.loader, java.time.Duration.ofSeconds(1));
            assertFalse(source.opening, "it ended while it is being opened");
            assertEquals(source.opens, source.closes, "opened, and not closed");
          });
    }

    @Override
    void look() {
      assertEquals(source.opens, source.closes, "opened, and not closed");
    }
  }

  /** Two say at once for one source: nothing is lost, and revisions decide. */
  static final class TwoSay extends WithConfig {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> source.sink.document(dev.gimbal.source.Revision.of(5), source.document(5)),
          () -> source.sink.document(dev.gimbal.source.Revision.of(4), source.document(4)),
          () -> {
            source.sink.document(dev.gimbal.source.Revision.of(3), source.document(3));
            assertTrue(explored.get("n") != 2);
          });
    }

    @Override
    void look() {
      assertEquals(5, explored.get("n"));
    }
  }

  /** A parse that is late: it is told before its thread goes on, and keeps no interrupt. */
  static final class Deadline extends EngineScenario {
    private volatile ParseDeadline deadline;
    private volatile int told;
    private volatile int looked;
    private boolean late;

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            deadline = new ParseDeadline();
            looked = 1;
            boolean inTime = deadline.end();
            late = !inTime;
            assertEquals(inTime ? 0 : 1, told, "told after the end, or not before it");
            for (int i = 0; i < 3; i++) {
              looked = i;
              assertFalse(Thread.currentThread().isInterrupted(), "an interrupt was left");
            }
          },
          () -> {
            ParseDeadline set = deadline;
            if (set != null) {
              set.pass(() -> told++);
              set.pass(() -> told++);
            }
          });
    }

    @Override
    void look() {
      assertEquals(late ? 1 : 0, told);
    }
  }
}
