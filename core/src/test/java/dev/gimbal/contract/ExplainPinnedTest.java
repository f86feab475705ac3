package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.Resource;
import dev.gimbal.Sources;
import dev.gimbal.source.MemorySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an explanation says of a version that was gone back to. */
@Timeout(60)
class ExplainPinnedTest {

  private final MemorySource memory = Sources.memory("memory");

  private Config open(Config.Builder builder) {
    return builder.source(Sources.map("s", Map.of("port", 1))).source(memory).build();
  }

  @Test
  void explain_saysWhichVersionIsPinned_untilItIsReleased() {
    try (Config config = open(Config.builder())) {
      memory.put("port", 2);
      String free = config.explain("port").toString();
      assertEquals(OptionalLong.empty(), config.explain("port").pinned());
      config.history().rollback(1);
      assertEquals(OptionalLong.of(1), config.explain("port").pinned());
      assertEquals(
          "port = 1\n  pinned at version 1: what came later is not shown\n  won: 1   at s\n",
          config.explain("port").toString());
      config.history().release();
      assertEquals(OptionalLong.empty(), config.explain("port").pinned());
      assertEquals(free, config.explain("port").toString());
    }
  }

  @Test
  void explain_whileAResourceCommits_isOfWhatReadersSee() {
    List<String> seen = new ArrayList<>();
    AtomicReference<Config> own = new AtomicReference<>();
    Resource<Integer> telling =
        next ->
            new Resource.Prepared() {
              @Override
              public void commit() {
                if (own.get() != null) {
                  seen.add(own.get().explain("port").toString());
                }
              }

              @Override
              public void abort() {}
            };
    try (Config config = open(Config.builder().resource("port", Integer.class, telling))) {
      memory.put("port", 2);
      own.set(config);
      String second = config.explain("port").toString();
      config.history().rollback(1);
      String first = config.explain("port").toString();
      config.history().release();
      assertEquals(List.of(second, first), seen);
    }
  }

  @Test
  void explain_saysThatAVersionIsPinned_whichShowsTheSame() {
    try (Config config = open(Config.builder())) {
      memory.put("port", 2);
      memory.put("port", 1);
      config.history().rollback(1);
      assertEquals(OptionalLong.of(1), config.explain("port").pinned());
      config.history().release();
      assertEquals(OptionalLong.empty(), config.explain("port").pinned());
    }
  }
}
