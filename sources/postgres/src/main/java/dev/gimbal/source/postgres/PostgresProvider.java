package dev.gimbal.source.postgres;

import dev.gimbal.source.Source;
import dev.gimbal.source.SourceProvider;
import dev.gimbal.source.SourceSpec;
import dev.gimbal.source.jdbc.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes sources of {@code postgres://user:password@host:port/database?table=config}, and of {@code
 * postgresql:}.
 *
 * @since 0.1.0
 */
public final class PostgresProvider implements SourceProvider {

  private static final List<String> OWN =
      List.of(
          "channel",
          "listen",
          "poll",
          "connectTimeout",
          "timeout",
          "sslMode",
          "sslRootCert",
          "sslCert",
          "sslKey",
          "sslPassword");

  /** For the {@link java.util.ServiceLoader}. */
  public PostgresProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("postgres", "postgresql");
  }

  @Override
  public Source create(SourceSpec spec) {
    List<String> known = new ArrayList<>(Table.OPTIONS);
    known.addAll(OWN);
    spec.requireOptions(known);
    PostgresSource source =
        new PostgresSource(PostgresOptions.of(PostgresAddress.of(spec.location())))
            .table(Table.of(spec));
    String name = spec.option("name");
    source = name == null ? source : source.name(name);
    return secured(spec, timed(spec, listening(spec, source)));
  }

  private static PostgresSource listening(SourceSpec spec, PostgresSource source) {
    String channel = spec.option("channel");
    if ("off".equals(spec.word("listen", "on", "off"))) {
      if (channel != null) {
        throw spec.wrong("listen=off listens to no channel");
      }
      return source.withoutNotices();
    }
    if (channel != null && channel.isBlank()) {
      throw spec.unexpected("channel", channel, "a name", null);
    }
    return channel == null ? source : source.channel(channel);
  }

  private static PostgresSource timed(SourceSpec spec, PostgresSource source) {
    PostgresSource timed = source;
    Duration poll = spec.positive("poll");
    timed = poll == null ? timed : timed.poll(poll);
    Duration connect = spec.positive("connectTimeout");
    timed = connect == null ? timed : timed.connectTimeout(connect);
    Duration answer = spec.positive("timeout");
    return answer == null ? timed : timed.timeout(answer);
  }

  private static PostgresSource secured(SourceSpec spec, PostgresSource source) {
    PostgresSource secured = source;
    String mode =
        spec.word("sslMode", "disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    secured = mode == null ? secured : secured.sslMode(mode);
    Path root = spec.path("sslRootCert");
    secured = root == null ? secured : secured.rootCertificate(root);
    Path cert = spec.path("sslCert");
    Path key = spec.path("sslKey");
    if (key == null && (cert != null || spec.option("sslPassword") != null)) {
      throw spec.missing("sslCert or sslPassword without sslKey", "sslKey=FILE");
    }
    return key == null ? secured : secured.clientCertificate(cert, key, spec.option("sslPassword"));
  }
}
