package dev.gimbal.format.yaml;

import dev.gimbal.format.TreeBuilder;

/** The tags that are known: those of the core schema. None of them constructs anything. */
final class YamlTags {

  static final String PREFIX = "tag:yaml.org,2002:";
  static final String STR = PREFIX + "str";
  static final String INT = PREFIX + "int";
  static final String FLOAT = PREFIX + "float";
  static final String BOOL = PREFIX + "bool";
  static final String NULL = PREFIX + "null";

  /** The non-specific tag {@code !}: a scalar that has it is a string. */
  static final String NON_SPECIFIC = "!";

  private YamlTags() {}

  /**
   * The tag; an error if it is unknown or does not fit the kind of node. An unknown one is not
   * shown: it may be a value, or the begin of one, that lacks quotes.
   */
  static String check(String name, YamlNode.Kind kind, TreeBuilder out, int line, int column) {
    boolean fits =
        switch (name) {
          case NON_SPECIFIC -> true;
          case STR, INT, FLOAT, BOOL, NULL -> kind == YamlNode.Kind.SCALAR;
          case PREFIX + "map" -> kind == YamlNode.Kind.MAP;
          case PREFIX + "seq" -> kind == YamlNode.Kind.LIST;
          default ->
              throw out.malformed(
                  line,
                  column,
                  "the tag is unknown (known: !!str, !!int, !!float, !!bool, !!null, !!map, !!seq)");
        };
    if (!fits) {
      String found =
          switch (kind) {
            case SCALAR -> "a scalar";
            case LIST -> "a list";
            case MAP -> "a map";
          };
      throw out.malformed(line, column, "the tag " + brief(name) + " does not fit " + found);
    }
    return name;
  }

  /** A known tag as documents write it: {@code !!int}. */
  static String brief(String tag) {
    return "!!" + tag.substring(PREFIX.length());
  }
}
