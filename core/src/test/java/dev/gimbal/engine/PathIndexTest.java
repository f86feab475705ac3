package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.gimbal.ConfigPath;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PathIndexTest {

  private static ConfigPath path(String text) {
    return ConfigPath.parse(text);
  }

  private static Set<String> around(PathIndex<Integer> index, String place) {
    Set<String> found = new TreeSet<>();
    index.around(path(place), (owner, value) -> found.add(owner + "=" + value));
    return found;
  }

  @Test
  void around_seesAboveAtAndBelow_butNotBeside() {
    PathIndex<Integer> index =
        PathIndex.<Integer>empty()
            .with(path("a"), path("above"), 1)
            .with(path("a.b"), path("at"), 2)
            .with(path("a.b[0].c"), path("below"), 3)
            .with(path("a.c"), path("beside"), 4)
            .with(ConfigPath.ROOT, path("root"), 5);
    assertEquals(Set.of("above=1", "at=2", "below=3", "root=5"), around(index, "a.b"));
    assertEquals(Set.of("root=5"), around(index, "x.y"));
    assertEquals(Set.of("above=1", "at=2", "root=5"), around(index, "a.b.\"0\""));
  }

  @Test
  void removingEverything_leavesTheEmptyIndex_andOldVersionsAsTheyWere() {
    PathIndex<Integer> one = PathIndex.<Integer>empty().with(path("a.b"), path("x"), 1);
    PathIndex<Integer> two = one.with(path("a.b"), path("y"), 2);
    assertEquals(
        true, two.without(path("a.b"), path("y")).without(path("a.b"), path("x")).isEmpty());
    assertEquals(2, two.get(path("a.b"), path("y")));
    assertNull(one.get(path("a.b"), path("y")));
    assertNull(one.get(path("a"), path("x")));
  }

  @Test
  void aKeyAndAnIndexWithTheSameHash_stayApart() {
    PathIndex<Integer> index =
        PathIndex.<Integer>empty()
            .with(path("a.\"\""), path("x"), 1)
            .with(path("a[0]"), path("x"), 2)
            .with(path("a.AaAa"), path("AaAa"), 3)
            .with(path("a.BBBB"), path("BBBB"), 4);
    assertEquals(1, index.get(path("a.\"\""), path("x")));
    assertEquals(2, index.get(path("a[0]"), path("x")));
    assertEquals(3, index.get(path("a.AaAa"), path("AaAa")));
    assertEquals(4, index.get(path("a.BBBB"), path("BBBB")));
  }

  @Test
  void randomEdits_matchAPlainMap() {
    Random random = new Random(1);
    Map<ConfigPath, Integer> plain = new HashMap<>();
    PathIndex<Integer> index = PathIndex.empty();
    int compared = 0;
    for (int i = 0; i < 20_000; i++) {
      ConfigPath place = ConfigPath.ROOT;
      for (int depth = random.nextInt(4); depth > 0; depth--) {
        int segment = random.nextInt(4);
        place =
            random.nextBoolean()
                ? place.child(segment == 0 ? "" : "k" + segment)
                : place.child(segment);
      }
      if (random.nextInt(3) == 0) {
        plain.remove(place);
        index = index.without(place, place);
      } else {
        plain.put(place, i);
        index = index.with(place, place, i);
      }
      if (i % 20 == 0) {
        ConfigPath at = place;
        Map<ConfigPath, Integer> found = new HashMap<>();
        index.below(at, found::put);
        assertEquals(
            plain.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(at))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
            found);
        compared++;
      }
    }
    assertEquals(1_000, compared);
  }
}
