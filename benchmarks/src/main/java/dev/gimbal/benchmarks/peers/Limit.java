package dev.gimbal.benchmarks.peers;

import dev.gimbal.benchmarks.Data;
import dev.gimbal.benchmarks.Peer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** No library: what a program could write by hand for one value, or for a flat map of values. */
public final class Limit implements Peer.Reads, Peer.Handle, Peer.Updates {

  private final AtomicReference<Integer> handle = new AtomicReference<>();
  private ConcurrentHashMap<String, Object> values;

  @Override
  public String format() {
    return "none";
  }

  @Override
  public void open(Data data, boolean dynamic) {
    values = new ConcurrentHashMap<>();
    data.expected.forEach((key, value) -> set(key, value));
  }

  @Override
  public String getString(String key) {
    return String.valueOf(values.get(key));
  }

  @Override
  public int getInt(String key) {
    return (Integer) values.get(key);
  }

  @Override
  public String getOr(String key, String fallback) {
    Object value = values.get(key);
    return value == null ? fallback : value.toString();
  }

  @Override
  public int getIntOr(String key, int fallback) {
    Integer value = (Integer) values.get(key);
    return value == null ? fallback : value;
  }

  @Override
  public void openHandle(Data data) {
    open(data, false);
    handle.set(Integer.valueOf(data.expected.get(Data.HANDLE_KEY)));
  }

  @Override
  public int handleGet() {
    return handle.get();
  }

  @Override
  public void set(String key, String value) {
    boolean number = Character.isDigit(value.charAt(0));
    values.put(key, number ? (Object) Integer.valueOf(value) : value);
    if (key.equals(Data.HANDLE_KEY) && number) {
      handle.set(Integer.valueOf(value));
    }
  }
}
