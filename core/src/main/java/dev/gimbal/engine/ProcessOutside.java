package dev.gimbal.engine;

import org.jspecify.annotations.Nullable;

/** What placeholders see of this process. */
enum ProcessOutside implements Placeholders.Outside {
  INSTANCE;

  @Override
  public @Nullable String environment(String name) {
    return System.getenv(name);
  }

  @Override
  public @Nullable String systemProperty(String name) {
    return System.getProperty(name);
  }
}
