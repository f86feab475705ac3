package dev.gimbal.engine;

import static dev.gimbal.engine.LayeredSnapshots.layer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.gimbal.ConfigPath;
import dev.gimbal.ListMerge;
import dev.gimbal.Origin;
import dev.gimbal.tree.OriginTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OriginsTest {

  private static List<String> entries(PublishedSnapshot snapshot, String path) {
    List<String> texts = new ArrayList<>();
    for (Origins.Entry entry : Origins.entries(snapshot, ConfigPath.parse(path))) {
      texts.add(entry.outcome() + " " + entry.origin());
    }
    return texts;
  }

  private static Map<String, Object> tombstone(String key) {
    return Collections.singletonMap(key, null);
  }

  @Test
  void entries_ofAScalar_areTheHighestAndThenTheLosers() {
    PublishedSnapshot snapshot =
        LayeredSnapshots.of(
            layer("low", Map.of("a", 1, "b", 1)),
            layer("middle", Map.of("b", 2)),
            layer("high", Map.of("a", 3)));
    assertEquals(List.of("WON high.yaml:2:2", "LOST low.yaml:2:2"), entries(snapshot, "a"));
    assertEquals(List.of("WON middle.yaml:2:2", "LOST low.yaml:3:2"), entries(snapshot, "b"));
    assertEquals(List.of(), entries(snapshot, "c"));
  }

  @Test
  void entries_ofAnObject_mergeUntilSomethingElseStandsBelow() {
    PublishedSnapshot snapshot =
        LayeredSnapshots.of(
            layer("lowest", Map.of("a", Map.of("w", 1))),
            layer("low", Map.of("a", 5)),
            layer("middle", Map.of("a", Map.of("y", 1))),
            layer("high", Map.of("a", Map.of("z", 1))));
    assertEquals(
        List.of(
            "WON high.yaml:2:2",
            "MERGED middle.yaml:2:2",
            "LOST low.yaml:2:2",
            "LOST lowest.yaml:2:2"),
        entries(snapshot, "a"));
    assertEquals(List.of("WON middle.yaml:3:3"), entries(snapshot, "a.y"));
    assertEquals(List.of("REMOVED low.yaml:2:2", "LOST lowest.yaml:3:3"), entries(snapshot, "a.w"));
    assertNull(Origins.winner(snapshot, ConfigPath.parse("a.w")));
  }

  @Test
  void entries_belowATombstone_areRemovedAndLost() {
    PublishedSnapshot snapshot =
        LayeredSnapshots.of(
            layer("low", Map.of("a", Map.of("b", 1, "c", 1))),
            layer("middle", tombstone("a")),
            layer("high", Map.of("a", Map.of("c", 2))));
    assertEquals(
        List.of("WON high.yaml:2:2", "REMOVED middle.yaml:2:2", "LOST low.yaml:2:2"),
        entries(snapshot, "a"));
    assertEquals(List.of("REMOVED middle.yaml:2:2", "LOST low.yaml:3:3"), entries(snapshot, "a.b"));
    assertEquals(List.of("WON high.yaml:3:3", "LOST low.yaml:4:3"), entries(snapshot, "a.c"));
  }

  @Test
  void entries_ofAListElement_areThoseOfTheListThatWon() {
    PublishedSnapshot snapshot =
        LayeredSnapshots.of(
            layer("low", Map.of("l", List.of(Map.of("x", 1, "y", 2), 2, 3))),
            layer("high", Map.of("l", List.of(Map.of("x", 9)))));
    assertEquals(List.of("WON high.yaml:2:2", "LOST low.yaml:2:2"), entries(snapshot, "l"));
    assertEquals(List.of("WON high.yaml:3:3", "LOST low.yaml:3:3"), entries(snapshot, "l[0]"));
    assertEquals(List.of("WON high.yaml:4:4", "LOST low.yaml:4:4"), entries(snapshot, "l[0].x"));
    assertEquals(
        List.of("REMOVED high.yaml:2:2", "LOST low.yaml:5:4"), entries(snapshot, "l[0].y"));
    assertEquals(List.of("REMOVED high.yaml:2:2", "LOST low.yaml:6:3"), entries(snapshot, "l[1]"));
  }

  /** Once all elements are accounted for, nothing below adds any. */
  @Test
  void entries_belowTheJoinedLists_areLost() {
    LayerView low = layer("low", Map.of("l", List.of("a")));
    LayerView gone = layer("gone", tombstone("l"));
    LayerView middle = layer("middle", Map.of("l", List.of("b")));
    LayerView high = layer("high", Map.of("l", List.of("c")));
    PublishedSnapshot joined =
        LayeredSnapshots.joining("l", ListMerge.APPEND, low, gone, middle, high);
    assertEquals(
        List.of(
            "WON high.yaml:2:2",
            "MERGED middle.yaml:2:2",
            "LOST gone.yaml:2:2",
            "LOST low.yaml:2:2"),
        entries(joined, "l"));
    assertEquals(List.of("WON middle.yaml:3:3"), entries(joined, "l[0]"));
    assertEquals(List.of("WON high.yaml:3:3"), entries(joined, "l[1]"));
  }

  @Test
  void entries_ofJoinedLists_areMergedAndEachElementHasItsOwnPlace() {
    LayerView low = layer("low", Map.of("l", List.of("a", "b")));
    LayerView middle = layer("middle", Map.of("l", List.of("c")));
    LayerView high = layer("high", Map.of("l", List.of("d", Map.of("x", 1))));
    PublishedSnapshot appended = LayeredSnapshots.joining("l", ListMerge.APPEND, low, middle, high);
    assertEquals(
        List.of("WON high.yaml:2:2", "MERGED middle.yaml:2:2", "MERGED low.yaml:2:2"),
        entries(appended, "l"));
    assertEquals(List.of("WON low.yaml:3:3"), entries(appended, "l[0]"));
    assertEquals(List.of("WON low.yaml:4:3"), entries(appended, "l[1]"));
    assertEquals(List.of("WON middle.yaml:3:3"), entries(appended, "l[2]"));
    assertEquals(List.of("WON high.yaml:3:3"), entries(appended, "l[3]"));
    assertEquals(List.of("WON high.yaml:5:4"), entries(appended, "l[4].x"));
    assertEquals(List.of("REMOVED high.yaml:4:3"), entries(appended, "l[4].y"));
    assertEquals(List.of("REMOVED high.yaml:2:2"), entries(appended, "l[5]"));
    PublishedSnapshot prepended =
        LayeredSnapshots.joining("l", ListMerge.PREPEND, low, middle, high);
    assertEquals(List.of("WON high.yaml:3:3"), entries(prepended, "l[0]"));
    assertEquals(List.of("WON high.yaml:5:4"), entries(prepended, "l[1].x"));
    assertEquals(List.of("WON middle.yaml:3:3"), entries(prepended, "l[2]"));
    assertEquals(List.of("WON low.yaml:3:3"), entries(prepended, "l[3]"));
    assertEquals(List.of("WON low.yaml:4:3"), entries(prepended, "l[4]"));
  }

  @Test
  void winner_ofWhatAPlaceholderGives_isThePlaceholder() {
    PublishedSnapshot snapshot =
        LayeredSnapshots.of(
            layer("low", Map.of("a", Map.of("x", 1), "b", Map.of("x", 2))),
            layer("high", Map.of("a", "${b}", "l", List.of("${b}"))));
    assertEquals(List.of("WON high.yaml:2:2", "LOST low.yaml:3:3"), entries(snapshot, "a.x"));
    assertEquals(List.of("WON high.yaml:4:3"), entries(snapshot, "l[0].x"));
    assertEquals(
        new Origin("high", "high.yaml", 2, 2), Origins.winner(snapshot, ConfigPath.parse("a.x")));
  }

  @Test
  void winner_withoutAPlaceOfItsOwn_hasTheNearestAboveElseTheSource() {
    OriginTable table = OriginTable.builder().document("d").put(ConfigPath.of("a"), 4, 2).build();
    PublishedSnapshot snapshot =
        LayeredSnapshots.of(
            new LayerView(
                "s",
                LayeredSnapshots.tree(Map.of("a", Map.of("b", Map.of("c", 1)), "z", 1)),
                table));
    assertEquals(new Origin("s", "d", 4, 2), Origins.winner(snapshot, ConfigPath.parse("a.b.c")));
    assertEquals(Origin.of("s"), Origins.winner(snapshot, ConfigPath.parse("z")));
  }

  @Test
  void winner_ofTheRoot_isTheHighestLayerThatSaysAnything() {
    PublishedSnapshot snapshot =
        LayeredSnapshots.of(
            layer("low", Map.of("a", 1)), layer("high", Map.of("b", 1)), layer("top", Map.of()));
    assertEquals(List.of("WON high.yaml:1:1", "MERGED low.yaml:1:1"), entries(snapshot, ""));
  }
}
