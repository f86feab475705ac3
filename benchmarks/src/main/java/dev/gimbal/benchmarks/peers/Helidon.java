package dev.gimbal.benchmarks.peers;

import dev.gimbal.benchmarks.Data;
import dev.gimbal.benchmarks.Peer;
import io.helidon.config.*;
import io.helidon.config.spi.PollingStrategy;
import io.helidon.config.yaml.YamlConfigParser;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Dynamic: change the backing map of the env-like source, then poll it through a hand-driven
 * PollingStrategy.
 */
public final class Helidon implements Peer.Reads, Peer.Handle, Peer.Listens, Peer.Loads {
  Config c;
  Map<String, String> env;
  volatile PollingStrategy.Polled polled;
  Supplier<Integer> handle;
  boolean dynamic;

  @Override
  public String format() {
    return "yaml";
  }

  @Override
  public void open(Data d, boolean dynamic) {
    this.dynamic = dynamic;
    env = new ConcurrentHashMap<>(d.overrides);
    MapConfigSource.Builder e = MapConfigSource.builder().map(env);
    if (dynamic) e.pollingStrategy((PollingStrategy) p -> polled = p);
    c =
        Config.builder()
            .disableEnvironmentVariablesSource()
            .disableSystemPropertiesSource()
            .addParser(YamlConfigParser.create())
            .sources(
                e, ConfigSources.file(d.path("layer", "yaml")), ConfigSources.create(d.defaults))
            .build();
    if (dynamic) c.onChange(x -> {}); // changes are followed only once something listens
  }

  Config now() {
    return dynamic ? c.context().last() : c;
  }

  @Override
  public String getString(String key) {
    return now().get(key).asString().get();
  }

  @Override
  public int getInt(String key) {
    return now().get(key).asInt().get();
  }

  @Override
  public String getOr(String key, String fallback) {
    return now().get(key).asString().orElse(fallback);
  }

  @Override
  public void openHandle(Data d) {
    open(d, true);
    handle = c.get(Data.HANDLE_KEY).asInt().supplier();
  }

  @Override
  public int handleGet() {
    return handle.get();
  }

  /**
   * Returns once reads see the value: changes are applied on Helidon's own thread, and would queue
   * up without end.
   */
  @Override
  public void set(String key, String value) {
    env.put(key, value);
    polled.poll(Instant.now());
    long limit = System.nanoTime() + 10_000_000_000L;
    while (!value.equals(getString(key))) {
      if (System.nanoTime() > limit) throw new AssertionError("not applied");
      java.util.concurrent.locks.LockSupport.parkNanos(20_000);
    }
  }

  @Override
  public void listen(String key, Consumer<String> onNewValue) {
    c.get(key).onChange(x -> onNewValue.accept(x.asString().get()));
  }

  @Override
  public Object load(Path file) {
    return Config.builder()
        .disableEnvironmentVariablesSource()
        .disableSystemPropertiesSource()
        .addParser(YamlConfigParser.create())
        .sources(ConfigSources.file(file))
        .build();
  }

  @Override
  public int loadedInt(Object loaded, String key) {
    return ((Config) loaded).get(key).asInt().get();
  }
}
