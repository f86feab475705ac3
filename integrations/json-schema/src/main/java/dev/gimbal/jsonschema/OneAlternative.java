package dev.gimbal.jsonschema;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import tools.jackson.databind.JsonNode;

/**
 * {@code oneOf}: where two alternatives match because one takes a text and the other the number
 * that it says, it is enough that one does when texts are read in one way throughout. Immutable.
 */
final class OneAlternative extends AnyAlternative {

  OneAlternative(KeywordValidator original, JsonNode said) {
    super(original, said);
  }

  @Override
  boolean passesOtherwise(
      ExecutionContext context, JsonNode node, JsonNode root, NodePath location) {
    return TextReading.of(context) == TextReading.EITHER
        && (passes(TextReading.TEXT, context, node, root, location)
            || passes(TextReading.TYPED, context, node, root, location));
  }

  private boolean passes(
      TextReading reading,
      ExecutionContext context,
      JsonNode node,
      JsonNode root,
      NodePath location) {
    return reading.during(context, () -> errors(context, node, root, location).isEmpty());
  }
}
