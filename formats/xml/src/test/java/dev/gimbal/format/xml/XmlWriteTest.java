package dev.gimbal.format.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.testing.FormatTester;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class XmlWriteTest {

  private static final Scalar X = Scalar.string("x");

  private final XmlFormat format = new XmlFormat();

  @Test
  @Tag("D60")
  void write_indentsAndSortsAndEndsTheLine() {
    ObjectNode tree =
        ObjectNode.of(
            Map.of(
                "b", ListNode.of(List.of(X, ObjectNode.of(Map.of("y", Scalar.number("1.10"))))),
                "a", ObjectNode.of(Map.of("", Scalar.string("<&>"), "z", Scalar.bool(true))),
                "c", Scalar.string(""),
                "d", Scalar.string(" \r\n"),
                "", Scalar.string("\u00e9")));
    String text = format.write(tree);
    assertEquals(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <config>\u00e9
          <a>&lt;&amp;&gt;
            <z>true</z>
          </a>
          <b>x</b>
          <b>
            <y>1.10</y>
          </b>
          <c/>
          <d xml:space="preserve"> &#13;
        </d>
        </config>
        """,
        text);
    assertEquals(
        Map.of(
            "b", List.of("x", Map.of("y", "1.10")),
            "a", Map.of("", "<&>", "z", "true"),
            "c", "",
            "d", " \r\n",
            "", "\u00e9"),
        new FormatTester(format).map(text));
  }

  @Test
  void write_whatXmlCannotExpress_namesEachPath() {
    Node empty = ObjectNode.EMPTY;
    Node list = ListNode.of(List.of(X, X));
    ObjectNode tree =
        ObjectNode.of(
            Map.ofEntries(
                Map.entry("null", NullNode.NULL),
                Map.entry("object", empty),
                Map.entry("list", ListNode.EMPTY),
                Map.entry("one", ListNode.of(List.of(X))),
                Map.entry("many", ListNode.of(List.of(list, NullNode.NULL, empty))),
                Map.entry("1", X),
                Map.entry("a b", X),
                Map.entry("a:b", X),
                Map.entry("text", Scalar.string("a\u0001")),
                Map.entry("half", Scalar.string("\uD800")),
                Map.entry("only", ObjectNode.of(Map.of("", X))),
                Map.entry("blank", ObjectNode.of(Map.of("", Scalar.string(" x"), "a", X))),
                Map.entry("beside", ObjectNode.of(Map.of("", list, "a", X)))));
    assertEquals(
        List.of(
            "1: XML cannot express a key that is no name without a colon",
            "a b: XML cannot express a key that is no name without a colon",
            "a:b: XML cannot express a key that is no name without a colon",
            "beside.\"\": XML cannot express an object, a list or null as the text beside elements",
            "blank.\"\": XML cannot express white space at the ends of the text beside elements",
            "half: XML cannot express the character U+D800",
            "list: XML cannot express an empty list",
            "many[0]: XML cannot express a list in a list",
            "many[1]: XML cannot express null",
            "many[2]: XML cannot express an empty object",
            "null: XML cannot express null",
            "object: XML cannot express an empty object",
            "one: XML cannot express a list of one element",
            "only: XML cannot express an object with nothing but the empty key",
            "text: XML cannot express the character U+0001"),
        problems(tree));
  }

  @Test
  void write_rootThatIsNoObject_isRefused() {
    for (Node root : List.of(ListNode.EMPTY, X, NullNode.NULL)) {
      assertEquals(List.of(": XML cannot express a root that is no object"), problems(root));
    }
  }

  private List<String> problems(Node tree) {
    ConfigException e = assertThrows(ConfigException.class, () -> format.write(tree));
    return e.problems().stream().map(p -> p.path() + ": " + p.message()).toList();
  }

  @Test
  void write_rootOfTextAlone_readsBack() {
    ObjectNode tree = ObjectNode.of(Map.of("", X));
    assertEquals(tree, new FormatTester(format).read(format.write(tree)).tree());
    assertEquals(Map.of(), new FormatTester(format).map(format.write(ObjectNode.EMPTY)));
  }
}
