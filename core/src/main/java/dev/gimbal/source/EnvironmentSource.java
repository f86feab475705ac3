package dev.gimbal.source;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Environment variables that begin with a prefix, which is compared with regard to case and taken
 * off: with {@code APP_}, {@code APP_DB_PORT} stands for {@code db.port}. With an empty prefix,
 * those that match known keys. The engine finds the keys.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class EnvironmentSource implements Source {

  private final String prefix;
  private final Map<String, String> environment;

  /** The variables of this process. */
  public EnvironmentSource(String prefix) {
    this(prefix, System.getenv());
  }

  /** The given variables, copied, in place of those of this process. */
  public EnvironmentSource(String prefix, Map<String, String> environment) {
    this.prefix = Objects.requireNonNull(prefix, "prefix");
    this.environment = Map.copyOf(environment);
  }

  /** {@code environment}, followed by the prefix if there is one. */
  @Override
  public String name() {
    return prefix.isEmpty() ? "environment" : "environment " + prefix;
  }

  @Override
  public Session open(Sink sink) {
    Variables variables = variables();
    FixedSession session = new FixedSession((to, revision) -> to.variables(revision, variables));
    session.reload(sink);
    return session;
  }

  private Variables variables() {
    Map<String, String> values = new HashMap<>();
    environment.forEach(
        (variable, value) -> {
          if (variable.length() > prefix.length() && variable.startsWith(prefix)) {
            values.put(variable.substring(prefix.length()), value);
          }
        });
    return new Variables(Variables.Style.ENVIRONMENT, prefix, values, prefix.isEmpty());
  }

  @Override
  public String toString() {
    return name();
  }
}
