package dev.gimbal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A place in a configuration tree: a list of segments, each an object key or a list index.
 *
 * <p>Text form: dots split, quotes keep ({@code hosts."a.b"[0].port}); inside quotes a backslash
 * escapes a quote or a backslash; {@code ""} is the empty key; {@code [0]} indexes a list. The
 * empty text is the root. {@code docs/spec/paths.md} has the grammar.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class ConfigPath {

  /** The path without segments. */
  public static final ConfigPath ROOT = new ConfigPath(new Object[0]);

  /** String keys and Integer indexes. Never written after construction. */
  private final Object[] segments;

  private ConfigPath(Object[] segments) {
    this.segments = segments;
  }

  /** A path of literal keys: nothing in them is parsed. */
  public static ConfigPath of(String... keys) {
    return keys.length == 0
        ? ROOT
        : new ConfigPath(Arrays.copyOf(keys, keys.length, Object[].class));
  }

  /**
   * Parses the text form.
   *
   * @throws ConfigException GIM-001 when the text is not a path, with the offending column
   */
  public static ConfigPath parse(String text) {
    return text.isEmpty() ? ROOT : new ConfigPath(PathParser.segments(text));
  }

  /** The number of segments; 0 for the root. */
  public int size() {
    return segments.length;
  }

  public boolean isRoot() {
    return segments.length == 0;
  }

  /** Whether segment {@code i} is a list index. */
  public boolean isIndex(int i) {
    return segments[i] instanceof Integer;
  }

  /**
   * The key at segment {@code i}.
   *
   * @throws ClassCastException when that segment is a list index
   */
  public String key(int i) {
    return (String) segments[i];
  }

  /**
   * The list index at segment {@code i}.
   *
   * @throws ClassCastException when that segment is a key
   */
  public int index(int i) {
    return (Integer) segments[i];
  }

  public ConfigPath child(String key) {
    return append(key);
  }

  public ConfigPath child(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("index: " + index + " (expected: >= 0)");
    }
    return append(index);
  }

  private ConfigPath append(Object segment) {
    Object[] longer = Arrays.copyOf(segments, segments.length + 1);
    longer[segments.length] = segment;
    return new ConfigPath(longer);
  }

  /** This path followed by the other one. */
  public ConfigPath resolve(ConfigPath other) {
    if (other.isRoot()) {
      return this;
    }
    if (isRoot()) {
      return other;
    }
    Object[] joined = Arrays.copyOf(segments, segments.length + other.segments.length);
    System.arraycopy(other.segments, 0, joined, segments.length, other.segments.length);
    return new ConfigPath(joined);
  }

  /**
   * The path without its last segment.
   *
   * @throws IllegalStateException for the root
   */
  public ConfigPath parent() {
    if (isRoot()) {
      throw new IllegalStateException("the root has no parent");
    }
    return prefix(segments.length - 1);
  }

  /** The first {@code length} segments. */
  public ConfigPath prefix(int length) {
    if (length == segments.length) {
      return this;
    }
    return length == 0 ? ROOT : new ConfigPath(Arrays.copyOf(segments, length));
  }

  /** What follows the first {@code length} segments. */
  public ConfigPath suffix(int length) {
    if (length == 0) {
      return this;
    }
    return length == segments.length
        ? ROOT
        : new ConfigPath(Arrays.copyOfRange(segments, length, segments.length));
  }

  /**
   * Whether the first segments of this path are those of {@code other}; a path starts with itself.
   */
  public boolean startsWith(ConfigPath other) {
    int n = other.segments.length;
    return n <= segments.length && Arrays.equals(segments, 0, n, other.segments, 0, n);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ConfigPath other && Arrays.equals(segments, other.segments);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(segments);
  }

  /** The text form, quoted where a key needs it; {@link #parse} of it gives an equal path. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (Object segment : segments) {
      if (segment instanceof Integer) {
        out.append('[').append(segment).append(']');
        continue;
      }
      if (out.length() > 0) {
        out.append('.');
      }
      appendKey(out, (String) segment);
    }
    return out.toString();
  }

  private static void appendKey(StringBuilder out, String key) {
    if (!PathParser.needsQuotes(key)) {
      out.append(key);
      return;
    }
    out.append('"');
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
    out.append('"');
  }

  /** The segments, each a String key or an Integer index. */
  public List<Object> segments() {
    return List.copyOf(new ArrayList<>(Arrays.asList(segments)));
  }
}
