package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers the greatest version that it was offered. */
final class LastReceiver implements Receiver {

  private final AtomicInteger version = new AtomicInteger();

  @Override
  public void offer(PublishedSnapshot snapshot) {
    version.accumulateAndGet(Snapshots.version(snapshot), Math::max);
  }

  @Override
  public void renew(PublishedSnapshot now) {}

  @Override
  public ConfigPath watched(ConfigPath path) {
    return path;
  }

  @Override
  public void end() {}

  int version() {
    return version.get();
  }
}
