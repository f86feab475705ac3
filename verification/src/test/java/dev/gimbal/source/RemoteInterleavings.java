package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.interleavings.Scenario;
import java.util.List;

/** A store elsewhere that changes while it is connected to, read, reloaded and closed. */
final class RemoteInterleavings {

  private RemoteInterleavings() {}

  abstract static class WithStore implements Scenario {
    final ExploredSink sink = new ExploredSink();
    final ExploredStore store;
    Session session;

    WithStore(boolean deltas) {
      store = new ExploredStore(deltas);
    }

    void open() {
      session = RemoteOptions.of("store", "there").open(store, sink);
    }

    /** The states that were told, in order. */
    private List<Integer> states() {
      return sink.said.stream()
          .filter(said -> said.startsWith("["))
          .map(said -> Integer.parseInt(said.substring(1, said.length() - 1)))
          .toList();
    }

    void look() {
      List<Integer> states = states();
      assertEquals(states.stream().sorted().toList(), states, "an older state came later");
      assertEquals(
          store.revision, states.get(states.size() - 1), () -> "the last is lost: " + sink.said);
      assertEquals(1, store.connects - store.closes, "connections that are open");
    }

    void lookClosed() {
      assertEquals(List.of(), sink.tasks.timers(), "a timer is left");
      assertEquals(store.connects, store.closes, "a connection is left");
    }
  }

  /** Changes that are told while it is connected to and read. */
  static final class WritesBesideConnect extends WithStore {
    WritesBesideConnect() {
      super(true);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          this::open,
          () -> {
            store.write();
            store.write();
          });
    }

    @Override
    public void end() {
      look();
    }
  }

  /** The same, where it says only that something changed. */
  static final class NoticesBesideConnect extends WithStore {
    NoticesBesideConnect() {
      super(false);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          this::open,
          () -> {
            store.write();
            store.write();
          });
    }

    @Override
    public void end() {
      look();
    }
  }

  /** What is missing is read before anything comes that follows it. */
  static final class WritesBesideAGap extends WithStore {
    WritesBesideAGap() {
      super(true);
    }

    @Override
    public void begin() {
      open();
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            store.revision = 2; // told nobody
            store.feed.changed();
            store.write();
          },
          () -> sink.tasks.runTimers());
    }

    @Override
    public void end() {
      look();
      assertTrue(
          sink.said.equals(List.of("[1]", "[3]")) || sink.said.equals(List.of("[1]", "[2]", "[3]")),
          () -> "a change without what was before it: " + sink.said);
    }
  }

  /** What is no good is mended while it is read, or a moment later. */
  static final class MendsBesideABadReading extends WithStore {
    MendsBesideABadReading() {
      super(true);
    }

    @Override
    public void begin() {
      open();
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            store.malformed = true;
            store.feed.changed();
            store.malformed = false;
            store.write();
          },
          () -> sink.tasks.runTimers());
    }

    @Override
    public void end() {
      look();
    }
  }

  /** The connection breaks while it tells: the next one reads, or goes on. */
  static final class BreaksBesideWrites extends WithStore {
    BreaksBesideWrites() {
      super(true);
    }

    @Override
    public void begin() {
      open();
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            store.write();
            store.write();
          },
          () -> {
            Feed broken = store.feed;
            store.breakDown();
            broken.lost(new java.io.IOException("again"));
          },
          () -> sink.tasks.runTimers());
    }

    @Override
    public void end() {
      sink.tasks.inline = true;
      sink.tasks.runTimersHere();
      assertEquals(2, store.connects, "it broke once");
      look();
    }
  }

  /** Closed while it is connected to and changes: nothing is left. */
  static final class CloseBesideConnect extends WithStore {
    CloseBesideConnect() {
      super(true);
    }

    @Override
    public void begin() {
      sink.tasks.hold = "store";
      open();
    }

    @Override
    public List<Act> acts() {
      return List.of(() -> sink.tasks.runHeld(), session::close, store::write);
    }

    @Override
    public void end() {
      lookClosed();
    }
  }

  /** Closed while its connection breaks: no other attempt is planned. */
  static final class CloseBesideABreak extends WithStore {
    CloseBesideABreak() {
      super(true);
    }

    @Override
    public void begin() {
      open();
    }

    @Override
    public List<Act> acts() {
      return List.of(store::breakDown, session::close);
    }

    @Override
    public void end() {
      lookClosed();
    }
  }

  /** Who reloads while it is being read gets what was there when it asked, or later. */
  static final class ReloadBesideRead extends WithStore {
    ReloadBesideRead() {
      super(false);
    }

    @Override
    public void begin() {
      sink.tasks.hold = "store";
      open();
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            sink.tasks.hold = null;
            sink.tasks.runHeld();
          },
          () -> {
            store.revision = 2; // told nobody
            session.reload(sink);
            assertTrue(sink.said.contains("[2]"), () -> "an answer from before: " + sink.said);
          });
    }

    @Override
    public void end() {
      look();
    }
  }

  /** Who reloads is let go. */
  static final class CloseBesideReload extends WithStore {
    CloseBesideReload() {
      super(true);
    }

    @Override
    public void begin() {
      open();
      sink.tasks.hold = "store"; // whoever would read
    }

    @Override
    public List<Act> acts() {
      return List.of(() -> session.reload(sink), session::close);
    }

    @Override
    public void end() {
      sink.tasks.runHeld();
      lookClosed();
    }
  }
}
