package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.ListMerge;
import dev.gimbal.Problem;
import dev.gimbal.Sources;
import dev.gimbal.format.Document;
import dev.gimbal.format.Format;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.source.ManualTasks;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Source;
import dev.gimbal.source.SourceProvider;
import dev.gimbal.source.SourceSpec;
import dev.gimbal.tree.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a builder takes, refuses and hands on. */
@Timeout(60)
class EngineBuilderTest {

  private final ToldSource source =
      new ToldSource(sink -> sink.document(new Revision(1, "1"), Document.EMPTY));

  /** Knows {@code it:}, whatever follows. */
  private final SourceProvider provider =
      new SourceProvider() {
        @Override
        public Set<String> schemes() {
          return Set.of("it");
        }

        @Override
        public Source create(SourceSpec spec) {
          return source;
        }
      };

  /** Reads nothing. */
  private static final class NoFormat implements Format {
    @Override
    public String name() {
      return "none";
    }

    @Override
    public Set<String> extensions() {
      return Set.of("none");
    }

    @Override
    public void read(String text, TreeBuilder out) {}

    @Override
    public String write(Node tree) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void whatIsGiven_isUsed() {
    ManualTasks tasks = new ManualTasks(name -> !name.equals("watchdog"));
    List<Runnable> handedOff = new ArrayList<>();
    ReadOptions options = ReadOptions.DEFAULT.withExpandDottedKeys(true);
    Format format = new NoFormat();
    MemorySource memory = Sources.memory("memory");
    try (Config config =
        new EngineBuilder()
            .tasks(tasks)
            .executor(handedOff::add)
            .watching(false)
            .readOptions(options)
            .format(format)
            .sourceProvider(provider)
            .source("it:somewhere")
            .source(memory)
            .build()) {
      assertSame(options, source.sink.readOptions());
      assertFalse(source.sink.watching());
      assertSame(format, source.sink.formats().find("none"));
      List<Long> versions = new ArrayList<>();
      config.onChange("n", change -> versions.add(change.version()));
      memory.put("n", 1);
      assertEquals(List.of(), versions);
      handedOff.forEach(Runnable::run);
      assertEquals(List.of(2L), versions);
    }
  }

  @Test
  void timesThatArePositive_areTaken_othersRefused() {
    Map<String, BiFunction<EngineBuilder, Duration, EngineBuilder>> times =
        Map.of(
            "startTimeout", EngineBuilder::startTimeout,
            "closeTimeout", EngineBuilder::closeTimeout,
            "formatTimeout", EngineBuilder::formatTimeout,
            "slowListenerAfter", EngineBuilder::slowListenerAfter);
    times.forEach(
        (name, time) -> {
          EngineBuilder builder = new EngineBuilder();
          assertSame(builder, time.apply(builder, Duration.ofNanos(1)));
          for (Duration refused : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
            IllegalArgumentException e =
                assertThrows(
                    IllegalArgumentException.class, () -> time.apply(builder, refused), name);
            assertEquals(name + ": " + refused + " (expected: > 0s)", e.getMessage());
          }
        });
  }

  @Test
  void conflicts_areReportedTogether_beforeAnythingIsOpened() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                new EngineBuilder()
                    .source(source)
                    .source(source)
                    .source("nowhere:x")
                    .listMerge("a[0].b", ListMerge.APPEND)
                    .build());
    assertEquals(
        List.of(ErrorCode.DUPLICATE_SOURCE, ErrorCode.SOURCE_SPEC, ErrorCode.PATH_SYNTAX),
        e.problems().stream().map(Problem::code).toList());
    assertEquals(
        "\"a[0].b\" has a list index; a list policy is for a path of keys",
        e.problems().get(2).message());
    assertEquals(0, source.opens);
  }

  @Test
  void listPolicies_ofAPathAndOfOnesBelowIt_holdBeside() {
    Map<String, List<Integer>> low =
        Map.of("a.b", List.of(1), "a.c", List.of(1), "a.d", List.of(1));
    Map<String, List<Integer>> high =
        Map.of("a.b", List.of(2), "a.c", List.of(2), "a.d", List.of(2));
    try (Config config =
        new EngineBuilder()
            .source(Sources.map("low", low))
            .source(Sources.map("high", high))
            .listMerge("a.b", ListMerge.APPEND)
            .listMerge("a.c", ListMerge.PREPEND)
            .listMerge("a", ListMerge.APPEND)
            .build()) {
      assertEquals(
          Map.of("b", List.of(1L, 2L), "c", List.of(2L, 1L), "d", List.of(2L)),
          config.at("a").asMap());
    }
  }
}
