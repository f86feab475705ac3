package dev.gimbal.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which of several texts may have been meant by one: that with the fewest edits, at most two, the
 * first in order among equals. Used by one thread.
 */
public final class Nearest {

  private static final int MAX_LOOKS = 1000;
  private static final int MAX_DISTANCE = 2;
  private static final int MAX_CHARS = 100;

  /** How many letters a word has that is like few others. */
  private static final int LONG_WORD = 6;

  private final String text;
  private int looks;
  private int distance = MAX_DISTANCE + 1;
  private @Nullable String found;

  public Nearest(String text) {
    this.text = text;
  }

  /** The one that may have been meant, or null. */
  public static @Nullable String of(String text, Iterable<String> known) {
    Nearest nearest = new Nearest(text);
    known.forEach(nearest::look);
    return nearest.found;
  }

  /**
   * The word of a few that may have been meant by a word. Of short ones, which are all like each
   * other, that is one with a single edit, or with the same letters in another order.
   */
  public static @Nullable String ofWord(String word, Iterable<String> known) {
    Nearest nearest = new Nearest(word);
    known.forEach(nearest::look);
    String found = nearest.found;
    boolean near =
        found != null
            && (nearest.distance == 1
                || word.length() >= LONG_WORD
                || sorted(word).equals(sorted(found)));
    return near ? found : null;
  }

  private static String sorted(String word) {
    char[] letters = word.toCharArray();
    Arrays.sort(letters);
    return String.valueOf(letters);
  }

  /** The one that may have been meant of those that were looked at, or null. */
  public @Nullable String found() {
    return found;
  }

  /** Takes one that is known. */
  public void look(String other) {
    if (looks++ >= MAX_LOOKS || Math.abs(other.length() - text.length()) > MAX_DISTANCE) {
      return;
    }
    int edits = text.length() > MAX_CHARS ? distance : edits(text, other);
    boolean closer =
        edits < distance || edits == distance && found != null && other.compareTo(found) < 0;
    if (closer && edits < Math.max(text.length(), other.length())) {
      distance = edits;
      found = other;
    }
  }

  /** The Levenshtein distance. */
  static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
