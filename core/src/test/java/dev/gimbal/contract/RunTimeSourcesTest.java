package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.ListMerge;
import dev.gimbal.Problem;
import dev.gimbal.Snapshot;
import dev.gimbal.SourceStatus;
import dev.gimbal.Sources;
import dev.gimbal.Watcher;
import dev.gimbal.WatcherStoppedException;
import dev.gimbal.source.EnvironmentSource;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Adding, removing and reloading; what layers do to each other while they change. */
@Timeout(60)
class RunTimeSourcesTest {

  private final MemorySource memory = Sources.memory("memory");

  private static List<String> names(Config config) {
    return config.status().sources().stream().map(SourceStatus::name).toList();
  }

  @Test
  @Tag("D10")
  void add_putsTheLayerOnTop_inOneVersion() throws Exception {
    memory.patch(p -> p.set("a", 1).set("b", 1));
    try (Config config = Config.builder().source(memory).build();
        Watcher watcher = config.watch("")) {
      assertEquals(2, config.add(Sources.map("top", Map.of("a", 2, "c", 2))));
      assertEquals(Map.of("a", 2L, "b", 1L, "c", 2L), watcher.next().asMap());
      assertEquals(List.of("memory", "top"), names(config));
      assertEquals(3, config.remove("top"));
      assertEquals(Map.of("a", 1L, "b", 1L), watcher.next().asMap());
      assertEquals(List.of("memory"), names(config));
    }
  }

  @Test
  @Tag("D14")
  @Tag("class19")
  void removeBelow_keepsTheOthers() {
    memory.put("a", 1);
    ScriptedSource middle = new ScriptedSource("middle", Map.of("a", 2, "m", 2));
    try (Config config =
        Config.builder()
            .source(memory)
            .source(middle)
            .source(Sources.map("top", Map.of("t", 3)))
            .build()) {
      assertEquals(2, config.remove("middle"));
      assertEquals(Map.of("a", 1L, "t", 3L), config.asMap());
      assertEquals(1, middle.closes.get());
      middle.document(Map.of("a", 9));
      assertEquals(1, config.get("a").asInt());
      assertEquals(3, config.remove("memory"));
      assertEquals(Map.of("t", 3L), config.asMap());
      assertThrows(IllegalStateException.class, () -> memory.put("a", 1));
      assertThrows(IllegalArgumentException.class, () -> config.remove("memory"));
    }
  }

  @Test
  @Tag("D17")
  void add_thatIsRefused_changesNothing_andClosesTheSource() {
    memory.put("port", 80);
    try (Config config = Config.builder().source(memory).build()) {
      config.live("port", Integer.class);
      Snapshot before = config.snapshot();
      ScriptedSource bad = new ScriptedSource("bad", Map.of("port", "x"));
      ConfigException e = assertThrows(ConfigException.class, () -> config.add(bad));
      assertEquals(ErrorCode.CONVERSION, e.code());
      ScriptedSource absent = new ScriptedSource("absent", ScriptedSource::absent);
      assertEquals(
          ErrorCode.SOURCE_ABSENT,
          assertThrows(ConfigException.class, () -> config.add(absent)).code());
      ScriptedSource twin = new ScriptedSource("memory", Map.of());
      assertEquals(
          ErrorCode.DUPLICATE_SOURCE,
          assertThrows(ConfigException.class, () -> config.add(twin)).code());
      assertSame(before, config.snapshot());
      assertEquals(List.of("memory"), names(config));
      assertEquals(
          List.of(1, 1, 0), List.of(bad.closes.get(), absent.closes.get(), twin.opens.get()));
    }
  }

