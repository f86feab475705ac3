package dev.gimbal.source.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class TreeChangeTest {

  private static final StoreKeys KEYS = StoreKeys.tree("/app", '/');
  private static final StoreValues VALUES =
      new StoreValues(KEYS, "store", "store", ReadOptions.DEFAULT);
  private static final String[] PARTS = {"a", "b", "0", "1", "2", "01"};

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode tree(String... entries) {
    Map<String, byte[]> all = new TreeMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      all.put("/app/" + entries[i], bytes(entries[i + 1]));
    }
    return VALUES.tree(all).tree();
  }

  private static Patch change(ObjectNode before, String key, String value) {
    TreeChange change = new TreeChange(before);
    VALUES.apply(change, new StoreChange("/app/" + key, value == null ? null : bytes(value)));
    assertEquals(change.tree(), Nodes.apply(before, change.patch()));
    return change.patch();
  }

  @Tag("D51")
  @Test
  void set_saysOnlyTheValueThatDiffers() {
    ObjectNode before = tree("db/url", "x", "db/user", "y");
    assertEquals(
        Patch.builder().set("db.url", "z").build().toString(),
        change(before, "db/url", "z").toString());
    assertEquals(List.of(), change(before, "db/url", "x").ops());
  }

  @Test
  void remove_saysTheHighestPlaceOfWhichNothingIsLeft() {
    Patch patch = change(tree("a/b/c", "x", "d", "y"), "a/b/c", null);
    assertEquals(Patch.builder().remove("a").build(), patch);
  }

  @Test
  void aKeyAndKeysBelowIt_areBothThere() {
    assertEquals(
        Nodes.of(Map.of("a", Map.of("", "1", "b", "2")), Scalar.Template.ALL),
        tree("a", "1", "a/b", "2"));
  }

  @Test
  void numbersFromZero_areAList() {
    assertEquals(
        Nodes.of(Map.of("a", List.of("x", "y")), Scalar.Template.ALL),
        tree("a/0", "x", "a/1", "y"));
    assertEquals(
        Nodes.of(Map.of("a", Map.of("8080", "x")), Scalar.Template.ALL), tree("a/8080", "x"));
  }

  @Test
  void keysWithAnEmptyPart_areLeftOut() {
    assertEquals(tree("a", "1"), tree("a", "1", "b/", "", "c//d", "2"));
  }

  /** Steps of random keys, one patch each or several keys in one. */
  private static void compare(long seed, boolean forgetful) {
    Random random = new Random(seed);
    TreeMap<String, byte[]> all = new TreeMap<>();
    ObjectNode layer = ObjectNode.EMPTY;
    for (int step = 0; step < 40; step++) {
      TreeChange change = new TreeChange(layer);
      for (int i = random.nextInt(3); i >= 0; i--) {
        List<String> parts = new ArrayList<>();
        for (int size = random.nextInt(3); size >= 0; size--) {
          parts.add(PARTS[random.nextInt(PARTS.length)]);
        }
        String key = "/app/" + String.join("/", parts);
        byte[] value = random.nextInt(3) == 0 ? null : bytes("v" + random.nextInt(3));
        if (value == null) {
          all.remove(key);
        } else {
          all.put(key, value);
        }
        if (!forgetful || random.nextInt(20) > 0) {
          VALUES.apply(change, new StoreChange(key, value));
        }
      }
      layer = Nodes.apply(layer, change.patch());
      assertEquals(VALUES.tree(all).tree(), layer, "seed " + seed);
      assertEquals(layer, change.tree(), "seed " + seed);
    }
  }

  @Tag("D51")
  @Test
  void changes_giveWhatAllKeysGiveReadAnew() {
    for (long seed = 0; seed < 2000; seed++) {
      compare(seed, false);
    }
  }

  @Test
  void changes_ofWhichSomeAreForgotten_areFound() {
    assertThrows(
        AssertionFailedError.class,
        () -> {
          for (long seed = 0; seed < 100; seed++) {
            compare(seed, true);
          }
        });
  }
}
