package dev.gimbal.jsonschema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import tools.jackson.databind.JsonNode;

/**
 * {@code maximum} and its kin: a text that says a number is held to it. Where texts are taken as
 * such, none is what the limit asks for. Immutable.
 */
final class NumericLimit extends WrappedValidator {

  NumericLimit(KeywordValidator original, JsonNode said) {
    super(original);
  }

  @Override
  public void validate(ExecutionContext context, JsonNode node, JsonNode root, NodePath location) {
    JsonNode typed = TextReading.typed(node);
    errors(context, typed == null ? node : typed, root, location).forEach(context::addError);
    if (typed != null && typed.isNumber() && TextReading.of(context) == TextReading.TEXT) {
      context.addError(
          Error.builder()
              .keyword(getKeyword())
              .instanceNode(node)
              .instanceLocation(location)
              .evaluationPath(context.getEvaluationPath())
              .message("a text")
              .build());
    }
  }
}
