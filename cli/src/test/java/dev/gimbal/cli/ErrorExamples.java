package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Sources;
import dev.gimbal.UnknownKeys;
import dev.gimbal.Verdict;
import dev.gimbal.bind.Converter;
import dev.gimbal.format.Document;
import dev.gimbal.format.Format;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Patch;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The errors of which the pages show what the API throws. */
final class ErrorExamples {

  /** What throws. */
  interface Example {
    void run() throws Exception;

    default String message() {
      return assertThrows(ConfigException.class, this::run).getMessage();
    }
  }

  private ErrorExamples() {}

  /**
   * By their codes.
   *
   * @param folder an empty one
   */
  static Map<ErrorCode, Example> all(Path folder) {
    Map<ErrorCode, Example> all = new EnumMap<>(ErrorCode.class);
    all.put(ErrorCode.PATH_SYNTAX, () -> with(config -> config.get("server..port")));
    all.put(ErrorCode.ABSENT, () -> with(config -> config.get("server.prot").asInt()));
    all.put(ErrorCode.CONVERSION, () -> with(config -> config.get("server.port").asInt()));
    all.put(ErrorCode.SOURCE_TIMEOUT, ErrorExamples::silentSource);
    all.put(
        ErrorCode.ARGUMENT,
        () -> Config.builder().source(Sources.arguments("--server..port=80")).build());
    all.put(ErrorCode.DEADLINE, ErrorExamples::slowFormat);
    all.put(ErrorCode.PATCH, ErrorExamples::unfitPatch);
    all.put(ErrorCode.DUPLICATE_CONVERTER, () -> twoConverters(folder));
    all.put(ErrorCode.REFUSED, ErrorExamples::refusal);
    all.put(ErrorCode.PINNED, ErrorExamples::writeWhilePinned);
    all.put(ErrorCode.UNKNOWN_KEY, ErrorExamples::unknownKey);
    return all;
  }

  private static void unknownKey() {
    Config.builder()
        .declare("server.port", int.class)
        .unknownKeys("server", UnknownKeys.ERROR)
        .source(Sources.string("prod.yaml", "yaml", "server:\n  prot: 80\n"))
        .build();
  }

  private interface Use {
    void of(Config config);
  }

  private static void with(Use use) {
    try (Config config =
        Config.builder()
            .source(Sources.string("defaults.properties", "properties", "server.port=80\n"))
            .source(Sources.string("prod.yaml", "yaml", "server:\n  port: 80a\n"))
            .build()) {
      use.of(config);
    }
  }

  private static void writeWhilePinned() {
    MemorySource overrides = Sources.memory("overrides");
    try (Config config = Config.builder().source(overrides).build()) {
      overrides.put("pool.size", 8);
      config.history().rollback(1);
      overrides.put("pool.size", 9);
    }
  }

  private static void silentSource() {
    Config.builder().source(source(sink -> {})).startTimeout(Duration.ofMillis(20)).build();
  }

  /**
   * A source.
   *
   * @param says what it says when it is opened
   */
  private static Source source(Consumer<Sink> says) {
    return new Source() {
      @Override
      public String name() {
        return "store";
      }

      @Override
      public Session open(Sink sink) {
        says.accept(sink);
        return () -> {};
      }
    };
  }

  private static void slowFormat() {
    CountDownLatch end = new CountDownLatch(1);
    Format slow =
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
            try {
              end.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }

          @Override
          public String write(Node tree) {
            throw new UnsupportedOperationException();
          }
        };
    try {
      Config.builder()
          .format(slow)
          .source(Sources.string("app.slow", "slow", "x"))
          .formatTimeout(Duration.ofMillis(20))
          .build();
    } finally {
      end.countDown();
    }
  }

  private static void unfitPatch() {
    AtomicReference<Sink> sink = new AtomicReference<>();
    Source store =
        source(
            to -> {
              sink.set(to);
              to.document(Revision.of(1), Document.EMPTY);
            });
    try (Config config = Config.builder().source(store).build()) {
      sink.get().patch(Revision.of(2), Patch.builder().set("hosts[3]", "delta").build());
      throw config.status().source(store.name()).reason();
    }
  }

  /** Makes a type that nothing else makes. */
  record Money(String text) {}

  /** One converter. */
  public static class Euros implements Converter<Money> {
    @Override
    public Class<Money> type() {
      return Money.class;
    }

    @Override
    public String expected() {
      return "an amount";
    }

    @Override
    public Money convert(String text) {
      return new Money(text);
    }
  }

  /** Another one. */
  public static final class Dollars extends Euros {}

  private static void twoConverters(Path services) throws IOException {
    Path file = services.resolve("META-INF/services/" + Converter.class.getName());
    Files.createDirectories(file.getParent());
    Files.writeString(file, Euros.class.getName() + "\n" + Dollars.class.getName() + "\n");
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {services.toUri().toURL()}, before)) {
      Thread.currentThread().setContextClassLoader(loader);
      Config.builder().build();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static void refusal() {
    Config.builder()
        .source(Sources.string("app.yaml", "yaml", "pool: {min: 9, max: 4}\n"))
        .validator(
            "pool",
            candidate ->
                candidate.get("pool.min").asInt() <= candidate.get("pool.max").asInt()
                    ? Verdict.accept()
                    : Verdict.reject("pool.min", "it is larger than pool.max"))
        .build();
  }
}
