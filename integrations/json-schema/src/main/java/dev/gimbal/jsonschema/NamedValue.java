package dev.gimbal.jsonschema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code type}, {@code enum} or {@code const}: a text passes as itself, or as the number or boolean
 * that it says. Immutable.
 */
final class NamedValue extends WrappedValidator {

  private final JsonNode said;

  NamedValue(KeywordValidator original, JsonNode said) {
    super(original);
    this.said = said;
  }

  @Override
  public void validate(ExecutionContext context, JsonNode node, JsonNode root, NodePath location) {
    JsonNode typed = TextReading.typed(node);
    TextReading reading = TextReading.of(context);
    List<Error> found =
        typed != null && reading == TextReading.TYPED
            ? errors(context, typed, root, location)
            : errors(context, node, root, location);
    if (!found.isEmpty() && typed != null && reading == TextReading.EITHER) {
      List<Error> ofTyped = errors(context, typed, root, location);
      found = ofTyped.isEmpty() || wantsKindOf(typed) ? ofTyped : found;
    }
    found.forEach(context::addError);
  }

  /** Whether the type that is said is a number, where there is one. */
  private boolean wantsKindOf(@Nullable JsonNode typed) {
    return typed != null
        && typed.isNumber()
        && "type".equals(getKeyword())
        && (isNumeric(said) || said.valueStream().anyMatch(NamedValue::isNumeric));
  }

  private static boolean isNumeric(JsonNode type) {
    return type.isString()
        && (type.stringValue().equals("integer") || type.stringValue().equals("number"));
  }
}
