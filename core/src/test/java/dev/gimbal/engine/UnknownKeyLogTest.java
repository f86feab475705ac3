package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.UnknownKeys;
import dev.gimbal.source.ManualTasks;
import dev.gimbal.source.MemorySource;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/** Where unknown keys are a warning, each is logged when it comes. */
class UnknownKeyLogTest {

  @Test
  void unknownKeys_areLoggedWhenTheyCome_andNotAgain() {
    ManualTasks tasks = new ManualTasks(name -> true);
    MemorySource memory = new MemorySource("memory");
    memory.put("app.maxSiz", 1);
    try (Warnings warnings = new Warnings();
        Config config =
            Config.builder()
                .declare("app.maxSize", int.class)
                .unknownKeys("app", UnknownKeys.WARN)
                .tasks(tasks)
                .source(memory)
                .build()) {
      memory.put("app.maxSize", 2);
      memory.put("elsewhere", 3);
      memory.put("app.other", 4);
      assertEquals(
          List.of(
              Level.WARNING
                  + " GIM-026 app.maxSiz: this key is not known; did you mean app.maxSize?\n"
                  + "        at memory",
              Level.WARNING
                  + " GIM-026 app.other: this key is not known, expected app.maxSize\n"
                  + "        at memory"),
          warnings.all());
      assertEquals(4, config.snapshot().version());
    }
  }

  sealed interface Auth permits Token, Password {}

  record Token(String value) implements Auth {}

  record Password(String user) implements Auth {}

  /** Which keys are known hangs on the type; a new value of one that is not is nothing new. */
  @Test
  void unknownKey_isLoggedAgainWhenItIsUnknownForAnotherReason_andNotForItsValue() {
    MemorySource memory = new MemorySource("memory");
    memory.patch(p -> p.set("auth.type", "token").set("auth.value", 1).set("auth.user", 1));
    try (Warnings warnings = new Warnings();
        Config config =
            Config.builder()
                .declare("auth", Auth.class)
                .unknownKeys("", UnknownKeys.WARN)
                .tasks(new ManualTasks(name -> true))
                .source(memory)
                .build()) {
      String user = " GIM-026 auth.user: this key is not known, expected one of";
      assertEquals(
          List.of(Level.WARNING + user + " auth.type, auth.value\n        at memory"),
          warnings.all());
      memory.put("auth.user", 2);
      memory.put("auth.value", 2);
      assertEquals(1, warnings.all().size());
      memory.put("auth.type", "password");
      assertEquals(
          Level.WARNING
              + " GIM-026 auth.value: this key is not known, expected one of auth.type, auth.user\n"
              + "        at memory",
          warnings.all().get(1));
      memory.put("auth.type", "token");
      assertEquals(3, warnings.all().size());
      assertEquals(5, config.snapshot().version());
    }
  }

  /** A rolled-back tree is older than the declaration. */
  @Test
  void whatIsDeclaredByNow_isNotLoggedAtARollback() {
    MemorySource memory = new MemorySource("memory");
    memory.put("a", 1);
    try (Warnings warnings = new Warnings();
        Config config =
            Config.builder()
                .unknownKeys("", UnknownKeys.WARN)
                .tasks(new ManualTasks(name -> true))
                .source(memory)
                .build()) {
      assertEquals(1, config.live("a", int.class).get());
      memory.put("a", 2);
      assertEquals(3, config.history().rollback(1));
      assertEquals(
          List.of(Level.WARNING + " GIM-026 a: this key is not known\n        at memory"),
          warnings.all());
    }
  }
}
