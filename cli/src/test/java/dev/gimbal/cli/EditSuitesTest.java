package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every valid document of the formats' suites is edited at every path, or at 50 to 100 of many. The
 * tree must be what it was, with this change; of the bytes, all must stay that {@link EditedBytes}
 * says.
 */
class EditSuitesTest {

  private static final Formats FORMATS = Formats.installed(List.of());
  private static final Node NEW = Scalar.string("new value");

  private final Map<String, Integer> refused = new TreeMap<>();
  private final Map<String, Integer> compared = new TreeMap<>();

  /** Edits whose bytes are not compared, by the reason. */
  private final Map<String, Integer> exempted = new TreeMap<>();

  private int documents;
  private int edits;

  @Test
  @Tag("slow")
  void everyPath_ofTheSuites_changesAlone() throws IOException {
    suite("json", "json/src/test/resources/suite/valid", ".document");
    suite("jsonc", "json/src/test/resources/jsonc/valid", ".jsonc");
    suite("yaml", "yaml/src/test/resources/suite/valid", ".yaml");
    suite("toml", "toml/src/test/resources/suite/valid", ".toml");
    suite("dotenv", "dotenv/src/test/resources/suite/valid", ".dotenv");
    assertEquals(
        Map.ofEntries(
            Map.entry("dotenv: nothing would be left of what holds the value", 4),
            Map.entry("dotenv: only the last element of a list can be taken away", 1),
            Map.entry("dotenv: the key stands twice", 1),
            Map.entry("dotenv: this key would stand beside the one that is set", 8),
            Map.entry("dotenv: this value would take the place of the object that holds it", 2),
            Map.entry("toml: only a table can stand in a list of tables", 47),
            Map.entry("yaml: a key with a question mark stands here", 36),
            Map.entry("yaml: a map without braces in a list cannot hold a second key", 11),
            Map.entry("yaml: a map without braces in a list cannot lose its key", 11),
            Map.entry("yaml: an alias stands on the way, change it where its anchor stands", 28),
            Map.entry("yaml: the map has an anchor or a tag and would be empty", 3),
            Map.entry("yaml: the root is no map", 1),
            Map.entry("yaml: the tag does not fit the value", 3),
            Map.entry("yaml: the text before it has no line break at its end", 3),
            Map.entry("yaml: the value comes from a merge key <<, change it where it stands", 7),
            Map.entry(
                "yaml: the value has an anchor, and the alias at L:C would change with it", 113),
            Map.entry("yaml: without this value, one of a merge key << would stand here", 3)),
        refused);
    assertEquals(
        Map.of("dotenv", 412, "json", 1877, "jsonc", 202, "toml", 1541, "yaml", 2109), compared);
    assertEquals(
        Map.of(
            "dotenv: the key stands twice", 1,
            "yaml: the document has an alias or a merge key", 139),
        exempted);
    assertEquals("877 documents, 6563 edits", documents + " documents, " + edits + " edits");
  }

  /** An editor with a seeded bug is found, where the tree is right. */
  @Test
  void anEditorThatEatsACommentOrABlank_isFound() {
    String hash = "a: 1 # behind\n# above\nb: 2 # own\n# below\nc:   3\n";
    Map<String, String> texts =
        Map.of(
            "yaml", hash.replace("a:", "a:  "),
            "toml", hash.replace(":", "  ="),
            "dotenv", hash.replace(": ", "=").replace("c=  3", "c=3 # below"),
            "json", "{\n  \"a\":   1,\n  \"b\": 2,\n  \"c\":   3\n}\n",
            "jsonc",
                "{ \"a\":   1, // behind\n  // above\n  \"b\": 2, // own\n  // below\n  \"c\":   3\n}");
    List<String> bugs =
        List.of("[^\n]*above\n", "[^\n]*below\n", "(#|//) behind", "  (?=1)", "  (?=3)");
    int found = 0;
    for (Map.Entry<String, String> each : texts.entrySet()) {
      for (Edit edit :
          List.of(
              Edit.builder().set("b", NEW).build(),
              Edit.builder().unset("b").build(),
              Edit.builder().set("new", NEW).build())) {
        found += eaten(each.getKey(), each.getValue(), edit, bugs);
      }
    }
    assertEquals(57, found);
  }

