package dev.gimbal.source.etcd;

import dev.gimbal.source.Source;
import dev.gimbal.source.SourceProvider;
import dev.gimbal.source.SourceSpec;
import java.util.Set;

/**
 * Makes sources from URIs such as {@code etcd://localhost:2379/app}. {@code docs/sources/etcd.md}
 * has the options. Stateless and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class EtcdProvider implements SourceProvider {

  /** For {@link java.util.ServiceLoader}. */
  public EtcdProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("etcd");
  }

  @Override
  public Source create(SourceSpec spec) {
    return EtcdSpec.source(spec);
  }
}
