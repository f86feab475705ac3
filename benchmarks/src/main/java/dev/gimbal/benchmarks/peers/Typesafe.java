package dev.gimbal.benchmarks.peers;

import com.typesafe.config.*;
import dev.gimbal.benchmarks.Data;
import dev.gimbal.benchmarks.Peer;
import java.nio.file.Path;
import java.util.HashMap;

public final class Typesafe implements Peer.Reads, Peer.Handle, Peer.Loads {
  Config c;
  Pool pool;

  @Override
  public String format() {
    return "json";
  }

  @Override
  public void open(Data d, boolean dynamic) {
    c =
        ConfigFactory.parseMap(new HashMap<>(d.overrides))
            .withFallback(ConfigFactory.parseFile(d.path("layer", "json").toFile()))
            .withFallback(ConfigFactory.parseMap(new HashMap<>(d.defaults)))
            .resolve();
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
    return c.hasPath(key) ? c.getString(key) : fallback;
  }

  public static final class Pool {
    private int max;
    private String name;
    private boolean enabled;
    private String timeout;

    public int getMax() {
      return max;
    }

    public void setMax(int v) {
      max = v;
    }

    public String getName() {
      return name;
    }

    public void setName(String v) {
      name = v;
    }

    public boolean isEnabled() {
      return enabled;
    }

    public void setEnabled(boolean v) {
      enabled = v;
    }

    public String getTimeout() {
      return timeout;
    }

    public void setTimeout(String v) {
      timeout = v;
    }
  }

  @Override
  public void openHandle(Data d) {
    open(d, false);
    pool = ConfigBeanFactory.create(c.getConfig("svc1.pool"), Pool.class);
  }

  @Override
  public int handleGet() {
    return pool.getMax();
  }

  @Override
  public Object load(Path file) {
    return ConfigFactory.parseFile(file.toFile()).resolve();
  }

  @Override
  public int loadedInt(Object loaded, String key) {
    return ((Config) loaded).getInt(key);
  }
}
