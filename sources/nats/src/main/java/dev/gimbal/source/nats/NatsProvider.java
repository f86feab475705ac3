package dev.gimbal.source.nats;

import dev.gimbal.source.Source;
import dev.gimbal.source.SourceProvider;
import dev.gimbal.source.SourceSpec;
import java.util.Set;

/**
 * Makes sources of URIs such as {@code nats://localhost:4222/bucket/prefix}; {@code
 * docs/sources/nats.md} has their options. Stateless and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class NatsProvider implements SourceProvider {

  /** For the service loader. */
  public NatsProvider() {}

  /** {@code nats}, and {@code tls} for connections with TLS. */
  @Override
  public Set<String> schemes() {
    return Set.of("nats", "tls");
  }

  @Override
  public Source create(SourceSpec spec) {
    return NatsSpec.source(spec);
  }
}
