package dev.gimbal.benchmarks.peers;

import dev.gimbal.benchmarks.Data;
import dev.gimbal.benchmarks.Peer;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The Environment of an application context that is not started (no beans). */
public final class Micronaut implements Peer.Reads, Peer.Loads {
  Environment c;

  @Override
  public String format() {
    return "yaml";
  }

  static PropertySource yaml(Path p, int order) throws Exception {
    try (InputStream in = Files.newInputStream(p)) {
      return PropertySource.of(
          p.getFileName().toString(), new YamlPropertySourceLoader().read("file", in), order);
    }
  }

  static Environment environment(PropertySource... sources) {
    ApplicationContext x =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .deduceCloudEnvironment(false)
            .bootstrapEnvironment(false)
            .enableDefaultPropertySources(false)
            .environmentPropertySource(false)
            .banner(false)
            .propertySources(sources)
            .build();
    return x.getEnvironment().start();
  }

  static PropertySource map(String name, Map<String, String> m, int order) {
    return PropertySource.of(name, new HashMap<String, Object>(m), order);
  }

  @Override
  public void open(Data d, boolean dynamic) throws Exception {
    c =
        environment(
            map("defaults", d.defaults, 100),
            yaml(d.path("layer", "yaml"), 200),
            map("env", d.overrides, 300));
  }

  @Override
  public String getString(String key) {
    return c.getRequiredProperty(key, String.class);
  }

  @Override
  public int getInt(String key) {
    return c.getRequiredProperty(key, Integer.class);
  }

  @Override
  public String getOr(String key, String fallback) {
    return c.getProperty(key, String.class, fallback);
  }

  @Override
  public Object load(Path file) throws Exception {
    return environment(yaml(file, 200));
  }

  @Override
  public int loadedInt(Object loaded, String key) {
    return ((Environment) loaded).getRequiredProperty(key, Integer.class);
  }
}
