package dev.gimbal.benchmarks.peers;

import dev.gimbal.Config;
import dev.gimbal.Live;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import dev.gimbal.benchmarks.Data;
import dev.gimbal.benchmarks.Peer;
import dev.gimbal.source.MemorySource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gimbal itself: a map, a YAML file, and a memory source over them. */
public class Gimbal implements Peer.Reads, Peer.Handle, Peer.Listens, Peer.Loads {

  Config config;
  private MemorySource overrides;
  private Live<Integer> handle;
  private final List<Subscription> subscriptions = new ArrayList<>();

  @Override
  public String format() {
    return "yaml";
  }

  @Override
  public void open(Data data, boolean dynamic) {
    overrides = Sources.memory("overrides");
    config =
        Config.builder()
            .watching(false)
            .source(Sources.map("defaults", data.defaults))
            .source(Sources.file(data.path("layer", "yaml")))
            .source(overrides)
            .build();
    overrides.patch(patch -> data.overrides.forEach((key, value) -> patch.set(key, value)));
  }

  @Override
  public String getString(String key) {
    return config.get(key).asString();
  }

  @Override
  public int getInt(String key) {
    return config.get(key).asInt();
  }

  @Override
  public String getOr(String key, String fallback) {
    return config.get(key).asString(fallback);
  }

  @Override
  public int getIntOr(String key, int fallback) {
    return config.get(key).asInt(fallback);
  }

  @Override
  public void openHandle(Data data) {
    open(data, true);
    handle = config.live(Data.HANDLE_KEY, Integer.class);
  }

  @Override
  public int handleGet() {
    return handle.get();
  }

  @Override
  public void set(String key, String value) {
    overrides.put(key, value);
  }

  @Override
  public void listen(String key, Consumer<String> onNewValue) {
    subscriptions.add(config.onChange(key, change -> onNewValue.accept(change.after().asString())));
  }

  @Override
  public Object load(Path file) {
    return Config.builder().watching(false).source(Sources.file(file)).build();
  }

  @Override
  public int loadedInt(Object loaded, String key) {
    try (Config config = (Config) loaded) {
      return config.get(key).asInt();
    }
  }
}