  @Test
  void remove_thatWouldUncoverAMalformedValue_isRefused_andTheSourceStays() {
    try (Config config =
        Config.builder()
            .source(Sources.map("low", Map.of("port", "x")))
            .source(Sources.map("high", Map.of("port", 80)))
            .build()) {
      config.live("port", Integer.class);
      assertEquals(
          ErrorCode.CONVERSION,
          assertThrows(ConfigException.class, () -> config.remove("high")).code());
      assertEquals(List.of("low", "high"), names(config));
      assertEquals(80, config.get("port").asInt());
    }
  }

  @Test
  void reload_rightAfterAnAnswerFromInsideOpen_reachesTheSource() throws Exception {
    for (int round = 0; round < 50; round++) {
      ScriptedSource source =
          new ScriptedSource(
              "s",
              s -> {
                s.document(Map.of("a", 1));
                Thread.yield();
              });
      source.atReload = s -> s.document(Map.of("a", 2));
      try (Config config = Config.builder().source(source).build()) {
        assertEquals(2, config.reload());
      }
    }
  }

  @Test
  @Tag("D12")
  void reload_takesAllAnswersInOneVersion() throws Exception {
    ScriptedSource one = new ScriptedSource("one", Map.of("a", 1));
    ScriptedSource two = new ScriptedSource("two", Map.of("b", 1));
    one.atReload = s -> s.document(Map.of("a", 2));
    two.atReload = s -> s.document(Map.of("b", 2));
    try (Config config = Config.builder().source(one).source(two).build()) {
      assertEquals(2, config.reload());
      assertEquals(Map.of("a", 2L, "b", 2L), config.asMap());
      assertEquals(2, config.reload());
      assertEquals("one@3", config.status().source("one").revision());
    }
  }

  @Test
  @Tag("D13")
  void reload_reportsEverySourceThatFailed_andCountsTheOthers() {
    ScriptedSource good = new ScriptedSource("good", Map.of("a", 1));
    ScriptedSource failing = new ScriptedSource("failing", Map.of("b", 1));
    ScriptedSource refused = new ScriptedSource("refused", Map.of("port", 80));
    good.atReload = s -> s.document(Map.of("a", 2));
    failing.atReload = ScriptedSource::failed;
    refused.atReload = s -> s.document(Map.of("port", "x"));
    try (Config config = Config.builder().source(good).source(failing).source(refused).build()) {
      config.live("port", Integer.class);
      ConfigException e = assertThrows(ConfigException.class, config::reload);
      assertEquals(
          List.of(ErrorCode.SOURCE_FAILED, ErrorCode.CONVERSION),
          e.problems().stream().map(Problem::code).toList());
      assertEquals(Map.of("a", 2L, "b", 1L, "port", 80L), config.asMap());
      assertEquals(SourceStatus.State.DEGRADED, config.status().source("failing").state());
      assertEquals(SourceStatus.State.DEGRADED, config.status().source("refused").state());
      assertEquals(SourceStatus.State.OK, config.status().source("good").state());
    }
  }

  @Test
  void environmentAboveADocument_mapsAgain_whenTheDocumentGainsTheKey() throws Exception {
    ScriptedSource document = new ScriptedSource("document", Map.of());
    EnvironmentSource environment =
        new EnvironmentSource("APP_", Map.of("APP_DB_POOL_MAX_SIZE", "20"));
    try (Config config =
            document.attach(Config.builder().source(document).source(environment).build());
        Watcher watcher = config.watch("")) {
      assertEquals("20", config.get("db.pool.max.size").asString());
      document.document(Map.of("db", Map.of("pool", Map.of("maxSize", 5))));
      assertEquals(Map.of("db", Map.of("pool", Map.of("maxSize", "20"))), watcher.next().asMap());
      assertEquals(20, config.get("db.pool.maxSize").asInt());
      assertEquals(
          "APP_DB_POOL_MAX_SIZE", config.get("db.pool.maxSize").origin().orElseThrow().document());
      config.live("db.pool.max-size", Integer.class, 1);
      assertEquals(20, config.get("db.pool.max-size").asInt());
      assertEquals(5, config.get("db.pool.maxSize").asInt());
    }
  }

