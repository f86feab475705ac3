package dev.gimbal.format.xml;

import dev.gimbal.ConfigException;
import dev.gimbal.format.TextCursor;
import dev.gimbal.format.TreeBuilder;
import org.jspecify.annotations.Nullable;

/** Reads the small parts of a document: names, references, texts, comments. Used by one thread. */
final class XmlScanner {

  private static final String REFERENCES =
      "&lt;, &gt;, &amp;, &quot;, &apos; or the number of a character (write & as &amp;)";

  private final String source;
  private final TextCursor cursor;
  private final TreeBuilder out;

  private int at;

  /** The text since the last tag, and the first character in it that is no white space. */
  private final StringBuilder text = new StringBuilder();

  private @Nullable XmlText textBegin;

  XmlScanner(String source, TreeBuilder out) {
    this.source = source;
    this.cursor = new TextCursor(source);
    this.out = out;
  }

  int at() {
    return at;
  }

  boolean isAtEnd() {
    return at == source.length();
  }

  boolean looksAt(String expected) {
    return source.startsWith(expected, at);
  }

  /** Goes behind a text that stands here; false if it does not. */
  boolean skip(String expected) {
    boolean there = looksAt(expected);
    at += there ? expected.length() : 0;
    return there;
  }

  void require(String expected, String words) {
    if (!skip(expected)) {
      throw unexpected(words);
    }
  }

  /** Goes behind white space; false if there is none. */
  boolean skipBlanks() {
    int before = at;
    at = XmlCharacters.skipBlanks(source, at);
    return at > before;
  }

  /** Whether there is a character beyond ASCII. */
  boolean isBeyondAscii() {
    return source.chars().anyMatch(c -> c > 0x7F);
  }

  ConfigException unexpected(String expected) {
    return unexpected(at, expected);
  }

  private ConfigException unexpected(int offset, String expected) {
    return malformed(offset, "unexpected " + cursor.found(offset) + ", expected " + expected);
  }

  ConfigException malformed(int offset, String message) {
    cursor.moveTo(offset);
    return out.malformed(cursor.line(), cursor.column(), message);
  }

  /** A text that is put where an offset is. */
  XmlText placed(int offset, String found) {
    cursor.moveTo(offset);
    return new XmlText(found, cursor.line(), cursor.column());
  }

  /** The name that stands here, with at most one colon, which is inside. */
  String name(String expected) {
    int end = XmlCharacters.nameEnd(source, at);
    if (end == at) {
      throw unexpected(expected);
    }
    String name = source.substring(at, end);
    int colon = name.indexOf(':');
    if (colon == 0 || colon == name.length() - 1 || colon != name.lastIndexOf(':')) {
      throw malformed(at + name.lastIndexOf(':'), "unexpected ':' in a name");
    }
    if (colon > 0 && XmlCharacters.nameEnd(source, at + colon + 1) == at + colon + 1) {
      throw unexpected(at + colon + 1, "a name after the prefix");
    }
    at = end;
    return name;
  }

  /** The value of an attribute; white space in it becomes blanks. */
  XmlText quoted() {
    if (!looksAt("\"") && !looksAt("'")) {
      throw unexpected("a value in quotes");
    }
    int begin = at;
    XmlText place = placed(begin, "");
    char quote = source.charAt(at++);
    StringBuilder value = new StringBuilder();
    while (true) {
      int from = at;
      while (at < source.length() && isPlain(source.charAt(at), quote)) {
        at++;
      }
      value.append(source, from, at);
      if (at == source.length()) {
        throw notClosed("the closing quote of the value that", place.line(), place.column());
      }
      char c = source.charAt(at);
      if (c == quote) {
        at++;
        return new XmlText(value.toString(), place.line(), place.column());
      } else if (c == '&') {
        reference(value);
      } else if (c == '<') {
        throw unexpected("&lt; in a value");
      } else if (XmlCharacters.isBlank(c)) {
        at += looksAt("\r\n") ? 2 : 1;
        value.append(' ');
      } else {
        value.appendCodePoint(allowed());
      }
    }
  }

  /** Whether a character of a value needs no second look. */
  private static boolean isPlain(char c, char quote) {
    return c >= ' ' && c < 0xD800 && c != quote && c != '&' && c != '<';
  }

  /** The character here, which must be one that a document may hold; goes behind it. */
  private int allowed() {
    int c = source.codePointAt(at);
    if (!XmlCharacters.isAllowed(c)) {
      throw malformed(at, "unexpected " + cursor.found(at) + ", which XML cannot hold");
    }
    at += Character.charCount(c);
    return c;
  }

