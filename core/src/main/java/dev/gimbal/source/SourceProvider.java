package dev.gimbal.source;

import dev.gimbal.ConfigException;
import java.util.Set;

/**
 * Makes sources from URIs. Found by {@link java.util.ServiceLoader} or given to the builder, so
 * that a backend joins by being on the class path.
 *
 * @since 0.1.0
 */
public interface SourceProvider {

  /** The URI schemes it knows, in lower case, without the colon. */
  Set<String> schemes();

  /**
   * The source that a URI names.
   *
   * @throws ConfigException GIM-014 when it cannot be understood
   */
  Source create(SourceSpec spec);
}
