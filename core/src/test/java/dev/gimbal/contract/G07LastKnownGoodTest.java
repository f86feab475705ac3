package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Live;
import dev.gimbal.Problem;
import dev.gimbal.Snapshot;
import dev.gimbal.SourceStatus;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.Sources;
import dev.gimbal.TypeRef;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Format;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.tree.Node;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class G07LastKnownGoodTest {

  private final ScriptedSource source = new ScriptedSource("s", Map.of("port", 80, "x", 1));
  private final MemorySource memory = Sources.memory("memory");

  private Config open() {
    return source.attach(Config.builder().source(source).source(memory).build());
  }

  @Test
  void refusedDocument_keepsTheSnapshot_andSaysWhyWithThePlace() {
    try (Config config = open()) {
      Live<Integer> port = config.live("port", Integer.class);
      Snapshot before = config.snapshot();
      source.document(Map.of("port", "80a", "x", 2), "port", 12, 9);
      assertSame(before, config.snapshot());
      assertEquals(80, port.get());
      SourceStatus status = config.status().source("s");
      assertEquals(State.DEGRADED, status.state());
      assertEquals("s@1", status.revision());
      assertEquals(1, status.rejected());
      ConfigException reason = status.reason();
      assertEquals(ErrorCode.CONVERSION, reason.code());
      assertEquals("s.yaml:12:9", reason.origin().toString());
      assertEquals("port", reason.problems().get(0).path().toString());
      assertEquals(1, reason.problems().size());
    }
  }

  @Test
  void valueThatAHandleNeeds_isNotTakenAway_butOneWithADefaultIs() {
    try (Config config = open()) {
      Live<Integer> port = config.live("port", Integer.class);
      Live<Integer> x = config.live("x", Integer.class, 7);
      source.document(Map.of("pört", 90));
      assertEquals(80, port.get());
      ConfigException reason = config.status().source("s").reason();
      assertEquals(
          "GIM-002 port: there is no value, expected an integer from -2147483648 to 2147483647; did"
              + " you mean pört?",
          reason.problems().get(0).toString().lines().findFirst().orElseThrow());
      assertEquals(
          "an integer from -2147483648 to 2147483647",
          reason.problems().get(0).details().expected());
      source.document(Map.of("port", 90));
      assertEquals(90, port.get());
      assertEquals(7, x.get());
      Live<Optional<Integer>> maybe = config.live("y", new TypeRef<Optional<Integer>>() {});
      source.document(Map.of("port", 90, "y", 1));
      source.document(Map.of("port", 90));
      assertEquals(Optional.empty(), maybe.get());
      assertThrows(ConfigException.class, () -> config.live("z", Integer.class).get());
    }
  }

  @Test
  void nextGoodDocument_isTaken_andTheStateIsOkAgain() {
    try (Config config = open()) {
      Live<Integer> port = config.live("port", Integer.class);
      source.document(Map.of("port", "bad"));
      source.document(Map.of("port", 90));
      assertEquals(90, port.get());
      assertEquals(2, config.snapshot().version());
      SourceStatus status = config.status().source("s");
      assertEquals(State.OK, status.state());
      assertNull(status.reason());
      assertEquals("s@3", status.revision());
    }
  }

  @Test
  void sameGoodDocumentAgain_healsWithoutAVersion() {
    try (Config config = open()) {
      config.live("port", Integer.class);
      source.document(Map.of("port", "bad", "x", 1));
      source.document(Map.of("port", 80, "x", 1));
      assertEquals(1, config.snapshot().version());
      assertEquals(State.OK, config.status().source("s").state());
    }
  }

  @Test
  @Tag("D16")
  void otherSources_goOn_whileOneIsRefused() {
    try (Config config = open()) {
      config.live("port", Integer.class);
      source.document(Map.of("port", "bad", "x", 2));
      assertEquals(2, memory.put("y", 5));
      assertEquals(5, config.get("y").asInt());
      assertEquals(1, config.get("x").asInt());
      assertEquals(State.DEGRADED, config.status().source("s").state());
      assertEquals(State.OK, config.status().source("memory").state());
    }
  }

  @Test
  void changeOfAnotherSource_letsThePendingOneThrough() {
    try (Config config = open()) {
      Live<Integer> port = config.live("port", Integer.class);
      source.document(Map.of("port", "bad", "x", 2));
      assertEquals(2, memory.put("port", 99));
      assertEquals(99, port.get());
      assertEquals(2, config.get("x").asInt());
      assertEquals(State.OK, config.status().source("s").state());
      assertEquals("s@2", config.status().source("s").revision());
    }
  }

  @Test
  void changeThatWouldUncoverAMalformedValue_isRefused() {
    try (Config config = open()) {
      config.live("port", Integer.class);
      memory.put("port", 99);
      source.document(Map.of("port", "bad", "x", 2));
      assertEquals(2, config.get("x").asInt());
      ConfigException e = assertThrows(ConfigException.class, () -> memory.remove("port"));
      assertEquals(ErrorCode.CONVERSION, e.code());
      assertEquals(99, config.get("port").asInt());
      memory.put("port", 7);
      assertEquals(7, config.get("port").asInt());
    }
  }

  @Test
  @Tag("D27")
  void rejectedWrite_throws_andIsTakenBack() {
    try (Config config = open()) {
      Live<Integer> port = config.live("port", Integer.class);
      ConfigException e =
          assertThrows(
              ConfigException.class, () -> memory.patch(p -> p.set("port", "bad").set("z", 1)));
      assertEquals(ErrorCode.CONVERSION, e.code());
      assertEquals(80, port.get());
      assertEquals(2, memory.put("y", 1));
      assertEquals(Map.of("port", 80L, "x", 1L, "y", 1L), config.asMap());
      SourceStatus status = config.status().source("memory");
      assertEquals(State.OK, status.state());
      assertEquals(1, status.rejected());
    }
  }

  @Test
  void placeholderThatDoesNotResolve_isRefused_untilItsTargetComes() {
    try (Config config = open()) {
      source.document(Map.of("url", "http://${host}/"));
      assertEquals(80, config.get("port").asInt());
      assertEquals(
          ErrorCode.PLACEHOLDER, config.status().source("s").reason().problems().get(0).code());
      memory.put("host", "h");
      assertEquals("http://h/", config.get("url").asString());
      assertEquals(State.OK, config.status().source("s").state());
    }
  }

  @Test
  void whatWasNotResolved_isNotConverted() {
    try (Config config = open()) {
      config.live("size", Integer.class, 1);
      config.live("limit", Integer.class, 1);
      source.document(Map.of("size", "${nowhere}", "limit", "${port}", "port", "81"));
      assertEquals(
          List.of("size"),
          config.status().source("s").reason().problems().stream()
              .map(problem -> problem.path().toString())
              .toList());
      memory.put("nowhere", "many");
      assertEquals(State.DEGRADED, config.status().source("s").state()); // now it is converted
      memory.put("nowhere", "7");
      assertEquals(7, config.get("size").asInt());
      assertEquals(81, config.get("limit").asInt());
    }
  }

  @Test
  void declaringAKeyWhoseValueDoesNotConvert_throws_andDeclaresNothing() {
    try (Config config = open()) {
      memory.put("word", "abc");
      ConfigException e =
          assertThrows(ConfigException.class, () -> config.live("word", Integer.class, 1));
      assertEquals(ErrorCode.CONVERSION, e.code());
      memory.put("word", "def");
      assertEquals("def", config.get("word").asString());
    }
  }

  @Test
  void sourceThatFails_keepsItsLayer_andIsDegraded() {
    try (Config config = open()) {
      source.failed();
      assertEquals(80, config.get("port").asInt());
      SourceStatus status = config.status().source("s");
      assertEquals(State.DEGRADED, status.state());
      assertEquals(1, status.failures());
      assertEquals(ErrorCode.SOURCE_FAILED, status.reason().code());
      source.document(Map.of("port", 81));
      assertEquals(State.OK, config.status().source("s").state());
    }
  }

  @Test
  void statesOfASource_areToldInOrder() throws Exception {
    List<State> states = new CopyOnWriteArrayList<>();
    try (Config config = open()) {
      config.live("port", Integer.class);
      config.onStatus(status -> states.add(status.state()));
      source.failed();
      source.document(Map.of("port", 81));
      source.document(Map.of("port", "bad"));
      source.document(Map.of("port", 82));
      Waiting.until(() -> states.size() == 4);
      assertEquals(List.of(State.DEGRADED, State.OK, State.DEGRADED, State.OK), states);
    }
  }

  @Test
  void patchThatDoesNotFitItsLayer_isRefused_andTheNextIsTaken() throws Exception {
    ScriptedSource source = new ScriptedSource("source", Map.of("list", List.of(1)));
    try (Config config = source.attach(Config.builder().source(source).build())) {
      source.patch(p -> p.set("a", 1).set("list[5]", 5));
      assertEquals(Map.of("list", List.of(1L)), config.asMap());
      SourceStatus status = config.status().sources().get(0);
      assertEquals(SourceStatus.State.DEGRADED, status.state());
      assertEquals(1, status.rejected());
      assertEquals(
          "GIM-020 the patch does not fit: list[5]: index 5 (expected: 0 to 1)\n"
              + "        at source",
          String.valueOf(status.reason().getMessage()));
      source.patch(p -> p.set("list[1]", 2));
      assertEquals(Map.of("list", List.of(1L, 2L)), config.asMap());
      assertEquals(SourceStatus.State.OK, config.status().sources().get(0).state());
    }
  }

  @Test
  void patchesThatCannotGoTogether_goOneByOne_inTheirOrder() throws Exception {
    ScriptedSource source = new ScriptedSource("source", Map.of("n", 0));
    source.atReload =
        self -> {
          self.patch(p -> p.set("n", 1));
          self.patch(p -> p.set("bad", "${nowhere}"));
        };
    try (Config config = Config.builder().source(source).build()) {
      ConfigException e = assertThrows(ConfigException.class, config::reload);
      assertEquals(ErrorCode.PLACEHOLDER, e.code());
      assertEquals(Map.of("n", 1L), config.asMap());
      assertEquals(2, config.snapshot().version());
      SourceStatus status = config.status().sources().get(0);
      assertEquals(SourceStatus.State.DEGRADED, status.state());
      assertEquals("source@2", status.revision());
      assertEquals(1, status.rejected());
    }
  }

  @Test
  void absenceThatWouldBreakAnotherSource_isRefused_andBothReasonsAreTold() throws Exception {
    ScriptedSource low = new ScriptedSource("low", Map.of("host", "db"));
    try (Config config =
        low.attach(
            Config.builder()
                .source(low)
                .source(Sources.map("high", Map.of("url", "${host}")))
                .build())) {
      low.absent();
      assertEquals(Map.of("host", "db", "url", "db"), config.asMap());
      SourceStatus status = config.status().sources().get(0);
      assertEquals(SourceStatus.State.DEGRADED, status.state());
      assertEquals(
          List.of(ErrorCode.SOURCE_ABSENT, ErrorCode.PLACEHOLDER),
          status.reason().problems().stream().map(Problem::code).toList());
      assertEquals(0, status.rejected());
    }
  }

  @Test
  void pendingDocument_thatComesThrough_doesNotHideThatItsSourceHasFailedSince() throws Exception {
    ScriptedSource source = new ScriptedSource("source", Map.of("a", 1));
    try (Config config = source.attach(Config.builder().source(memory).source(source).build())) {
      source.document(Map.of("a", "${later}"));
      source.failed();
      memory.put("later", 2);
      assertEquals(2, config.get("a").asInt());
      SourceStatus status = config.status().sources().get(1);
      assertEquals(SourceStatus.State.DEGRADED, status.state());
      assertEquals(ErrorCode.SOURCE_FAILED, status.reason().code());
    }
  }

  @Test
  void declaringAKey_letsAPendingDocumentThrough_ifItNowPasses() throws Exception {
    ScriptedSource variables = new ScriptedSource("s", Map.of("a", 1));
    try (Config config = variables.attach(Config.builder().source(variables).build())) {
      variables.document(Map.of("a", "${b}"));
      assertEquals(1, config.get("a").asInt());
      config.live("unrelated", Integer.class);
      assertEquals(1, config.get("a").asInt());
      assertEquals(1, config.snapshot().version());
    }
  }

  @Test
  void formatThatOverrunsItsDeadline_isARejection_andTheNextDocumentIsTaken() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch listening = new CountDownLatch(1);
    AtomicBoolean slow = new AtomicBoolean(true);
    AtomicBoolean interruptedAfter = new AtomicBoolean();
    Format format =
        new Format() {
          @Override
          public String name() {
            return "slow";
          }

          @Override
          public Set<String> extensions() {
            return Set.of("slow");
          }

          @Override
          public void read(String text, TreeBuilder out) {
            if (slow.get()) {
              Waiting.await(release);
            }
            out.beginObject(1, 1);
            out.key(text, 1, 1);
            out.string("v", 1, 2);
            out.end();
          }

          @Override
          public String write(Node tree) {
            throw new UnsupportedOperationException();
          }
        };
    Source parsing =
        new Source() {
          @Override
          public String name() {
            return "parsing";
          }

          @Override
          public Session open(Sink sink) {
            sink.document(Revision.of(1), Document.EMPTY);
            sink.tasks()
                .execute(
                    "read",
                    () -> {
                      Waiting.await(listening);
                      for (int i = 2; i <= 3; i++) {
                        try {
                          byte[] text = ("k" + i).getBytes(StandardCharsets.UTF_8);
                          Content content = new Content("d.slow", "slow", text);
                          sink.document(Revision.of(i), sink.parse(content, sink.readOptions()));
                        } catch (ConfigException e) {
                          interruptedAfter.set(Thread.currentThread().isInterrupted());
                          slow.set(false);
                        }
                      }
                    });
            return () -> {};
          }
        };
    List<SourceStatus> states = new CopyOnWriteArrayList<>();
    try (Config config =
        Config.builder()
            .format(format)
            .source(parsing)
            .formatTimeout(Duration.ofMillis(50))
            .build()) {
      config.onStatus(states::add);
      listening.countDown();
      config.awaitVersion(2, Duration.ofSeconds(30));
      assertEquals(Map.of("k3", "v"), config.asMap());
      Waiting.until(() -> states.size() == 2);
      assertEquals(State.OK, config.status().source("parsing").state());
      assertEquals(false, interruptedAfter.get());
      Waiting.until(() -> states.size() == 2);
      assertEquals(
          "GIM-018 the format did not finish within 50ms\n        at d.slow",
          states.get(0).reason().getMessage());
      assertEquals(State.OK, states.get(1).state());
    }
  }

  @Test
  void absenceAfterARefusedDocument_doesNotCountItAsAccepted() throws Exception {
    ScriptedSource gone = new ScriptedSource("gone", Map.of("a", 1));
    List<SourceStatus> told = new CopyOnWriteArrayList<>();
    try (Config config = gone.attach(Config.builder().source(gone).build())) {
      config.onStatus(told::add);
      gone.document(Map.of("a", "${nowhere}"));
      gone.absent();
      assertEquals(Map.of(), config.asMap());
      SourceStatus status = config.status().source("gone");
      assertEquals("gone@1", status.revision());
      assertEquals(1, status.accepted());
      Waiting.until(() -> told.size() == 2);
      assertEquals(
          List.of(State.DEGRADED, State.DEGRADED), told.stream().map(SourceStatus::state).toList());
    }
  }

  @Test
  void elementThatAHandleNeeds_doesNotBecomeNull() {
    try (Config config = open()) {
      source.document(Map.of("hosts", List.of("a", "b")));
      Live<String> second = config.live("hosts[1]", String.class);
      source.document(Map.of("hosts", Arrays.asList("a", null)));
      assertEquals("b", second.get());
      assertEquals(ErrorCode.ABSENT, config.status().source("s").reason().code());
    }
  }
}
