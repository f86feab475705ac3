package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A session on a scripted file with a manual clock. */
abstract class WatchedSessionFixture {

  final ManualTasks tasks = new ManualTasks();
  final RecordingSink sink = new RecordingSink(tasks);
  final ScriptedTarget file = new ScriptedTarget(sink, tasks);
  WatchOptions options = WatchOptions.of(Path.of("app.conf"));
  Events events = new NoEvents();

  /** What spreads retries. */
  double random;

  /** Events that never come. */
  static class NoEvents implements Events {
    @Override
    public boolean watch(Map<Path, Look.Folder> folders) {
      return false;
    }

    @Override
    public void close() {}
  }

  WatchedSession open() {
    return open(sink);
  }

  WatchedSession open(RecordingSink to) {
    WatchedSession session = new WatchedSession(options, file, to, changed -> events, () -> random);
    session.changed();
    tasks.run();
    return session;
  }

  /** Opens on an old {@code a=1} that is known down to its content. */
  WatchedSession openOnKnownFile() {
    file.old("a=1");
    WatchedSession session = open();
    tasks.advance(10_000);
    assertEquals(List.of("document {a=1}"), sink.log());
    return session;
  }

  void signal(WatchedSession session) {
    session.changed();
    tasks.run();
  }

  void assertLater(String... entries) {
    List<String> expected = new ArrayList<>(List.of("document {a=1}"));
    expected.addAll(List.of(entries));
    assertEquals(expected, sink.log());
  }
}
