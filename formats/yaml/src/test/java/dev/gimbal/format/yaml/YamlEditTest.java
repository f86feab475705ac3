package dev.gimbal.format.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Problem;
import dev.gimbal.format.DocumentEditor;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class YamlEditTest {

  private final DocumentEditor editor = new YamlFormat().editor().orElseThrow();

  private String set(String text, String path, Node value) {
    return editor.set(text, ConfigPath.parse(path), value);
  }

  private String set(String text, String path, String value) {
    return set(text, path, Scalar.string(value));
  }

  private String unset(String text, String path) {
    return editor.unset(text, ConfigPath.parse(path));
  }

  private static String refusal(Runnable edit) {
    Problem problem = assertThrows(ConfigException.class, edit::run).problems().get(0);
    String place =
        problem.origin() == null
            ? ""
            : problem.origin().line() + ":" + problem.origin().column() + " ";
    return problem.code().id() + " " + place + problem.message();
  }

  @Test
  void set_scalar_keepsItsQuotes_ifTheyFit() {
    assertEquals("a: 'new' # c\n", set("a: 'old' # c\n", "a", "new"));
    assertEquals("a: \"new\"\n", set("a: \"old\"\n", "a", "new"));
    assertEquals("a: \"1\\n2\"\n", set("a: 'old'\n", "a", "1\n2"));
    assertEquals("a: 80\n", set("a: 'old'\n", "a", Scalar.number("80")));
    assertEquals("a: \"80\"\n", set("a: old\n", "a", "80"));
    assertEquals("{\"a\": \"new\", \"b\": 1}", set("{\"a\": \"old\", \"b\": 1}", "a", "new"));
  }

  @Test
  void set_emptyValue_standsBehindTheColon() {
    assertEquals("a: x # c\nb:\n", set("a: # c\nb:\n", "a", "x"));
    assertEquals("a: null\n", set("a:\n", "a", NullNode.NULL));
    assertEquals("a:\n- x\n", set("a:\n-\n", "a[0]", "x"));
  }

  @Test
  void set_textInBlock_staysABlock_whereItHasLines() {
    assertEquals("a: | # c\n  x\n  y\nb: 1\n", set("a: |- # c\n  t\nb: 1\n", "a", "x\ny\n"));
    assertEquals("a: x # c\nb: 1\n", set("a: |- # c\n  t\nb: 1\n", "a", "x"));
  }

  @Test
  void set_block_byScalar_keepsTheCommentOfItsKey() {
    assertEquals(
        "a: 1 # c\nb: 1\n", set("a: # c\n  x: 1\n  y: 2\nb: 1\n", "a", Scalar.number("1")));
    assertEquals("a: 1\nb: 1\n", set("a:\n- x\n- y\nb: 1\n", "a", Scalar.number("1")));
  }

  @Test
  void set_scalar_byObject_takesTheIndentationOfOthers() {
    ObjectNode object = ObjectNode.of(Map.of("x", Scalar.number("1")));
    assertEquals("a:\n    x: 1\nb:\n    c: 1\n", set("a: 1\nb:\n    c: 1\n", "a", object));
    assertEquals("a: {x: 1} # c\n", set("a: 1 # c\n", "a", object));
  }

  @Test
  void set_newKey_standsBehindTheLastOne() {
    assertEquals("a:\n  b: 1 # c\n  d: x\n\n# e\n", set("a:\n  b: 1 # c\n\n# e\n", "a.d", "x"));
    assertEquals("a: 1\nb:\n  c:\n    d: x", set("a: 1", "b.c.d", "x"));
    assertEquals("a: {b: 1, c: x}\n", set("a: {b: 1}\n", "a.c", "x"));
    assertEquals("a:\n- 1\n- x\nb: 1\n", set("a:\n- 1\nb: 1\n", "a[1]", "x"));
    assertEquals("a: {b: x}\n", set("a: {}\n", "a.b", "x"));
  }

  @Test
  void set_inNothing_standsBehindComments() {
    assertEquals("a: x\n", set("", "a", "x"));
    assertEquals("# c\na: x\n", set("# c\n", "a", "x"));
    assertEquals("--- # c\na: x\n...\n", set("--- # c\n...\n", "a", "x"));
    assertEquals("---\na: x", set("---", "a", "x"));
  }

  @Test
  void set_tag_staysWhereItFits() {
    assertEquals("a: !!str \"6\"\n", set("a: !!str 5\n", "a", "6"));
    assertEquals("a: 6\n", set("a: !!str 5\n", "a", Scalar.number("6")));
    assertEquals("a: !secret new\n", set("a: !secret old\n", "a", "new"));
    assertEquals(
        "GIM-028 1:4 the tag does not fit the value",
        refusal(() -> set("a: &x !!str 5\n", "a", Scalar.number("6"))));
  }

  @Test
  void set_anchor_staysWhereNothingElseChanges() {
    assertEquals("a: &x 2\n", set("a: &x 1\n", "a", Scalar.number("2")));
    String shared = "a: &x\n  b: 1\nc: *x\n";
    assertEquals(
        "GIM-028 2:6 the value has an anchor, and the alias at 3:4 would change with it",
        refusal(() -> set(shared, "a.b", "2")));
    assertEquals("a: &x\n  b: 1\nc: z\n", set(shared, "c", "z"));
    assertEquals(
        "GIM-028 3:4 an alias stands on the way, change it where its anchor stands",
        refusal(() -> set(shared, "c.b", "2")));
    assertEquals(
        "GIM-028 1:4 the value has an anchor, and the alias at 3:4 would change with it",
        refusal(() -> unset(shared, "a")));
  }

  @Test
  void set_valueOfMergeKey_getsAKeyOfItsOwn() {
    String text = "d: &d\n  t: 1\n  u: 2\np:\n  <<: *d\n  u: 3\n";
    assertEquals(text + "  t: 5\n", set(text, "p.t", Scalar.number("5")));
    assertEquals(text.replace("u: 2", "u: 9"), set(text, "d.u", Scalar.number("9")));
    assertEquals(
        "GIM-028 2:6 the value has an anchor, and the alias at 5:7 would change with it",
        refusal(() -> set(text, "d.t", Scalar.number("9"))));
    assertEquals(
        "GIM-028 5:3 the value comes from a merge key <<, change it where it stands",
        refusal(() -> unset(text, "p.t")));
    assertEquals(
        "GIM-028 6:6 without this value, one of a merge key << would stand here",
        refusal(() -> unset(text, "p.u")));
    assertEquals(
        "GIM-028 5:3 what stands on the way comes from a merge key <<",
        refusal(() -> set(text, "p.t.x", Scalar.number("9"))));
  }

  @Test
  void severalDocuments_areRefused_butEmptyOnes() {
    assertEquals(
        "GIM-028 3:1 the file has several documents that say something",
        refusal(() -> set("a: 1\n---\nb: 1\n", "a", "2")));
    assertEquals("---\n---\na: x\n", set("---\n---\na: 1\n", "a", "x"));
  }

  @Test
  void set_whatCannotBeWrittenThere_isRefused() {
    assertEquals(
        "GIM-028 1:3 a key with a question mark stands here",
        refusal(() -> set("? a\n: 1\n", "b", "2")));
    assertEquals(
        "GIM-028 1:5 a map without braces in a list cannot hold a second key",
        refusal(() -> set("a: [b: 1]\n", "a[0].c", "2")));
    assertEquals(
        "GIM-028 1:4 the index is beyond the end of the list",
        refusal(() -> set("a: [b]\n", "a[2]", "2")));
    assertEquals(
        "GIM-028 1:4 the text before it has no line break at its end",
        refusal(() -> set("a: |\n  b", "c", "2")));
    assertEquals(
        "GIM-028 1:4 the text before it has no line break at its end",
        refusal(() -> set("a: |\n  b\n    d\n   ", "c", "2")));
    assertEquals("a: |\n  b\nc: \"2\"\n  ", set("a: |\n  b\n  ", "c", "2"));
  }

  @Test
  void change_ofWhatIsWrittenSeldom_isRightOrSaysWhy() {
    assertEquals("a: [x, {c: 2}]\n", set("a: [b: 1, {c: 2}]\n", "a[0]", "x"));
    assertEquals("a: [ # c\n  2]\n", unset("a: [1, # c\n  2]\n", "a[0]"));
    assertEquals(
        "GIM-028 1:7 a key with a question mark stands here",
        refusal(() -> unset("a: {? b : 1, c: 2}\n", "a.b")));
    assertEquals(
        "GIM-028 1:3 a key with a question mark stands here",
        refusal(() -> set("? a\n? b\n", "a", "x")));
    assertEquals(
        "GIM-028 1:7 the value has an anchor, and the alias at 2:4 would change with it",
        refusal(() -> unset("&x a: 1\nb: *x\n", "a")));
    assertEquals(
        "GIM-028 1:5 the map has an anchor or a tag and would be empty",
        refusal(() -> unset("--- !!map\na: 1\n", "a")));
  }

  @Test
  void unset_takesTheLine_andLeavesCommentsAbove() {
    assertEquals("a: 1\n# b\n\nc: 2\n", unset("a: 1\n# b\nb:\n  x: 1 # y\n\nc: 2\n", "b"));
    assertEquals("- b: 2\n", unset("- a: 1 # c\n  b: 2\n", "[0].a"));
    assertEquals("a: {} # c\n", unset("a: # c\n  b: 1\n", "a.b"));
    assertEquals("a: {c: 2}\n", unset("a: {b: 1, c: 2}\n", "a.b"));
    assertEquals("a: {b: 1}\n", unset("a: {b: 1, c: 2}\n", "a.c"));
    assertEquals("# only\n", unset("# only\na: 1\n", "a"));
    assertEquals("a: 1\n", unset("a: 1\n", "b.c"));
    assertEquals("a:\r\n  - 2\r\n", unset("a:\r\n  - 1 # c\r\n  - 2\r\n", "a[0]"));
  }

  @Test
  void set_listOfLists_isWrittenAsTheWriterDoes() {
    ListNode list = ListNode.of(List.of(ListNode.of(List.of(Scalar.number("1"))), NullNode.NULL));
    assertEquals("a:\n  - - 1\n  - null\n", set("a: 1\n", "a", list));
  }
}
