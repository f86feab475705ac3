package dev.gimbal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a document, and how much of each may be shown: the key that it begins with, or
 * nothing but punctuation, and never a part of a value. The document may be malformed, so this goes
 * by what the lines look like; where one may be inside a text of several lines, nothing of it is
 * shown. Lines are looked at up to the last one that was asked for. Used by one thread.
 */
final class DocumentLines {

  /** How far into a line a key is looked for, in characters. */
  private static final int LONGEST_LOOK = 400;

  /** How far before a quote it is looked for what a value begins with, in characters. */
  private static final int LONGEST_BEGIN = 100;

  private static final String BARE = "[\\p{L}\\p{N}_.$@-]{1,100}";
  private static final String QUOTED = "\"[^\"\\\\]{1,100}\"";
  private static final String NAME = "(?:" + BARE + "|" + QUOTED + "|'[^']{1,100}')";

  /** The bracket that keys stand in, which a list is not, with those around it; or a comma. */
  private static final String OPEN = "\\s*(?<open>(?:[\\[{(,]\\s*)*\\{|,)?\\s*";

  private static final String COLON = "\\s*:(?=[\\s\"'\\[{]|$)\\s*";

  /** Not the end of a text in Base64. */
  private static final String EQUALS = "\\s*[:+?]?=(?=\\s*[^=\\s])\\s*";

  /** Brackets and dashes. */
  private static final Pattern PUNCTUATION =
      Pattern.compile("---|\\s*(?:- +)*(?:-|[\\s\\[\\]{}(),]*)");

  private static final Pattern JSON_KEY = Pattern.compile(OPEN + QUOTED + "\\s*:\\s*");
  private static final Pattern HOCON_KEY =
      Pattern.compile(
          OPEN + "(?:" + QUOTED + "\\s*:\\s*|" + NAME + "(?:" + COLON + "|" + EQUALS + "))");

  /** What a line may begin with, by formats: no other format's keys, which could be values here. */
  private static final Map<String, Pattern> BEGINS =
      Map.of(
          "properties",
              Pattern.compile("\\s*" + BARE + "(?:" + COLON + "|\\s*=(?=\\s*[^=\\s])\\s*)"),
          "dotenv", Pattern.compile("\\s*(?:export\\s+)?" + BARE + "=(?=\\s*[^=\\s])\\s*"),
          "json", JSON_KEY,
          "jsonc", JSON_KEY,
          "yaml",
              Pattern.compile(
                  "\\s*(?:- +)*" + OPEN + "(?:" + QUOTED + "\\s*:\\s*|" + NAME + COLON + ")"),
          "toml", Pattern.compile(OPEN + NAME + "\\s*=(?=\\s*[^=\\s])\\s*"),
          "hcl", HOCON_KEY,
          "hocon", HOCON_KEY,
          "xml", Pattern.compile("\\s*</?[\\p{L}_][\\p{L}\\p{N}_.:-]{0,99}"));

  /** Those whose lists and objects may go on for several lines. */
  private static final Set<String> BRACKETED =
      Set.of("json", "jsonc", "yaml", "toml", "hcl", "hocon");

  /** <code>resource "disk" "main" {</code>. */
  private static final Pattern BLOCK =
      Pattern.compile("\\s*" + BARE + "(?:\\s+" + NAME + ")*\\s*\\{\\s*");

  /** {@code [server.http]} of TOML. */
  private static final Pattern TABLE =
      Pattern.compile("\\[{1,2}\\p{L}[\\w-]{0,99}(?:\\.\\p{L}[\\w-]{0,99}){0,20}]{1,2}\\s*");

  /** What a text of several lines begins with, other than a quote that stays open. */
  private static final List<String> LONG_TEXT = List.of("-----BEGIN", "\"\"\"", "'''");

  private static final Pattern HEREDOC = Pattern.compile("<<[-~]?\\w");

  /** At the begin of a line. */
  private static final Pattern BLOCK_TEXT = Pattern.compile("(?:-{2,3})?\\s*[|>]");

  /** What is not closed in its line: a comment, a section of text, an instruction. */
  private static final Pattern XML_TEXT =
      Pattern.compile("<!(?!--.*-->|\\[CDATA\\[.*]]>)|<\\?(?!.*\\?>)");

