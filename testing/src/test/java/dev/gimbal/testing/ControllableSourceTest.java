package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.SourceStatus;
import dev.gimbal.format.Document;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ControllableSourceTest {

  private final ManualTasks tasks = new ManualTasks();
  private final ControllableSource source = new ControllableSource("test");

  private static Document documentOf(Map<String, ?> values) {
    return Document.of((ObjectNode) Nodes.of(values, Scalar.Template.ALL));
  }

  private SourceStatus.State state(Config config) {
    return config.status().sources().get(0).state();
  }

  @Test
  void document_keysArePathsAndKeysInsideAreLiteral() {
    source.document(Map.of("a.b", Map.of("c.d", 1)));
    try (Config config = tasks.start(Config.builder().source(source))) {
      assertEquals(Map.of("a", Map.of("b", Map.of("c.d", 1L))), config.asMap());
    }
  }

  @Test
  void patch_beforeAndAfterOpen_changesOnlyItsPaths() {
    source.document(Map.of("a", 1, "b", 1)).patch(patch -> patch.set("b", 2));
    try (Config config = tasks.start(Config.builder().source(source))) {
      assertEquals(Map.of("a", 1L, "b", 2L), config.asMap());
      source.patch(patch -> patch.set("c", 3).remove("a"));
      assertEquals(Map.of("b", 2L, "c", 3L), config.asMap());
      assertEquals(2, config.snapshot().version());
      assertEquals(2, config.reload());
    }
  }

  @Test
  void absent_emptiesTheLayer() {
    source.document(Map.of("a", 1));
    try (Config config = tasks.start(Config.builder().source(source))) {
      source.absent();
      assertEquals(Map.of(), config.asMap());
      source.document(Map.of("a", 2));
      assertEquals(Map.of("a", 2L), config.asMap());
    }
  }

  @Test
  void failedAndDegraded_keepTheLayerUntilTheNextDocument() {
    source.document(Map.of("a", 1));
    try (Config config = tasks.start(Config.builder().source(source))) {
      assertEquals(SourceStatus.State.OK, state(config));
      source.failed("gone");
      assertEquals(SourceStatus.State.DEGRADED, state(config));
      assertEquals(Map.of("a", 1L), config.asMap());
      source.document(Map.of("a", 2));
      assertEquals(SourceStatus.State.OK, state(config));
      source.degraded("odd");
      assertEquals(SourceStatus.State.DEGRADED, state(config));
      assertEquals(Map.of("a", 2L), config.asMap());
    }
  }

  @Test
  void reset_letsALowerRevisionIn() {
    source.document(Revision.of(7), documentOf(Map.of("a", 7)));
    try (Config config = tasks.start(Config.builder().source(source))) {
      source.document(Revision.of(6), documentOf(Map.of("a", 6)));
      assertEquals(7, config.get("a").asInt(0));
      source.reset();
      source.document(Revision.of(6), documentOf(Map.of("a", 6)));
      assertEquals(6, config.get("a").asInt(0));
    }
  }

  @Test
  void optional_controlsTheSameSource() {
    source.failed("not yet");
    try (Config config = tasks.start(Config.builder().source(source.optional()))) {
      assertEquals(Map.of(), config.asMap());
      source.document(Map.of("a", 1));
      assertEquals(1, config.get("a").asInt(0));
    }
  }

  @Test
  void open_twice_throws() {
    source.document(Map.of("a", 1));
    try (Config config = tasks.start(Config.builder().source(source))) {
      assertTrue(config.exists());
      Config.Builder other = Config.builder().source(source);
      IllegalStateException e = assertThrows(IllegalStateException.class, () -> tasks.start(other));
      assertEquals("source \"test\": it belongs to another Config already", e.getMessage());
    }
  }

  @Test
  void lifecycle_isSeen() {
    assertEquals(List.of(false, false), List.of(source.isOpen(), source.isClosed()));
    source.document(Map.of("a", 1));
    Config config = tasks.start(Config.builder().source(source));
    assertEquals(List.of(true, false), List.of(source.isOpen(), source.isClosed()));
    config.close();
    assertEquals(List.of(false, true), List.of(source.isOpen(), source.isClosed()));
  }

  @Test
  void document_afterClose_isIgnored() {
    source.document(Map.of("a", 1));
    Config config = tasks.start(Config.builder().source(source));
    config.close();
    source.document(Map.of("a", 2)).absent().failed("late").reset();
    tasks.runAll();
    assertEquals(1, config.get("a").asInt(0));
    assertEquals(1, config.snapshot().version());
  }

  @Test
  void hangInOpen_startTimesOut_onRealThreads() {
    source.document(Map.of("a", 1)).hangInOpen();
    Config.Builder builder =
        Config.builder()
            .source(source)
            .startTimeout(Duration.ofMillis(20))
            .closeTimeout(Duration.ofMillis(20));
    ConfigException e = assertThrows(ConfigException.class, builder::build);
    assertEquals(ErrorCode.SOURCE_TIMEOUT, e.code());
    awaitHanging(1);
    source.letGo();
    awaitHanging(0);
  }

  @Test
  void hangInClose_closeReturnsWithinItsTimeout_onRealThreads() {
    source.document(Map.of("a", 1)).hangInClose();
    Config config = Config.builder().source(source).closeTimeout(Duration.ofMillis(20)).build();
    config.close();
    awaitHanging(1);
    assertTrue(source.isClosed());
    source.letGo();
    awaitHanging(0);
  }

  private void awaitHanging(int threads) {
    while (source.hanging() != threads) {
      Thread.onSpinWait();
    }
  }

  @Test
  void open_beforeTheTestSaidAnything_saysNothing_reloadFails() {
    List<String> said = new ArrayList<>();
    Sink sink =
        (Sink)
            Proxy.newProxyInstance(
                Sink.class.getClassLoader(),
                new Class<?>[] {Sink.class},
                (proxy, method, args) -> {
                  said.add(
                      method.getName()
                          + " "
                          + ((ConfigException) args[0]).problems().get(0).message());
                  return null;
                });
    Session session = source.open(sink);
    assertEquals(List.of(), said);
    session.reload(sink);
    assertEquals(List.of("failed the test has not said anything yet"), said);
    assertEquals(1, source.reloads());
  }
}
