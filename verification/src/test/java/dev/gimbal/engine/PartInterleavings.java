package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.interleavings.Points;
import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Parts of the engine alone: the inbox, what is kept for who reloads, tasks, waiting. */
final class PartInterleavings {

  private PartInterleavings() {}

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

  /** What a source says to who reloads and unasked reaches the lane once, in its order. */
  static final class AskedInOrder extends EngineScenario {
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
  static final class AskedByTwo extends EngineScenario {
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
  static final class AskedTogether extends EngineScenario {
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

  /** No task begins after close, and those under way are interrupted. */
  static final class TasksBesideClose extends EngineScenario {
    private final ExploredTasks outer = new ExploredTasks();
    private final SessionTasks tasks = new SessionTasks(outer, "s");
    private volatile boolean closed;
    private volatile int steps;
    private final List<Boolean> interrupts = new ArrayList<>();

    private void task() {
      if (closed && !Thread.currentThread().isInterrupted()) {
        Points.fail("a task begins after close");
      }
      assertTrue(Callbacks.inside());
      steps++;
      boolean closing = closed;
      steps++;
      if (closing && !Thread.currentThread().isInterrupted()) {
        Points.fail("a task under way was not interrupted");
      }
      interrupts.add(Thread.interrupted());
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> tasks.execute("a", this::task),
          () -> {
            tasks.run(this::task);
            boolean ignored = Thread.interrupted();
            steps++;
            steps++;
            assertFalse(Thread.currentThread().isInterrupted(), "interrupted after its task");
          },
          () -> {
            tasks.close();
            closed = true;
          });
    }

    @Override
    void look() {
      tasks.execute("b", this::task);
      tasks.run(this::task);
      assertTrue(interrupts.size() <= 2);
    }
  }

  /** Who closes is not interrupted by it. */
  static final class TaskClosesItself extends EngineScenario {
    private final SessionTasks tasks = new SessionTasks(new ExploredTasks(), "s");

    @Override
    public List<Act> acts() {
      return List.of(
          () ->
              tasks.run(
                  () -> {
                    tasks.close();
                    assertFalse(Thread.currentThread().isInterrupted());
                  }));
    }

    @Override
    void look() {}
  }

  /** No timer is left after close, and none that was cancelled or has run is kept. */
  static final class TimersBesideClose extends EngineScenario {
    private final ExploredTasks outer = new ExploredTasks();
    private final SessionTasks tasks = new SessionTasks(outer, "s");
    private volatile boolean closed;

    private void task() {
      if (closed && !Thread.currentThread().isInterrupted()) {
        Points.fail("a timer's task begins after close");
      }
    }

    private Tasks.Cancellable set() {
      return tasks.schedule("t", Duration.ofSeconds(1), this::task);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            set();
            set().cancel();
          },
          () -> {
            tasks.close();
            closed = true;
          },
          outer::runTimers);
    }

    @Override
    void look() throws Exception {
      assertEquals(List.of(), outer.timers(), "timers are left");
      var timers = SessionTasks.class.getDeclaredField("timers");
      timers.setAccessible(true);
      assertEquals(0, ((java.util.Set<?>) timers.get(tasks)).size(), "timers are kept");
      set();
      assertEquals(List.of(), outer.timers(), "set after close");
    }
  }

