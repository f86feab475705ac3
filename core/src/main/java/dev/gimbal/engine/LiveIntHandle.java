package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.LiveInt;

/** A live int: that of the object which a handle gives. */
final class LiveIntHandle implements LiveInt {

  private final Declaration declaration;
  private final LiveHandle<Integer> live;

  LiveIntHandle(LiveHandle<Integer> live) {
    this.declaration = live.declaration();
    this.live = live;
  }

  @Override
  public int getAsInt() {
    return declaration.shown() instanceof Integer now ? now : live.get();
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
