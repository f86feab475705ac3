package dev.gimbal.benchmarks.peers;

import dev.gimbal.benchmarks.Data;
import dev.gimbal.benchmarks.Peer;
import java.nio.file.Path;
import java.util.HashMap;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.*;
import org.springframework.core.io.FileSystemResource;

/**
 * What a Spring Boot application has: Boot's YAML loader and relaxed names attached in front of the
 * sources; handle: a bound record.
 */
public final class Springboot implements Peer.Reads, Peer.Handle, Peer.Loads {
  StandardEnvironment c;
  Pool pool;

  public record Pool(int max, String name, boolean enabled, String timeout) {}

  @Override
  public String format() {
    return "yaml";
  }

  static PropertySource<?> yaml(Path p) throws Exception {
    return new YamlPropertySourceLoader()
        .load(p.getFileName().toString(), new FileSystemResource(p))
        .get(0);
  }

  static StandardEnvironment environment(PropertySource<?>... sources) {
    StandardEnvironment e = new StandardEnvironment() { // as Boot's own ApplicationEnvironment
          @Override
          protected ConfigurablePropertyResolver createPropertyResolver(MutablePropertySources s) {
            return ConfigurationPropertySources.createPropertyResolver(s);
          }
        };
    e.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
    e.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    for (PropertySource<?> s : sources) e.getPropertySources().addLast(s);
    ConfigurationPropertySources.attach(e);
    return e;
  }

  @Override
  public void open(Data d, boolean dynamic) throws Exception {
    c =
        environment(
            new MapPropertySource("env", new HashMap<>(d.overrides)),
            yaml(d.path("layer", "yaml")),
            new MapPropertySource("defaults", new HashMap<>(d.defaults)));
  }

  @Override
  public String getString(String key) {
    return c.getRequiredProperty(key);
  }

  @Override
  public int getInt(String key) {
    return c.getRequiredProperty(key, Integer.class);
  }

  @Override
  public String getOr(String key, String fallback) {
    return c.getProperty(key, fallback);
  }

  @Override
  public void openHandle(Data d) throws Exception {
    open(d, false);
    pool = Binder.get(c).bind("svc1.pool", Pool.class).get();
  }

  @Override
  public int handleGet() {
    return pool.max();
  }

  @Override
  public Object load(Path file) throws Exception {
    return environment(yaml(file));
  }

  @Override
  public int loadedInt(Object loaded, String key) {
    return ((StandardEnvironment) loaded).getRequiredProperty(key, Integer.class);
  }
}
