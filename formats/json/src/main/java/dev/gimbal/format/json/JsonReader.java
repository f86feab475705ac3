package dev.gimbal.format.json;

import dev.gimbal.ConfigException;
import dev.gimbal.format.TextCursor;
import dev.gimbal.format.TreeBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.util.JsonRecyclerPools;

/** Reads one JSON document into a builder. Used by one thread. */
final class JsonReader {

  private final String text;
  private final TreeBuilder out;
  private final TextCursor cursor;
  private final boolean lenient;

  /**
   * @param lenient whether comments and commas behind the last are allowed
   */
  JsonReader(String text, TreeBuilder out, boolean lenient) {
    this.text = text;
    this.out = out;
    this.lenient = lenient;
    this.cursor = new TextCursor(text);
  }

  /**
   * A factory for one document: it holds no buffers and no symbols beyond it. The builder's limits
   * decide, so that the parser's own are as good as absent.
   */
  private JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(Integer.MAX_VALUE)
                .maxNumberLength(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build())
        .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
        .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
        .configure(JsonReadFeature.ALLOW_JAVA_COMMENTS, lenient)
        .configure(JsonReadFeature.ALLOW_TRAILING_COMMA, lenient)
        .build();
  }

  void read() {
    JsonParser parser = factory().createParser(ObjectReadContext.empty(), text.toCharArray());
    int depth = 0;
    try {
      JsonToken token = parser.nextToken();
      do {
        if (token == null) {
          return; // nothing, or a structure that the parser has reported as not closed
        }
        depth += depth(token);
        take(parser, token);
        token = parser.nextToken();
      } while (depth > 0);
      if (token != null) {
        throw afterTheRoot(parser.currentTokenLocation().getCharOffset());
      }
    } catch (JacksonException e) {
      boolean rootIsRead =
          depth == 0 && parser.currentToken() != null && !JsonErrors.isInComment(e);
      throw rootIsRead
          ? afterTheRoot(JsonErrors.offset(e, text))
          : new JsonErrors(text, cursor, out, lenient).of(e, parser.streamReadContext());
    }
  }

  private static int depth(JsonToken token) {
    return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
  }

  private void take(JsonParser parser, JsonToken token) {
    if (token.isStructEnd()) {
      out.end();
      return;
    }
    cursor.moveTo(parser.currentTokenLocation().getCharOffset());
    int line = cursor.line();
    int column = cursor.column();
    switch (token) {
      case START_OBJECT -> out.beginObject(line, column);
      case START_ARRAY -> out.beginList(line, column);
      case PROPERTY_NAME -> out.key(parser.currentName(), line, column);
      case VALUE_STRING -> out.string(parser.getString(), line, column);
      case VALUE_TRUE -> out.bool(true, line, column);
      case VALUE_FALSE -> out.bool(false, line, column);
      case VALUE_NULL -> out.nullValue(line, column);
      default -> out.number(parser.getString(), line, column);
    }
  }

  private ConfigException afterTheRoot(long offset) {
    cursor.moveTo(offset);
    String found = cursor.found(offset);
    return out.malformed(
        cursor.line(), cursor.column(), "unexpected " + found + " after the end of the root");
  }
}
