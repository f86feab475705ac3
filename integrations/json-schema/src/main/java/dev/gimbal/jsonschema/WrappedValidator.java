package dev.gimbal.jsonschema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A keyword at one place of a schema, around the validator of the library. */
abstract class WrappedValidator implements KeywordValidator {

  private final KeywordValidator original;

  WrappedValidator(KeywordValidator original) {
    this.original = original;
  }

  /** What the library's validator finds. */
  final List<Error> errors(
      ExecutionContext context, JsonNode node, JsonNode root, NodePath location) {
    List<Error> before = context.getErrors();
    List<Error> found = new ArrayList<>();
    context.setErrors(found);
    try {
      original.validate(context, node, root, location);
    } finally {
      context.setErrors(before);
    }
    return found;
  }

  @Override
  public final String getKeyword() {
    return original.getKeyword();
  }

  @Override
  public final SchemaLocation getSchemaLocation() {
    return original.getSchemaLocation();
  }

  @Override
  public final void preloadSchema() {
    original.preloadSchema();
  }
}
