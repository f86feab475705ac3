package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import dev.gimbal.tree.Scalar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Files as projects have them: each single value is set, set back and taken away, and each object
 * and list gets one more; then the bytes around are compared, and the tree.
 */
class EditCorpusTest {

  private static final List<String> FILES =
      List.of(
          "application.yaml",
          "deployment.yaml",
          "compose.yaml",
          "package.json",
          "tsconfig.jsonc",
          "pyproject.toml",
          "Cargo.toml",
          "log4j.properties",
          "messages.properties",
          "service.env",
          "plain.env");

  private static final List<String> VARIANTS =
      List.of("", "CRLF and BOM", "no line break at the end");

  private static final Formats FORMATS = Formats.installed(List.of());

  private static final String NEW = "new: \"value\" #1";

  private final Map<String, Integer> refused = new TreeMap<>();
  private int sets;

  /**
   * Values that are not set back to the bytes that stood there, but to others that say the same.
   */
  private final Map<String, Integer> rewritten = new TreeMap<>();

  private int unsets;
  private int additions;

  /** One variant of one file. */
  private record File(String name, String format, String text, boolean mark, Document document) {

    static File of(String name, String text, boolean mark) {
      String end = name.substring(name.lastIndexOf('.') + 1);
      String format = end.equals("env") ? "dotenv" : end;
      return new File(name, format, text, mark, parse(format, text));
    }

    Node tree() {
      return document.tree();
    }

    /** The text after an edit, whose mark stays. */
    String edited(String text, Edit edit) {
      byte[] bytes = ((mark ? "\uFEFF" : "") + text).getBytes(StandardCharsets.UTF_8);
      Content content = new Content(name, format, bytes);
      String after =
          new String(
              FORMATS.edit("file", content, ReadOptions.DEFAULT, edit), StandardCharsets.UTF_8);
      assertEquals(mark, after.startsWith("\uFEFF"), name);
      return mark ? after.substring(1) : after;
    }
  }

  private static Document parse(String format, String text) {
    Content content = new Content("app", format, text.getBytes(StandardCharsets.UTF_8));
    return FORMATS.parse("file", content, ReadOptions.DEFAULT);
  }

