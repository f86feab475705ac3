package dev.gimbal.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A text that holds labels in braces, such as <code>app-{profile}.yaml</code>; <code>{{</code> and
 * <code>}}</code> are braces. {@code docs/spec/profiles.md} has the rules. Immutable.
 *
 * @param literals what stands before, between and behind the labels
 * @param labels one fewer
 */
record LabelText(List<String> literals, List<String> labels) {

  LabelText {
    literals = List.copyOf(literals);
    labels = List.copyOf(labels);
  }

  /**
   * Takes a text apart.
   *
   * @param wrong makes an error of what is wrong with it
   */
  static LabelText parse(String text, Function<String, ? extends RuntimeException> wrong) {
    List<String> literals = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean brace = c == '{' || c == '}';
      if (!brace || text.startsWith(c == '{' ? "{{" : "}}", i)) {
        i += brace ? 1 : 0;
        literal.append(c);
        continue;
      }
      int end = c == '{' ? text.indexOf('}', i) : -1;
      String name = end < 0 ? "" : text.substring(i + 1, end);
      if (!Labels.isName(name)) {
        throw wrong.apply(
            c == '{'
                ? "a { does not begin a label such as {profile} ({{ is the brace itself)"
                : "a } does not end a label such as {profile} (}} is the brace itself)");
      }
      literals.add(literal.toString());
      labels.add(name);
      literal.setLength(0);
      i = end;
    }
    literals.add(literal.toString());
    return new LabelText(literals, labels);
  }

  /** The labels, each once, in the order of the text. */
  Set<String> names() {
    return new LinkedHashSet<>(labels);
  }

  /** The text with values in place of labels. */
  String fill(Map<String, String> values) {
    StringBuilder filled = new StringBuilder(literals.get(0));
    for (int i = 0; i < labels.size(); i++) {
      filled.append(values.get(labels.get(i))).append(literals.get(i + 1));
    }
    return filled.toString();
  }
}
