package dev.gimbal.cli;

import dev.gimbal.format.Content;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a document, and how much of each may be shown: the key that it begins with, or
 * nothing but punctuation, and never a part of a value. The document may be malformed, so this goes
 * by what the lines look like; where one may be inside a text of several lines, nothing of it is
 * shown. Immutable.
 */
final class DocumentLines {

  private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");

  /** How far into a line a key is looked for, in characters. */
  private static final int LONGEST_LOOK = 400;

  private static final String BARE = "[\\p{L}\\p{N}_.$@-]{1,100}";
  private static final String QUOTED = "\"[^\"\\\\]{1,100}\"";
  private static final String NAME = "(?:" + BARE + "|" + QUOTED + "|'[^']{1,100}')";

  /** Brackets and dashes. */
  private static final Pattern PUNCTUATION =
      Pattern.compile("---|\\s*(?:- +)*(?:-|[\\s\\[\\]{}(),]*)");

  /** {@code port: }, <code>- {"port":</code>, {@code export PORT=}. */
  private static final Pattern KEY =
      Pattern.compile(
          "\\s*(?:- +)*(?:[\\[{(,]\\s*)*(?:export\\s+)?"
              + "(?:"
              + QUOTED
              + "\\s*:|"
              + NAME
              + "\\s*(?::(?=[\\s\"'\\[{]|$)|[:+?]?=(?=\\s*[^=\\s])))\\s*");

  /** <code>resource "disk" "main" {</code>. */
  private static final Pattern BLOCK =
      Pattern.compile("\\s*" + BARE + "(?:\\s+" + NAME + ")*\\s*\\{\\s*");

  /** {@code [server.http]} of TOML. */
  private static final Pattern TABLE = Pattern.compile("\\s*\\[+[^\\[\\]=,]{1,100}]+\\s*");

  /** What a text of several lines begins with, other than a quote that stays open. */
  private static final Pattern LONG_TEXT =
      Pattern.compile("-----BEGIN|\"{3}|'{3}|<<[-~]?\\w|^-{2,3}\\s*[|>]|^\\s*[|>]");

  /** The name of an element of XML, which cannot begin so within text or an attribute. */
  private static final Pattern ELEMENT =
      Pattern.compile("\\s*</?[\\p{L}_][\\p{L}\\p{N}_.:-]{0,99}");

  /** What is not closed in its line: a comment, a section of text. */
  private static final Pattern XML_TEXT = Pattern.compile("<!(?!--.*-->|\\[CDATA\\[.*]]>)");

  private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)(?:#|//).*");
  private static final Pattern INDENT = Pattern.compile("\\s*(?:- +)*");

  private final String format;
  private final boolean isXml;
  private final List<String> lines;

  /** The first line from whose end on there may be text of several lines. */
  private final int text;

  private DocumentLines(String format, List<String> lines) {
    this.format = format;
    this.isXml = format.equals("xml");
    this.lines = lines;
    int first = 0;
    while (first < lines.size() && !beginsText(lines.get(first))) {
      first++;
    }
    this.text = first;
  }

  static DocumentLines of(Content content) {
    String text = new String(content.bytes(), StandardCharsets.UTF_8);
    String format = content.format().toLowerCase(Locale.ROOT);
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return new DocumentLines(format, List.of(LINE_END.split(unmarked, -1)));
  }

  int size() {
    return lines.size();
  }

  /** A line, from 0. */
  String line(int index) {
    return lines.get(index);
  }

  /** How many of the first characters of a line may be shown. */
  int shown(int index) {
    String line = lines.get(index);
    if (index > text || !isXml && isInValue(index)) {
      return 0;
    }
    if (line.length() <= LONGEST_LOOK && isNoValue(line)) {
      return line.length();
    }
    Pattern begin = isXml ? ELEMENT : KEY;
    Matcher key = begin.matcher(line.substring(0, Math.min(line.length(), LONGEST_LOOK)));
    return key.lookingAt() ? key.end() : 0;
  }

  private boolean isNoValue(String line) {
    return PUNCTUATION.matcher(line).matches()
        || !isXml && BLOCK.matcher(line).matches()
        || format.equals("toml") && TABLE.matcher(line).matches();
  }

  /** Whether the next line may be inside a text. */
  private boolean beginsText(String line) {
    return isXml
        ? XML_TEXT.matcher(line).find()
        : LONG_TEXT.matcher(line).find() || leavesQuoteOpen(line);
  }

  private static boolean leavesQuoteOpen(String line) {
    char open = 0;
    char before = ' ';
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (open != 0) {
        i += c == '\\' && open == '"' ? 1 : 0;
        open = c == open ? 0 : open;
      } else if (Character.isWhitespace(before) && (c == '#' || line.startsWith("//", i))) {
        return false;
      } else if ((c == '"' || c == '\'' || c == '`') && !Character.isLetterOrDigit(before)) {
        open = c;
      }
      before = c;
    }
    return open != 0;
  }

  private boolean isInValue(int index) {
    return index > 0 && lines.get(index - 1).endsWith("\\") || isBelowValue(index);
  }

  /** Whether a line is nested in one that does not end as those do that others are nested in. */
  private boolean isBelowValue(int index) {
    int indent = indent(lines.get(index));
    for (int i = index - 1; i >= 0 && indent > 0; i--) {
      String line = COMMENT.matcher(lines.get(i)).replaceAll("").stripTrailing();
      if (!line.isEmpty() && indent(line) < indent) {
        indent = indent(line);
        if (!hasNested(line)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean hasNested(String line) {
    boolean brackets = line.indexOf('[') >= 0 || line.indexOf('{') >= 0;
    return ":[{(=".indexOf(line.charAt(line.length() - 1)) >= 0
        || line.endsWith(",") && brackets
        || line.length() <= LONGEST_LOOK && isNoValue(line);
  }

  private static int indent(String line) {
    Matcher matcher = INDENT.matcher(line.substring(0, Math.min(line.length(), LONGEST_LOOK)));
    return matcher.lookingAt() ? matcher.end() : 0;
  }
}
