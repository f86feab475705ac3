package dev.gimbal.benchmarks.peers;

import dev.gimbal.benchmarks.Data;
import dev.gimbal.benchmarks.Peer;
import io.smallrye.config.*;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.nio.file.Path;

public final class Smallrye implements Peer.Reads, Peer.Handle, Peer.Loads {
  SmallRyeConfig c;
  Pool pool;

  @Override
  public String format() {
    return "yaml";
  }

  SmallRyeConfigBuilder builder(Data d) throws Exception {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(
            new PropertiesConfigSource(d.defaults, "defaults", 100),
            new YamlConfigSource(d.path("layer", "yaml").toUri().toURL(), 200),
            new PropertiesConfigSource(d.overrides, "env", 300));
  }

  @Override
  public void open(Data d, boolean dynamic) throws Exception {
    c = builder(d).build();
  }

  @Override
  public String getString(String key) {
    return c.getValue(key, String.class);
  }

  @Override
  public int getInt(String key) {
    return c.getValue(key, Integer.class);
  }

  @Override
  public String getOr(String key, String fallback) {
    return c.getOptionalValue(key, String.class).orElse(fallback);
  }

  @ConfigMapping(prefix = "svc1.pool")
  public interface Pool {
    int max();

    String name();

    boolean enabled();

    String timeout();
  }

  @Override
  public void openHandle(Data d) throws Exception {
    c = builder(d).withMapping(Pool.class).build();
    pool = c.getConfigMapping(Pool.class);
  }

  @Override
  public int handleGet() {
    return pool.max();
  }

  @Override
  public Object load(Path file) throws Exception {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(new YamlConfigSource(file.toUri().toURL(), 200))
        .build();
  }

  @Override
  public int loadedInt(Object loaded, String key) {
    return ((SmallRyeConfig) loaded).getValue(key, Integer.class);
  }
}