  private static int eaten(String format, String text, Edit edit, List<String> bugs) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    EditedBytes compare = new EditedBytes(format, text, parse(format, bytes));
    byte[] right =
        FORMATS.edit("file", new Content("app", format, bytes), ReadOptions.DEFAULT, edit);
    String after = new String(right, StandardCharsets.UTF_8);
    Patch.Op op = edit.patch().ops().get(0);
    Node value = op instanceof Patch.Set ? NEW : null;
    assertTrue(compare.isLeftBy(op.path(), value, after), after);
    int found = 0;
    for (String bug : bugs) {
      String wrong = after.replaceFirst(bug, "");
      if (!wrong.equals(after)) {
        byte[] eaten = wrong.getBytes(StandardCharsets.UTF_8);
        assertEquals(parse(format, right).tree(), parse(format, eaten).tree(), wrong);
        assertFalse(compare.isLeftBy(op.path(), value, wrong), wrong);
        found++;
      }
    }
    return found;
  }

  private void suite(String format, String folder, String end) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of("../formats").resolve(folder))) {
      files = all.filter(each -> each.toString().endsWith(end)).sorted().toList();
    }
    for (Path file : files) {
      documents++;
      document(format, file);
    }
  }

  private static Document parse(String format, byte[] bytes) {
    return FORMATS.parse("file", new Content("app", format, bytes), ReadOptions.DEFAULT);
  }

  private void document(String format, Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Document document;
    try {
      document = parse(format, bytes);
    } catch (ConfigException e) {
      refused.merge(format + ": not read: " + e.code(), 1, Integer::sum); // needs options
      return;
    }
    Node tree = document.tree();
    List<ConfigPath> paths = EditCorpusTest.paths(tree);
    EditedBytes compare =
        new EditedBytes(format, new String(bytes, StandardCharsets.UTF_8), document);
    int step = 1 + paths.size() / 100; // some hold the same a thousand times, or one in the other
    for (int i = 0; i < paths.size(); i += step) {
      ConfigPath path = paths.get(i);
      Node node = Nodes.at(tree, path);
      if (!path.isRoot()) {
        edit(format, file, bytes, document, path, NEW, compare);
        edit(format, file, bytes, document, path, null, compare);
      }
      if (node instanceof ObjectNode) {
        edit(format, file, bytes, document, path.child("added key"), NEW, compare);
      } else if (node instanceof ListNode list) {
        edit(format, file, bytes, document, path.child(list.size()), NEW, compare);
      }
    }
  }

  private void edit(
      String format,
      Path file,
      byte[] bytes,
      Document document,
      ConfigPath path,
      @Nullable Node value,
      EditedBytes compare) {
    Edit.Builder edit = Edit.builder();
    Edit change = (value == null ? edit.unset(path) : edit.set(path, value)).build();
    String what = file + ": " + (value == null ? "unset " : "set ") + path;
    byte[] after;
    edits++;
    try {
      after = FORMATS.edit("file", new Content("app", format, bytes), ReadOptions.DEFAULT, change);
    } catch (ConfigException e) {
      assertEquals(ErrorCode.NOT_EDITABLE, e.code(), what);
      String message = e.problems().get(0).message().replaceAll("[0-9]+:[0-9]+", "L:C");
      refused.merge(format + ": " + message, 1, Integer::sum);
      return;
    }
    Node wanted =
        value == null
            ? Nodes.remove(document.tree(), path)
            : Nodes.set(document.tree(), path, value);
    Node found = parse(format, after).tree();
    assertTrue(
        found.equals(wanted)
            || value == null && found.equals(EditCorpusTest.pruned(wanted, path.parent())),
        what);
    String exempt = compare.exempt(path);
    if (exempt == null) {
      String result = new String(after, StandardCharsets.UTF_8);
      String both = what + "\n" + compare.text() + "\n=>\n" + result;
      assertTrue(compare.isLeftBy(path, value, result), both);
      compared.merge(format, 1, Integer::sum);
    } else {
      exempted.merge(exempt, 1, Integer::sum);
    }
  }
}
