package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.ListMerge;
import dev.gimbal.Sources;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.format.json.JsonFormat;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Source;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * The folders of {@code docs/spec/merging.md}: {@code layer1.json} and so on, the lowest first, and
 * the {@code expected.json} they merge to. {@code policies.json} says what lists do by path; {@code
 * patch2.json} is written to layer 2 after the start: first {@code set}, then {@code remove}.
 */
final class MergeSpecTest {

  private static final int CASES = 57;
  private static final Path FOLDER =
      Path.of(System.getProperty("gimbal.root"), "formats/json/src/test/resources/spec/merge");

  @Test
  void eachFolder_mergesToWhatItExpects() throws IOException {
    List<Path> folders;
    try (Stream<Path> entries = Files.list(FOLDER)) {
      folders = entries.sorted().toList();
    }
    List<Executable> checks = new ArrayList<>();
    for (Path folder : folders) {
      checks.add(() -> check(folder));
    }
    assertEquals(CASES, checks.size());
    assertAll(checks);
  }

  private static void check(Path folder) throws IOException {
    ObjectNode expected = read(folder.resolve("expected.json"));
    List<Integer> patched = new ArrayList<>();
    List<MemorySource> memories = new ArrayList<>();
    Config.Builder builder = Config.builder();
    addPolicies(builder, folder.resolve("policies.json"));
    int layers = 0;
    for (int i = 1; Files.exists(folder.resolve("layer" + i + ".json")); i++) {
      layers++;
      String text = Files.readString(folder.resolve("layer" + i + ".json"));
      if (Files.exists(folder.resolve("patch" + i + ".json"))) {
        MemorySource memory = Sources.memory("layer" + i);
        ObjectNode tree = read(folder.resolve("layer" + i + ".json"));
        memory.patch(patch -> setAll(patch, tree));
        memories.add(memory);
        patched.add(i);
        builder.source(memory);
      } else {
        builder.source(Sources.string("layer" + i, "json", text));
      }
    }
    assertTrue(layers > 0, folder::toString);
    try (Config config = builder.build()) {
      for (int i = 0; i < patched.size(); i++) {
        ObjectNode changes = read(folder.resolve("patch" + patched.get(i) + ".json"));
        memories.get(i).patch(patch -> addChanges(patch, changes));
      }
      assertEquals(text(expected), text(config.root().node()), folder::toString);
      assertEquals(expected, config.root().node(), folder::toString);
    }
  }

  private static String text(Node node) {
    return new JsonFormat().writeCompact(node);
  }

  private static ObjectNode read(Path file) throws IOException {
    TreeBuilder builder = new TreeBuilder("spec", file.toString(), ReadOptions.DEFAULT);
    new JsonFormat().read(Files.readString(file), builder);
    return builder.finish().tree();
  }

  private static void addPolicies(Config.Builder builder, Path file) throws IOException {
    if (Files.exists(file)) {
      ObjectNode policies = read(file);
      for (String path : policies.keys()) {
        String policy = ((Scalar) policies.get(path)).text();
        builder.listMerge(path, ListMerge.valueOf(policy.toUpperCase(Locale.ROOT)));
      }
    }
  }

  private static void setAll(Patch.Builder patch, ObjectNode tree) {
    tree.forEach((key, child) -> patch.set(ConfigPath.of(key), child));
  }

  private static void addChanges(Patch.Builder patch, ObjectNode changes) {
    if (changes.get("set") instanceof ObjectNode set) {
      set.forEach((path, value) -> patch.set(ConfigPath.parse(path), value));
    }
    if (changes.get("remove") instanceof ListNode remove) {
      remove.elements().forEach(path -> patch.remove(((Scalar) path).text()));
    }
  }

  @Test
  void keys_areSortedWhereverTheyCameFrom() {
    Source low = Sources.string("low", "json", "{\"b\": 1, \"é\": 1, \"10\": 1, \"a.b\": 1}");
    Source high = Sources.string("high", "json", "{\"a\": 2, \"B\": 2, \"9\": 2, \"\": 2}");
    try (Config config = Config.builder().source(low).source(high).build()) {
      List<String> keys = List.of("", "10", "9", "B", "a", "a.b", "b", "é");
      assertEquals(keys, config.children());
      assertEquals(keys, List.copyOf(config.asMap().keySet()));
    }
  }

  @Test
  void whatATombstoneRemoved_readsAsAbsent() {
    Source low = Sources.string("low", "json", "{\"db\": {\"port\": 1}, \"l\": [1]}");
    Source high = Sources.string("high", "json", "{\"db\": null, \"l\": null}");
    try (Config config = Config.builder().source(low).source(high).build()) {
      assertEquals(7, config.get("db.port").asInt(7));
      assertEquals(7, config.get("l[0]").asInt(7));
      assertEquals(List.of(), config.children());
      assertFalse(config.get("db").exists());
    }
  }

  @Test
  void aVariableThatChangesAnElement_replacesTheListWhateverItsPolicy() {
    Source low = Sources.string("low", "json", "{\"l\": [1, 2]}");
    Config.Builder builder = Config.builder().listMerge("l", ListMerge.APPEND);
    try (Config config = builder.source(low).source(Sources.arguments("--l[0]=9")).build()) {
      assertEquals("{\"l\":[\"9\",2]}", text(config.root().node()));
    }
  }
}
