package dev.gimbal.benchmarks.peers;

import dev.gimbal.benchmarks.Data;
import dev.gimbal.benchmarks.Peer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.github.gestalt.config.builder.GestaltBuilder;
import org.github.gestalt.config.entity.ConfigContainer;
import org.github.gestalt.config.reflect.TypeCapture;
import org.github.gestalt.config.reload.ManualConfigReloadStrategy;
import org.github.gestalt.config.source.FileConfigSourceBuilder;
import org.github.gestalt.config.source.MapConfigSourceBuilder;

/**
 * Dynamic: change the backing map, then reload that source through a manual reload strategy
 * (Gestalt rebuilds and drops its cache).
 */
public final class Gestalt implements Peer.Reads, Peer.Handle, Peer.Listens, Peer.Loads {
  org.github.gestalt.config.Gestalt c;
  final ManualConfigReloadStrategy reload = new ManualConfigReloadStrategy();
  Map<String, String> env;
  ConfigContainer<Integer> handle;
  final java.util.List<Object> strong =
      new java.util.ArrayList<>(); // Gestalt itself keeps listeners weakly

  @Override
  public String format() {
    return "yaml";
  }

  @Override
  public void open(Data d, boolean dynamic) throws Exception {
    env = new ConcurrentHashMap<>(d.overrides);
    MapConfigSourceBuilder e = MapConfigSourceBuilder.builder().setCustomConfig(env);
    if (dynamic) e.addConfigReloadStrategy(reload);
    GestaltBuilder b =
        new GestaltBuilder()
            .addSource(MapConfigSourceBuilder.builder().setCustomConfig(d.defaults).build())
            .addSource(FileConfigSourceBuilder.builder().setPath(d.path("layer", "yaml")).build());
    if (!env.isEmpty()) b.addSource(e.build());
    c = b.build();
    c.loadConfigs();
  }

  @Override
  public String getString(String key) throws Exception {
    return c.getConfig(key, String.class);
  }

  @Override
  public int getInt(String key) throws Exception {
    Integer v = c.getConfig(key, Integer.class);
    while (v == null)
      v =
          c.getConfig(
              key, Integer.class); // a reload on another thread can make a present key read as null
    return v;
  }

  @Override
  public String getOr(String key, String fallback) {
    return c.getConfig(key, fallback, String.class);
  }

  @Override
  public void openHandle(Data d) throws Exception {
    open(d, true);
    handle = c.getConfig(Data.HANDLE_KEY, new TypeCapture<ConfigContainer<Integer>>() {});
  }

  @Override
  public int handleGet() throws Exception {
    return handle.orElseThrow();
  }

  @Override
  public void set(String key, String value) throws Exception {
    env.put(key, value);
    reload.reload();
  }

  /** Reload listeners are global: each looks at its own key. */
  @Override
  public void listen(String key, Consumer<String> onNewValue) throws Exception {
    var l =
        new org.github.gestalt.config.reload.CoreReloadListener() {
          String old = getString(key);

          @Override
          public void reload() {
            try {
              String now = getString(key);
              if (!now.equals(old)) {
                old = now;
                onNewValue.accept(now);
              }
            } catch (Exception e) {
              throw new RuntimeException(e);
            }
          }
        };
    strong.add(l);
    c.registerListener(l);
  }

  @Override
  public Object load(Path file) throws Exception {
    var g =
        new GestaltBuilder()
            .addSource(FileConfigSourceBuilder.builder().setPath(file).build())
            .build();
    g.loadConfigs();
    return g;
  }

  @Override
  public int loadedInt(Object loaded, String key) throws Exception {
    return ((org.github.gestalt.config.Gestalt) loaded).getConfig(key, Integer.class);
  }
}
