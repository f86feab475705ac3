package dev.gimbal.cli;

import dev.gimbal.ConfigPath;
import dev.gimbal.Origin;
import dev.gimbal.format.Document;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a single value stands in a text, found without any editor: it begins where the reader says,
 * and ends by what the format says of its first character.
 *
 * @param line where its line begins
 * @param begin where it begins, with its quotes
 * @param end behind its last character
 */
record LeafPlace(int line, int begin, int end) {

  static LeafPlace of(String format, String text, Document document, ConfigPath path) {
    Origin origin = Objects.requireNonNull(document.origins().find("file", path), path.toString());
    int line = 0;
    for (int i = 1; i < origin.line(); i++) {
      line = nextLine(text, line);
    }
    int begin = text.offsetByCodePoints(line, origin.column() - 1); // columns count these
    Matcher properties = YAML_PROPERTIES.matcher(text).region(begin, text.length());
    if (format.equals("yaml") && properties.lookingAt()) {
      begin = properties.end();
    }
    return new LeafPlace(line, begin, end(format, text, begin));
  }

  private static final Pattern YAML_PROPERTIES = Pattern.compile("(&[a-z0-9]+|![a-z!]*) +");
  private static final Pattern YAML_PLAIN =
      Pattern.compile("([^\\r\\n#:]|(?<=\\S)#|:(?! |\\r|\\n|$))*");
  private static final Pattern YAML_FLOW = Pattern.compile("([^\\r\\n#:,\\]}]|:(?! ))*");
  private static final Pattern IN_LINE =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\d (?=\\d))?[^ \\t\\r\\n,\\]}#]*");
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?s)\"{3}(?:[^\"\\\\]++|\\\\.|\"{1,2}(?!\"))*+\"{3,5}|'{3}(?:[^']++|'{1,2}(?!'))*+'{3,5}"
              + "|\"(?:[^\"\\\\]++|\\\\.)*+\"|`[^`]*`");
  private static final Pattern SINGLE = Pattern.compile("(?s)'[^']*'");
  private static final Pattern DOTENV = Pattern.compile("((?<! )[^\\r\\n]|[^\\r\\n#])*");
  private static final Pattern PROPERTIES = Pattern.compile("(?s)(\\\\(\\r\\n|.)|[^\\\\\\r\\n])*");

  private static int end(String format, String text, int begin) {
    char first = begin < text.length() ? text.charAt(begin) : '\n';
    if (format.equals("properties")) {
      return match(PROPERTIES, text, begin);
    }
    if (first == '"' || first == '`' || text.startsWith("'''", begin)) {
      return match(QUOTED, text, begin);
    }
    if (first == '\'') {
      return match(SINGLE, text, begin);
    }
    if (format.equals("dotenv")) {
      return begin + text.substring(begin, match(DOTENV, text, begin)).stripTrailing().length();
    }
    if (first == '[' || first == '{') {
      return begin + 2; // empty, or no single value
    }
    if (!format.equals("yaml")) {
      return match(IN_LINE, text, begin);
    }
    if (first == '|' || first == '>') {
      return blockEnd(text, begin);
    }
    String before = text.substring(text.lastIndexOf('\n', begin - 1) + 1, begin);
    boolean flow = before.replaceAll("\"[^\"]*\"", "").matches(".*[\\[{].*");
    int end = match(flow ? YAML_FLOW : YAML_PLAIN, text, begin);
    return begin + text.substring(begin, end).stripTrailing().length();
  }

  private static int match(Pattern pattern, String text, int begin) {
    Matcher matcher = pattern.matcher(text).region(begin, text.length());
    return matcher.lookingAt() ? matcher.end() : begin;
  }

  /** Behind the last line that stands deeper than the line of the header. */
  private static int blockEnd(String text, int begin) {
    int header = text.lastIndexOf('\n', begin) + 1;
    String line = text.substring(header, begin);
    int outer = line.length() - line.replaceFirst("^( |- )*", "").length();
    boolean element = line.endsWith("- ");
    int indent = element ? outer - 2 : outer;
    int end = endOfLine(text, begin);
    for (int at = nextLine(text, begin); at < text.length(); at = nextLine(text, at)) {
      String next = text.substring(at, endOfLine(text, at));
      int own = next.length() - next.stripLeading().length();
      if (!next.isBlank() && own <= indent) {
        break;
      }
      end = next.isBlank() ? end : endOfLine(text, at);
    }
    return end;
  }

  static int endOfLine(String text, int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  static int nextLine(String text, int at) {
    int end = endOfLine(text, at);
    return text.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, text.length());
  }
}
