package dev.gimbal.jsonschema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** {@code anyOf}, and what it has in common with {@code oneOf}. Immutable. */
class AnyAlternative extends WrappedValidator {

  private final int count;

  AnyAlternative(KeywordValidator original, JsonNode said) {
    super(original);
    this.count = said.size();
  }

  @Override
  public final void validate(
      ExecutionContext context, JsonNode node, JsonNode root, NodePath location) {
    List<Error> found = errors(context, node, root, location);
    if (!found.isEmpty() && !passesOtherwise(context, node, root, location)) {
      new Alternatives(node, location, context.getEvaluationPath())
          .told(found, count)
          .forEach(context::addError);
    }
  }

  /** Whether a value passes that did not at first. */
  boolean passesOtherwise(
      ExecutionContext context, JsonNode node, JsonNode root, NodePath location) {
    return false;
  }
}
