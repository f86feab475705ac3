package dev.gimbal.jsonschema;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import tools.jackson.databind.JsonNode;

/** A keyword whose validators are wrapped. */
final class WrappedKeyword implements Keyword {

  private final Keyword original;
  private final Wrapper wrapper;

  WrappedKeyword(Keyword original, Wrapper wrapper) {
    this.original = original;
    this.wrapper = wrapper;
  }

  @Override
  public String getValue() {
    return original.getValue();
  }

  @Override
  public KeywordValidator newValidator(
      SchemaLocation location, JsonNode said, Schema parent, SchemaContext context)
      throws Exception {
    return wrapper.wrap(original.newValidator(location, said, parent, context), said);
  }

  /** Puts a validator around another. */
  @FunctionalInterface
  interface Wrapper {

    /**
     * @param said what the schema says at the keyword
     */
    KeywordValidator wrap(KeywordValidator original, JsonNode said);
  }
}
