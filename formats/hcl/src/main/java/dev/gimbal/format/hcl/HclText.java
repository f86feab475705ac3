package dev.gimbal.format.hcl;

import dev.gimbal.format.hcl.HclNode.Kind;
import java.math.BigInteger;

/** Makes the text of values that the reader has checked. */
final class HclText {

  private HclText() {}

  /**
   * The text of a string. Where it has template sequences it is a template: these and <code>$${
   * </code> stay as they are, as in a string of HCL's JSON syntax.
   */
  static String string(String text, HclNode node) {
    int[] sequences = node.sequences();
    boolean quoted = node.kind() == Kind.QUOTED;
    int indent = node.kind() == Kind.FLUSH_HEREDOC ? indent(text, node) : 0;
    StringBuilder string = new StringBuilder(node.to() - node.from());
    int next = 0;
    int i = indent > 0 ? skipIndent(text, node.from(), node.to(), indent) : node.from();
    while (i < node.to()) {
      if (next < sequences.length && i == sequences[next]) {
        string.append(text, i, sequences[next + 1]);
        i = sequences[next + 1];
        next += 2;
        continue;
      }
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i = escape(text, i, string);
      } else if (HclTemplates.isEscapedSequence(text, i)) {
        string.append(text, sequences.length > 0 ? i : i + 1, i + 3);
        i += 3;
      } else {
        string.append(c);
        i++;
        if (c == '\n' && indent > 0) {
          i = skipIndent(text, i, node.to(), indent);
        }
      }
    }
    return string.toString();
  }

  /** Appends what the escape stands for, and gives where it ends. */
  private static int escape(String text, int from, StringBuilder string) {
    char c = text.charAt(from + 1);
    if (c == 'u' || c == 'U') {
      int end = from + (c == 'u' ? 6 : 10);
      string.appendCodePoint(Integer.parseInt(text, from + 2, end, 16));
      return end;
    }
    string.append(
        switch (c) {
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> c;
        });
    return from + 2;
  }

  /** The spaces that all lines of a heredoc begin with; lines of spaces only do not count. */
  private static int indent(String text, HclNode node) {
    int[] sequences = node.sequences();
    int least = Integer.MAX_VALUE;
    int next = 0;
    int lineStart = node.from();
    while (lineStart < node.to()) {
      int i = lineStart;
      int spaces = 0;
      while (i < node.to() && text.charAt(i) != '\n' && isSpace(text.charAt(i))) {
        i++;
        spaces++;
      }
      if (text.charAt(i) != '\n') {
        least = Math.min(least, spaces);
      }
      while (text.charAt(i) != '\n') {
        if (next < sequences.length && i == sequences[next]) {
          i = sequences[next + 1]; // lines inside a sequence are none of the heredoc's
          next += 2;
        } else {
          i++;
        }
      }
      lineStart = i + 1;
    }
    return least == Integer.MAX_VALUE ? 0 : least;
  }

  /** Where a line goes on after its indent; a line of spaces only keeps them. */
  private static int skipIndent(String text, int lineStart, int to, int indent) {
    int i = lineStart;
    while (i < to && text.charAt(i) != '\n' && isSpace(text.charAt(i))) {
      i++;
    }
    return i < to && text.charAt(i) != '\n' ? lineStart + indent : lineStart;
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  /** A number in JSON's spelling. */
  static String number(String text, HclNode node) {
    String number = text.substring(node.from(), node.to());
    if (number.startsWith("0x") || number.startsWith("0X")) {
      number = new BigInteger(number.substring(2), 16).toString();
    }
    int zeros = 0;
    while (zeros + 1 < number.length()
        && number.charAt(zeros) == '0'
        && HclScanner.isDigit(number.charAt(zeros + 1))) {
      zeros++;
    }
    number = number.substring(zeros);
    return node.kind() == Kind.NEGATIVE ? "-" + number : number;
  }

  /** Whether a number begins with a zero that counts for nothing. */
  static boolean hasLeadingZero(String text, HclNode node) {
    return text.charAt(node.from()) == '0'
        && node.from() + 1 < node.to()
        && HclScanner.isDigit(text.charAt(node.from() + 1));
  }

  /** What stands for an expression. */
  static String mark(String text, HclNode node) {
    return "${" + text.substring(node.from(), node.to()) + "}";
  }

  /** The text of a key. */
  static String key(String text, HclNode node) {
    return switch (node.kind()) {
      case QUOTED, HEREDOC, FLUSH_HEREDOC -> string(text, node);
      case NUMBER, NEGATIVE -> number(text, node);
      case EXPRESSION -> mark(text, node);
      default -> text.substring(node.from(), node.to());
    };
  }
}