  /** Resolves what begins with {@code &} here. */
  private void reference(StringBuilder to) {
    int begin = at;
    if (skip("&#x")) {
      number(begin, 16, to);
    } else if (skip("&#")) {
      number(begin, 10, to);
    } else if (skip("&lt;")) {
      to.append('<');
    } else if (skip("&gt;")) {
      to.append('>');
    } else if (skip("&amp;")) {
      to.append('&');
    } else if (skip("&quot;")) {
      to.append('"');
    } else if (skip("&apos;")) {
      to.append('\'');
    } else {
      throw unexpected(REFERENCES);
    }
  }

  private void number(int begin, int radix, StringBuilder to) {
    int first = at;
    int c = 0;
    while (at < source.length() && source.charAt(at) < 128) {
      int digit = Character.digit(source.charAt(at), radix);
      if (digit < 0) {
        break;
      }
      c = Math.min(c * radix + digit, Character.MAX_CODE_POINT + 1);
      at++;
    }
    if (at == first) {
      throw unexpected(radix == 16 ? "a hex digit" : "a digit");
    }
    require(";", "';' after the number of a character");
    if (!XmlCharacters.isAllowed(c)) {
      throw malformed(begin, "the number of a character that XML cannot hold");
    }
    to.appendCodePoint(c);
  }

  /** Reads text up to the next markup. */
  void text() {
    while (at < source.length() && source.charAt(at) != '<') {
      int begin = at;
      int length = text.length();
      char c = source.charAt(at);
      if (c == '&') {
        reference(text);
      } else if (c == '\r') {
        lineBreak();
      } else if (looksAt("]]>")) {
        throw malformed(at, "unexpected ]]> in a text, expected ]]&gt;");
      } else if (c >= 0xD800 || c < ' ') {
        text.appendCodePoint(allowed());
      } else {
        plain();
      }
      begin(begin, length);
    }
  }

  /** Takes the characters that need no second look. */
  private void plain() {
    int from = at++;
    while (at < source.length() && isPlain(source.charAt(at), ']')) {
      at++;
    }
    text.append(source, from, at);
  }

  private void lineBreak() {
    at += looksAt("\r\n") ? 2 : 1;
    text.append('\n');
  }

  /** Reads what is between here and {@code ]]>}; all of it is text. */
  void characterData(int begin) {
    int end = source.indexOf("]]>", at);
    if (end < 0) {
      throw notClosed("]]>", begin);
    }
    while (at < end) {
      int from = at;
      int length = text.length();
      if (looksAt("\r")) {
        lineBreak();
      } else {
        text.appendCodePoint(allowed());
      }
      begin(from, length);
    }
    at = end + 3;
  }

  /** Sees whether what was added to the text from {@code length} on is where it begins. */
  private void begin(int offset, int length) {
    if (textBegin == null) {
      int first = length;
      while (first < text.length() && XmlCharacters.isBlank(text.charAt(first))) {
        first++;
      }
      if (first < text.length()) {
        textBegin = placed(offset + first - length, "");
      }
    }
  }

  /** The text since the last tag; blank where there is only white space. */
  @Nullable XmlText takeText() {
    if (text.isEmpty()) {
      return null;
    }
    XmlText begin = textBegin;
    XmlText taken =
        begin == null
            ? new XmlText(text.toString(), 0, 0)
            : new XmlText(text.toString(), begin.line(), begin.column());
    text.setLength(0);
    textBegin = null;
    return taken;
  }

  /** Passes over a comment; its begin has been read. */
  void comment(int begin) {
    int end = source.indexOf("--", at);
    if (end < 0) {
      throw notClosed("-->", begin);
    }
    skipTo(end);
    at = end + 2;
    require(">", "'>' after -- in a comment");
  }

  /** Passes over a processing instruction; its begin has been read. */
  void instruction(int begin) {
    String target = name("the name of a processing instruction");
    if (target.equalsIgnoreCase("xml")) {
      throw malformed(begin, "found an XML declaration, expected it at the begin of the document");
    }
    int end = source.indexOf("?>", at);
    if (end < 0) {
      throw notClosed("?>", begin);
    }
    if (at < end && !skipBlanks()) {
      throw unexpected("a blank or ?>");
    }
    skipTo(end);
    at = end + 2;
  }

  /** Goes to an offset; each character on the way must be one that a document may hold. */
  private void skipTo(int end) {
    while (at < end) {
      allowed();
    }
  }

  private ConfigException notClosed(String expected, int begin) {
    XmlText place = placed(begin, "");
    return notClosed(expected + " of what", place.line(), place.column());
  }

  /**
   * The end of the document inside of something.
   *
   * @param expected what would close it, and its name
   * @param line where it begins
   */
  ConfigException notClosed(String expected, int line, int column) {
    String message = "unexpected end of the document, expected " + expected;
    return malformed(source.length(), message, line, column);
  }

  /** Something else than the end of what begins at a place; the message ends before that. */
  ConfigException malformed(int offset, String message, int line, int column) {
    cursor.moveTo(offset);
    String whole = message + " begins at " + line + ":" + column;
    return out.malformed(cursor.line(), cursor.column(), whole, line, column);
  }
}