  @Test
  void lists_appendOrPrependWhereTheyAreToldTo_andReplaceElsewhere() {
    memory.patch(p -> p.set("a", List.of(2)).set("p.q", List.of(2)).set("r", List.of(2)));
    Map<String, Object> low = Map.of("a", List.of(1), "p.q", List.of(1), "r", List.of(1));
    try (Config config =
        Config.builder()
            .source(Sources.map("low", low))
            .source(memory)
            .listMerge("a", ListMerge.APPEND)
            .listMerge("p.q", ListMerge.PREPEND)
            .build()) {
      assertEquals(
          Map.of("a", List.of(1L, 2L), "p", Map.of("q", List.of(2L, 1L)), "r", List.of(2L)),
          config.asMap());
      memory.put("a", List.of());
      assertEquals(List.of("1"), config.get("a").asList());
    }
  }

  @Test
  void tombstoneAndRemove_hideAndShowWhatLiesBelow() {
    try (Config config =
        Config.builder().source(Sources.map("low", Map.of("a.b", 1))).source(memory).build()) {
      memory.put("a", null);
      assertEquals(Map.of(), config.asMap());
      memory.remove("a");
      assertEquals(Map.of("a", Map.of("b", 1L)), config.asMap());
    }
  }

  @Test
  void view_hasRelativePaths_andItsCloseEndsOnlyWhatItOpened() throws Exception {
    memory.patch(p -> p.set("db.pool.max", 1).set("db.url", "u").set("x", 1));
    try (Config config = Config.builder().source(memory).build()) {
      Config db = config.at("db");
      Config pool = db.at("pool");
      assertEquals(1, db.get("pool.max").asInt());
      assertEquals(1, pool.get("max").asInt());
      assertEquals("db.pool.max", pool.get("max").path().toString());
      assertEquals(List.of("pool", "url"), db.children());
      assertEquals(Map.of("max", 1L), pool.asMap());
      Watcher outer = config.watch("db.pool.max");
      Watcher inner = pool.watch("max");
      int[] calls = new int[2];
      config.onChange("db", c -> calls[0]++);
      pool.onChange("max", c -> calls[1]++);
      pool.close();
      assertThrows(dev.gimbal.WatcherStoppedException.class, () -> inner.next(Duration.ZERO));
      config.awaitDelivered(memory.put("db.pool.max", 2), Duration.ofSeconds(30));
      assertEquals(2, outer.next().asInt());
      assertEquals(List.of(1, 0), List.of(calls[0], calls[1]));
      assertEquals(2, pool.get("max").asInt());
      assertEquals(Optional.empty(), outer.next(Duration.ZERO));
    }
  }

  @Test
  void removeOfASourceThatHangsInClose_isBounded_andTheLayerIsGone() {
    ScriptedSource hanging = new ScriptedSource("hanging", Map.of("a", 1));
    CountDownLatch release = new CountDownLatch(1);
    hanging.atClose = () -> Waiting.awaitStubbornly(release);
    try (Config config =
        Config.builder().source(hanging).closeTimeout(Duration.ofMillis(200)).build()) {
      assertEquals(2, config.remove("hanging"));
      assertEquals(Map.of(), config.asMap());
      release.countDown();
    }
    assertEquals(1, hanging.closes.get());
  }

  @Test
  @Tag("D35")
  void closingAView_endsWhatWasOpenedThroughIt_andThroughViewsOfIt_andNothingElse() {
    memory.put("a.b", 1);
    try (Config config = Config.builder().source(memory).build()) {
      for (String path : List.of("a", "")) {
        Watcher outside = config.watch("a.b");
        Config view = config.at(path);
        Watcher own = view.watch("b");
        Watcher inner = view.at("b").watch("");
        view.close();
        assertThrows(WatcherStoppedException.class, own::next);
        assertThrows(WatcherStoppedException.class, inner::next);
        memory.put("a.b", "changed" + path);
        assertEquals("changed" + path, assertDoesNotThrow(() -> outside.next()).asString());
      }
    }
  }

