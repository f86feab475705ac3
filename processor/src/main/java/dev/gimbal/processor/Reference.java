package dev.gimbal.processor;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The reference of all keys under a root, as Markdown: a row each, in the order of the source. Used
 * by one thread, for one model.
 */
final class Reference {

  private final Model model;
  private final StringBuilder out = new StringBuilder();

  /** The types that the key at hand is in. */
  private final Deque<String> path = new ArrayDeque<>();

  private Reference(Model model) {
    this.model = model;
  }

  /** The document. */
  static String of(Model model) {
    return new Reference(model).document();
  }

  private String document() {
    Bound root = model.type(model.root());
    out.append("# ").append(cell(model.fileName())).append("\n\n");
    if (!root.description().isEmpty()) {
      out.append(cell(root.description())).append("\n\n");
    }
    out.append("| key | type | default | required | description |\n|---|---|---|---|---|\n");
    rows(String.join(".", model.prefix()), root);
    return out.toString();
  }

  private void rows(String key, Bound type) {
    if (path.contains(type.name())) {
      return; // it holds itself: its keys stand above
    }
    path.addLast(type.name());
    if (type instanceof Bound.OfMembers members) {
      members.properties().forEach(property -> row(key, property));
    } else if (type instanceof Bound.OfCases cases) {
      String names = String.join(", ", cases.cases().keySet());
      row(joined(key, "type"), "one of " + names, "", true, "which of them it is");
      cases
          .cases()
          .forEach((name, of) -> rows(key.isEmpty() ? "" : key + '(' + name + ')', model.type(of)));
    }
    path.removeLast();
  }

  private void row(String above, Property property) {
    String key = joined(above, property.exact() ? quoted(property.name()) : property.name());
    String defaultText = property.defaultText();
    row(
        key,
        Texts.of(property.form(), model),
        defaultText == null ? "" : defaultText.isEmpty() ? "(empty)" : defaultText,
        model.isRequired(property),
        property.description());
    inner(key, property.form());
  }

  private void inner(String key, Form form) {
    if (form instanceof Form.OfBound bound) {
      rows(key, model.type(bound.name()));
    } else if (form instanceof Form.OfOptional optional) {
      inner(key, optional.value());
    } else if (form instanceof Form.OfList list) {
      inner(key + "[]", list.element());
    } else if (form instanceof Form.OfMap map) {
      inner(key + ".*", map.value());
    }
  }

  private void row(
      String key, String type, String defaultText, boolean required, String description) {
    out.append("| `").append(key.replace("|", "\\|")).append("` | ").append(cell(type));
    out.append(" | ")
        .append(defaultText.isEmpty() ? "" : '`' + defaultText.replace("|", "\\|") + '`');
    out.append(" | ").append(required ? "yes" : "").append(" | ");
    out.append(cell(description)).append(" |\n");
  }

  private static String joined(String above, String name) {
    return above.isEmpty() ? name : above + '.' + name;
  }

  /** A key with quotes, where a path needs them. */
  private static String quoted(String key) {
    return key.matches("[\\w-]+")
        ? key
        : '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Text that Markdown shows as it is. */
  private static String cell(String text) {
    return text.replace("\\", "\\\\").replaceAll("([|<*_`])", "\\\\$1");
  }
}
