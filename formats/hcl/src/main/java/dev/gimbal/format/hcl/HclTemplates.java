package dev.gimbal.format.hcl;

import dev.gimbal.format.hcl.HclNode.Kind;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads strings and heredocs: checks their escapes and template sequences, and notes where these
 * stand. {@link HclText} makes their text. Used by one thread.
 */
final class HclTemplates {

  private final HclScanner scanner;
  private final HclExpressions expressions;

  HclTemplates(HclScanner scanner, HclExpressions expressions) {
    this.scanner = scanner;
    this.expressions = expressions;
  }

  /** The template sequences of one string, and the directives among them that are open. */
  private static final class Sequences {

    private static final int[] NONE = {};

    private int[] places = NONE;
    private int count;

    /** {@code if}, {@code else} and {@code for} that wait for their end. */
    private final Deque<String> open = new ArrayDeque<>(2);

    void add(int from, int to) {
      if (count == places.length) {
        places = Arrays.copyOf(places, Math.max(4, 2 * count));
      }
      places[count++] = from;
      places[count++] = to;
    }

    int[] places() {
      return Arrays.copyOf(places, count);
    }
  }

  /** A string in quotes. */
  HclNode quoted() {
    return quoted(true);
  }

  /** A string in quotes without template sequences: a label. */
  HclNode label() {
    return quoted(false);
  }

  private HclNode quoted(boolean templates) {
    int from = scanner.at;
    HclPlace place = scanner.place();
    Sequences sequences = null;
    int i = from + 1;
    while (true) {
      int c = scanner.charAt(i);
      if (c == '"') {
        break;
      }
      if (c == HclScanner.END || HclScanner.isBreak(c)) {
        throw scanner.unexpectedAt(i, "'\"' of the string that begins at " + place, place);
      }
      if (c == '\\') {
        i = escape(i);
      } else if (isEscapedSequence(scanner.text, i)) {
        i += 3;
      } else if (isSequence(scanner.text, i)) {
        if (!templates) {
          throw scanner.malformed(i, "a template in a name, expected text (a literal is $${)");
        }
        sequences = sequences == null ? new Sequences() : sequences;
        i = sequence(i, sequences);
      } else {
        i++;
      }
    }
    requireClosed(sequences, i);
    scanner.at = i + 1;
    scanner.end = i + 1;
    int[] places = sequences == null ? Sequences.NONE : sequences.places();
    return HclNode.string(Kind.QUOTED, place, from + 1, i, places);
  }

  /** Checks the escape that begins here, and gives where it ends. */
  private int escape(int from) {
    int c = scanner.charAt(from + 1);
    if (c == 'u' || c == 'U') {
      return codePoint(from, c == 'u' ? 4 : 8);
    }
    if (c != 'n' && c != 'r' && c != 't' && c != '"' && c != '\\') {
      throw scanner.unexpectedAt(from + 1, "one of n r t \" \\ u U after a backslash");
    }
    return from + 2;
  }

  private int codePoint(int from, int digits) {
    long c = 0;
    int end = from + 2 + digits;
    for (int i = from + 2; i < end; i++) {
      int digit = scanner.charAt(i);
      if (!isHexDigit(digit)) {
        throw scanner.unexpectedAt(i, digits + " hex digits of the escape");
      }
      c = c << 4 | Character.digit(digit, 16);
    }
    if (c > Character.MAX_CODE_POINT || (c >= 0xD800 && c <= 0xDFFF)) {
      throw scanner.malformed(from, "an escape of what is no character");
    }
    return end;
  }

  static boolean isHexDigit(int c) {
    return c < 128 && Character.digit(c, 16) >= 0;
  }

  /** Whether <code>$${</code> or <code>%%{</code> stands here. */
  static boolean isEscapedSequence(String text, int at) {
    char c = text.charAt(at);
    return (c == '$' || c == '%')
        && at + 2 < text.length()
        && text.charAt(at + 1) == c
        && text.charAt(at + 2) == '{';
  }

  /** Whether <code>${</code> or <code>%{</code> stands here. */
  private static boolean isSequence(String text, int at) {
    char c = text.charAt(at);
    return (c == '$' || c == '%') && text.startsWith("{", at + 1);
  }

