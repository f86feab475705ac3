package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.LiveInt;
import java.util.concurrent.atomic.AtomicReference;

/** A live int: that of the object that a handle shows. */
final class LiveIntHandle implements LiveInt {

  private final LiveHandle<Integer> live;
  private final AtomicReference<Object> shown;

  LiveIntHandle(LiveHandle<Integer> live) {
    this.live = live;
    this.shown = live.shown();
  }

  @Override
  public int getAsInt() {
    return shown.get() instanceof Integer now ? now : live.get();
  }

  @Override
  public ConfigPath path() {
    return live.path();
  }

  @Override
  public String toString() {
    return live.toString();
  }
}
