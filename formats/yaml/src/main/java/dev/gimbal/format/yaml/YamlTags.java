package dev.gimbal.format.yaml;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.TreeBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The tags that are known: those of the core schema. None of them constructs anything. One that is
 * unknown is not shown: it may be a value, or the begin of one, that lacks quotes.
 */
final class YamlTags {

  static final String PREFIX = "tag:yaml.org,2002:";
  static final String STR = PREFIX + "str";
  static final String INT = PREFIX + "int";
  static final String FLOAT = PREFIX + "float";
  static final String BOOL = PREFIX + "bool";
  static final String NULL = PREFIX + "null";

  /** The non-specific tag {@code !}: a scalar that has it is a string. */
  static final String NON_SPECIFIC = "!";

  private static final String MAP = PREFIX + "map";
  private static final String SEQ = PREFIX + "seq";
  private static final String KNOWN =
      "(known: !!str, !!int, !!float, !!bool, !!null, !!map, !!seq)";

  /** Any tag that is not known; they all mean the same. */
  private static final String UNKNOWN = "";

  private YamlTags() {}

  /** The tag of a prefix and a name. The prefix may be long and stand before each of many names. */
  static String of(String prefix, String name) {
    return prefix.length() + name.length() > FLOAT.length() ? UNKNOWN : prefix + name;
  }

  /** What a scalar's tag says of it, or null: one that is unknown says that it is a string. */
  static @Nullable String ofScalar(
      @Nullable String tag, String text, boolean plain, TreeBuilder out, int line, int column) {
    if (tag == null) {
      return null;
    }
    return switch (tag) {
      case NON_SPECIFIC, STR, INT, FLOAT, BOOL, NULL -> tag;
      case MAP, SEQ -> throw unfit(tag, "a scalar", out, line, column);
      default -> {
        if (plain && text.isEmpty()) {
          String message = "the tag is unknown and nothing follows it ";
          throw out.malformed(line, column, message + "(quote a text that begins with !)");
        }
        warn(out, line, column);
        yield NON_SPECIFIC;
      }
    };
  }

  static void checkCollection(
      @Nullable String tag, YamlNode.Kind kind, TreeBuilder out, int line, int column) {
    if (tag == null || tag.equals(NON_SPECIFIC)) {
      return;
    }
    boolean map = kind == YamlNode.Kind.MAP;
    switch (tag) {
      case STR, INT, FLOAT, BOOL, NULL, MAP, SEQ -> {
        if (!tag.equals(map ? MAP : SEQ)) {
          throw unfit(tag, map ? "a map" : "a list", out, line, column);
        }
      }
      default -> warn(out, line, column);
    }
  }

  private static void warn(TreeBuilder out, int line, int column) {
    out.warn(ErrorCode.UNKNOWN_TAG, line, column, "the tag is unknown and says nothing " + KNOWN);
  }

  private static ConfigException unfit(
      String tag, String found, TreeBuilder out, int line, int column) {
    return out.malformed(line, column, "the tag " + brief(tag) + " does not fit " + found);
  }

  /** A known tag as documents write it: {@code !!int}. */
  static String brief(String tag) {
    return "!!" + tag.substring(PREFIX.length());
  }
}
