package dev.gimbal.contract;

import dev.gimbal.Config;
import dev.gimbal.Guard;
import dev.gimbal.Sources;
import dev.gimbal.Verdict;
import dev.gimbal.bind.Converter;
import dev.gimbal.source.MemorySource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/** Sources and checks for the tests of guards, validators and converters of users. */
abstract class WithUserChecks {

  /** A type that only a user's converter makes. */
  record Size(int number) {}

  final ScriptedSource source = new ScriptedSource("s", Map.of("size", 1));
  final MemorySource memory = Sources.memory("memory");

  /** What stuck checks wait for. */
  final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void releaseWhatIsStuck() {
    released.countDown();
  }

  static Config.Builder builder() {
    return Config.builder().closeTimeout(Duration.ofSeconds(5));
  }

  Config open(Config.Builder builder) {
    return source.attach(builder.source(source).source(memory).build());
  }

  void stick(CountDownLatch entered) {
    entered.countDown();
    Waiting.awaitStubbornly(released);
  }

  static Converter<Size> sizes(Consumer<String> first) {
    return new Converter<>() {
      @Override
      public Class<Size> type() {
        return Size.class;
      }

      @Override
      public String expected() {
        return "a size";
      }

      @Override
      public Size convert(String text) {
        first.accept(text);
        return new Size(Integer.parseInt(text));
      }
    };
  }

  static Guard growsOnly() {
    return (before, candidate) ->
        candidate.get("size").asInt(0) >= before.get("size").asInt(0)
            ? Verdict.accept()
            : Verdict.reject("size", "it only grows");
  }
}
