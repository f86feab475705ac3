package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Value;
import dev.gimbal.source.ManualTasks;
import dev.gimbal.source.MemorySource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a Config keeps of reads, on the calling thread. */
@Timeout(60)
class ValueCacheTest {

  private final ManualTasks tasks = new ManualTasks(name -> true);
  private final MemorySource memory = new MemorySource("memory");
  private final MemoryLoader loader = Loaders.open(tasks, memory);
  private final Config config = new ConfigView(loader);

  @AfterEach
  void close() {
    loader.close();
  }

  private static List<String> texts(String prefix, int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(prefix + i);
    }
    return texts;
  }

  private void read(List<String> texts) {
    for (String text : texts) {
      assertEquals(text, config.get(text).path().toString());
    }
  }

  /** A value that is kept is the same when it is read again. */
  private long same(List<String> texts) {
    return texts.stream().filter(text -> config.get(text) == config.get(text)).count();
  }

  private static long kept(ValueCache cache, List<String> texts) {
    return texts.stream().filter(text -> cache.get(text) != null).count();
  }

  @Test
  void values_areKept_ofSoManyPaths_ofWhichFewerWereAbsent() {
    List<String> present = texts("n", ValueCache.MAX_VALUES + 1_000);
    List<String> absent = texts("absent", ValueCache.MAX_ABSENT + 1_000);
    Map<String, Integer> values = new HashMap<>();
    present.forEach(text -> values.put(text, values.size()));
    memory.replace(values);
    ValueCache cache = filled(absent);
    assertMost(ValueCache.MAX_ABSENT, kept(cache, absent));
    fill(cache, present);
    assertMost(ValueCache.MAX_VALUES, cache.size());
    assertMost(ValueCache.MAX_VALUES, kept(cache, absent) + kept(cache, present));
    assertEquals(7, config.get("n7").asInt());
    assertEquals(present.size() - 1, config.get("n" + (present.size() - 1)).asInt());
  }

  /** Once more have been read than are kept. */
  @Test
  void pathsThatAreReadAgainAndAgain_comeInThePlaceOfOthers() {
    ValueCache cache = filled(texts("madeUp", ValueCache.MAX_ABSENT + 1_000));
    List<String> hot = texts("hot", 1_000);
    PublishedSnapshot now = loader.published();
    for (int round = 0; round < 100; round++) {
      for (String text : hot) {
        if (cache.get(text) == null) {
          cache.keep(text, null, SnapshotValue.of(now, ConfigPath.ROOT, text));
        }
      }
    }
    assertMost(hot.size(), kept(cache, hot));
    assertEquals(ValueCache.MAX_ABSENT, cache.size());
  }

  /** Made-up paths do not displace values. */
  @Test
  void valuesThatAreThere_stayBesideMadeUpPaths() {
    Map<String, Integer> values = new HashMap<>();
    texts("n", 1_000).forEach(text -> values.put(text, values.size()));
    memory.replace(values);
    Map<String, Value> first = new HashMap<>();
    values.keySet().forEach(text -> first.put(text, config.get(text)));
    read(texts("madeUp", 4 * ValueCache.MAX_ABSENT));
    long same = first.keySet().stream().filter(text -> config.get(text) == first.get(text)).count();
    assertMost(first.size(), same);
  }

  private static void assertMost(long most, long kept) {
    assertTrue(kept <= most && kept >= most * 99 / 100, kept + " of " + most);
  }

  @Test
  void valuesThatWereRead_areKept_howeverTheTableGrows() {
    Map<String, Value> first = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      String text = "service" + i / 20 + ".group" + i / 4 % 5 + ".key" + i % 4;
      first.put(text, config.get(text));
    }
    first.forEach((text, value) -> assertSame(value, config.get(text), text));
  }

  /** A cache of what was read in the current snapshot. */
  private ValueCache filled(List<String> texts) {
    ValueCache cache = new ValueCache(new Random(7)::nextDouble);
    fill(cache, texts);
    return cache;
  }

  private void fill(ValueCache cache, List<String> texts) {
    PublishedSnapshot now = loader.published();
    texts.forEach(text -> cache.keep(text, null, SnapshotValue.of(now, ConfigPath.ROOT, text)));
  }

  @Test
  void table_isMadeByTheFirstValue_andGrowsWithThem() {
    assertEquals(0, filled(List.of()).slots());
    assertEquals(16, filled(List.of("a")).slots());
    ValueCache cache = filled(texts("n", 1_000));
    assertEquals(1_000, cache.size());
    assertEquals(4_096, cache.slots());
  }

  @Test
  void valueInThePlaceOfAnOlderOne_isNotCountedAgain_alsoWhenNoMoreAreTaken() {
    List<String> texts = texts("absent", ValueCache.MAX_ABSENT + 100);
    ValueCache cache = filled(texts);
    assertEquals(ValueCache.MAX_ABSENT, cache.size());
    assertEquals(131_072, cache.slots());
    memory.put("n", 1);
    PublishedSnapshot next = loader.published();
    int renewed = 0;
    int older = 0;
    for (String text : texts) {
      SnapshotValue before = cache.get(text);
      SnapshotValue value = SnapshotValue.of(next, ConfigPath.ROOT, text);
      cache.keep(text, before, value);
      older += before != null ? 1 : 0;
      renewed += before != null && cache.get(text) == value ? 1 : 0;
      assertEquals(ValueCache.MAX_ABSENT, cache.size());
    }
    assertEquals(older, renewed);
    assertMost(ValueCache.MAX_ABSENT, renewed);
  }

  @Test
  void oneReadInAWhile_dropsWhatIsNotOfTheCurrentSnapshot_andNothingElse() {
    ValueCache cache = filled(texts("old", 1_000));
    for (int i = 0; i < ValueCache.DROP_AFTER - 1; i++) {
      memory.put("n", i);
    }
    SnapshotValue early = SnapshotValue.of(loader.published(), ConfigPath.ROOT, "early");
    cache.keep("early", null, early);
    assertEquals(ValueCache.DROP_AFTER, early.version());
    assertSame(early, cache.get("early"));
    assertEquals(1, cache.size());
    assertEquals(4_096, cache.slots());
    for (int i = 0; i < 20 * ValueCache.DROP_AFTER; i++) {
      memory.put("n", -i);
      SnapshotValue n = SnapshotValue.of(loader.published(), ConfigPath.ROOT, "n");
      cache.keep("n", cache.get("n"), n);
      assertSame(n, cache.get("n"));
    }
    assertEquals(1, cache.size());
    assertEquals(16, cache.slots());
  }

  @Test
  void textsWithEqualHashes_haveTheirOwnValues() {
    List<String> equal = new ArrayList<>(List.of(""));
    for (int length = 0; length < 6; length++) {
      List<String> longer = new ArrayList<>();
      equal.forEach(text -> longer.addAll(List.of(text + "Aa", text + "BB")));
      equal.clear();
      equal.addAll(longer);
    }
    Map<String, Integer> values = new HashMap<>();
    equal.forEach(text -> values.put(text, values.size()));
    memory.replace(values);
    for (int round = 0; round < 3; round++) {
      equal.forEach(text -> assertEquals(values.get(text), config.get(text).asInt()));
    }
    assertEquals(ValueCache.PROBES, same(equal));
    assertEquals(1, same(List.of("other")));
  }

  @Test
  void textThatIsNoPath_isRefusedEachTime_alsoBelowWhatIsAbsent() {
    for (String text : List.of("a.", ".a", "a..b", "none.here..", "none.a]", "none.[x]")) {
      ConfigException wrong =
          assertThrows(ConfigException.class, () -> ConfigPath.parse(text), text);
      for (int i = 0; i < 2; i++) {
        assertEquals(
            wrong.getMessage(),
            assertThrows(ConfigException.class, () -> config.get(text), text).getMessage());
      }
    }
    assertTrue(config.get("").path().isRoot());
  }

  @Test
  void quotesAndIndexes_areRead_atAViewToo() {
    memory.patch(patch -> patch.set("a.\"b.c\"[0]", 1).set("a.d", 2));
    Config view = config.at("a");
    for (int i = 0; i < 2; i++) {
      assertEquals(1, config.get("a.\"b.c\"[0]").asInt());
      assertEquals(1, view.get("\"b.c\"[0]").asInt());
      assertEquals(2, view.get("d").asInt());
      assertEquals("a.d", view.get("d").path().toString());
      assertSame(view.get("d"), view.get("d"));
      memory.put("other", i);
    }
  }
}
