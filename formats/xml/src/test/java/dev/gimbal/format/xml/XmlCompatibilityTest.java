package dev.gimbal.format.xml;

import dev.gimbal.format.Format;
import dev.gimbal.testing.FormatCompatibilityKit;
import dev.gimbal.testing.RandomTrees;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class XmlCompatibilityTest extends FormatCompatibilityKit {

  @Override
  protected Format format() {
    return new XmlFormat();
  }

  @Override
  protected String example() {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- a comment -->
    <config version='2' xmlns="urn:example">
      <name>caf\u00e9 &lt;x&gt;</name>
      <db port="5432">
        <host>a</host>
        <host><![CDATA[b & c]]></host>
        beside
      </db>
      <empty/>
    </config>
    """;
  }

  @Override
  protected Map<String, Object> exampleValues() {
    return Map.of(
        "version",
        "2",
        "name",
        "caf\u00e9 <x>",
        "db",
        Map.of("port", "5432", "host", List.of("a", "b & c"), "", "beside"),
        "empty",
        "");
  }

  @Override
  protected List<String> malformed() {
    return List.of("<a>", "<a></b>", "<a b=1/>", "<a>&x;</a>", "<!DOCTYPE a><a/>", "a: 1");
  }

  @Override
  protected String nested(int depth) {
    return "<a>".repeat(depth) + "<b/>" + "</a>".repeat(depth);
  }

  /** Of names, and of strings, since numbers and booleans come back as strings. */
  @Override
  protected ObjectNode writable(RandomTrees trees) {
    Map<String, Node> children = new HashMap<>();
    children.put("", string("x" + trees.text() + "y"));
    children.put("a", string(trees.text()));
    children.put("b", ListNode.of(List.of(string(trees.text()), string(trees.text()))));
    children.put("c-\u00e9", ObjectNode.of(Map.of("", string("z"), "d.e", string(trees.text()))));
    return ObjectNode.of(children);
  }

  private static Scalar string(String text) {
    return Scalar.string(text, Scalar.Template.ALL);
  }
}
