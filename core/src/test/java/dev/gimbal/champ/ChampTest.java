package dev.gimbal.champ;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The oracle is {@link HashMap}; every third key shares its hash with others. */
class ChampTest {

  private static final int OPS = 120_000;

  @Test
  void randomOps_equalHashMapAfterEach() {
    Random random = new Random(42);
    List<String> keys = keys(400);
    Champ<String, Integer> champ = Champ.empty();
    Map<String, Integer> model = new HashMap<>();
    int sets = 0;
    int removals = 0;
    int compared = 0;
    for (int i = 0; i < OPS; i++) {
      String key = keys.get(random.nextInt(keys.size()));
      if (random.nextInt(5) < 3) {
        Integer value = random.nextInt(20);
        champ = champ.with(key, value);
        model.put(key, value);
        sets++;
      } else {
        champ = champ.without(key);
        model.remove(key);
        removals++;
      }
      assertEquals(model.get(key), champ.get(key));
      assertEquals(model.size(), champ.size());
      if (i % 50 == 0) {
        assertEquals(model, toMap(champ));
        compared++;
      }
    }
    assertEquals(OPS, sets + removals);
    assertEquals(2_400, compared);
  }

  /** A thing whose hash is in the order of its number. */
  private record Numbered(int number) {
    @Override
    public int hashCode() {
      return Champ.hashInOrder(number);
    }
  }

  @Test
  void hashInOrder_visitsConsecutiveNumbersInOrder_howeverTheyCame() {
    List<Integer> numbers = IntStream.range(0, 1 << 13).boxed().toList();
    List<Integer> shuffled = new ArrayList<>(numbers);
    Collections.shuffle(shuffled, new Random(1));
    Champ<Numbered, Numbered> champ = Champ.empty();
    for (int number : shuffled) {
      Numbered thing = new Numbered(number);
      champ = champ.with(thing, thing);
    }
    List<Integer> visited = new ArrayList<>();
    champ.forEach((thing, same) -> visited.add(thing.number()));
    assertEquals(numbers, visited);
    assertEquals(Champ.hashInOrder(7), Champ.hashInOrder(7 + (3 << 20)) & (1 << 20) - 1);
  }

  @Test
  void hashInOrder_differentNumbersHaveDifferentHashes() {
    Set<Integer> hashes = new HashSet<>();
    for (int number = -100_000; number < 1_200_000; number++) {
      hashes.add(Champ.hashInOrder(number));
    }
    assertEquals(1_300_000, hashes.size());
  }

  @Test
  void randomMaps_haveOneShapeWhateverTheirOrder() {
    Random random = new Random(43);
    List<String> keys = keys(150);
    int seen = 0;
    for (int round = 0; round < 500; round++) {
      Map<String, Integer> model = new HashMap<>();
      int size = random.nextInt(keys.size());
      for (int i = 0; i < size; i++) {
        model.put(keys.get(random.nextInt(keys.size())), i);
      }
      Champ<String, Integer> bulk = Champ.copyOf(model);
      List<String> order = new ArrayList<>(keys);
      Collections.shuffle(order, random);
      Champ<String, Integer> grown = Champ.empty();
      for (String key : order) {
        grown = grown.with(key, -1);
      }
      Collections.shuffle(order, random);
      for (String key : order) {
        Integer value = model.get(key);
        grown = value == null ? grown.without(key) : grown.with(key, value);
      }
      assertEquals(bulk, grown);
      assertEquals(bulk.hashCode(), grown.hashCode());
      assertEquals(model, toMap(bulk));
      assertEquals(model, toMap(grown));
      if (!model.isEmpty()) {
        String key = model.keySet().iterator().next();
        assertNotEquals(bulk, grown.without(key));
        assertNotEquals(bulk, grown.with(key, 1_000_000));
      }
      seen++;
    }
    assertEquals(500, seen);
  }

