package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.source.Variables.Style;
import dev.gimbal.tree.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A variable's name, cut into tokens at the places where a level of a path may begin. Immutable.
 *
 * <p>{@code DB_POOL__MAX_SIZE} has the tokens db, pool, max, size; a level begins at max for sure.
 * {@code db.pool.max-size} has the same tokens; levels begin at db, pool and max for sure.
 */
final class VariableName {

  /** The text that an index of more digits than an int holds becomes. */
  private static final int TOO_LARGE = Integer.MAX_VALUE;

  /**
   * One token.
   *
   * @param start where it begins in the bare text
   * @param startsLevel whether a level begins here for sure
   * @param segment the segment of the plain path that begins here, or -1
   * @param index the list index that it may be, or -1
   * @param onlyIndex whether it is nothing but an index: {@code [0]}
   */
  private record Token(int start, boolean startsLevel, int segment, int index, boolean onlyIndex) {}

  private final ConfigPath path;
  private final List<Token> tokens = new ArrayList<>();

  /** The bare names of all tokens, one after the other. */
  private final StringBuilder bare = new StringBuilder();

  private VariableName(ConfigPath path) {
    this.path = path;
  }

  static VariableName of(Style style, String name) {
    return style == Style.ENVIRONMENT ? ofEnvironment(name) : ofPath(name);
  }

  private static VariableName ofEnvironment(String name) {
    List<String> keys = new ArrayList<>();
    List<Boolean> levels = new ArrayList<>();
    boolean level = true;
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      boolean dot = i < name.length() && name.charAt(i) == '.';
      if (i < name.length() && !dot && name.charAt(i) != '_') {
        continue;
      }
      String key = lower(name.substring(start, i));
      if (ObjectNode.bareName(key).isEmpty()) {
        level = true; // the second of two separators in a row
      } else {
        keys.add(key);
        levels.add(level);
        level = false;
      }
      level |= dot;
      start = i + 1;
    }
    VariableName result = new VariableName(ConfigPath.of(keys.toArray(new String[0])));
    for (int i = 0; i < keys.size(); i++) {
      result.add(keys.get(i), levels.get(i), i);
    }
    return result;
  }

  /** Each character by itself, as {@link ObjectNode#bareName} has it: no word grows. */
  private static String lower(String word) {
    StringBuilder lower = new StringBuilder(word);
    for (int i = 0; i < word.length(); i++) {
      lower.setCharAt(i, Character.toLowerCase(word.charAt(i)));
    }
    return lower.toString();
  }

  private static VariableName ofPath(String name) {
    VariableName result = new VariableName(path(name));
    for (int i = 0; i < result.path.size(); i++) {
      if (result.path.isIndex(i)) {
        int index = result.path.index(i);
        result.tokens.add(new Token(result.bare.length(), true, i, index, true));
      } else {
        result.addWords(result.path.key(i), i);
      }
    }
    return result;
  }

  /** A name that is no path, or begins inside a list, is one literal key. */
  private static ConfigPath path(String name) {
    if (name.isEmpty() || name.charAt(0) == '[') {
      return ConfigPath.of(name);
    }
    try {
      return ConfigPath.parse(name);
    } catch (ConfigException notAPath) {
      return ConfigPath.of(name);
    }
  }

  private void addWords(String key, int segment) {
    boolean first = true;
    int start = 0;
    for (int i = 0; i <= key.length(); i++) {
      boolean end = i == key.length();
      if (!end && "-_ ".indexOf(key.charAt(i)) < 0) {
        continue;
      }
      String word = key.substring(start, i);
      if (!ObjectNode.bareName(word).isEmpty() || (end && first)) {
        add(word, first, first ? segment : -1);
        first = false;
      }
      start = i + 1;
    }
  }

  private void add(String text, boolean startsLevel, int segment) {
    tokens.add(new Token(bare.length(), startsLevel, segment, index(text), false));
    bare.append(ObjectNode.bareName(text));
  }

  private static int index(String text) {
    if (text.isEmpty() || (text.length() > 1 && text.charAt(0) == '0')) {
      return -1;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return -1;
      }
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException tooLarge) {
      return TOO_LARGE;
    }
  }

  /** The path that the name stands for where no key matches. */
  ConfigPath path() {
    return path;
  }

  /** The number of tokens. */
  int size() {
    return tokens.size();
  }

  /** The bare name of the tokens from {@code i} to before {@code end}. */
  String bare(int i, int end) {
    return bare.substring(start(i), start(end));
  }

  /** The length of that name. */
  int bareLength(int i, int end) {
    return start(end) - start(i);
  }

  private int start(int i) {
    return i == size() ? bare.length() : tokens.get(i).start();
  }

  /** Whether a level begins at token {@code i} for sure; the end of the name is one. */
  boolean startsLevel(int i) {
    return i == size() || tokens.get(i).startsLevel();
  }

  /** The list index that token {@code i} may be, or -1. */
  int index(int i) {
    return tokens.get(i).index();
  }

  boolean isOnlyIndex(int i) {
    return tokens.get(i).onlyIndex();
  }

  /** Whether the plain path can be cut before token {@code i}. */
  boolean hasRest(int i) {
    return i == size() || tokens.get(i).segment() >= 0;
  }

  /** The plain path from token {@code i} on. */
  ConfigPath rest(int i) {
    return i == size() ? ConfigPath.ROOT : path.suffix(tokens.get(i).segment());
  }
}
