package dev.gimbal.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.bind.ConversionCases.Case;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.lang.reflect.Array;
import java.net.InetAddress;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The tables of {@code docs/spec/conversion.md} are what the cases make of them, and the cases are
 * what the conversions do. With {@code -Dgimbal.table.write=true} the tables are written first.
 */
class ConversionTableTest {

  private static final Path PAGE =
      Path.of(System.getProperty("gimbal.root")).resolve("docs/spec/conversion.md");
  private static final Pattern TABLE =
      Pattern.compile("<!-- cases: (\\w+) -->\n.*?<!-- end -->", Pattern.DOTALL);

  private final Conversions conversions = Conversions.standard();

  @Test
  void conversions_doWhatTheCasesSay() throws Exception {
    List<String> wrong = new ArrayList<>();
    int checked = 0;
    for (Map.Entry<String, List<Case>> section : ConversionCases.all().entrySet()) {
      for (Case one : section.getValue()) {
        for (Node node : one.nodes()) {
          String difference = difference(one, node);
          if (difference != null) {
            wrong.add(section.getKey() + ": " + difference);
          }
          checked++;
        }
      }
    }
    assertEquals("", String.join("\n", wrong));
    assertTrue(checked >= 300, "checked: " + checked);
  }

  private String difference(Case one, Node node) {
    String call = one.type().getTypeName() + " of " + json(node);
    try {
      Object value = conversions.convert(node, one.type());
      return one.error() == null && same(one.value(), value) ? null : call + " is " + shown(value);
    } catch (ConversionException e) {
      return e.getMessage().equals(one.error()) ? null : call + ": " + e.getMessage();
    }
  }

  /** Whether two values look the same and are equal, but for types whose equals tells less. */
  private static boolean same(Object expected, Object value) {
    if (!shown(expected).equals(shown(value))) {
      return false;
    }
    return expected instanceof URL || expected instanceof Pattern || expected.getClass().isArray()
        ? expected.getClass() == value.getClass()
        : expected.equals(value);
  }

  @Test
  void tables_areWhatTheCasesRender() throws Exception {
    Map<String, List<Case>> sections = ConversionCases.all();
    List<String> named = new ArrayList<>();
    String page = Files.readString(PAGE);
    String rendered =
        TABLE
            .matcher(page)
            .replaceAll(
                table -> {
                  named.add(table.group(1));
                  return Matcher.quoteReplacement(
                      "<!-- cases: "
                          + table.group(1)
                          + " -->\n"
                          + table(sections.get(table.group(1)))
                          + "<!-- end -->");
                });
    if (Boolean.getBoolean("gimbal.table.write")) {
      Files.writeString(PAGE, rendered);
    }
    assertEquals(rendered, Files.readString(PAGE));
    assertEquals(List.copyOf(sections.keySet()), named);
  }

  private static String table(List<Case> cases) {
    StringBuilder table = new StringBuilder("| type | from | gives |\n|---|---|---|\n");
    for (Case one : cases) {
      table.append("| ").append(code(name(one))).append(" | ");
      table.append(
          one.nodes().stream().map(node -> code(json(node))).collect(Collectors.joining(", ")));
      table.append(" | ");
      table.append(one.error() == null ? code(shown(one.value())) : "error: " + cell(one.error()));
      table.append(" |\n");
    }
    return table.toString();
  }

  private static String name(Case one) {
    return one.type().getTypeName().replaceAll("(\\w+[.$])+", "");
  }

  private static String code(String text) {
    return '`' + cell(text) + '`';
  }

  private static String cell(String text) {
    assertEquals(-1, text.indexOf('`'));
    return text.replace("|", "\\|");
  }

  // ---- what is shown

  private static String json(Node node) {
    if (node instanceof Scalar scalar) {
      return scalar.kind() == Scalar.Kind.STRING ? quoted(scalar.text()) : scalar.text();
    }
    if (node instanceof ListNode list) {
      return list.elements().stream()
          .map(ConversionTableTest::json)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (node instanceof ObjectNode object) {
      return object.keys().stream()
          .map(key -> quoted(key) + ": " + json(object.get(key)))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return "null";
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '\n' -> quoted.append("\\n");
        case '"', '\\' -> quoted.append('\\').append(c);
        default ->
            quoted.append(
                c < ' ' || Character.isSurrogate(c) ? String.format("\\u%04x", (int) c) : c);
      }
    }
    return quoted.append('"').toString();
  }

  private static String shown(Object value) {
    if (value instanceof String text) {
      return quoted(text);
    }
    if (value instanceof Character c) {
      return "'" + c + "'";
    }
    if (value instanceof byte[] bytes) {
      StringBuilder hex = new StringBuilder("bytes");
      for (byte b : bytes) {
        hex.append(String.format(" %02x", b));
      }
      return hex.toString();
    }
    if (value instanceof Collection<?> elements) {
      return elements.stream()
          .map(ConversionTableTest::shown)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> shown(entry.getKey()) + ": " + shown(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value.getClass().isArray()) {
      List<Object> elements = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        elements.add(Array.get(value, i));
      }
      return "array " + shown(elements);
    }
    if (value instanceof URL url) {
      return url.toExternalForm();
    }
    if (value instanceof Locale locale) {
      return locale.toLanguageTag();
    }
    return value instanceof InetAddress address ? address.getHostAddress() : value.toString();
  }

  @Test
  void difference_ofAWrongCase_isTold() {
    Node five = Scalar.number("5");
    assertNull(difference(new Case(int.class, List.of(), 5, null), five));
    assertEquals("int of 5 is 5", difference(new Case(int.class, List.of(), 6, null), five));
    assertEquals("int of 5 is 5", difference(new Case(int.class, List.of(), 5L, null), five));
    assertEquals("int of 5 is 5", difference(new Case(int.class, List.of(), null, "x"), five));
    assertEquals(
        "boolean of 5: expected true or false",
        difference(new Case(boolean.class, List.of(), null, "x"), five));
  }
}