  @Test
  void mapsThatShareNodes_areEqual_whereTheirValuesAre() {
    Map<String, String> model = new HashMap<>();
    keys(400).forEach(key -> model.put(key, key));
    Champ<String, String> base = Champ.copyOf(model);
    Champ<String, String> one = base.with("new", new String("1"));
    Champ<String, String> other = base.with("new", new String("1"));
    assertEquals(one, other);
    assertNotEquals(one, base.with("new", "2"));
  }

  @Test
  void diff_equalsNaiveDiff() {
    Random random = new Random(44);
    List<String> keys = keys(200);
    Champ<String, Integer> before = Champ.empty();
    int differences = 0;
    for (int round = 0; round < 3_000; round++) {
      Champ<String, Integer> after = round % 10 == 0 ? Champ.empty() : before;
      int ops = random.nextInt(12);
      for (int i = 0; i < ops; i++) {
        String key = keys.get(random.nextInt(keys.size()));
        after = random.nextInt(3) == 0 ? after.without(key) : after.with(key, random.nextInt(100));
      }
      Map<String, List<Integer>> found = new HashMap<>();
      Champ.diff(
          before,
          after,
          found,
          (to, key, was, is) -> {
            List<Integer> pair = new ArrayList<>();
            pair.add(was);
            pair.add(is);
            assertNull(to.put(key, pair), key);
          });
      Map<String, List<Integer>> expected = naiveDiff(toMap(before), toMap(after));
      assertEquals(expected, found);
      differences += expected.size();
      before = after;
    }
    assertTrue(differences > 10_000, "differences: " + differences);
  }

  @Test
  @Tag("slow")
  void diffOfNeighbours_visitsAtMostOneNodeALevel() {
    Map<String, Integer> million = new HashMap<>();
    for (int i = 0; i < 1_000_000; i++) {
      million.put("key" + i, i);
    }
    Champ<String, Integer> before = Champ.copyOf(million);
    Champ<String, Integer> after = before.with("key77", -1);
    int[] visits = {0};
    List<String> keys = new ArrayList<>();
    Champ.diff(
        before,
        after,
        keys,
        new Champ.DiffVisitor<>() {
          @Override
          public void changed(List<String> to, String key, Integer was, Integer is) {
            to.add(key);
          }

          @Override
          public void visited(List<String> to) {
            visits[0]++;
          }
        });
    assertEquals(List.of("key77"), keys);
    assertTrue(visits[0] <= 7, "visits: " + visits[0]);
  }

  /** A key that counts how often somebody wants its hash. */
  private record Counted(int number, int[] hashes) {
    @Override
    public int hashCode() {
      hashes[0]++;
      return Integer.hashCode(number);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Counted counted && counted.number == number;
    }
  }

