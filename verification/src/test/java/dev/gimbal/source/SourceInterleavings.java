package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.interleavings.Points;
import dev.gimbal.interleavings.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The built-in sources: their steps, who reloads, and what changes meanwhile. */
final class SourceInterleavings {

  private SourceInterleavings() {}

  /** Steps run alone, each once; what one throws reaches its own caller only. */
  static final class StepsOfThree implements Scenario {
    private final List<Throwable> stray = new ArrayList<>();
    private final List<Integer> ran = new ArrayList<>();
    private final Steps steps = new Steps(this::report);
    private volatile boolean inside;

    private void report(Throwable failure) {
      stray.add(failure);
      throw new IllegalStateException("the report fails");
    }

    private void step(int number) {
      if (inside) {
        Points.fail("two steps at once");
      }
      inside = true;
      ran.add(number);
      inside = false;
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            steps.run(() -> step(1));
            steps.run(() -> step(2));
          },
          () -> {
            try {
              steps.run(
                  () -> {
                    step(3);
                    throw new IllegalArgumentException("own");
                  });
            } catch (IllegalArgumentException e) {
              stray.add(e);
            }
          },
          () -> steps.run(() -> step(4)));
    }

    @Override
    public void end() {
      assertEquals(4, ran.size(), () -> "ran " + ran);
      assertTrue(ran.indexOf(1) < ran.indexOf(2), () -> "ran " + ran);
      assertEquals(1, stray.size());
      assertEquals("own", stray.get(0).getMessage());
      steps.run(() -> step(5));
      assertEquals(5, ran.size());
    }
  }

  /** One who reloads is answered, or goes: never both, and nobody calls it once it has gone. */
  static final class AnswerBesideRelease implements Scenario {
    private final ExploredSink sink = new ExploredSink();
    private final Asker asker = new Asker(sink);
    private volatile boolean gone;
    private volatile int answers;
    private int taken;

    private void answer() {
      boolean took =
          asker.answer(
              to -> {
                if (gone) {
                  Points.fail("answered after it had gone");
                }
                answers++;
                answers++;
              });
      taken += took ? 1 : 0;
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            asker.await();
            gone = true;
          },
          this::answer,
          this::answer,
          asker::release);
    }

    @Override
    public void end() {
      assertTrue(taken <= 1, "answered twice");
      assertEquals(2 * taken, answers);
    }
  }

  /** An interrupt lets it go, unless it is being answered; it is kept. */
  static final class AnswerBesideInterrupt implements Scenario {
    private final Asker asker = new Asker(new ExploredSink());
    private volatile boolean gone;
    private volatile int answers;
    private Thread waiting;

    /** Written when the interrupt has come. */
    private boolean interrupted;

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            waiting = Thread.currentThread();
            asker.await();
            gone = true;
            boolean was = interrupted;
            assertTrue(Thread.interrupted() || !was, "the interrupt is lost");
          },
          () -> {
            Thread thread = waiting;
            if (thread == null) {
              asker.release();
            } else {
              thread.interrupt();
              interrupted = true;
            }
          },
          () -> {
            if (waiting != null) {
              boolean ignored =
                  asker.answer(
                      to -> {
                        if (gone) {
                          Points.fail("answered after it had gone");
                        }
                        answers++;
                        answers++;
                      });
            }
          });
    }

    @Override
    public void end() {
      assertTrue(gone);
    }
  }

  /** What an answer throws is thrown to who waits. */
  static final class AnswerThatThrows implements Scenario {
    private final Asker asker = new Asker(new ExploredSink());

    @Override
    public List<Act> acts() {
      return List.of(
          () -> assertThrows(IllegalArgumentException.class, asker::await),
          () -> {
            boolean took =
                asker.answer(
                    to -> {
                      throw new IllegalArgumentException("thrown");
                    });
            assertEquals(false, took);
          });
    }
  }

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
    private final ExploredSink asker = sink;

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
            session.reload(asker);
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

  abstract static class WithProperties implements Scenario {
    final ExploredSink sink = new ExploredSink();
    final Properties properties = new Properties();
    Session session;

    @Override
    public void begin() {
      properties.setProperty("p.a", "1");
      session = new SystemPropertiesSource("p.", () -> properties).open(sink);
      assertEquals(List.of("{a=1}"), sink.said);
    }
  }

  /** A look beside a reload and a change: revisions rise, and the last state is told. */
  static final class PropertiesBesideReload extends WithProperties {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            properties.setProperty("p.a", "2");
            sink.tasks.runTimers();
          },
          () -> {
            int before = sink.said.size();
            session.reload(sink);
            assertTrue(sink.said.size() > before, "it returned without an answer");
          });
    }

    @Override
    public void end() {
      assertEquals("{a=2}", sink.last());
      assertEquals(1, sink.tasks.timers().size());
    }
  }

  /** Nothing is looked at after close. */
  static final class PropertiesClosed extends WithProperties {
    private volatile boolean closed;

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            sink.tasks.runTimers();
            sink.tasks.runTimers();
          },
          () -> {
            session.close();
            closed = true;
          });
    }

    @Override
    public void end() {
      assertEquals(List.of(), sink.tasks.timers(), "a timer is left");
      assertTrue(closed);
    }
  }

  /** A failing look is followed by the next one. */
  static final class PropertiesFail extends WithProperties {
    private int asked;

    @Override
    public void begin() {
      session = new SystemPropertiesSource("p.", this::ask).open(sink);
      sink.tasks.failures = new ArrayList<>();
    }

    private Properties ask() {
      if (++asked == 2) {
        throw new IllegalStateException("not now");
      }
      return properties;
    }

    @Override
    public List<Act> acts() {
      return List.of(sink.tasks::runTimers);
    }

    @Override
    public void end() {
      assertEquals(1, sink.tasks.failures.size());
      assertEquals(1, sink.tasks.timers().size());
    }
  }

  /** What is written while a Config begins is collected, or goes to the Config: none is lost. */
  static final class WritesBesideOpen implements Scenario {
    private final MemorySource source = new MemorySource("m");
    private final List<String> came = new ArrayList<>();
    private dev.gimbal.tree.ObjectNode layer = dev.gimbal.tree.ObjectNode.EMPTY;
    private Session session;
    private boolean closed;

    private final Sink sink =
        new ForwardingSink(new ExploredSink()) {
          @Override
          public void document(Revision revision, dev.gimbal.format.Document document) {
            layer = document.tree();
            came.add("document");
          }

          @Override
          public long write(Write write) {
            layer = write.apply(layer);
            came.add("write");
            return 7;
          }
        };

    private void put(String path) {
      long version = source.put(path, 1);
      assertTrue(version == 0 || version == 7);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            put("a");
            put("b");
          },
          () -> put("c"),
          () -> session = source.open(sink));
    }

    @Override
    public void end() throws Exception {
      assertEquals(List.of("a", "b", "c"), layer.keys(), () -> "came " + came);
      assertEquals("document", came.get(0));
      assertThrows(IllegalStateException.class, () -> source.open(sink));
      source.replace(Map.of("d", 1));
      assertEquals(List.of("d"), layer.keys());
      session.close();
      closed = true;
      assertThrows(IllegalStateException.class, () -> source.put("e", 1));
      assertEquals(List.of("d"), layer.keys());
      assertTrue(closed);
    }
  }

  /** A write beside the end reaches the sink or is refused. */
  static final class WritesBesideClose implements Scenario {
    private final MemorySource source = new MemorySource("m");
    private Session session;
    private int came;
    private int written;

    @Override
    public void begin() {
      session =
          source.open(
              new ForwardingSink(new ExploredSink()) {
                @Override
                public void document(Revision revision, dev.gimbal.format.Document document) {}

                @Override
                public long write(Write write) {
                  came++;
                  return came;
                }
              });
    }

    private void put() {
      try {
        long version = source.put("a", 1);
        written += version > 0 ? 1 : 0;
      } catch (IllegalStateException e) {
        assertTrue(e.getMessage().contains("is closed"));
      }
    }

    @Override
    public List<Act> acts() {
      return List.of(this::put, this::put, session::close);
    }

    @Override
    public void end() {
      assertEquals(came, written);
      assertThrows(IllegalStateException.class, () -> source.put("a", 1));
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
