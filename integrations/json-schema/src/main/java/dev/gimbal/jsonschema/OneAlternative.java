package dev.gimbal.jsonschema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * {@code oneOf}: where two alternatives match because one takes a text and the other the number
 * that it says, it is enough that one does when texts are read in one way throughout. Immutable.
 */
final class OneAlternative extends WrappedValidator {

  OneAlternative(KeywordValidator original, JsonNode said) {
    super(original);
  }

  @Override
  public void validate(ExecutionContext context, JsonNode node, JsonNode root, NodePath location) {
    List<Error> found = errors(context, node, root, location);
    if (!found.isEmpty()
        && TextReading.of(context) == TextReading.EITHER
        && (passes(TextReading.TEXT, context, node, root, location)
            || passes(TextReading.TYPED, context, node, root, location))) {
      return;
    }
    found.forEach(context::addError);
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
