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

  /** But for what readers find out and keep, which has final fields in turn. */
  @Test
  void publishedSnapshot_hasFinalFieldsOnly() {
    assertEquals(List.of("changed"), notFinal(PublishedSnapshot.class, 8));
    assertEquals(List.of(), notFinal(ChangedPlace.class, 1));
  }

  private static List<String> notFinal(Class<?> type, int fields) {
    List<String> notFinal = new ArrayList<>();
    int seen = 0;
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        continue;
      }
      seen++;
      if (!Modifier.isFinal(field.getModifiers())) {
        notFinal.add(field.getName());
      }
    }
    assertEquals(fields, seen);
    return notFinal;
  }
}
