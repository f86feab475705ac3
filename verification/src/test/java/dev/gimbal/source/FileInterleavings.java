package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.interleavings.Scenario;
import java.nio.file.Path;
import java.util.List;

/** A file that is watched and reloaded, and the events of its folder. */
final class FileInterleavings {

  private FileInterleavings() {}

  abstract static class WithFile implements Scenario {
    final ExploredSink sink = new ExploredSink();
    final ExploredFile file = new ExploredFile();
    final WatchedSession session =
        new WatchedSession(WatchOptions.of(Path.of("/folder/file")), file, sink, file, () -> 0);

    void look(int content) {
      assertEquals("[" + content + "]", sink.last(), () -> "said " + sink.said);
    }

    void lookClosed() {
      assertEquals(List.of(), sink.tasks.timers(), "a timer is left");
      assertEquals(file.opened, Math.min(1, file.closed), "events are left");
      session.changed();
      assertEquals(List.of(), sink.tasks.timers(), "a timer is set after close");
    }
  }

  /** A change while the file is read first, and its folder not watched yet. */
  static final class FileChangesBesideOpen extends WithFile {
    @Override
    public List<Act> acts() {
      return List.of(
          session::changed,
          () -> {
            file.change(2);
            file.change(3);
          });
    }

    @Override
    public void end() {
      look(3);
      assertEquals(1, file.opened);
      assertEquals(1, sink.tasks.timers().size(), "timers");
      assertEquals(sink.said.stream().distinct().toList(), sink.said, "said twice");
    }
  }

  /** A change while it is reloaded: whoever reloads has it, or the sink. */
  static final class FileChangesBesideReload extends WithFile {
    @Override
    public void begin() {
      session.changed();
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> file.change(2),
          () -> {
            int least = file.content;
            int before = sink.said.size();
            session.reload(sink);
            assertTrue(sink.said.size() > before, "it returned without an answer");
            assertTrue(sink.last().compareTo("[" + least + "]") >= 0, sink.last());
          });
    }

    @Override
    public void end() {
      look(2);
    }
  }

  /** Two reload at once, and both are answered. */
  static final class TwoReloadAFile extends WithFile {
    private int answers;

    private void reload() {
      session.reload(
          new ForwardingSink(sink) {
            @Override
            public void document(Revision revision, dev.gimbal.format.Document document) {
              answers++;
              super.document(revision, document);
            }
          });
    }

    @Override
    public void begin() {
      session.changed();
    }

    @Override
    public List<Act> acts() {
      return List.of(this::reload, this::reload);
    }

    @Override
    public void end() {
      assertEquals(2, answers);
      look(1);
    }
  }

  /** Closed while it looks, opens its events and is told of changes: nothing is left. */
  static final class FileClosedBesideChange extends WithFile {
    @Override
    public List<Act> acts() {
      return List.of(session::changed, () -> file.change(2), session::close);
    }

    @Override
    public void end() {
      lookClosed();
    }
  }

  /** Nor while its timers run. */
  static final class FileClosedBesideTimers extends WithFile {
    @Override
    public void begin() {
      session.changed();
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            sink.tasks.runTimers();
            sink.tasks.runTimers();
          },
          session::close);
    }

    @Override
    public void end() {
      lookClosed();
    }
  }

  /** Who reloads is let go by close. */
  static final class FileClosedBesideReload extends WithFile {
    @Override
    public List<Act> acts() {
      return List.of(() -> session.reload(sink), session::close);
    }

    @Override
    public void end() {
      lookClosed();
      session.reload(sink);
    }
  }

  /** Events of folders, recorded by one thread while another asks. */
  static final class RenamesBesideQuestions implements Scenario {
    private static final Path FILE = Path.of("/folder/file");
    private final Renames renames = new Renames();
    private long mark;

    @Override
    public void begin() {
      renames.watched(FILE.getParent());
      mark = renames.mark();
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> renames.record(Renames.Kind.CREATED, FILE),
          () -> renames.record(Renames.Kind.CREATED, FILE.resolveSibling("other")),
          () -> {
            long before = renames.mark();
            var seen = renames.since(mark);
            assertTrue(seen.size() >= before - mark, "forgotten");
          });
    }

    @Override
    public void end() {
      assertEquals(2, renames.since(mark).size());
      assertEquals(mark + 2, renames.mark());
    }
  }
}