  /** Timers that run and are cancelled are forgotten. */
  static final class TimersForgotten extends EngineScenario {
    private final ExploredTasks outer = new ExploredTasks();
    private final SessionTasks tasks = new SessionTasks(outer, "s");
    private int ran;

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            tasks.schedule("t", Duration.ofSeconds(1), () -> ran++);
            tasks.schedule("t", Duration.ofSeconds(1), () -> ran++).cancel();
          },
          outer::runTimers);
    }

    @Override
    void look() throws Exception {
      var timers = SessionTasks.class.getDeclaredField("timers");
      timers.setAccessible(true);
      assertEquals(outer.timers().size(), ((java.util.Set<?>) timers.get(tasks)).size());
    }
  }

  /** Two wait for different things: each is woken by its own. */
  static final class TwoWait extends EngineScenario {
    private final Progress progress = new Progress();
    private volatile int now;

    private void await(int value) throws InterruptedException {
      assertTrue(progress.await(() -> now >= value, Duration.ofSeconds(1)));
      assertTrue(now >= value);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> await(2),
          () -> await(1),
          () -> {
            now = 1;
            progress.changed();
            now = 2;
            progress.changed();
          });
    }

    @Override
    void look() throws Exception {
      var waiting = Progress.class.getDeclaredField("waiting");
      waiting.setAccessible(true);
      assertEquals("0", waiting.get(progress).toString(), "still counted");
    }
  }

  /** An interrupt ends the one wait, and not the other, which keeps it. */
  static final class InterruptedWait extends EngineScenario {
    private final Progress progress = new Progress();
    private volatile int now;
    private Thread first;
    private Thread second;
    private boolean interrupted;

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            first = Thread.currentThread();
            assertTrue(progress.awaitUninterruptibly(() -> now > 0, Duration.ofSeconds(1)));
            assertEquals(1, now, "it ended by the interrupt");
            assertEquals(interrupted, Thread.interrupted(), "the interrupt is lost");
          },
          () -> {
            Thread waiting = first;
            if (waiting != null) {
              interrupted = true;
              waiting.interrupt();
            }
            now = 1;
            progress.changed();
          });
    }

    @Override
    public void threadEnds() {
      boolean ignored = Thread.interrupted();
      super.threadEnds();
    }

    @Override
    void look() {
      assertEquals(1, now);
    }
  }

  /** A wait that nobody ends takes its time and no more. */
  static final class TimedWait extends EngineScenario {
    private final Progress progress = new Progress();

    @Override
    public boolean timePasses() {
      return true;
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> assertFalse(progress.await(() -> false, Duration.ofNanos(100))),
          () -> assertFalse(progress.awaitUninterruptibly(() -> false, Duration.ofNanos(100))),
          progress::changed,
          progress::changed);
    }

    @Override
    void look() {
      assertEquals(100, Points.nanoTime());
    }
  }

  /** States: none is lost, none comes after the end. */
  static final class StatesBesideClose extends EngineScenario {
    private final MemoryLoader loader = Loaders.of(new ExploredTasks(), null);
    private final List<String> seen = new ArrayList<>();
    private volatile boolean closed;
    private StatusSubscription subscription;

    @Override
    public void begin() {
      subscription =
          new StatusSubscription(
              "listener",
              loader,
              status -> {
                if (closed) {
                  Points.fail("a call begins after close");
                }
                seen.add(status.revision());
              });
      loader.register(subscription);
    }

    private void offer(int number) {
      subscription.offer(States.of("s", number));
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            offer(1);
            offer(2);
          },
          () -> {
            subscription.close();
            closed = true;
          });
    }

    @Override
    void look() {
      assertTrue(List.of(List.of(), List.of("1"), List.of("1", "2")).contains(seen), "" + seen);
      offer(3);
      assertTrue(subscription.isIdle());
      assertEquals(List.of(), loader.statuses().listeners());
    }
  }

  /** And while nobody closes, each comes once, in order. */
  static final class StatesInOrder extends EngineScenario {
    private final MemoryLoader loader = Loaders.of(new ExploredTasks(), null);
    private final List<String> seen = new ArrayList<>();
    private final StatusSubscription subscription =
        new StatusSubscription("listener", loader, status -> seen.add(status.revision()));

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            for (int i = 1; i <= 3; i++) {
              subscription.offer(States.of("s", i));
            }
          },
          () -> subscription.offer(States.of("t", 9)));
    }

    @Override
    void look() {
      assertEquals(4, seen.size(), () -> "seen " + seen);
      List<String> ofOne = new ArrayList<>(seen);
      ofOne.remove("9");
      assertEquals(List.of("1", "2", "3"), ofOne);
    }
  }
}
