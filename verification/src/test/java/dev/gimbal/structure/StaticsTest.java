package dev.gimbal.structure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** That nothing that changes is static, looked up in what was compiled. */
class StaticsTest {

  private static ArchRule noStaticThatChanges() {
    return fields().that().areStatic().should().beFinal();
  }

  @Test
  void statics_areFinal() {
    for (PublishedModule module : PublishedModule.values()) {
      // A module may have no statics; that there are some at all is looked at below.
      noStaticThatChanges().allowEmptyShould(true).check(module.classes());
    }
  }

  /**
   * Static final fields whose type can only be meant to change. An updater of a field holds
   * nothing.
   */
  private static Set<String> changingStatics(Iterable<JavaClass> types, LongAdder looked) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : types) {
      for (JavaField field : type.getFields()) {
        if (field.getModifiers().contains(JavaModifier.STATIC)) {
          looked.increment();
          String name = field.getRawType().getName();
          boolean changes =
              name.startsWith("java.util.concurrent.") && !name.endsWith("FieldUpdater");
          if (changes
              || name.equals("java.lang.ThreadLocal")
              || name.equals("java.lang.StringBuilder")
              || name.matches("java\\.util\\.(Array|Linked|Hash|Tree|Weak|Identity|Priority).*")) {
            found.add(type.getSimpleName() + "." + field.getName());
          }
        }
      }
    }
    return found;
  }

  /**
   * The exceptions mark the current thread: during a callback, and while a driver connects that
   * makes its sockets by the name of a class. They hold nothing otherwise.
   */
  @Test
  void statics_areOfTypesThatDoNotChange() {
    LongAdder looked = new LongAdder();
    assertEquals(
        Set.of("Callbacks.CURRENT", "TrackedSockets.CURRENT"),
        changingStatics(PublishedModule.allClasses(), looked));
    assertTrue(looked.sum() >= 100, "static fields: " + looked);
  }

  // ---- the rules can fail

  /** Everything that the rules about fields forbid. */
  static final class SeededStatics {
    static int count;
    static final LongAdder ADDER = new LongAdder();

    private SeededStatics() {}
  }

  @Test
  void rulesAboutStatics_seededClass_fail() {
    JavaClasses seeded = new ClassFileImporter().importClasses(SeededStatics.class);
    assertEquals(1, noStaticThatChanges().evaluate(seeded).getFailureReport().getDetails().size());
    assertEquals(Set.of("SeededStatics.ADDER"), changingStatics(seeded, new LongAdder()));
  }
}