  @Test
  void closeDuringAdd_endsTheAdd_andClosesWhatItHasOpened() throws Exception {
    ScriptedSource silent = new ScriptedSource("silent", self -> {});
    Config config = Config.builder().source(memory).build();
    Waiting.Running adder =
        Waiting.start(() -> assertThrows(IllegalStateException.class, () -> config.add(silent)));
    silent.opened.await();
    config.close();
    adder.finish();
    assertEquals(1, silent.closes.get());
  }

  @Test
  void interruptedReload_throws_andWhatIsAnsweredLaterStillCounts() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ScriptedSource slow = new ScriptedSource("slow", Map.of("a", 1));
    slow.atReload =
        self -> {
          asked.countDown();
          Waiting.await(release);
          self.document(Map.of("a", 2));
        };
    try (Config config = Config.builder().source(slow).build()) {
      Waiting.Running reloader =
          Waiting.start(
              () -> {
                ConfigException e = assertThrows(ConfigException.class, config::reload);
                assertEquals(ErrorCode.SOURCE_TIMEOUT, e.code());
                assertEquals(true, Thread.currentThread().isInterrupted());
              });
      asked.await();
      reloader.interrupt();
      reloader.finish();
      assertEquals(SourceStatus.State.OK, config.status().source("slow").state());
      release.countDown();
      config.awaitVersion(2, Duration.ofSeconds(30));
      assertEquals(2, config.get("a").asInt());
    }
  }

  @Test
  void reloadOfARefusedDocument_throws_andItsStateTells() {
    ScriptedSource source = new ScriptedSource("s", Map.of("port", 80));
    source.atReload = self -> self.document(Map.of("port", "x"));
    try (Config config = Config.builder().source(source).build()) {
      config.live("port", Integer.class);
      ConfigException e = assertThrows(ConfigException.class, config::reload);
      assertEquals(ErrorCode.CONVERSION, e.code());
      assertEquals(1, config.status().source("s").rejected());
      assertEquals(80, config.get("port").asInt());
    }
  }

  @Test
  void reloadThatFindsNothing_emptiesTheLayer_inTheSameStep() {
    ScriptedSource gone = new ScriptedSource("gone", Map.of("a", 1));
    gone.atReload = ScriptedSource::absent;
    ScriptedSource other = new ScriptedSource("other", Map.of("b", 1));
    other.atReload = self -> self.document(Map.of("b", 2));
    try (Config config = Config.builder().source(gone).source(other).build()) {
      assertEquals(2, config.reload());
      assertEquals(Map.of("b", 2L), config.asMap());
      assertEquals(SourceStatus.State.DEGRADED, config.status().source("gone").state());
    }
  }

  @Test
  void reloadWhoseLastAnswerIsARefusedAbsence_throws() {
    ScriptedSource base = new ScriptedSource("base", Map.of("host", "h"));
    base.atReload =
        self -> {
          self.document(Map.of("host", "i"));
          self.absent();
        };
    Source user = Sources.map("user", Map.of("url", "${host}"));
    try (Config config = Config.builder().source(base).source(user).build()) {
      ConfigException e = assertThrows(ConfigException.class, config::reload);
      assertEquals(ErrorCode.PLACEHOLDER, e.code());
      assertEquals(1, e.problems().size());
      assertEquals("i", config.get("url").asString());
    }
  }

  @Test
  void nameAndOptionality_areAskedOnce_andNeverOnTheLane() {
    AtomicInteger asked = new AtomicInteger();
    ScriptedSource inner = new ScriptedSource("s", Map.of("a", 1));
    Source counting =
        new Source() {
          @Override
          public String name() {
            asked.incrementAndGet();
            return "counting";
          }

          @Override
          public Session open(Sink sink) {
            return inner.open(sink);
          }
        };
    try (Config config = Config.builder().source(counting).source(memory).build()) {
      int atStart = asked.get();
      memory.put("b", 1);
      inner.document(Map.of("a", 2));
      assertEquals(4, config.remove("counting"));
      assertEquals(atStart, asked.get());
    }
  }

  @Test
  void watchSinceAValueOfAnotherConfig_isRefused() {
    try (Config one = Config.of(Map.of("a", 1));
        Config two = Config.of(Map.of("a", 1))) {
      assertThrows(IllegalArgumentException.class, () -> two.watch(one.get("a")));
    }
  }

  @Test
  @Tag("D27")
  void writeThroughARemovedSource_isRefused() {
    memory.put("a", 1);
    try (Config config = Config.builder().source(memory).build()) {
      assertEquals(2, config.remove("memory"));
      IllegalStateException e = assertThrows(IllegalStateException.class, () -> memory.put("a", 2));
      assertEquals(
          "memory source \"memory\" is closed: it was removed, or its Config is closed",
          e.getMessage());
    }
  }

  /** A source answers a reload at once, another one late; meanwhile the first says more. */
  private void reloadOvertaken(ScriptedSource first, Consumer<Config> meanwhile, Body after)
      throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ScriptedSource slow = new ScriptedSource("slow", Map.of("slow", 1));
    slow.atReload =
        self -> {
          asked.countDown();
          Waiting.await(release);
          self.document(Map.of("slow", 2));
        };
    try (Config config = Config.builder().source(first).source(slow).build()) {
      Waiting.Running reloader = Waiting.start(config::reload);
      asked.await();
      Waiting.until(() -> first.reloads.get() == 1);
      meanwhile.accept(config);
      config.status();
      release.countDown();
      reloader.finish();
      assertEquals(2, config.get("slow").asInt());
      after.check(config);
    }
  }

  private interface Body {
    void check(Config config) throws Exception;
  }

  @Test
  @Tag("D8")
  void documentAfterAReloadThatFoundNothing_isNotTakenBackByIt() throws Exception {
    ScriptedSource first = new ScriptedSource("first", Map.of("v", 1));
    first.atReload = ScriptedSource::absent;
    reloadOvertaken(
        first,
        config -> first.document(Map.of("v", 2)),
        config -> {
          assertEquals(2, config.get("v").asInt());
          assertEquals(SourceStatus.State.OK, config.status().source("first").state());
        });
  }

  @Test
  void documentAfterAReloadThatFailed_leavesTheStateOk() throws Exception {
    ScriptedSource first = new ScriptedSource("first", Map.of("v", 1));
    first.atReload = ScriptedSource::failed;
    reloadOvertaken(
        first,
        config -> first.document(Map.of("v", 2)),
        config -> {
          assertEquals(2, config.get("v").asInt());
          assertEquals(SourceStatus.State.OK, config.status().source("first").state());
        });
  }

  @Test
  void patchAfterAReloadsPatch_followsIt_andNeitherIsLost() throws Exception {
    ScriptedSource first = new ScriptedSource("first", Map.of("v", 1));
    first.atReload = self -> self.patch(p -> p.set("two", 2));
    reloadOvertaken(
        first,
        config -> first.patch(p -> p.set("three", 3)),
        config ->
            assertEquals(Map.of("v", 1L, "two", 2L, "three", 3L, "slow", 2L), config.asMap()));
  }

  @Test
  void reloadAnswersOfOneSource_keepTheirOrder() throws Exception {
    ScriptedSource source = new ScriptedSource("s", Map.of("v", 1));
    source.atReload =
        self -> {
          self.document(Revision.of(10), Map.of("v", "ten"));
          self.reset();
          self.document(Revision.of(1), Map.of("v", "one"));
        };
    try (Config config = Config.builder().source(source).build()) {
      config.reload();
      assertEquals("one", config.get("v").asString());
    }
  }
}
