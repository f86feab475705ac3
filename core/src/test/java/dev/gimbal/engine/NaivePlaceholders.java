package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Placeholders over plain maps and lists, by the book: everything is looked up anew each time,
 * nothing is remembered, and a circle is what does not end. The oracle of the tests.
 */
final class NaivePlaceholders {

  /** A string with placeholders. */
  record Template(String text, boolean seesOutside) {}

  /** There is no value; which problem it is does not matter here. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken() {
      super(null, null, false, false);
    }
  }

  private record Inside(String kind, String name, @Nullable String fallback) {}

  private static final int ENDLESS = 150;

  private final Object root;
  private final Map<String, String> environment;
  private final Map<String, String> properties;
  private int depth;

  NaivePlaceholders(Object root, Map<String, String> environment, Map<String, String> properties) {
    this.root = root;
    this.environment = environment;
    this.properties = properties;
  }

  /** The node at a place of the tree, everything below it resolved. */
  @Nullable Object resolved(List<Object> place) {
    depth = 0;
    return deep(raw(place));
  }

  private @Nullable Object raw(List<Object> place) {
    Object node = root;
    for (Object segment : place) {
      node = child(node, segment);
    }
    return node;
  }

  private static @Nullable Object child(@Nullable Object node, Object segment) {
    if (node instanceof Map<?, ?> map) {
      return map.get(segment);
    }
    return node instanceof List<?> list && segment instanceof Integer i && i < list.size()
        ? list.get(i)
        : null;
  }

