package dev.gimbal.source;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names from outside that stand for keys.
 *
 * @param style how a name is split where no key matches it
 * @param prefix what stands before each name where it was written, such as {@code APP_} or {@code
 *     --}; origins show names with it
 * @param values value by name, the prefix already taken off
 * @param onlyKnownKeys whether a name that matches no key is left out
 * @param secrets the names whose values are secrets, whatever keys they stand for
 * @since 0.1.0
 */
public record Variables(
    Style style,
    String prefix,
    Map<String, String> values,
    boolean onlyKnownKeys,
    Set<String> secrets) {

  /** How names are written. */
  public enum Style {
    /** {@code DB_POOL__MAX_SIZE}: {@code _} may separate levels or words, {@code __} levels. */
    ENVIRONMENT,
    /** {@code db.pool.max-size}: paths, whose words may be written in any case. */
    PATH
  }

  public Variables {
    Objects.requireNonNull(style, "style");
    Objects.requireNonNull(prefix, "prefix");
    values = Map.copyOf(values);
    secrets = Set.copyOf(secrets);
  }

  /** None of which is a secret but by its key. */
  public Variables(Style style, String prefix, Map<String, String> values, boolean onlyKnownKeys) {
    this(style, prefix, values, onlyKnownKeys, Set.of());
  }

  /** The same, all of which are secrets. */
  public Variables asSecrets() {
    return new Variables(style, prefix, values, onlyKnownKeys, values.keySet());
  }

  /** The names only: a value may be a secret. */
  @Override
  public String toString() {
    return style + " " + prefix + new TreeSet<>(values.keySet());
  }
}
