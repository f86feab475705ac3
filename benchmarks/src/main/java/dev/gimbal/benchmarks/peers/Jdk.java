package dev.gimbal.benchmarks.peers;

import dev.gimbal.benchmarks.Data;
import dev.gimbal.benchmarks.Peer;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.*;

/** The floor: java.util.Properties files merged into one HashMap. */
public final class Jdk implements Peer.Reads, Peer.Loads {
  Map<String, String> c;

  @Override
  public String format() {
    return "properties";
  }

  static Map<String, String> read(Path p) throws Exception {
    Properties q = new Properties();
    try (Reader r = Files.newBufferedReader(p)) {
      q.load(r);
    }
    Map<String, String> m = new HashMap<>();
    q.forEach((k, v) -> m.put((String) k, (String) v));
    return m;
  }

  @Override
  public void open(Data d, boolean dynamic) throws Exception {
    c = new HashMap<>(d.defaults);
    c.putAll(read(d.path("layer", "properties")));
    c.putAll(d.overrides);
  }

  @Override
  public String getString(String key) {
    return c.get(key);
  }

  @Override
  public int getInt(String key) {
    return Integer.parseInt(c.get(key));
  }

  @Override
  public String getOr(String key, String fallback) {
    return c.getOrDefault(key, fallback);
  }

  @Override
  public Object load(Path file) throws Exception {
    return read(file);
  }

  @Override
  @SuppressWarnings("unchecked")
  public int loadedInt(Object loaded, String key) {
    return Integer.parseInt(((Map<String, String>) loaded).get(key));
  }
}
