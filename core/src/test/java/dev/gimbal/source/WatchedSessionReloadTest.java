package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is told what when somebody reloads. */
class WatchedSessionReloadTest extends WatchedSessionFixture {

  @Test
  void reload_unchanged_answersOnlyWhoAsked() {
    WatchedSession session = openOnKnownFile();
    RecordingSink asked = new RecordingSink(tasks);
    session.reload(asked);
    assertEquals(List.of("document {a=1}"), asked.log());
    assertEquals(List.of(2L), asked.revisions());
    assertLater();
  }

  @Test
  void reload_changed_answersOnlyWhoAsked_sinceThatReachesTheSameLayer() {
    WatchedSession session = openOnKnownFile();
    file.rename("a=2");
    RecordingSink asked = new RecordingSink(tasks);
    session.reload(asked);
    assertEquals(List.of("document {a=2}"), asked.log());
    assertEquals(List.of(2L), asked.revisions());
    tasks.advance(10_000);
    assertLater();
    file.rename("a=3");
    signal(session);
    assertLater("document {a=3}");
    assertEquals(List.of(1L, 3L), sink.revisions());
  }

  @Test
  void reload_whileTheFileIsWritten_waitsUntilItIsStill() throws InterruptedException {
    WatchedSession session = openOnKnownFile();
    file.write("a=2");
    RecordingSink asked = new RecordingSink(tasks);
    Thread thread = new Thread(() -> session.reload(asked));
    thread.start();
    awaitBlocked(thread);
    assertEquals(List.of(), asked.log());
    tasks.advance(50);
    thread.join();
    assertEquals(List.of("document {a=2}"), asked.log());
  }

  @Test
  void close_whileAReloadWaits_letsItGo() throws InterruptedException {
    WatchedSession session = openOnKnownFile();
    file.write("a=2");
    RecordingSink asked = new RecordingSink(tasks);
    Thread thread = new Thread(() -> session.reload(asked));
    thread.start();
    awaitBlocked(thread);
    session.close();
    thread.join();
    assertEquals(List.of(), asked.log());
    assertEquals(0, tasks.waiting());
  }

  @Test
  void reload_byTwoAtOnce_answersBothWithRevisionsOfTheirOwn() throws InterruptedException {
    WatchedSession session = openOnKnownFile();
    file.write("a=2");
    RecordingSink first = new RecordingSink(tasks);
    RecordingSink second = new RecordingSink(tasks);
    Thread one = reloadBlocked(session, first);
    Thread two = reloadBlocked(session, second);
    tasks.advance(50);
    one.join();
    two.join();
    assertEquals(List.of("document {a=2}"), first.log());
    assertEquals(List.of("document {a=2}"), second.log());
    assertEquals(List.of(2L), first.revisions());
    assertEquals(List.of(3L), second.revisions());
    assertLater();
  }

  @Test
  void reload_interrupted_leavesTheNewsToTheSink() throws InterruptedException {
    WatchedSession session = openOnKnownFile();
    file.write("a=2");
    RecordingSink asked = new RecordingSink(tasks);
    Thread thread = reloadBlocked(session, asked);
    thread.interrupt();
    thread.join();
    tasks.advance(50);
    assertEquals(List.of(), asked.log());
    assertLater("document {a=2}");
  }

  @Test
  void reload_ofAFileThatHadZeroBytesAtTheStart_answersAsTheStartDid() {
    file.old("");
    WatchedSession session = open();
    RecordingSink asked = new RecordingSink(tasks);
    session.reload(asked);
    assertEquals(List.of("document {}", "degraded GIM-012"), sink.log());
    assertEquals(List.of("document {}", "degraded GIM-012"), asked.log());
    assertEquals(sink.problem().getMessage(), asked.problem().getMessage());
  }

  @Test
  void reload_ofABrokenFile_failsForWhoAskedOnly() throws InterruptedException {
    WatchedSession session = openOnKnownFile();
    file.write("a");
    RecordingSink asked = new RecordingSink(tasks);
    Thread thread = reloadBlocked(session, asked);
    tasks.advance(250);
    thread.join();
    assertEquals(List.of("failed GIM-004"), asked.log());
    assertLater();
  }

  @Test
  void close_whenEventsFailToClose_stillLetsAReloadGo() throws InterruptedException {
    events =
        new NoEvents() {
          @Override
          public void close() {
            throw new UncheckedIOException(new IOException("boom"));
          }
        };
    WatchedSession session = openOnKnownFile();
    file.write("a=2");
    RecordingSink asked = new RecordingSink(tasks);
    Thread thread = reloadBlocked(session, asked);
    assertThrows(UncheckedIOException.class, session::close);
    thread.join(20_000);
    assertEquals(Thread.State.TERMINATED, thread.getState());
    assertEquals(List.of(), asked.log());
  }

  private static Thread reloadBlocked(WatchedSession session, Sink to) {
    Thread thread = new Thread(() -> session.reload(to));
    thread.setDaemon(true);
    thread.start();
    awaitBlocked(thread);
    return thread;
  }

  private static void awaitBlocked(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