  /** Reads the template sequence that begins here, and gives where it ends. */
  private int sequence(int from, Sequences sequences) {
    boolean breaks = scanner.breaks;
    scanner.breaks = false;
    scanner.at = from + 2;
    if (scanner.charAt(scanner.at) == '~') {
      scanner.at++;
    }
    if (scanner.text.charAt(from) == '$') {
      expressions.part();
    } else {
      directive(sequences);
    }
    if (!scanner.accept("~}")) {
      scanner.expect('}', "'}' of the template sequence (a literal one begins with $$ or %%)");
    }
    scanner.breaks = breaks;
    sequences.add(from, scanner.at);
    return scanner.at;
  }

  private void directive(Sequences sequences) {
    Deque<String> open = sequences.open;
    if (scanner.isName("for")) {
      expressions.header();
      open.push("for");
    } else if (scanner.acceptName("if")) {
      expressions.part();
      open.push("if");
    } else if ("if".equals(open.peek()) && scanner.acceptName("else")) {
      open.pop();
      open.push("else");
    } else if ("for".equals(open.peek()) && scanner.acceptName("endfor")) {
      open.pop();
    } else if (!open.isEmpty() && !"for".equals(open.peek()) && scanner.acceptName("endif")) {
      open.pop();
    } else {
      throw scanner.unexpected(expectedDirective(open.peek()));
    }
  }

  private static String expectedDirective(@Nullable String open) {
    if (open == null) {
      return "'if' or 'for'";
    }
    return "'if', 'for'" + (open.equals("if") ? ", 'else'" : "") + " or '" + ends(open) + "'";
  }

  private static String ends(String open) {
    return open.equals("for") ? "endfor" : "endif";
  }

  private void requireClosed(@Nullable Sequences sequences, int end) {
    if (sequences != null && !sequences.open.isEmpty()) {
      String expected = "%{ " + ends(sequences.open.element()) + " }";
      throw scanner.malformed(end, "the string ends before its template, expected " + expected);
    }
  }

  /** A heredoc: its lines, up to one that holds nothing but its name. */
  HclNode heredoc() {
    int start = scanner.at;
    HclPlace place = scanner.place();
    scanner.accept("<<");
    boolean flush = scanner.charAt(scanner.at) == '-';
    scanner.at += flush ? 1 : 0;
    int c = scanner.charAt(scanner.at);
    if (c == ' ' || c == '\t') {
      throw scanner.unexpectedAt(scanner.at, "a name right after <<");
    }
    String name = scanner.name("a name after <<");
    int from = afterBreak(scanner.at);
    if (from < 0) {
      throw scanner.unexpectedAt(scanner.at, "a line break after the name of the heredoc");
    }
    Sequences sequences = new Sequences();
    int lineStart = from;
    while (!ends(lineStart, name)) {
      int i = restOfLine(lineStart, sequences);
      if (i == scanner.text.length()) {
        throw scanner.malformed(
            start, "a heredoc that does not end, expected its name on a line of its own");
      }
      lineStart = i + 1;
    }
    requireClosed(sequences, lineStart);
    Kind kind = flush ? Kind.FLUSH_HEREDOC : Kind.HEREDOC;
    return HclNode.string(kind, place, from, lineStart, sequences.places());
  }

  /** Where the line after this line break begins; below 0 if here is none. */
  private int afterBreak(int at) {
    int i = scanner.charAt(at) == '\r' ? at + 1 : at;
    return scanner.charAt(i) == '\n' ? i + 1 : -1;
  }

  /** Reads to the line feed at the end of a line, or the end of the text. */
  private int restOfLine(int from, Sequences sequences) {
    int i = from;
    while (i < scanner.text.length() && scanner.text.charAt(i) != '\n') {
      if (isEscapedSequence(scanner.text, i)) {
        i += 3;
      } else if (isSequence(scanner.text, i)) {
        i = sequence(i, sequences);
      } else {
        i++;
      }
    }
    return i;
  }

  /** Whether the line that begins here holds nothing but the name; if so, goes behind it. */
  private boolean ends(int lineStart, String name) {
    int i = skipBlanks(lineStart);
    if (!scanner.text.startsWith(name, i)) {
      return false;
    }
    int end = i + name.length();
    int next = skipBlanks(end);
    if (next < scanner.text.length() && afterBreak(next) < 0) {
      return false;
    }
    scanner.at = next;
    scanner.end = end;
    return true;
  }

  private int skipBlanks(int from) {
    int i = from;
    while (scanner.charAt(i) == ' ' || scanner.charAt(i) == '\t') {
      i++;
    }
    return i;
  }
}
