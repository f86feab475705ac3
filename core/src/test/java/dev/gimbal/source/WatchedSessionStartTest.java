package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The first answer, with a manual clock and a scripted file. */
class WatchedSessionStartTest extends WatchedSessionFixture {

  @Test
  void start_onOldFile_isTakenAtOnce() {
    file.old("a=1");
    open();
    assertEquals(List.of("document {a=1}"), sink.log());
  }

  @Test
  void start_onFileWrittenJustNow_waitsUntilItIsStill() {
    file.write("a=1");
    open();
    tasks.advance(49);
    assertEquals(List.of(), sink.log());
    tasks.advance(1);
    assertEquals(List.of("document {a=1}"), sink.log());
  }

  @Test
  void start_onMissingFile_isAbsentAtOnceAndJoinsLater() {
    WatchedSession session = open();
    assertEquals(List.of("absent GIM-011"), sink.log());
    file.write("a=1");
    signal(session);
    tasks.advance(50);
    assertEquals(List.of("absent GIM-011", "document {a=1}"), sink.log());
  }

  @Test
  void start_onFileOfZeroBytes_isAnEmptyDocumentAndDegraded() {
    file.old("");
    open();
    assertEquals(List.of("document {}", "degraded GIM-012"), sink.log());
  }

  @Test
  void start_onMalformedOldFile_failsAtOnce() {
    file.old("a");
    open();
    assertEquals(List.of("failed GIM-004"), sink.log());
  }

  @Test
  void start_onMalformedFileThatIsBeingWritten_waitsUntilItSettles() {
    file.write("a");
    WatchedSession session = open();
    tasks.advance(249);
    assertEquals(List.of(), sink.log());
    file.write("a=1");
    signal(session);
    tasks.advance(50);
    assertEquals(List.of("document {a=1}"), sink.log());
  }

  @Test
  void start_onMalformedFileThatStaysSo_failsWhenSettled() {
    file.write("a");
    open();
    tasks.advance(249);
    assertEquals(List.of(), sink.log());
    tasks.advance(1);
    assertEquals(List.of("failed GIM-004"), sink.log());
  }

  @Test
  void start_withoutWatching_givesOneAnswerAndLeavesNoTimer() {
    file.old("a=1");
    RecordingSink once = new RecordingSink(tasks, false);
    open(once);
    assertEquals(List.of("document {a=1}"), once.log());
    assertEquals(0, tasks.waiting());
  }
}
