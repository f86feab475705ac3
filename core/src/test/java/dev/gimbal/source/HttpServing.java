package dev.gimbal.source;

import static dev.gimbal.source.RawServer.always;
import static dev.gimbal.source.RawServer.answer;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A source of a server that says what a test wants, and what the source tells. */
@Timeout(60)
abstract class HttpServing {

  static final Duration SOON = Duration.ofMillis(20);

  final RealTasks tasks = new RealTasks();
  final RecordingSink sink = new RecordingSink(tasks);
  RawServer server;
  Session session;

  @BeforeEach
  void start() throws IOException {
    server = new RawServer(always(answer("200 OK", "a=1")));
  }

  @AfterEach
  void end() throws IOException {
    if (session != null) {
      session.close();
    }
    server.close();
    tasks.close();
  }

  HttpSource source() {
    return source("/app.lines");
  }

  HttpSource source(String path) {
    return new HttpSource(server.uri(path)).poll(SOON);
  }

  void open(HttpSource source) {
    session = source.open(sink);
  }

  String problem() {
    return sink.problem().problems().get(0).message();
  }

  /** What one failing answer comes to. */
  String failure(RawServer.Handler handler) throws InterruptedException {
    return failure(handler, Duration.ofSeconds(15));
  }

  String failure(RawServer.Handler handler, Duration timeout) throws InterruptedException {
    server.handler = handler;
    open(source().timeout(timeout));
    sink.await("failed GIM-012");
    return problem();
  }
}
