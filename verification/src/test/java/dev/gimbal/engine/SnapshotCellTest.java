package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That the engine's cell has the shape which {@link SnapshotCellRaces} checks. */
@Tag("race")
class SnapshotCellTest {

  @Test
  @Tag("D6")
  void memoryLoader_holdsSnapshotsInOneVolatileField() {
    List<String> cells = new ArrayList<>();
    for (Field field : MemoryLoader.class.getDeclaredFields()) {
      if (PublishedSnapshot.class.isAssignableFrom(field.getType())) {
        cells.add(Modifier.toString(field.getModifiers()) + " " + field.getName());
      }
    }
    assertEquals(List.of("private volatile published"), cells);
  }

  @Test
  void publishedSnapshot_hasFinalFieldsOnly() {
    List<String> notFinal = new ArrayList<>();
    int seen = 0;
    for (Field field : PublishedSnapshot.class.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        continue;
      }
      seen++;
      if (!Modifier.isFinal(field.getModifiers())) {
        notFinal.add(field.getName());
      }
    }
    assertEquals(List.of(), notFinal);
    assertEquals(9, seen);
  }
}
