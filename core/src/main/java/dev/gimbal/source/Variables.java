package dev.gimbal.source;

import java.util.Map;
import java.util.Objects;

/**
 * Names from outside that stand for keys.
 *
 * @param style how a name is split where no key matches it
 * @param values value by name, the prefix already taken off
 * @param documents what origins call each name (the environment variable's own name, the argument
 *     as it was given); the name itself where it has no entry
 * @param onlyKnownKeys whether a name that matches no key is left out
 * @since 0.1.0
 */
public record Variables(
    Style style, Map<String, String> values, Map<String, String> documents, boolean onlyKnownKeys) {

  /** How names are written. */
  public enum Style {
    /** {@code DB_POOL__MAX_SIZE}: {@code _} may separate levels or words, {@code __} levels. */
    ENVIRONMENT,
    /** {@code db.pool.max-size}: paths, whose words may be written in any case. */
    PATH
  }

  public Variables {
    Objects.requireNonNull(style, "style");
    values = Map.copyOf(values);
    documents = Map.copyOf(documents);
  }
}
