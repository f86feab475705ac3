package dev.gimbal.structure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import dev.gimbal.engine.EngineBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** What users can see, and what they cannot, looked up in what was compiled. */
class VisibilityTest {

  private static final JavaClasses CORE = PublishedModule.CORE.classes();

  private static final Set<String> EXPORTED = exported();

  private static Set<String> exported() {
    Set<String> packages = new HashSet<>();
    for (PublishedModule module : PublishedModule.values()) {
      module.descriptor().exports().stream()
          .filter(export -> !export.isQualified())
          .forEach(export -> packages.add(export.source()));
    }
    return packages;
  }

  private static ArchRule hidden(String... packages) {
    return classes()
        .that()
        .resideInAnyPackage(packages)
        .and()
        .areTopLevelClasses()
        .and()
        .doNotBelongToAnyOf(EngineBuilder.class)
        .should()
        .notBePublic();
  }

  @Test
  void engine_typesArePackagePrivateButTheBuilder() {
    hidden("dev.gimbal.engine").check(CORE);
  }

  /** Public or protected, down to its outermost class, in a package that others can see. */
  private static boolean isVisible(JavaClass type, Set<String> exported) {
    return isOpen(type.getModifiers())
        && exported.contains(type.getPackageName())
        && type.getEnclosingClass().map(outer -> isVisible(outer, exported)).orElse(true);
  }

  private static boolean isVisible(JavaClass type) {
    return isVisible(type, EXPORTED);
  }

  private static boolean isOpen(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  /** Types in the signatures of visible members, and supertypes, that users cannot see. */
  private static Set<String> leaks(
      Iterable<JavaClass> types, Set<String> exported, LongAdder looked) {
    Set<String> leaks = new TreeSet<>();
    for (JavaClass type : types) {
      if (!isVisible(type, exported)) {
        continue;
      }
      Set<JavaClass> named = new HashSet<>(type.getRawInterfaces());
      type.getRawSuperclass().ifPresent(named::add);
      for (JavaCodeUnit unit : type.getCodeUnits()) {
        if (isOpen(unit.getModifiers())) {
          named.addAll(unit.getReturnType().getAllInvolvedRawTypes());
          unit.getParameterTypes().forEach(p -> named.addAll(p.getAllInvolvedRawTypes()));
          unit.getThrowsClause().forEach(thrown -> named.add(thrown.getRawType()));
        }
      }
      for (JavaField field : type.getFields()) {
        if (isOpen(field.getModifiers())) {
          named.addAll(field.getType().getAllInvolvedRawTypes());
        }
      }
      for (JavaClass name : named) {
        looked.increment();
        JavaClass base = name.getBaseComponentType();
        if (base.getPackageName().startsWith("dev.gimbal") && !isVisible(base, exported)) {
          leaks.add(type.getName() + " -> " + base.getName());
        }
      }
    }
    return leaks;
  }

  @Test
  void visibleSignatures_nameVisibleTypesOnly() {
    LongAdder looked = new LongAdder();
    Set<String> leaks = leaks(PublishedModule.allClasses(), EXPORTED, looked);
    assertEquals(Set.of(), leaks);
    assertTrue(looked.sum() >= 200, "types in signatures: " + looked);
  }

  /**
   * Annotations on members of any access, of classes that are not at every user's: javac reads a
   * type that is used whole, and warns of them.
   */
  private static Set<String> absentAnnotations(Iterable<JavaClass> types, LongAdder looked) {
    Set<String> absent = new TreeSet<>();
    for (JavaClass type : types) {
      if (isVisible(type)) {
        for (JavaMember member : type.getMembers()) {
          looked.increment();
          member.getAnnotations().stream()
              .filter(annotation -> annotation.getRawType().getName().startsWith("com.google."))
              .forEach(annotation -> absent.add(annotation.getDescription()));
        }
      }
    }
    return absent;
  }

  @Test
  void visibleTypes_haveNoAnnotationThatTheirUsersLack() {
    LongAdder looked = new LongAdder();
    assertEquals(Set.of(), absentAnnotations(PublishedModule.allClasses(), looked));
    assertTrue(looked.sum() >= 500, "members: " + looked);
  }

  @Test
  void visibleTypes_areFinalUnlessTheyAreMeantToBeExtended() {
    Set<String> open = new TreeSet<>();
    int looked = 0;
    for (JavaClass type : PublishedModule.allClasses()) {
      if (isVisible(type) && !type.isInterface() && !type.isEnum()) {
        looked++;
        if (!type.getModifiers().contains(JavaModifier.FINAL) && !type.reflect().isSealed()) {
          open.add(type.getName());
        }
      }
    }
    assertEquals(
        Set.of(
            "dev.gimbal.ConfigException",
            "dev.gimbal.TypeRef",
            "dev.gimbal.source.ForwardingSink",
            "dev.gimbal.testing.FormatCompatibilityKit",
            "dev.gimbal.testing.FormatSuiteKit",
            "dev.gimbal.testing.SourceCompatibilityKit",
            "dev.gimbal.testing.SourceFixture"),
        open);
    assertTrue(looked >= 40, "classes: " + looked);
  }

  @Test
  void visibleTopLevelTypes_sayInTheirSourceSinceWhen() throws IOException {
    Set<String> without = new TreeSet<>();
    int looked = 0;
    for (PublishedModule module : PublishedModule.values()) {
      for (JavaClass type : module.classes()) {
        if (isVisible(type) && type.isTopLevelClass()) {
          looked++;
          if (!Files.readString(module.source(type)).contains("\n * @since ")) {
            without.add(type.getName());
          }
        }
      }
    }
    assertEquals(Set.of(), without);
    assertTrue(looked >= 60, "types: " + looked);
  }

  @Test
  void everyPackage_isNullMarked() {
    Set<String> packages = new TreeSet<>();
    Set<String> marked = new TreeSet<>();
    for (JavaClass type : PublishedModule.allClasses()) {
      if (type.getSimpleName().equals("package-info")) {
        if (type.isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
          marked.add(type.getPackageName());
        }
      } else if (!type.getPackageName().isEmpty()) {
        packages.add(type.getPackageName());
      }
    }
    assertEquals(packages, marked);
    assertTrue(packages.size() >= 12, "packages: " + packages);
  }

  // ---- the rules can fail

  @Test
  void ruleAboutSignatures_packageThatIsNotExported_fails() {
    Set<String> fewer = new HashSet<>(EXPORTED);
    fewer.remove("dev.gimbal.tree");
    Set<String> leaks = leaks(CORE, fewer, new LongAdder());
    assertTrue(leaks.contains("dev.gimbal.source.Sink$Write -> dev.gimbal.tree.ObjectNode"));
    assertFalse(leaks.contains("dev.gimbal.source.Sink -> dev.gimbal.ConfigException"));
  }

  @Test
  void ruleAboutHiddenTypes_packageThatIsNot_fails() {
    assertTrue(hidden("dev.gimbal.source").evaluate(CORE).hasViolation());
  }
}
