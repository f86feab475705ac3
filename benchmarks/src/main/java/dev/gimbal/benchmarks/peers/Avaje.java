package dev.gimbal.benchmarks.peers;

import dev.gimbal.benchmarks.Data;
import dev.gimbal.benchmarks.Peer;
import io.avaje.config.Configuration;
import java.nio.file.Path;
import java.util.function.Consumer;

/** One flat table: the layers are put one over the other. */
public final class Avaje implements Peer.Reads, Peer.Listens, Peer.Loads {
  Configuration c;

  @Override
  public String format() {
    return "yaml";
  }

  @Override
  public void open(Data d, boolean dynamic) {
    c =
        Configuration.builder()
            .putAll(d.defaults)
            .load(d.path("layer", "yaml").toFile())
            .putAll(d.overrides)
            .build();
  }

  @Override
  public String getString(String key) {
    return c.get(key);
  }

  @Override
  public int getInt(String key) {
    return c.getInt(key);
  }

  @Override
  public String getOr(String key, String fallback) {
    return c.get(key, fallback);
  }

  @Override
  public void set(String key, String value) {
    c.setProperty(key, value);
  }

  @Override
  public void listen(String key, Consumer<String> onNewValue) {
    c.onChange(key, onNewValue);
  }

  @Override
  public Object load(Path file) {
    return Configuration.builder().load(file.toFile()).build();
  }

  @Override
  public int loadedInt(Object loaded, String key) {
    return ((Configuration) loaded).getInt(key);
  }
}
