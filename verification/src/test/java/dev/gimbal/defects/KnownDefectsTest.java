package dev.gimbal.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.Live;
import dev.gimbal.Sources;
import dev.gimbal.Value;
import dev.gimbal.Watcher;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.Tasks;
import dev.gimbal.testing.ControllableSource;
import dev.gimbal.testing.ManualTasks;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Defects that other configuration modules have and that no other test looks for; seen from
 * outside. {@code docs/go-micro.md} lists all of them.
 */
@Timeout(120)
class KnownDefectsTest {

  private static final int CONFIGS = 40;
  private static final int PUBLISHERS = 8;

  @TempDir private Path folder;

  // ---- several sources

  @Test
  @Tag("D5")
  @Tag("class1")
  void eightSources_thatChangeOnceAtTheSameTime_areAllSeen() throws Exception {
    int seen = 0;
    for (int i = 0; i < CONFIGS; i++) {
      List<MemorySource> sources = new ArrayList<>();
      Config.Builder builder = Config.builder();
      for (int k = 0; k < PUBLISHERS; k++) {
        sources.add(Sources.memory("s" + k));
        builder.source(sources.get(k));
      }
      try (Config config = builder.build();
          Watcher watcher = config.watch("")) {
        CyclicBarrier start = new CyclicBarrier(PUBLISHERS);
        List<Thread> publishers = new ArrayList<>();
        for (int k = 0; k < PUBLISHERS; k++) {
          int own = k;
          Thread publisher =
              new Thread(
                  () -> {
                    try {
                      start.await();
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                    sources.get(own).put("k" + own, 1);
                  });
          publishers.add(publisher);
          publisher.start();
        }
        for (Thread publisher : publishers) {
          publisher.join();
        }
        assertEquals(PUBLISHERS, config.asMap().size());
        seen += watcher.next().asMap().size();
        assertEquals(Optional.empty(), watcher.next(Duration.ZERO));
      }
    }
    assertEquals(CONFIGS * PUBLISHERS, seen);
  }

  @Test
  @Tag("D14")
  @Tag("class19")
  void changeOfOneSource_keepsTheOthersKeysAndTheirOrder() {
    ControllableSource low = new ControllableSource("low").document(Map.of("a", 1, "l", 1));
    ControllableSource middle = new ControllableSource("middle").document(Map.of("a", 2, "m", 1));
    ControllableSource top = new ControllableSource("top").document(Map.of("a", 3, "t", 1));
    try (Config config = new ManualTasks().start(builder(low, middle, top))) {
      low.document(Map.of("a", 11, "l", 2));
      assertEquals(Map.of("a", 3L, "l", 2L, "m", 1L, "t", 1L), config.asMap());
      middle.document(Map.of("a", 12, "m", 2));
      assertEquals(Map.of("a", 3L, "l", 2L, "m", 2L, "t", 1L), config.asMap());
      top.document(Map.of("t", 2));
      assertEquals(Map.of("a", 12L, "l", 2L, "m", 2L, "t", 2L), config.asMap());
      middle.document(Map.of("m", 3));
      assertEquals(Map.of("a", 11L, "l", 2L, "m", 3L, "t", 2L), config.asMap());
    }
  }

  @Test
  @Tag("D12")
  void reloadedState_staysWhenAnotherSourceChanges() {
    ControllableSource a = new ControllableSource("a").document(Map.of("a", 1));
    ControllableSource b = new ControllableSource("b").document(Map.of("b", 1));
    try (Config config = new ManualTasks().start(builder(a, b))) {
      a.prepare(Map.of("a", 2));
      config.reload();
      assertEquals(Map.of("a", 2L, "b", 1L), config.asMap());
      b.document(Map.of("b", 2));
      assertEquals(Map.of("a", 2L, "b", 2L), config.asMap());
    }
  }

  @Test
  @Tag("D10")
  void start_asksEachSourceOnce() throws Exception {
    AtomicInteger opens = new AtomicInteger();
    ControllableSource answering = new ControllableSource("s").document(Map.of("a", 1));
    Source counting =
        new Source() {
          @Override
          public String name() {
            return answering.name();
          }

          @Override
          public Session open(Sink sink) {
            opens.incrementAndGet();
            return answering.open(sink);
          }
        };
    try (Config config = Config.builder().source(counting).build()) {
      assertEquals(1, config.get("a").asInt());
      config.add(Sources.map("more", Map.of("b", 1)));
      assertEquals(1, opens.get());
      assertEquals(0, answering.reloads());
    }
  }

  private static Config.Builder builder(Source... sources) {
    Config.Builder builder = Config.builder();
    for (Source source : sources) {
      builder.source(source);
    }
    return builder;
  }

  // ---- versions

  /** Runs everything where it is handed over; its clock goes back each time it is looked at. */
  private static final class BackwardTasks implements Tasks {
    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE / 2);

    @Override
    public void execute(String name, Runnable task) {
      task.run();
    }

    @Override
    public Cancellable schedule(String name, Duration delay, Runnable task) {
      return () -> {};
    }

    @Override
    public long nanoTime() {
      return time.addAndGet(-Duration.ofSeconds(1).toNanos());
    }

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(nanoTime());
    }
  }

  @Test
  @Tag("D19")
  @Tag("class20")
  void changes_whileTheClockGoesBack_areAllTold_withRisingVersions() throws Exception {
    MemorySource source = Sources.memory("s");
    try (Config config = Config.builder().source(source).tasks(new BackwardTasks()).build();
        Watcher watcher = config.watch("k")) {
      for (int i = 1; i <= 100; i++) {
        assertEquals(1 + i, source.put("k", i));
        Value told = watcher.next(Duration.ZERO).orElseThrow();
        assertEquals(List.of(i, 1L + i), List.of(told.asInt(), told.version()));
      }
    }
  }

  @Test
  @Tag("D19")
  @Tag("class20")
  void changes_withinOneTickOfTheClock_areAllTold() {
    ManualTasks tasks = new ManualTasks();
    ControllableSource source = new ControllableSource("s").document(Map.of("k", 0));
    List<Integer> told = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    try (Config config = tasks.start(builder(source))) {
      config.onChange("k", change -> told.add(change.after().asInt()));
      Instant before = tasks.now();
      for (int i = 1; i <= 100; i++) {
        source.document(Map.of("k", i));
        tasks.runAll();
        expected.add(i);
      }
      assertEquals(before, tasks.now());
      assertEquals(expected, told);
      assertEquals(101, config.snapshot().version());
    }
  }

  // ---- values

  @Test
  @Tag("D21")
  void mapsAndValuesThatWereTaken_areApartFromTheConfiguration() {
    MemorySource source = Sources.memory("s");
    source.replace(Map.of("a", Map.of("b", 1, "l", List.of(1, 2))));
    try (Config config = Config.builder().source(source).build()) {
      Value taken = config.get("a");
      Map<String, Object> map = config.asMap();
      Map<?, ?> inner = (Map<?, ?>) map.get("a");
      assertThrows(UnsupportedOperationException.class, () -> map.put("a", 2));
      assertThrows(UnsupportedOperationException.class, inner::clear);
      assertThrows(UnsupportedOperationException.class, () -> ((List<?>) inner.get("l")).clear());
      source.put("a.b", 2);
      assertEquals(Map.of("b", 1L, "l", List.of(1L, 2L)), taken.asMap());
      assertEquals(Map.of("b", 1L, "l", List.of(1L, 2L)), inner);
      assertEquals(2, config.get("a.b").asInt());
    }
  }

  @ParameterizedTest
  @Tag("D22")
  @ValueSource(strings = {"x\",\"admin\":\"true", "a\\", "one\ntwo", "}", "${sys:user.home}"})
  void textOfAPlaceholder_isThatText_andInjectsNothing(String hostile) {
    String property = "gimbal.test.hostile";
    System.setProperty(property, hostile);
    try (Config config =
        builder(Sources.string("s", "json", "{\"k\": \"${sys:" + property + "}\", \"b\": 1}"))
            .build()) {
      assertEquals(Map.of("k", hostile, "b", 1L), config.asMap());
    } finally {
      System.clearProperty(property);
    }
  }

  @ParameterizedTest
  @Tag("D23")
  @ValueSource(strings = {"123", "true", "null", "{\"a\": 1}", "[1]", "1.10"})
  void watchedText_isText_whateverItLooksLike(String text) throws Exception {
    MemorySource source = Sources.memory("s");
    source.put("k", "before");
    try (Config config = Config.builder().source(source).build();
        Watcher watcher = config.watch("k")) {
      source.put("k", text);
      Value told = watcher.next();
      assertEquals(text, told.asString("default"));
      assertEquals(config.get("k").node(), told.node());
      assertEquals(Map.of("k", text), config.asMap());
    }
  }

  @Test
  @Tag("D50")
  void defaultOfTheProgram_overridesNoSource() throws Exception {
    Path file = folder.resolve("app.properties");
    Files.writeString(file, "port=1\n");
    try (Config config = builder(Sources.file(file), Sources.arguments("--other=2")).build()) {
      Live<Integer> port = config.live("port", Integer.class, 80);
      assertEquals(1, port.get());
      assertEquals(1, config.get("port").asInt(81));
      assertEquals(Map.of("port", "1", "other", "2"), config.asMap());
    }
  }

  // ---- the end

  @Test
  @Tag("D29")
  void close_whileASourceIsTriedAgain_endsThat() {
    AtomicInteger opens = new AtomicInteger();
    Source failing =
        new Source() {
          @Override
          public String name() {
            return "failing";
          }

          @Override
          public Session open(Sink sink) {
            opens.incrementAndGet();
            throw new UnsupportedOperationException("never");
          }
        };
    ManualTasks tasks = new ManualTasks();
    Config config =
        tasks.start(builder(new ControllableSource("s").document(Map.of()), failing.optional()));
    tasks.advance(Duration.ofHours(1));
    int tried = opens.get();
    assertEquals(true, tried > 2, tried + " times");
    config.close();
    assertEquals(List.of(), tasks.waiting());
    tasks.advance(Duration.ofHours(1));
    assertEquals(tried, opens.get());
  }

  @Test
  @Tag("D31")
  void stopAndClose_printNothing_andLetNoTimePass() {
    ManualTasks tasks = new ManualTasks();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      ControllableSource source = new ControllableSource("s").document(Map.of("k", 1));
      Config config = tasks.start(builder(source));
      long start = tasks.nanoTime();
      Watcher stopped = config.watch("k");
      config.watch("k");
      config.onChange("k", change -> {});
      stopped.stop();
      config.close();
      assertEquals(start, tasks.nanoTime());
    } finally {
      System.setOut(before);
    }
    assertEquals("", printed.toString(StandardCharsets.UTF_8));
  }
}
