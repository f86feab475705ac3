package dev.gimbal.source.jdbc;

import dev.gimbal.ConfigException;
import dev.gimbal.source.SourceSpec;
import dev.gimbal.source.store.StoreKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table make a layer: each row is a key and a value, and the keys make a tree, or
 * one of them is a document. Immutable and safe for use by many threads; each method returns
 * another one.
 *
 * <p>Names of the table and of its columns are exact, also in upper and lower case: they are quoted
 * as the database quotes. A row whose value is NULL is left out.
 *
 * @param name of the table; a dot splits off its schema, double quotes keep a dot
 * @param keyColumn holds keys, and none twice
 * @param valueColumn holds values, as text or as bytes in UTF-8
 * @param scope which rows of the table count, or null for all
 * @param version how the database tells that nothing has changed, or null
 * @param keys which keys make the layer, and how
 * @since 0.1.0
 */
public record Table(
    String name,
    String keyColumn,
    String valueColumn,
    @Nullable Scope scope,
    @Nullable Version version,
    StoreKeys keys) {

  /** The names of the options that {@link #of(SourceSpec)} reads. */
  public static final List<String> OPTIONS = options();

  /**
   * The rows in which a column holds a certain text.
   *
   * @param column such as {@code application}
   * @param value such as {@code shop}
   * @since 0.1.0
   */
  public record Scope(String column, String value) {

    public Scope {
      requireName("scopeColumn", column);
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * How a database tells that nothing has changed, so that values need not be read.
   *
   * @param text the name of a column, or a query of one row
   * @param isQuery which of both
   * @since 0.1.0
   */
  public record Version(String text, boolean isQuery) {

    public Version {
      requireName(isQuery ? "versionQuery" : "versionColumn", text);
    }
  }

  public Table {
    parts(name);
    requireName("keyColumn", keyColumn);
    requireName("valueColumn", valueColumn);
    Objects.requireNonNull(keys, "keys");
  }

  private static List<String> options() {
    List<String> options = new ArrayList<>(StoreKeys.OPTIONS);
    options.addAll(List.of("table", "keyColumn", "valueColumn", "scopeColumn", "scope"));
    options.addAll(List.of("versionColumn", "versionQuery", "prefix", "row", "separator"));
    return List.copyOf(options);
  }

  private static void requireName(String what, String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(what + " \"" + name + "\" (expected: not blank)");
    }
  }

  /**
   * All rows of a table, with the columns {@code key} and {@code value}; a dot in a key begins a
   * level.
   *
   * @throws IllegalArgumentException when it is no name of a table
   */
  public static Table of(String name) {
    return new Table(name, "key", "value", null, null, StoreKeys.tree("", '.'));
  }

  /**
   * What the options of a URI say: {@code table} (default {@code config}), {@code keyColumn},
   * {@code valueColumn}, {@code scopeColumn} with {@code scope}, {@code versionColumn} or {@code
   * versionQuery}, {@code prefix}, {@code separator}, {@code row}, and those of {@link
   * StoreKeys#of}.
   *
   * @throws ConfigException GIM-014 when an option has a wrong value
   */
  public static Table of(SourceSpec spec) {
    try {
      return new Table(
          option(spec, "table", "config"),
          option(spec, "keyColumn", "key"),
          option(spec, "valueColumn", "value"),
          scope(spec),
          version(spec),
          keys(spec));
    } catch (IllegalArgumentException e) {
      throw spec.wrong(String.valueOf(e.getMessage()));
    }
  }

  private static String option(SourceSpec spec, String key, String orElse) {
    String value = spec.option(key);
    return value == null ? orElse : value;
  }

  private static @Nullable Scope scope(SourceSpec spec) {
    String column = spec.option("scopeColumn");
    String value = spec.option("scope");
    if ((column == null) != (value == null)) {
      throw spec.wrong("scopeColumn and scope belong together");
    }
    return column == null || value == null ? null : new Scope(column, value);
  }

  private static @Nullable Version version(SourceSpec spec) {
    String column = spec.option("versionColumn");
    String query = spec.option("versionQuery");
    if (column != null && query != null) {
      throw spec.wrong("versionColumn or versionQuery, not both");
    }
    if (column != null) {
      return new Version(column, false);
    }
    return query == null ? null : new Version(query, true);
  }

  private static StoreKeys keys(SourceSpec spec) {
    boolean document = "document".equals(spec.word("as", "tree", "document"));
    String row = spec.option("row");
    String prefix = spec.option("prefix");
    if (document && (row == null || row.isEmpty() || prefix != null)) {
      throw spec.missing("as=document without a row, or with a prefix", "row=KEY and no prefix");
    }
    if (!document && row != null) {
      throw spec.wrong("row=" + row + " is of documents (as=document reads one)");
    }
    String separator = option(spec, "separator", ".");
    if (separator.length() != 1) {
      throw spec.unexpected("separator", separator, "one character", null);
    }
    String location = document ? row : prefix;
    return StoreKeys.of(spec, location == null ? "" : location, separator.charAt(0));
  }

  /** The names of the columns; by default {@code key} and {@code value}. */
  public Table columns(String newKeyColumn, String newValueColumn) {
    return new Table(name, newKeyColumn, newValueColumn, scope, version, keys);
  }

  /** Only the rows in which a column holds this text. An edit puts it into new rows. */
  public Table scope(String column, String value) {
    return new Table(name, keyColumn, valueColumn, new Scope(column, value), version, keys);
  }

  /**
   * Which keys make the layer, and how: {@link StoreKeys#tree} or {@link StoreKeys#document}. By
   * default all are a tree, with a dot between its levels.
   */
  public Table keys(StoreKeys newKeys) {
    return new Table(name, keyColumn, valueColumn, scope, version, newKeys);
  }

  /**
   * A column of which the database makes another value with each change of the row. Where no row
   * has another one, and the same rows are there, values are not read. By default all values are.
   */
  public Table versionColumn(String column) {
    return new Table(name, keyColumn, valueColumn, scope, new Version(column, false), keys);
  }

  /**
   * A query whose first row says something else after each change, in the transaction of the
   * change. Where it says the same, rows are not read.
   */
  public Table versionQuery(String query) {
    return new Table(name, keyColumn, valueColumn, scope, new Version(query, true), keys);
  }

  /** The table's name with its schema in front, if it has one. */
  public List<String> parts() {
    return parts(name);
  }

  private static List<String> parts(String name) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"' && quoted && i + 1 < name.length() && name.charAt(i + 1) == '"') {
        part.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '.' && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    if (quoted || parts.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "table \"" + name + "\" (expected: a name, or a schema, a dot and a name)");
    }
    return parts;
  }
}
