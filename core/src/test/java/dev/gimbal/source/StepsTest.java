package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StepsTest {

  private final List<Throwable> stray = new ArrayList<>();
  private final Steps steps = new Steps(stray::add);
  private final List<String> ran = new ArrayList<>();

  private static Runnable failing(RuntimeException failure) {
    return () -> {
      throw failure;
    };
  }

  @Test
  void run_whatItsOwnStepThrows_reachesTheCaller() {
    RuntimeException own = new IllegalStateException("own");
    assertSame(own, assertThrows(RuntimeException.class, () -> steps.run(failing(own))));
    assertEquals(List.of(), stray);
  }

  /** A step that is asked for from inside another one runs after it on the same thread. */
  @Test
  @Tag("class10")
  void run_whatAnotherStepThrows_isStrayAndEndsNoOther() {
    RuntimeException other = new IllegalStateException("other");
    steps.run(
        () -> {
          steps.run(failing(other));
          steps.run(() -> ran.add("last"));
          ran.add("first");
        });
    assertEquals(List.of("first", "last"), ran);
    assertEquals(List.of(other), stray);
  }

  @Test
  void run_sameTaskTwice_tellsItsOwnFailureFromTheOther() {
    RuntimeException failure = new IllegalStateException("both");
    Runnable[] task = new Runnable[1];
    task[0] =
        () -> {
          if (ran.isEmpty()) {
            ran.add("first");
            steps.run(task[0]);
          }
          throw failure;
        };
    assertSame(failure, assertThrows(RuntimeException.class, () -> steps.run(task[0])));
    assertEquals(List.of(failure), stray);
  }
}
