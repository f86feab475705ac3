package dev.gimbal.format.yaml;

import org.jspecify.annotations.Nullable;

/**
 * What stands before a node.
 *
 * @param at where the first of both begins, or -1
 * @param anchor the name that aliases use, or null
 * @param tag the tag in its long form, or null
 */
record YamlProperties(int at, @Nullable String anchor, @Nullable String tag) {

  static final YamlProperties NONE = new YamlProperties(-1, null, null);

  boolean isNone() {
    return at < 0;
  }

  /** Where a node begins that has these. */
  int begin(int node) {
    return isNone() ? node : at;
  }

  /** Both, or null if one has what the other has too. */
  @Nullable YamlProperties and(YamlProperties next) {
    if (isNone() || next.isNone()) {
      return isNone() ? next : this;
    }
    if (anchor != null && next.anchor != null || tag != null && next.tag != null) {
      return null;
    }
    return new YamlProperties(
        at, anchor == null ? next.anchor : anchor, tag == null ? next.tag : tag);
  }
}
