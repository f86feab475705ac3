package dev.gimbal.jsonschema;

import com.networknt.schema.ExecutionContext;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** How {@code type}, {@code enum} and {@code const} take a text that says a number or boolean. */
enum TextReading {
  /** As whichever of both passes. */
  EITHER,
  TEXT,
  /** As the number or boolean. */
  TYPED;

  /** The number or boolean that a text says, as getters take it; null for all that is none. */
  static @Nullable JsonNode typed(JsonNode node) {
    if (!node.isString()) {
      return null;
    }
    String text = node.stringValue();
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text));
    }
    if (!text.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0)) {
      return null; // other digits than these are none to getters
    }
    JsonNode number = JsonNodes.number(text);
    return number.isNumber() ? number : null;
  }

  static TextReading of(ExecutionContext context) {
    TextReading reading = context.getCollectorContext().get(TextReading.class);
    return reading == null ? EITHER : reading;
  }

  /** Runs with this reading; before and after it, either one holds. */
  boolean during(ExecutionContext context, BooleanSupplier run) {
    context.getCollectorContext().put(TextReading.class, this);
    try {
      return run.getAsBoolean();
    } finally {
      context.getCollectorContext().put(TextReading.class, EITHER);
    }
  }
}