  private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)(?:#|//).*");

  /** The anchor and the tag of a value of YAML. */
  private static final Pattern PROPERTIES = Pattern.compile("(?:(?<=\\s)[&!]\\S*\\s+){1,2}$");

  private static final Pattern INDENT = Pattern.compile("\\s*(?:- +)*");

  /** The name of the format. */
  private final String format;

  private final boolean isXml;
  private final List<String> lines;

  /**
   * The first line from whose end on there may be text of several lines, as far as it was looked;
   * -1 for all of them.
   */
  private int text;

  /** The innermost bracket that is open where a line begins, up to that line; a blank for none. */
  private final StringBuilder within = new StringBuilder(" ");

  /** The brackets that are open where it was looked last, above a blank. */
  private final StringBuilder open = new StringBuilder(" ");

  private DocumentLines(String format, List<String> lines, boolean isText) {
    this.format = format;
    this.isXml = format.equals("xml");
    this.lines = lines;
    this.text = isText ? -1 : 0;
  }

  /** Looks at the lines above one. */
  private void lookAbove(int index) {
    while (text >= 0 && text < index && !beginsText(lines.get(text), open)) {
      text++;
      within.append(open.charAt(open.length() - 1));
    }
  }

  /**
   * The lines of a text.
   *
   * @param format the name of its format; one that is not known shows nothing but punctuation
   * @param wellFormed whether it follows its format; where XML does not, what looks like an element
   *     may be a part of a text
   */
  static DocumentLines of(String format, String text, boolean wellFormed) {
    return new DocumentLines(format, split(text), format.equals("xml") && !wellFormed);
  }

  private static List<String> split(String text) {
    List<String> lines = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        lines.add(text.substring(begin, i));
        i += c == '\r' && text.startsWith("\n", i + 1) ? 1 : 0;
        begin = i + 1;
      }
    }
    lines.add(text.substring(begin));
    return lines;
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
    lookAbove(index);
    String line = lines.get(index);
    if (index > text || !isXml && isInValue(index)) {
      return 0;
    }
    if (line.length() <= LONGEST_LOOK && isNoValue(index)) {
      return line.length();
    }
    Pattern begin = BEGINS.get(format);
    if (begin == null || isValueAwaited(index)) {
      return 0;
    }
    Matcher key = begin.matcher(line.substring(0, Math.min(line.length(), LONGEST_LOOK)));
    boolean isKey = key.lookingAt() && (!isInList(index) || isInObject(key.group("open")));
    return isKey ? key.end() : 0;
  }

  private boolean isNoValue(int index) {
    String line = lines.get(index);
    return PUNCTUATION.matcher(line).matches()
        || isBlock(line) && !isInList(index) && !isValueAwaited(index)
        || isTable(line) && within.charAt(index) == ' ' && !isValueAwaited(index);
  }

  private boolean isBlock(String line) {
    return (format.equals("hcl") || format.equals("hocon")) && BLOCK.matcher(line).matches();
  }

  private boolean isTable(String line) {
    return format.equals("toml") && TABLE.matcher(line).matches();
  }

  private static boolean isInObject(@Nullable String open) {
    return open != null && open.endsWith("{");
  }

  /** Whether the elements of a list stand in a line, as far as it does not begin others. */
  private boolean isInList(int index) {
    return BRACKETED.contains(format) && "[(".indexOf(within.charAt(index)) >= 0;
  }

  /** Whether the line before, but for blank ones, ends where a value is to follow. */
  private boolean isValueAwaited(int index) {
    if (!BRACKETED.contains(format)) {
      return false;
    }
    for (int i = index - 1; i >= 0; i--) {
      String line = withoutComment(lines.get(i));
      if (!line.isEmpty()) {
        boolean isOutside = within.charAt(index) == ' ';
        return line.endsWith("=")
            || line.endsWith(":") && !(isOutside && format.equals("yaml"))
            || line.endsWith(",") && isOutside; // a list whose bracket is missing
      }
    }
    return false;
  }

  /** Whether the next line may be inside a text. */
  private boolean beginsText(String line, StringBuilder open) {
    return isXml
        ? XML_TEXT.matcher(line).find()
        : leavesQuoteOpen(line, open) || beginsLongText(line);
  }

  private static boolean beginsLongText(String line) {
    return BLOCK_TEXT.matcher(line).lookingAt()
        || LONG_TEXT.stream().anyMatch(line::contains)
        || line.contains("<<") && HEREDOC.matcher(line).find();
  }

  /**
   * Goes through a line.
   *
   * @param brackets those that are open, above a blank; both those before the line and after it
   */
  private boolean leavesQuoteOpen(String line, StringBuilder brackets) {
    char open = 0;
    char before = ' ';
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (open != 0) {
        i += c == '\\' && open == '"' ? 1 : 0;
        open = c == open ? 0 : open;
      } else if ((c == '#' || line.startsWith("//", i)) && Character.isWhitespace(before)) {
        return false;
      } else if ((c == '"' || c == '\'' || c == '`') && !Character.isLetterOrDigit(before)) {
        if (format.equals("yaml") && !mayBeginValue(line, i)) {
          return true; // it is a part of a plain text, and what looks like its end begins one
        }
        open = c;
      } else {
        bracket(c, brackets);
      }
      before = c;
    }
    return open != 0;
  }

  /** Whether a value or a key of YAML may begin there; looks back a little. */
  private static boolean mayBeginValue(String line, int at) {
    int from = Math.max(0, at - LONGEST_BEGIN);
    String before = line.substring(from, at);
    String text = PROPERTIES.matcher(before).replaceFirst("").stripTrailing();
    return text.isEmpty() ? from == 0 : "[{,:-?".indexOf(text.charAt(text.length() - 1)) >= 0;
  }

  private static void bracket(char c, StringBuilder open) {
    switch (c) {
      case '[', '{', '(' -> open.append(c);
      case ']' -> close('[', open);
      case '}' -> close('{', open);
      case ')' -> close('(', open);
      default -> {}
    }
  }

  private static void close(char bracket, StringBuilder open) {
    int last = open.length() - 1;
    if (open.charAt(last) == bracket) {
      open.setLength(last);
    }
  }

  private boolean isInValue(int index) {
    return index > 0 && lines.get(index - 1).endsWith("\\") || isBelowValue(index);
  }

  /** Whether a line is nested in one that does not end as those do that others are nested in. */
  private boolean isBelowValue(int index) {
    int indent = indent(lines.get(index));
    for (int i = index - 1; i >= 0 && indent > 0; i--) {
      String line = withoutComment(lines.get(i));
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
        || format.equals("toml") && line.endsWith("]") && line.strip().startsWith("[")
        || line.length() <= LONGEST_LOOK && PUNCTUATION.matcher(line).matches();
  }

  private static String withoutComment(String line) {
    return COMMENT.matcher(line).replaceAll("").stripTrailing();
  }

  private static int indent(String line) {
    Matcher matcher = INDENT.matcher(line.substring(0, Math.min(line.length(), LONGEST_LOOK)));
    return matcher.lookingAt() ? matcher.end() : 0;
  }
}
