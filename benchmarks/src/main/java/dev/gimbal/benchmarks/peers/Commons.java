package dev.gimbal.benchmarks.peers;

import dev.gimbal.benchmarks.Data;
import dev.gimbal.benchmarks.Peer;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.commons.configuration2.*;
import org.apache.commons.configuration2.event.ConfigurationEvent;
import org.apache.commons.configuration2.sync.ReadWriteSynchronizer;

/**
 * CompositeConfiguration: first child holding the key wins. Dynamic: the env-like child is set in
 * place, every child synchronised.
 */
public final class Commons implements Peer.Reads, Peer.Listens, Peer.Loads {
  CompositeConfiguration c;
  MapConfiguration env;

  @Override
  public String format() {
    return "yaml";
  }

  static YAMLConfiguration yaml(Path p) throws Exception {
    YAMLConfiguration y = new YAMLConfiguration();
    try (Reader r = Files.newBufferedReader(p)) {
      y.read(r);
    }
    return y;
  }

  @Override
  public void open(Data d, boolean dynamic) throws Exception {
    env = new MapConfiguration(new ConcurrentHashMap<>(d.overrides));
    YAMLConfiguration file = yaml(d.path("layer", "yaml"));
    MapConfiguration defaults = new MapConfiguration(new java.util.HashMap<>(d.defaults));
    c = new CompositeConfiguration();
    c.addConfiguration(env);
    c.addConfiguration(file);
    c.addConfiguration(defaults);
    if (dynamic)
      for (AbstractConfiguration x : new AbstractConfiguration[] {env, file, defaults, c})
        x.setSynchronizer(new ReadWriteSynchronizer());
  }

  @Override
  public String getString(String key) {
    return c.getString(key);
  }

  @Override
  public int getInt(String key) {
    return c.getInt(key);
  }

  @Override
  public String getOr(String key, String fallback) {
    return c.getString(key, fallback);
  }

  @Override
  public void set(String key, String value) {
    env.setProperty(key, value);
  }

  /** Listeners are per event type, not per key, so each filters. */
  @Override
  public void listen(String key, Consumer<String> onNewValue) {
    env.addEventListener(
        ConfigurationEvent.SET_PROPERTY,
        e -> {
          if (!e.isBeforeUpdate() && key.equals(e.getPropertyName()))
            onNewValue.accept((String) e.getPropertyValue());
        });
  }

  @Override
  public Object load(Path file) throws Exception {
    return yaml(file);
  }

  @Override
  public int loadedInt(Object loaded, String key) {
    return ((YAMLConfiguration) loaded).getInt(key);
  }
}
