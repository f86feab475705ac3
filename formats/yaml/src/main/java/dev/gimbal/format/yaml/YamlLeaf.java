package dev.gimbal.format.yaml;

/**
 * A scalar or an alias, of which is not known yet whether it is a key.
 *
 * @param at where it begins, without its properties
 * @param text the value, or the name of the anchor
 */
record YamlLeaf(YamlProperties properties, int at, String text, Style style) {

  enum Style {
    PLAIN,
    QUOTED,
    BLOCK,
    ALIAS
  }

  static YamlLeaf empty(YamlProperties properties, int at) {
    return new YamlLeaf(properties, at, "", Style.PLAIN);
  }

  boolean isQuoted() {
    return style == Style.QUOTED;
  }

  int begin() {
    return properties.begin(at);
  }

  YamlLeaf with(YamlProperties other) {
    return new YamlLeaf(other, at, text, style);
  }
}
