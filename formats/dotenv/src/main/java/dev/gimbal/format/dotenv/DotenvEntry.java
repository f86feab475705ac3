package dev.gimbal.format.dotenv;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;

/**
 * Where an entry stands in the text.
 *
 * @param path what its key stands for
 * @param line where its line begins
 * @param begin where its key begins
 * @param valueBegin where its value begins, with its quotes
 * @param end behind its value
 * @param next where the line behind it begins
 * @param exported whether the word {@code export} stands before it
 * @param isBeside whether keys below its own stand in the text
 */
record DotenvEntry(
    ConfigPath path,
    int line,
    int begin,
    int valueBegin,
    int end,
    int next,
    boolean exported,
    boolean isBeside) {

  static DotenvEntry of(String text, String key, int begin, int valueBegin, int end) {
    int line = begin;
    while (line > 0 && !DotenvEditor.isBreak(text.charAt(line - 1))) {
      line--;
    }
    int next = end;
    while (next < text.length() && !DotenvEditor.isBreak(text.charAt(next))) {
      next++;
    }
    boolean exported = text.substring(line, begin).strip().equals("export");
    int behind = behindBreak(text, next);
    return new DotenvEntry(path(key), line, begin, valueBegin, end, behind, exported, false);
  }

  /** As it is read where keys below its own stand: the sibling of these with the empty key. */
  DotenvEntry beside() {
    return new DotenvEntry(path.child(""), line, begin, valueBegin, end, next, exported, true);
  }

  /** As the reader's builder takes it. */
  private static ConfigPath path(String key) {
    try {
      return key.startsWith("[") ? ConfigPath.of(key) : ConfigPath.parse(key);
    } catch (ConfigException e) {
      return ConfigPath.of(key);
    }
  }

  static int behindBreak(String text, int at) {
    if (text.startsWith("\r\n", at)) {
      return at + 2;
    }
    return Math.min(at + 1, text.length());
  }
}
