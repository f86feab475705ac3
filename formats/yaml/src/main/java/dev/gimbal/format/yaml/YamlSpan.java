package dev.gimbal.format.yaml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a node stands in the text. Used by one thread. */
final class YamlSpan {

  final YamlNode.Kind kind;

  /** How a scalar is written; null for a list or a map. */
  final YamlLeaf.@Nullable Style style;

  /** A scalar's text, or the name that an alias uses; empty for others. */
  final String text;

  final YamlProperties properties;

  /** Where its anchor or tag begins, or it. */
  final int begin;

  /** Where it begins without them. */
  int at;

  /** The offset behind its last character. */
  int end;

  /** A list's elements; a map's keys and values by turns. */
  final List<YamlSpan> items = new ArrayList<>();

  /** Whether it is a list or a map in brackets. */
  boolean flow;

  /** The node that an alias stands for; null for others. */
  @Nullable YamlSpan target;

  YamlSpan(
      YamlNode.Kind kind,
      YamlLeaf.@Nullable Style style,
      String text,
      YamlProperties properties,
      int at) {
    this.kind = kind;
    this.style = style;
    this.text = text;
    this.properties = properties;
    this.begin = properties.begin(at);
    this.at = at;
    this.end = at;
  }

  boolean isMap() {
    return kind == YamlNode.Kind.MAP;
  }

  boolean isList() {
    return kind == YamlNode.Kind.LIST;
  }

  boolean isBlockCollection() {
    return kind != YamlNode.Kind.SCALAR && !flow;
  }

  boolean isAlias() {
    return style == YamlLeaf.Style.ALIAS;
  }

  /** Whether nothing stands here but perhaps an anchor or a tag. */
  boolean isEmpty() {
    return style == YamlLeaf.Style.PLAIN && text.isEmpty();
  }

  /** Whether this key merges maps. */
  boolean isMergeKey() {
    return style == YamlLeaf.Style.PLAIN && properties.tag() == null && text.equals("<<");
  }

  /** The text of a key, which may be an alias. */
  String keyText() {
    return target == null ? text : target.text;
  }

  /** What this is, or what it is an alias of. */
  YamlSpan resolved() {
    return target == null ? this : target;
  }
}
