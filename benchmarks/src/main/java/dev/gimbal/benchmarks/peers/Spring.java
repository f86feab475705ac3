package dev.gimbal.benchmarks.peers;

import dev.gimbal.benchmarks.Data;
import dev.gimbal.benchmarks.Peer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.env.*;
import org.springframework.core.io.FileSystemResource;

/**
 * StandardEnvironment holding exactly the three layers (its system sources removed). Dynamic: the
 * env-like source is a ConcurrentHashMap.
 */
public class Spring implements Peer.Reads, Peer.Updates, Peer.Loads {
  StandardEnvironment c;
  Map<String, Object> env;

  @Override
  public String format() {
    return "yaml";
  }

  static PropertySource<?> yaml(Path p) {
    YamlPropertiesFactoryBean y = new YamlPropertiesFactoryBean();
    y.setResources(new FileSystemResource(p));
    return new PropertiesPropertySource(p.getFileName().toString(), y.getObject());
  }

  static StandardEnvironment environment(PropertySource<?>... sources) {
    StandardEnvironment e = new StandardEnvironment();
    e.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
    e.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    for (PropertySource<?> s : sources) e.getPropertySources().addLast(s);
    return e;
  }

  @Override
  public void open(Data d, boolean dynamic) {
    env = dynamic ? new ConcurrentHashMap<>(d.overrides) : new HashMap<>(d.overrides);
    c =
        environment(
            new MapPropertySource("env", env),
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
  public void set(String key, String value) {
    env.put(key, value);
  }

  @Override
  public Object load(Path file) {
    return environment(yaml(file));
  }

  @Override
  public int loadedInt(Object loaded, String key) {
    return ((StandardEnvironment) loaded).getRequiredProperty(key, Integer.class);
  }
}
