package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.source.Link;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.RemoteUnavailableException;
import dev.gimbal.source.Sink;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers named by letters; what each does the next time it is tried is said before. */
@Tag("G7")
class EtcdServersTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** What comes of trying a server; the last one of several stays. */
  private enum Answer {
    SILENT,
    REFUSED,
    WRONG_LOGIN,
    SERVES
  }

  private static final Link LINK =
      new Link() {
        @Override
        public RemoteState read(Sink sink) {
          throw new AssertionError("not read");
        }

        @Override
        public void close() {
          throw new AssertionError("not closed");
        }
      };

  private final Map<String, List<Answer>> answers = new HashMap<>();
  private final List<String> tried = new ArrayList<>();

  private void server(String name, Answer... next) {
    answers.put(name, new ArrayList<>(List.of(next)));
  }

  private EtcdServers servers(Duration limit, String... names) {
    List<EtcdOptions.Endpoint> endpoints = new ArrayList<>();
    for (String name : names) {
      endpoints.add(new EtcdOptions.Endpoint(name, 1));
    }
    return new EtcdServers(endpoints, limit, (to, each) -> dial(to.host(), each));
  }

  private Link dial(String name, Duration limit) throws IOException {
    tried.add(name + limit.toSeconds());
    List<Answer> next = answers.get(name);
    Answer answer = next.size() == 1 ? next.get(0) : next.remove(0);
    return switch (answer) {
      case SILENT -> throw new IOException(name + " is silent", new TimeoutException());
      case REFUSED -> throw new IOException(name + " refused", new ConnectException());
      case WRONG_LOGIN -> throw new RemoteUnavailableException(name + " answers", null);
      case SERVES -> LINK;
    };
  }

  @Test
  void firstThatServes_isTaken() throws Exception {
    server("a", Answer.SILENT);
    server("b", Answer.SERVES);
    server("c", Answer.SERVES);
    assertSame(LINK, servers(LIMIT, "a", "b", "c").choose());
    assertEquals(List.of("a1", "b1"), tried);
  }

  /** Of an address of a name that is slow, and another that refuses, the second is told. */
  @Test
  void refused_thatNeedsMoreTime_hasIt() throws Exception {
    server("a", Answer.REFUSED, Answer.SERVES);
    server("b", Answer.SILENT);
    assertSame(LINK, servers(LIMIT, "a", "b").choose());
    assertEquals(List.of("a1", "b1", "a5"), tried);
  }

  /** It is back while a silent one has its time, and is not kept from by the next silent one. */
  @Test
  void refused_isTriedAgain_afterEachThatIsSilent() throws Exception {
    server("a", Answer.SILENT);
    server("b", Answer.REFUSED, Answer.REFUSED, Answer.SERVES);
    server("c", Answer.SILENT);
    assertSame(LINK, servers(LIMIT, "a", "b", "c").choose());
    assertEquals(List.of("a1", "b1", "c1", "b5", "a5", "b5"), tried);
  }

  @Test
  void refused_thatIsSilentThen_andSilent_thatRefusesThen_areTriedAsSuch() {
    server("a", Answer.SILENT, Answer.REFUSED);
    server("b", Answer.REFUSED, Answer.SILENT);
    server("c", Answer.SILENT);
    IOException none = assertThrows(IOException.class, servers(LIMIT, "a", "b", "c")::choose);
    assertEquals("a refused; b is silent; c is silent", none.getMessage());
    assertEquals(List.of("a1", "b1", "c1", "b5", "a5", "a5", "c5", "a5"), tried);
  }

  @Test
  void whoAnswers_isAskedOnce() {
    server("a", Answer.WRONG_LOGIN);
    server("b", Answer.REFUSED);
    server("c", Answer.SILENT);
    IOException none =
        assertThrows(RemoteUnavailableException.class, servers(LIMIT, "a", "b", "c", "a")::choose);
    assertEquals("a answers; b refused; c is silent", none.getMessage());
    assertEquals(List.of("a1", "b1", "c1", "b5", "c5", "b5"), tried);
  }

  @Test
  void single_orNoMoreTime_isOneRound() {
    server("a", Answer.SILENT);
    server("b", Answer.REFUSED);
    assertEquals(
        "a is silent", assertThrows(IOException.class, servers(LIMIT, "a")::choose).getMessage());
    assertThrows(IOException.class, servers(EtcdServers.SHORT, "a", "b")::choose);
    assertEquals(List.of("a5", "a1", "b1"), tried);
  }
}
