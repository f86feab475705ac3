package dev.gimbal.source.jdbc;

import dev.gimbal.source.Source;
import dev.gimbal.source.SourceProvider;
import dev.gimbal.source.SourceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes sources of {@code jdbc:mariadb://host/database?table=config&driver.user=...}: what stands
 * behind {@code driver.} is a property of the driver.
 *
 * @since 0.1.0
 */
public final class JdbcProvider implements SourceProvider {

  private static final String DRIVER = "driver.";

  /** For the {@link java.util.ServiceLoader}. */
  public JdbcProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("jdbc");
  }

  @Override
  public Source create(SourceSpec spec) {
    List<String> known = new ArrayList<>(Table.OPTIONS);
    known.addAll(List.of("poll", "timeout"));
    Map<String, String> properties = new HashMap<>();
    spec.options()
        .forEach(
            (key, value) -> {
              if (key.startsWith(DRIVER)) {
                known.add(key);
                properties.put(key.substring(DRIVER.length()), value);
              }
            });
    spec.requireOptions(known);
    JdbcUrl url = JdbcUrl.of("jdbc:" + spec.location(), properties);
    JdbcSource source = new JdbcSource(JdbcSource.of(url)).table(Table.of(spec));
    String name = spec.option("name");
    source = name == null ? source : source.name(name);
    Duration poll = spec.positive("poll");
    source = poll == null ? source : source.poll(poll);
    Duration timeout = spec.positive("timeout");
    return timeout == null ? source : source.timeout(timeout);
  }
}