  private static String text(String name, String variant) throws IOException {
    String text;
    try (InputStream in = EditCorpusTest.class.getResourceAsStream("/edits/" + name)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertTrue(text.endsWith("\n") && !text.contains("\r"), name);
    return switch (variant) {
      case "CRLF and BOM" -> text.replace("\n", "\r\n");
      case "no line break at the end" -> text.substring(0, text.length() - 1);
      default -> text;
    };
  }

  @Test
  @Tag("slow")
  void everyValue_ofRealFiles_changesAlone() throws IOException {
    for (String name : FILES) {
      for (String variant : VARIANTS) {
        File file = File.of(name, text(name, variant), variant.equals("CRLF and BOM"));
        for (ConfigPath path : paths(file.tree())) {
          Node node = Nodes.at(file.tree(), path);
          if (node instanceof ObjectNode || node instanceof ListNode) {
            add(file, path, node);
          }
          if (!path.isRoot() && !holdsMore(node)) {
            set(file, path, node);
            unset(file, path);
          }
        }
      }
    }
    assertEquals(
        Map.of(
            "Cargo.toml: only a table can stand in a list of tables",
            3,
            "compose.yaml: an alias stands on the way, change it where its anchor stands",
            48,
            "compose.yaml: the value comes from a merge key <<, change it where it stands",
            21,
            "compose.yaml: the value has an anchor, and the alias at L:C would change with it",
            60,
            "compose.yaml: without this value, one of a merge key << would stand here",
            3,
            "log4j.properties: only the last element of a list can be taken away",
            3,
            "log4j.properties: this value would take the place of the object that holds it",
            3,
            "pyproject.toml: only a table can stand in a list of tables",
            6,
            "service.env: only the last element of a list can be taken away",
            3),
        refused);
    assertEquals(
        Map.of(
            "application.yaml", 15, // blocks of text, ~ and nothing
            "deployment.yaml", 3,
            "compose.yaml", 6, // nothing, and an alias
            "package.json", 3, // escapes that are not needed
            "pyproject.toml", 3,
            "Cargo.toml", 12, // a date, 0xFF, 1_000.5, and a text of several lines
            "log4j.properties", 9, // lines that go on in the next one
            "messages.properties", 15, // escapes, and the only character beyond ASCII
            "plain.env", 3,
            "service.env", 9), // texts without quotes, and lines
        rewritten);
    assertEquals(
        "771 sets, 771 unsets, 495 additions",
        sets + " sets, " + unsets + " unsets, " + additions + " additions");
  }

  static boolean holdsMore(@Nullable Node node) {
    return node instanceof ObjectNode object && !object.isEmpty()
        || node instanceof ListNode list && list.size() > 0;
  }

  static List<ConfigPath> paths(Node tree) {
    List<ConfigPath> paths = new ArrayList<>(List.of(ConfigPath.ROOT));
    for (int i = 0; i < paths.size(); i++) {
      ConfigPath path = paths.get(i);
      Node node = Nodes.at(tree, path);
      if (node instanceof ObjectNode object) {
        object.keys().forEach(key -> paths.add(path.child(key)));
      } else if (node instanceof ListNode list) {
        for (int k = 0; k < list.size(); k++) {
          paths.add(path.child(k));
        }
      }
    }
    return paths;
  }

  /** The text after an edit; null where it is refused. */
  private @Nullable String edited(File file, ConfigPath path, @Nullable Node value) {
    Edit.Builder edit = Edit.builder();
    try {
      return file.edited(
          file.text, (value == null ? edit.unset(path) : edit.set(path, value)).build());
    } catch (ConfigException e) {
      assertEquals(ErrorCode.NOT_EDITABLE, e.code());
      String message = e.problems().get(0).message().replaceAll("[0-9]+:[0-9]+", "L:C");
      refused.merge(file.name + ": " + message, 1, Integer::sum);
      return null;
    }
  }

  private void set(File file, ConfigPath path, Node old) {
    String after = edited(file, path, Scalar.string(NEW));
    sets++;
    if (after == null) {
      return;
    }
    String what = file.name + ": set " + path;
    Node wanted = Nodes.set(file.tree(), path, Scalar.string(NEW));
    assertTrue(wanted.equals(parse(file.format, after).tree()), what);
    LeafPlace place = place(file, path);
    if (place == null) { // a key of its own beside a merge key
      assertInserted(file, after, what);
      return;
    }
    String head = file.text.substring(0, place.begin());
    String tail = file.text.substring(place.end());
    assertText(head, after.substring(0, head.length()), what);
    assertText(tail, after.substring(after.length() - tail.length()), what);
    for (String other : List.of(NEW, "other")) {
      String changed =
          file.edited(file.text, Edit.builder().set(path, Scalar.string(other)).build());
      String back = file.edited(changed, Edit.builder().set(path, old).build());
      assertTrue(file.tree().equals(parse(file.format, back).tree()), what);
      assertText(head, back.substring(0, head.length()), what);
      assertText(tail, back.substring(back.length() - tail.length()), what);
      if (other.equals("other") && !back.equals(file.text)) {
        rewritten.merge(file.name, 1, Integer::sum);
      }
    }
  }

  /** Where a value stands, or its alias; null where it comes from a merge key. */
  private static @Nullable LeafPlace place(File file, ConfigPath path) {
    LeafPlace place = LeafPlace.of(file.format, file.text, file.document, path);
    if (!file.text.contains("<<: *env") || path.size() < 2 || path.isIndex(path.size() - 1)) {
      return place;
    }
    LeafPlace holder = LeafPlace.of(file.format, file.text, file.document, path.parent());
    if (holder.line() <= place.line()) {
      return place;
    }
    Pattern alias = Pattern.compile(Pattern.quote(path.key(path.size() - 1)) + ": ([*]\\w+)");
    Matcher found = alias.matcher(file.text).region(holder.begin(), file.text.length());
    return found.find()
        ? new LeafPlace(
            file.text.lastIndexOf('\n', found.start()) + 1, found.start(1), found.end(1))
        : null;
  }

  private void unset(File file, ConfigPath path) {
    String after = edited(file, path, null);
    unsets++;
    if (after == null) {
      return;
    }
    String what = file.name + ": unset " + path;
    Node tree = parse(file.format, after).tree();
    Node wanted = Nodes.remove(file.tree(), path);
    String text = file.text;
    LeafPlace place = Objects.requireNonNull(place(file, path), what);
    boolean emptied = !holdsMore(Nodes.at(wanted, path.parent()));
    if (!tree.equals(wanted)) {
      assertTrue(emptied, what); // lines have no empty objects: those above it go too
      assertTrue(pruned(wanted, path.parent()).equals(tree), what);
    }
    int next = LeafPlace.nextLine(text, place.end());
    Matcher rest = REST.matcher(text).region(place.end(), LeafPlace.endOfLine(text, place.end()));
    String key = text.substring(place.line(), place.begin());
    boolean alone = rest.matches() && KEY.get(file.format).matcher(key).matches();
    boolean comma = rest.matches() && rest.group(1).contains(",");
    if (alone && !emptied) { // its lines go, and the comma before if it was the last
      String head = text.substring(0, place.line());
      String without = head + text.substring(next);
      Matcher before = COMMA_BEFORE.matcher(head);
      if (!without.equals(after) && !comma && before.find()) {
        int at = before.start(1);
        without = head.substring(0, at) + head.substring(at + 1) + text.substring(next);
      }
      assertText(without, after, what);
      return;
    }
    Matcher dash = DASHES.matcher(key);
    if (file.format.equals("yaml") && !emptied && rest.matches() && dash.lookingAt()) {
      String behind = text.substring(next); // the next key goes on behind the dash
      int blanks = behind.length() - behind.stripLeading().length();
      assertText(
          text.substring(0, place.line() + dash.end()) + behind.substring(blanks), after, what);
      return;
    }
    // in a line with others, or what held it is empty now
    int begin = emptied ? holderLine(file, path) : place.line();
    assertText(text.substring(0, begin), after.substring(0, begin), what);
    String tail = text.substring(next);
    assertText(tail, after.substring(after.length() - tail.length()), what);
    if (!emptied) {
      String middle = after.substring(begin, after.length() - tail.length());
      assertOnePartGone(text.substring(begin, next), middle, what);
    }
  }

  static Node pruned(Node tree, ConfigPath path) {
    return path.isRoot() || holdsMore(Nodes.at(tree, path))
        ? tree
        : pruned(Nodes.remove(tree, path), path.parent());
  }

  /** Where the line begins that has the key of what holds a value, or its dash. */
  private static int holderLine(File file, ConfigPath path) {
    ConfigPath holder = path.parent();
    int last = holder.size() - 1;
    String key = holder.isIndex(last) ? "-" : holder.key(last);
    int at = 0;
    for (int i = 1; i < file.document.origins().find("file", holder).line(); i++) {
      at = LeafPlace.nextLine(file.text, at);
    }
    while (at > 0 && !file.text.substring(at, LeafPlace.endOfLine(file.text, at)).contains(key)) {
      at = file.text.lastIndexOf('\n', at - 2) + 1;
    }
    return at;
  }

  private static void assertText(String expected, String actual, String what) {
    int at = 0;
    while (at < Math.min(expected.length(), actual.length())
        && expected.charAt(at) == actual.charAt(at)) {
      at++;
    }
    int from = Math.max(0, at - 60);
    assertEquals(
        expected.substring(from, Math.min(expected.length(), at + 60)),
        actual.substring(from, Math.min(actual.length(), at + 60)),
        what);
    assertEquals(expected.length(), actual.length(), what);
  }

  /** Of a line that others share one part went, with blanks and a comma. */
  private static void assertOnePartGone(String before, String after, String what) {
    String all = before.replaceAll("[ \\t,]", "");
    String kept = after.replaceAll("[ \\t,]", "");
    int prefix = 0;
    while (prefix < kept.length() && all.charAt(prefix) == kept.charAt(prefix)) {
      prefix++;
    }
    assertTrue(all.endsWith(kept.substring(prefix)), what + before + " => " + after);
    int commas = before.replaceAll("[^,]", "").length() - after.replaceAll("[^,]", "").length();
    assertTrue(commas <= 1, what + before + " => " + after);
  }

  /** Blanks, a comma, and a comment. */
  private static final Pattern REST =
      Pattern.compile("([ \\t]*,?[ \\t]*)((#|//|/\\*).*)?", Pattern.DOTALL);

  private static final Pattern DASHES = Pattern.compile("\\s*(- +)+(?=\\S+:)");

  /** The last comma of a text that blanks and comments follow. */
  private static final Pattern COMMA_BEFORE =
      Pattern.compile("(,)(?>[ \\t\\r\\n]+|//[^\\r\\n]*|/\\*(?s:.*?)\\*/|#[^\\r\\n]*)*$");

  /** What stands before a value that has its line for itself. */
  private static final Map<String, Pattern> KEY =
      Map.of(
          "json", Pattern.compile("\\s*(\"[^\"]*\"\\s*:)?\\s*"),
          "jsonc", Pattern.compile("\\s*(\"[^\"]*\"\\s*:)?\\s*"),
          "yaml",
              Pattern.compile("\\s*+(-|[\"']?[^\\s\"'{\\[-][^\"'{\\[]*[\"']?:)( [&!]\\w+)?\\s*"),
          "toml", Pattern.compile("\\s*([^={\\[]+=)?\\s*"),
          "properties", Pattern.compile(".*"),
          "dotenv", Pattern.compile(".*"));

  private void add(File file, ConfigPath holder, Node node) {
    boolean list = node instanceof ListNode;
    ConfigPath path = list ? holder.child(((ListNode) node).size()) : holder.child("added-key");
    String after = edited(file, path, Scalar.string("added value"));
    additions++;
    if (after == null) {
      return;
    }
    String what = file.name + ": add " + path;
    Node wanted = Nodes.set(file.tree(), path, Scalar.string("added value"));
    assertTrue(wanted.equals(parse(file.format, after).tree()), what);
    String inserted = assertInserted(file, after, what);
    assertTrue(inserted.contains("added value") || holdsMore(node), what + inserted);
  }

  /** All of the text is there; what came is in one piece, but for a comma before it. */
  private static String assertInserted(File file, String after, String what) {
    String text = file.text;
    int prefix = 0;
    while (prefix < text.length() && text.charAt(prefix) == after.charAt(prefix)) {
      prefix++;
    }
    if (after.startsWith(",", prefix) && !after.endsWith(text.substring(prefix))) {
      String without = after.substring(0, prefix) + after.substring(prefix + 1);
      return assertInserted(file, without, what);
    }
    int rest = text.length() - prefix;
    assertText(text.substring(prefix), after.substring(after.length() - rest), what);
    return after.substring(prefix, after.length() - rest);
  }
}
