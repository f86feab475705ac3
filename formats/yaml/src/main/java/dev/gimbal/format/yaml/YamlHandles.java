package dev.gimbal.format.yaml;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads directives, anchors, aliases and tags. Never shows a name, which may be a value that lacks
 * quotes. Used by one thread.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/#68-directives">YAML 1.2.2, 6.8 and 6.9</a>
 */
final class YamlHandles {

  /** What a URI may hold besides letters, digits and escapes. */
  private static final String URI = "-#;/?:@&=+$,_.!~*'()[]";

  /** The same in the name of a tag. */
  private static final String TAG = "-#;/?:@&=+$_.~*'()";

  private final YamlText text;

  /** What the handles of this document stand for. */
  private final Map<String, String> prefixes = new HashMap<>();

  private boolean hasVersion;

  YamlHandles(YamlText text) {
    this.text = text;
  }

  /** Forgets the directives of the document before. */
  void reset() {
    prefixes.clear();
    hasVersion = false;
  }

  /** Reads the directive whose percent sign stands here, to the end of its line. */
  void directive() {
    int begin = text.at();
    text.take(begin + 1);
    String name = word("the name of a directive");
    text.skipBlanks();
    switch (name) {
      case "YAML" -> version(begin);
      case "TAG" -> handle(begin);
      default -> {
        while (!text.isAtEnd() && !YamlText.isBreak(text.next())) {
          text.check(text.at());
          text.take(text.at() + 1);
        }
      }
    }
    text.skipBlanks();
    text.skipComment();
    if (!text.isAtEnd() && !YamlText.isBreak(text.next())) {
      throw text.unexpected("the end of the directive");
    }
  }

  private String word(String expected) {
    int from = text.at();
    int end = from;
    while (!text.isSpace(end)) {
      text.check(end);
      end++;
    }
    if (end == from) {
      throw text.unexpected(expected);
    }
    text.take(end);
    return text.source().substring(from, end);
  }

  private void version(int begin) {
    int at = text.at();
    String version = word("a version");
    if (hasVersion) {
      throw text.malformed(begin, "%YAML stands twice");
    }
    hasVersion = true;
    if (!version.matches("[0-9]{1,9}\\.[0-9]{1,9}")) {
      throw text.malformed(at, "%YAML has no version, expected %YAML 1.2");
    }
    if (!version.startsWith("1.")) {
      throw text.malformed(at, "%YAML has another version, expected %YAML 1.2");
    }
  }

  private void handle(int begin) {
    int at = text.at();
    String handle = word("a handle: !, !! or !name!");
    if (!handle.matches("!([-0-9A-Za-z]*!)?")) {
      throw text.malformed(at, "%TAG has no handle, expected !, !! or !name!");
    }
    text.skipBlanks();
    String prefix = uri(URI, "a prefix for tags");
    if (prefixes.put(handle, prefix) != null) {
      throw text.malformed(begin, "%TAG stands twice for one handle");
    }
  }

  /** Whether an anchor or a tag begins here. */
  boolean isProperty() {
    return text.next() == '&' || text.next() == '!';
  }

  /** Reads the anchor and the tag that stand here in one line. */
  YamlProperties properties(boolean flow) {
    YamlProperties all = YamlProperties.NONE;
    while (isProperty()) {
      int at = text.at();
      boolean anchor = text.next() == '&';
      all =
          with(
              all,
              anchor
                  ? new YamlProperties(at, name("the name of an anchor"), null)
                  : new YamlProperties(at, null, tag(flow)));
      if (!text.endsIndicator(text.at(), flow)) {
        throw text.unexpected(
            "a blank behind the " + (anchor ? "anchor" : "tag; quote a text that begins with !"));
      }
      text.skipBlanks();
    }
    return all;
  }

  /** Both, which are those of one node. */
  YamlProperties with(YamlProperties all, YamlProperties next) {
    YamlProperties both = all.and(next);
    if (both == null) {
      throw text.malformed(
          next.at(), "a second " + (next.anchor() != null ? "anchor" : "tag") + " of one node");
    }
    return both;
  }

  /** The name of the anchor or alias whose sign stands here. */
  String name(String expected) {
    int from = text.at() + 1;
    int end = from;
    while (!text.isSpace(end) && !YamlText.isFlowIndicator(text.at(end))) {
      text.check(end);
      end++;
    }
    if (end == from) {
      throw text.unexpected(from, expected);
    }
    text.take(end);
    return text.source().substring(from, end);
  }

  private String tag(boolean flow) {
    int begin = text.at();
    if (text.at(begin + 1) == '<') {
      return verbatim(begin);
    }
    int bang = begin + 1;
    while (isWord(text.at(bang))) {
      bang++;
    }
    boolean named = text.at(bang) == '!';
    String handle = named ? text.source().substring(begin, bang + 1) : "!";
    text.take(begin + handle.length());
    if (text.endsIndicator(text.at(), flow)) {
      if (named) {
        throw text.unexpected("the name of a tag behind its handle");
      }
      return YamlTags.NON_SPECIFIC;
    }
    String prefix = prefix(handle, begin);
    return YamlTags.of(prefix, uri(TAG, "the name of a tag"));
  }

  private String prefix(String handle, int begin) {
    String prefix = prefixes.get(handle);
    if (prefix != null) {
      return prefix;
    }
    return switch (handle) {
      case "!" -> "!";
      case "!!" -> YamlTags.PREFIX;
      default -> throw text.malformed(begin, "the handle of the tag is not declared by %TAG");
    };
  }

  private String verbatim(int begin) {
    text.take(begin + 2);
    String tag = uri(URI, "a tag between < and >");
    if (text.next() != '>') {
      throw text.unexpected("'>' behind the tag");
    }
    text.take(text.at() + 1);
    if (tag.equals("!")) {
      throw text.malformed(begin, "the tag has no name");
    }
    return tag;
  }

  private static boolean isWord(char c) {
    return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '-';
  }

  /** The characters of a URI that stand here, unescaped. */
  private String uri(String others, String expected) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int from = text.at();
    int at = from;
    while (true) {
      char c = text.at(at);
      if (isWord(c) || others.indexOf(c) >= 0) {
        bytes.write(c);
        at++;
      } else if (c == '%') {
        bytes.write(16 * hex(at + 1) + hex(at + 2));
        at += 3;
      } else {
        break;
      }
    }
    if (at == from) {
      throw text.unexpected(expected);
    }
    text.take(at);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw text.malformed(from, "the escapes in the tag are not UTF-8");
    }
  }

  private int hex(int at) {
    int digit = text.at(at) < 128 ? Character.digit(text.at(at), 16) : -1;
    if (digit < 0) {
      throw text.unexpected(at, "two hexadecimal digits behind %");
    }
    return digit;
  }
}
