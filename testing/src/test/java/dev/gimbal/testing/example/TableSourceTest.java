package dev.gimbal.testing.example;

import dev.gimbal.testing.SourceCompatibilityKit;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

class TableSourceTest extends SourceCompatibilityKit {

  private volatile Map<String, String> rows = Map.of();
  private volatile boolean away;

  @Override
  protected void hold(Map<String, String> values) {
    rows = values;
    away = false;
  }

  @Override
  protected void damage() {
    away = true;
  }

  @Override
  protected TableSource source() {
    return new TableSource(
        () -> {
          if (away) {
            throw new IOException("the database is away");
          }
          return rows;
        });
  }

  @Override
  protected Set<Ability> abilities() {
    return EnumSet.complementOf(EnumSet.of(Ability.VANISHES));
  }
}
