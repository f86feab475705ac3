package dev.gimbal.benchmarks.peers;

import dev.gimbal.benchmarks.Data;
import dev.gimbal.benchmarks.Peer;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.aeonbits.owner.Accessible;
import org.aeonbits.owner.Config.*;
import org.aeonbits.owner.ConfigFactory;
import org.aeonbits.owner.Mutable;

/**
 * By path: Accessible.getProperty, parsed by the caller (OWNER types only interface methods).
 * Handle: the interface proxy.
 */
public final class Owner implements Peer.Reads, Peer.Handle, Peer.Listens, Peer.Loads {
  @LoadPolicy(LoadType.MERGE)
  @Sources({"${bench.layer}", "${bench.defaults}"})
  public interface Layers extends Mutable, Accessible {
    @Key(Data.HANDLE_KEY)
    int max();
  }

  @Sources("${bench.file}")
  public interface One extends Accessible {}

  Layers c;

  @Override
  public String format() {
    return "properties";
  }

  @Override
  public void open(Data d, boolean dynamic) {
    ConfigFactory.setProperty("bench.layer", d.path("layer", "properties").toUri().toString());
    ConfigFactory.setProperty(
        "bench.defaults", d.path("defaults", "properties").toUri().toString());
    c = ConfigFactory.create(Layers.class, d.overrides);
  }

  @Override
  public String getString(String key) {
    return c.getProperty(key);
  }

  @Override
  public int getInt(String key) {
    return Integer.parseInt(c.getProperty(key));
  }

  @Override
  public String getOr(String key, String fallback) {
    return c.getProperty(key, fallback);
  }

  @Override
  public void openHandle(Data d) {
    open(d, true);
  }

  @Override
  public int handleGet() {
    return c.max();
  }

  @Override
  public void set(String key, String value) {
    c.setProperty(key, value);
  }

  @Override
  public void listen(String key, Consumer<String> onNewValue) {
    c.addPropertyChangeListener(key, e -> onNewValue.accept((String) e.getNewValue()));
  }

  @Override
  public Object load(Path file) {
    ConfigFactory.setProperty("bench.file", file.toUri().toString());
    return ConfigFactory.create(One.class);
  }

  @Override
  public int loadedInt(Object loaded, String key) {
    return Integer.parseInt(((One) loaded).getProperty(key));
  }
}
