package dev.gimbal.benchmarks.peers;

import com.netflix.archaius.DefaultPropertyFactory;
import com.netflix.archaius.api.Config;
import com.netflix.archaius.api.Property;
import com.netflix.archaius.api.config.CompositeConfig;
import com.netflix.archaius.config.*;
import com.netflix.archaius.interpolate.CommonsStrInterpolator;
import com.netflix.archaius.interpolate.ConfigStrLookup;
import com.netflix.archaius.readers.PropertiesConfigReader;
import dev.gimbal.benchmarks.Data;
import dev.gimbal.benchmarks.Peer;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Consumer;

public final class Archaius implements Peer.Reads, Peer.Handle, Peer.Listens, Peer.Loads {
  CompositeConfig c;
  DefaultSettableConfig env;
  DefaultPropertyFactory factory;
  Property<Integer> handle;

  @Override
  public String format() {
    return "properties";
  }

  static Config properties(Path p) throws Exception {
    return new PropertiesConfigReader()
        .load(
            Archaius.class.getClassLoader(),
            p.toUri().toURL(),
            CommonsStrInterpolator.INSTANCE,
            ConfigStrLookup.from(EmptyConfig.INSTANCE));
  }

  @Override
  public void open(Data d, boolean dynamic) throws Exception {
    env = new DefaultSettableConfig();
    Properties p = new Properties();
    p.putAll(d.overrides);
    env.setProperties(p);
    c = new DefaultCompositeConfig();
    c.addConfig("env", env);
    c.addConfig("file", properties(d.path("layer", "properties")));
    c.addConfig("defaults", MapConfig.from(d.defaults));
    factory = DefaultPropertyFactory.from(c);
  }

  @Override
  public String getString(String key) {
    return c.getString(key);
  }

  @Override
  public int getInt(String key) {
    return c.getInteger(key);
  }

  @Override
  public String getOr(String key, String fallback) {
    return c.getString(key, fallback);
  }

  @Override
  public void openHandle(Data d) throws Exception {
    open(d, true);
    handle = factory.get(Data.HANDLE_KEY, Integer.class);
  }

  @Override
  public int handleGet() {
    return handle.get();
  }

  @Override
  public void set(String key, String value) {
    env.setProperty(key, value);
  }

  @Override
  public void listen(String key, Consumer<String> onNewValue) {
    factory.get(key, String.class).subscribe(onNewValue);
  }

  @Override
  public Object load(Path file) throws Exception {
    return properties(file);
  }

  @Override
  public int loadedInt(Object loaded, String key) {
    return ((Config) loaded).getInteger(key);
  }
}