  @Test
  void diffOfNeighbours_looksAtNoEntryOfWhatTheyShare() {
    int[] hashes = {0};
    Map<Counted, Integer> model = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      model.put(new Counted(i, hashes), i);
    }
    Champ<Counted, Integer> before = Champ.copyOf(model);
    Champ<Counted, Integer> after = before.with(new Counted(77, hashes), -1);
    hashes[0] = 0;
    List<Integer> changed = new ArrayList<>();
    Champ.diff(before, after, changed, (to, key, was, is) -> to.add(key.number));
    assertEquals(List.of(77), changed);
    assertTrue(hashes[0] <= 2 * 16, "hashes: " + hashes[0]);
  }

  @Test
  void visits_areOneForEachPairOfNodes() {
    Champ<String, Integer> one = Champ.<String, Integer>empty().with("Aa", 1);
    assertEquals(0, visits(one, one));
    assertEquals(1, visits(one, one.with("Aa", 2)));
    assertEquals(2, visits(one, one.with("BB", 2))); // an entry, and what stands there of one hash
  }

  private static int visits(Champ<String, Integer> before, Champ<String, Integer> after) {
    int[] visits = {0};
    Champ.diff(
        before,
        after,
        visits,
        new Champ.DiffVisitor<>() {
          @Override
          public void changed(int[] to, String key, Integer was, Integer is) {}

          @Override
          public void visited(int[] to) {
            visits[0]++;
          }
        });
    return visits[0];
  }

  @Test
  void noEntries_areTheEmptyMap() {
    assertSame(Champ.empty(), Champ.copyOf(Map.of()));
    assertTrue(Champ.empty().isEmpty());
    assertFalse(Champ.copyOf(Map.of("a", 1)).isEmpty());
  }

  @Test
  void settingTheSameValue_orRemovingNothing_givesTheSameMap() {
    Integer value = 1_000;
    Champ<String, Integer> champ = Champ.<String, Integer>empty().with("Aa", value).with("BB", 2);
    assertSame(champ, champ.with("Aa", value));
    assertSame(champ, champ.without("C#"));
    assertSame(Champ.empty(), champ.without("Aa").without("BB"));
  }

  @Test
  void stringAndIntegerOfOneHash_standBesideEachOther() {
    assertEquals("a".hashCode(), Integer.valueOf(97).hashCode());
    List<List<Object>> orders = List.of(List.of("a", 97), List.of(97, "a"));
    for (List<Object> order : orders) {
      Map<Object, String> model = new LinkedHashMap<>();
      Champ<Object, String> champ = Champ.empty();
      for (Object key : order) {
        champ = champ.with(key, "of " + key);
        model.put(key, "of " + key);
      }
      assertEquals(2, champ.size());
      assertEquals("of a", champ.get("a"));
      assertEquals("of 97", champ.get(97));
      assertEquals(Champ.copyOf(model), champ);
      assertEquals("of 97", champ.without("a").get(97));
      assertNull(champ.without(97).get(97));
    }
  }

  @Test
  void keysOfOneHashAndAnInteger_areFoundInAnyOrder() {
    List<Object> keys = new ArrayList<>(List.of("AaAa", "BBBB", "AaBB", "BBAa"));
    keys.add("AaAa".hashCode());
    Random random = new Random(45);
    for (int round = 0; round < 200; round++) {
      Collections.shuffle(keys, random);
      Champ<Object, Object> champ = Champ.empty();
      for (Object key : keys) {
        champ = champ.with(key, key);
      }
      for (Object key : keys) {
        assertEquals(key, champ.get(key));
      }
      for (int i = 0; i < keys.size(); i++) {
        champ = champ.without(keys.get(i));
        assertNull(champ.get(keys.get(i)));
        for (Object left : keys.subList(i + 1, keys.size())) {
          assertEquals(left, champ.get(left));
        }
      }
      assertTrue(champ.isEmpty());
    }
  }

  private static List<String> keys(int count) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // Six letters of "Aa" and "BB": 64 keys share one hash.
      StringBuilder key = new StringBuilder(i % 3 == 0 ? "" : "k" + i);
      for (int bit = 0; bit < 6 && i % 3 == 0; bit++) {
        key.append((i / 3 >> bit & 1) == 0 ? "Aa" : "BB");
      }
      keys.add(key.toString());
    }
    return List.copyOf(new HashSet<>(keys)).stream().sorted().toList();
  }

  private static <K, V> Map<K, V> toMap(Champ<K, V> champ) {
    Map<K, V> map = new HashMap<>();
    champ.forEach((key, value) -> assertNull(map.put(key, value)));
    return map;
  }

  /** Values are compared by identity, which small boxed integers have. */
  private static Map<String, List<Integer>> naiveDiff(
      Map<String, Integer> before, Map<String, Integer> after) {
    Set<String> keys = new HashSet<>(before.keySet());
    keys.addAll(after.keySet());
    Map<String, List<Integer>> diff = new HashMap<>();
    for (String key : keys) {
      List<Integer> pair = new ArrayList<>();
      pair.add(before.get(key));
      pair.add(after.get(key));
      if (pair.get(0) == null || !pair.get(0).equals(pair.get(1))) {
        diff.put(key, pair);
      }
    }
    return diff;
  }
}
