package dev.gimbal.engine;

import static dev.gimbal.engine.Allocated.ROUNDS;
import static dev.gimbal.engine.Allocated.TIMES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.source.MemorySource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a write in a list allocates, in bytes, in a short list and in a long one. */
@Tag("slow")
class ListAllocationTest {

  /** In one round. */
  private static final int APPENDED = 20;

  private final MemorySource memory = Sources.memory("memory");

  /** A configuration with a list of objects, of which each has a number and a text. */
  private Config config(int elements, Object text, UnaryOperator<Config.Builder> with) {
    Map<String, Object> values = new HashMap<>();
    values.put("name", "x");
    for (int i = 0; i < elements; i++) {
      values.put("list[" + i + "].a", i);
      values.put("list[" + i + "].password", text);
    }
    memory.replace(values);
    return with.apply(Config.builder().source(memory)).build();
  }

  /** The bytes of one write, each of which publishes. */
  private static long bytes(Config config, IntConsumer write) {
    long before = config.snapshot().version();
    long bytes = Allocated.byOne(write);
    assertEquals(before + (long) ROUNDS * TIMES, config.snapshot().version());
    return bytes;
  }

  private static void assertAtMost(long most, long bytes) {
    assertTrue(bytes <= most, "bytes: " + bytes);
  }

  private void put(int i) {
    memory.put("list[3].a", 1_000_000 + i % 100_000);
  }

  private void putOrRemove(int i) {
    if (i % 2 == 0) {
      memory.put("list[3].b", i);
    } else {
      memory.remove("list[3].b");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 50_000})
  void put_inAList_allocatesAsMuchInALongOne(int elements) {
    try (Config config = config(elements, "x", builder -> builder)) {
      assertAtMost(2_000, bytes(config, this::put));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 50_000})
  void putAndRemove_inAList_allocateAsMuchInALongOne(int elements) {
    try (Config config = config(elements, "x", builder -> builder)) {
      assertAtMost(2_100, bytes(config, this::putOrRemove));
    }
  }

  /** Appends a few only: a list is as long as it was, but for them. */
  @ParameterizedTest
  @ValueSource(ints = {50, 50_000})
  void append_toAList_allocatesAsMuchInALongOne(int elements) {
    try (Config config = config(elements, "x", builder -> builder)) {
      long least = Long.MAX_VALUE;
      int i = elements;
      for (int round = 0; round < ROUNDS; round++) {
        long before = Allocated.soFar();
        for (int end = i + APPENDED; i < end; i++) {
          memory.put("list[" + i + "].a", i);
        }
        least = Math.min(least, (Allocated.soFar() - before) / APPENDED);
      }
      assertEquals(i - 1, config.get("list[" + (i - 1) + "].a").asInt());
      assertAtMost(2_200, least);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 5_000})
  void put_inAListWithATemplateInEachElement_allocatesAsMuchInALongOne(int elements) {
    try (Config config = config(elements, "${name}", builder -> builder)) {
      assertAtMost(6_200, bytes(config, this::put));
      assertEquals("x", config.get("list[" + (elements - 1) + "].password").asString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 5_000})
  void put_ofATemplateInAListOfThem_allocatesAsMuchInALongOne(int elements) {
    try (Config config = config(elements, "${name}", builder -> builder)) {
      IntConsumer put =
          i -> memory.put("list[3].password", i % 2 == 0 ? "${name}-${name}" : "${name}");
      assertAtMost(14_000, bytes(config, put));
      assertEquals("x", config.get("list[3].password").asString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 5_000})
  void put_inAListWithASecretInEachElement_allocatesAsMuchInALongOne(int elements) {
    try (Config config = config(elements, "x", builder -> builder.secret("**.password"))) {
      assertAtMost(3_500, bytes(config, this::put));
    }
  }
}