  private @Nullable Object deep(@Nullable Object node) {
    if (++depth > ENDLESS) {
      throw new Broken();
    }
    try {
      if (node instanceof Template template) {
        return whole(template.text(), template.seesOutside());
      }
      if (node instanceof Map<?, ?> map) {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, child) -> copy.put(key, deep(child)));
        return copy;
      }
      if (node instanceof List<?> list) {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(child -> copy.add(deep(child)));
        return copy;
      }
      return node;
    } finally {
      depth--;
    }
  }

  private @Nullable Object whole(String text, boolean seesOutside) {
    List<Object> pieces = pieces(text);
    if (pieces.size() == 1 && pieces.get(0) instanceof Inside inside) {
      return value(inside, seesOutside);
    }
    return joined(pieces, seesOutside);
  }

  private String joined(List<Object> pieces, boolean seesOutside) {
    String text = "";
    for (Object piece : pieces) {
      text += piece instanceof Inside inside ? scalar(inside, seesOutside) : (String) piece;
    }
    return text;
  }

  private String scalar(Inside inside, boolean seesOutside) {
    Object value = raw(inside, seesOutside);
    while (value instanceof Map<?, ?> map && map.containsKey("")) {
      value = map.get("");
    }
    if (value instanceof Map || value instanceof List) {
      throw new Broken();
    }
    value = deep(value);
    while (value instanceof Map<?, ?> map && map.containsKey("")) {
      value = map.get("");
    }
    if (value == null || value instanceof Map || value instanceof List) {
      throw new Broken();
    }
    return value.toString();
  }

  private @Nullable Object value(Inside inside, boolean seesOutside) {
    return deep(raw(inside, seesOutside));
  }

  /** What a placeholder names, not resolved further. */
  private Object raw(Inside inside, boolean seesOutside) {
    List<Object> place = place(inside, seesOutside);
    if (place != null) {
      Object node = raw(place);
      if (node == null) {
        throw new IllegalStateException();
      }
      return node;
    }
    String outside = outside(inside, seesOutside);
    if (outside != null) {
      return outside;
    }
    if (inside.fallback() == null) {
      throw new Broken();
    }
    List<Object> pieces = pieces(inside.fallback());
    return pieces.size() == 1 && pieces.get(0) instanceof Inside only
        ? raw(only, seesOutside)
        : joined(pieces, seesOutside);
  }

  private @Nullable String outside(Inside inside, boolean seesOutside) {
    if (inside.kind().isEmpty()) {
      return null;
    }
    if (!seesOutside || inside.kind().equals("secret:")) {
      throw new Broken();
    }
    String name = joined(pieces(inside.name()), seesOutside);
    return (inside.kind().equals("env:") ? environment : properties).get(name);
  }

  /** The place a placeholder or its default leads to, or null. */
  private @Nullable List<Object> place(Inside inside, boolean seesOutside) {
    if (++depth > ENDLESS) {
      throw new Broken();
    }
    try {
      if (inside.kind().isEmpty()) {
        List<Object> place = follow(path(inside.name(), seesOutside));
        if (place != null) {
          return place;
        }
      } else if (outside(inside, seesOutside) != null) {
        return null;
      }
      if (inside.fallback() == null) {
        throw new Broken();
      }
      List<Object> pieces = pieces(inside.fallback());
      return pieces.size() == 1 && pieces.get(0) instanceof Inside only
          ? place(only, seesOutside)
          : null;
    } finally {
      depth--;
    }
  }

  private List<Object> path(String name, boolean seesOutside) {
    String text = "";
    boolean quoted = false;
    for (Object piece : pieces(name)) {
      if (piece instanceof Inside inside) {
        String inner = scalar(inside, seesOutside);
        text += quoted ? inner.replace("\\", "\\\\").replace("\"", "\\\"") : inner;
        continue;
      }
      text += piece;
      quoted ^= ((String) piece).replace("\\\"", "").chars().filter(c -> c == '"').count() % 2 == 1;
    }
    try {
      List<Object> segments = ConfigPath.parse(text).segments();
      if (!segments.isEmpty()) {
        return segments;
      }
    } catch (ConfigException notAPath) {
      // broken
    }
    throw new Broken();
  }

  /** Where a path ends up when templates on the way are replaced by what they name. */
  private @Nullable List<Object> follow(List<Object> path) {
    if (++depth > ENDLESS) {
      throw new Broken();
    }
    try {
      Object node = root;
      for (int i = 0; i < path.size(); i++) {
        if (node instanceof Template template) {
          List<Object> pieces = pieces(template.text());
          if (pieces.size() != 1 || !(pieces.get(0) instanceof Inside only)) {
            return null;
          }
          List<Object> target = place(only, template.seesOutside());
          if (target == null) {
            return null;
          }
          List<Object> longer = new ArrayList<>(target);
          longer.addAll(path.subList(i, path.size()));
          return follow(longer);
        }
        node = child(node, path.get(i));
      }
      return node == null ? null : path;
    } finally {
      depth--;
    }
  }

  /** Strings and placeholders, in order. */
  private static List<Object> pieces(String text) {
    List<Object> pieces = new ArrayList<>();
    String plain = "";
    int i = 0;
    while (i < text.length()) {
      Inside inside = null;
      int end = i + 1;
      String literal = text.substring(i, end);
      if (text.startsWith("$${", i)) {
        int close = close(text, i + 2);
        end = close < 0 ? i + 3 : close + 1;
        literal = text.substring(i + 1, end);
      } else if (text.startsWith("${", i) && close(text, i + 1) >= 0) {
        inside = inside(text.substring(i + 2, close(text, i + 1)));
        end = inside == null ? end : close(text, i + 1) + 1;
      }
      if (inside == null) {
        plain += literal;
      } else {
        if (!plain.isEmpty()) {
          pieces.add(plain);
        }
        plain = "";
        pieces.add(inside);
      }
      i = end;
    }
    if (!plain.isEmpty()) {
      pieces.add(plain);
    }
    return pieces;
  }

  private static int close(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable Inside inside(String content) {
    for (String kind : List.of("env:", "sys:", "secret:")) {
      if (content.startsWith(kind)) {
        return cut(kind, content.substring(kind.length()));
      }
    }
    return cut("", content);
  }

  private static @Nullable Inside cut(String kind, String rest) {
    int colon = -1;
    int braces = 0;
    boolean quoted = false;
    boolean nested = false;
    for (int i = 0; i < rest.length() && colon < 0; i++) {
      char c = rest.charAt(i);
      if (rest.startsWith("${", i) && close(rest, i + 1) >= 0) {
        nested = true;
        i = close(rest, i + 1);
      } else if (c == '"' && kind.isEmpty() && (i == 0 || rest.charAt(i - 1) != '\\')) {
        quoted = !quoted;
      } else if (c == ':' && !quoted && braces == 0 && !kind.equals("secret:")) {
        colon = i;
      }
    }
    String name = colon < 0 ? rest : rest.substring(0, colon);
    if (name.isEmpty()
        || name.startsWith("{")
        || !name.equals(name.strip())
        || kind.isEmpty() && !nested && !isPath(name)) {
      return null;
    }
    return new Inside(kind, name, colon < 0 ? null : rest.substring(colon + 1));
  }

  private static boolean isPath(String text) {
    try {
      ConfigPath.parse(text);
      return true;
    } catch (ConfigException notAPath) {
      return false;
    }
  }
}
