package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gimbal.Change;
import dev.gimbal.ConfigPath;
import dev.gimbal.Value;
import dev.gimbal.tree.Nodes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a change says, between snapshots of one layer. */
class PublishedChangeTest {

  private static PublishedSnapshot snapshot(Map<String, ?> map) {
    return LayeredSnapshots.of(LayeredSnapshots.layer("it", map));
  }

  private static Change change(Map<String, ?> before, Map<String, ?> after, String... paths) {
    List<ConfigPath> watched = Stream.of(paths).map(ConfigPath::parse).toList();
    return new PublishedChange(snapshot(before), snapshot(after), watched);
  }

  private static List<String> changes(
      Map<String, ?> before, Map<String, ?> after, String... paths) {
    return change(before, after, paths).changes().stream()
        .map(entry -> entry.path() + ": " + text(entry.before()) + " to " + text(entry.after()))
        .toList();
  }

  private static String text(Value value) {
    return value.exists() ? String.valueOf(Nodes.toJava(value.node())) : "-";
  }

  @Test
  void change_saysItsVersion_andTheValuesAtTheCommonPath() {
    Change change =
        change(
            Map.of("a", Map.of("b", 1, "c", 1), "d", 1),
            Map.of("a", Map.of("b", 2, "c", 1), "d", 1),
            "a.b.x",
            "a.b",
            "a.c");
    assertEquals(7, change.version());
    assertEquals("a", change.before().path().toString());
    assertEquals("{b=1, c=1}", text(change.before()));
    assertEquals("a", change.after().path().toString());
    assertEquals("{b=2, c=1}", text(change.after()));
    assertSame(change.snapshot(), ((SnapshotValue) change.after()).snapshot());
  }

  @Test
  void text_hasTheVersionAndThePaths_withoutValues() {
    Map<String, Object> many = new java.util.HashMap<>();
    for (int i = 10; i < 22; i++) {
      many.put("k" + i, i);
    }
    assertEquals(
        "version 7: a.password, b",
        change(
                Map.of("a", Map.of("password", "hunter2"), "b", 1),
                Map.of("a", Map.of("password", "hunter3")),
                "")
            .toString());
    assertEquals(
        "version 7: k10, k11, k12, k13, k14, k15, k16, k17, k18, k19 and 2 more",
        change(Map.of(), many, "").toString());
    assertEquals("version 7: no change", change(Map.of("a", 1), Map.of("a", 1), "").toString());
  }

  @Test
  void valuesOfOnePath_areThoseThere() {
    Change change = change(Map.of("a", 1), Map.of("a", 2), "a");
    assertEquals("1", text(change.before()));
    assertEquals("2", text(change.after()));
  }

  @Test
  void changesOfObjects_areThoseOfTheirMembers_inOrder() {
    assertEquals(
        List.of("a.b.c: 1 to 2", "a.new: - to 4", "a.old: 3 to -", "z: - to [1]"),
        changes(
            Map.of("a", Map.of("b", Map.of("c", 1, "same", 1), "old", 3)),
            Map.of("a", Map.of("b", Map.of("c", 2, "same", 1), "new", 4), "z", List.of(1)),
            ""));
  }

  @Test
  void objectsThatComeAndGo_areTheirMembers() {
    assertEquals(
        List.of("a.b.c: 1 to -", "d.e: - to 2"),
        changes(Map.of("a", Map.of("b", Map.of("c", 1))), Map.of("d", Map.of("e", 2)), "d", "a"));
  }

  @Test
  void emptyObjectsAndOtherKinds_areChangesThemselves() {
    assertEquals(
        List.of("a: - to {}", "b: {} to -", "c: 1 to {d=1}", "e: {f=1} to [1]"),
        changes(
            Map.of("b", Map.of(), "c", 1, "e", Map.of("f", 1)),
            Map.of("a", Map.of(), "c", Map.of("d", 1), "e", List.of(1)),
            ""));
  }

  @Test
  void onlyWhatIsWatched_isTold_andOnce() {
    assertEquals(
        List.of("a.b: 1 to 2"),
        changes(
            Map.of("a", Map.of("b", 1), "c", 1, "d", 1),
            Map.of("a", Map.of("b", 2), "c", 2, "d", 1),
            "a",
            "a.b",
            "d",
            "absent"));
  }
}
