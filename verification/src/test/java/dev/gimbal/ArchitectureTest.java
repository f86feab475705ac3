package dev.gimbal;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.gimbal.cli.Main;
import dev.gimbal.engine.EngineBuilder;
import dev.gimbal.format.json.JsonFormat;
import dev.gimbal.format.yaml.YamlFormat;
import dev.gimbal.testing.ManualTasks;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The arrows between modules and packages, and what is visible, looked up in what was compiled. */
class ArchitectureTest {

  /** A published module that has classes. */
  private enum Module {
    CORE("core", Config.class),
    JSON("formats/json", JsonFormat.class),
    YAML("formats/yaml", YamlFormat.class),
    CLI("cli", Main.class),
    TESTING("testing", ManualTasks.class);

    private final Path folder;
    private final Path built;

    Module(String folder, Class<?> member) {
      this.folder = Path.of(System.getProperty("gimbal.root"), folder, "src", "main", "java");
      try {
        this.built = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }

    JavaClasses load() {
      try {
        if (Files.isDirectory(built)) {
          return new ClassFileImporter().importPath(built);
        }
        try (JarFile jar = new JarFile(built.toFile())) {
          return new ClassFileImporter().importJar(jar);
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    ModuleDescriptor descriptor() {
      try {
        if (Files.isDirectory(built)) {
          return read(built.resolve("module-info.class"));
        }
        try (FileSystem jar = FileSystems.newFileSystem(built)) {
          return read(jar.getPath("module-info.class"));
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private static ModuleDescriptor read(Path file) throws IOException {
      try (InputStream in = Files.newInputStream(file)) {
        return ModuleDescriptor.read(in);
      }
    }
  }

  private static final String[] JAVA = {
    "java..", "org.jspecify.annotations", "com.google.errorprone.annotations.."
  };

  private static final String[] CORE_API = {
    "dev.gimbal",
    "dev.gimbal.bind",
    "dev.gimbal.format",
    "dev.gimbal.secret",
    "dev.gimbal.source",
    "dev.gimbal.tree"
  };

  private static final Map<Module, JavaClasses> CLASSES = load();
  private static final JavaClasses CORE = CLASSES.get(Module.CORE);
  private static final Set<String> EXPORTED = exported();

  private static Map<Module, JavaClasses> load() {
    Map<Module, JavaClasses> classes = new TreeMap<>();
    for (Module module : Module.values()) {
      classes.put(module, module.load());
    }
    return classes;
  }

  private static Set<String> exported() {
    Set<String> packages = new HashSet<>();
    for (Module module : Module.values()) {
      module.descriptor().exports().forEach(export -> packages.add(export.source()));
    }
    return packages;
  }

  private static List<JavaClass> all() {
    List<JavaClass> all = new ArrayList<>();
    CLASSES.values().forEach(all::addAll);
    return all;
  }

  private static String[] join(String[] packages, String... more) {
    List<String> joined = new ArrayList<>(List.of(packages));
    joined.addAll(List.of(more));
    return joined.toArray(String[]::new);
  }

  // ---- what was looked at

  @Test
  void everyModuleIsLookedAt() {
    CLASSES.forEach(
        (module, classes) -> assertTrue(classes.size() >= 4, module + ": " + classes.size()));
    assertTrue(CORE.size() >= 120, "core: " + CORE.size());
    assertTrue(all().size() >= 200, "all: " + all().size());
  }

  // ---- arrows

  private static ArchRule onlyUses(String[] packages, String... used) {
    return classes()
        .that()
        .resideInAnyPackage(packages)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(used).or(arraysAndPrimitives()));
  }

  private static DescribedPredicate<JavaClass> arraysAndPrimitives() {
    return DescribedPredicate.describe(
        "are primitive", type -> type.getBaseComponentType().isPrimitive());
  }

  private static ArchRule noUseOfEngine(String... packages) {
    return noClasses()
        .that()
        .resideInAnyPackage(packages)
        .should()
        .dependOnClassesThat(resideInAPackage("dev.gimbal.engine"));
  }

  @Test
  void core_usesNothingButTheJdk() {
    onlyUses(
            new String[] {"dev.gimbal.."},
            join(JAVA, join(CORE_API, "dev.gimbal.engine", "dev.gimbal.champ")))
        .check(CORE);
  }

  @Test
  void champ_usesNothingOfGimbal() {
    onlyUses(new String[] {"dev.gimbal.champ"}, join(JAVA, "dev.gimbal.champ")).check(CORE);
  }

  @Test
  void champ_isUsedByTreesAndEngineOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.gimbal.champ", "dev.gimbal.tree", "dev.gimbal.engine")
        .should()
        .dependOnClassesThat(resideInAPackage("dev.gimbal.champ"))
        .check(CORE);
  }

  @Test
  void engine_isNotUsedByWhatItIsMadeOf() {
    noUseOfEngine(
            "dev.gimbal.bind",
            "dev.gimbal.champ",
            "dev.gimbal.format",
            "dev.gimbal.secret",
            "dev.gimbal.source",
            "dev.gimbal.tree")
        .check(CORE);
  }

  @Test
  void engine_isUsedThroughItsBuilderOnly() {
    Set<String> uses = new TreeSet<>();
    for (JavaClass type : CORE) {
      if (!type.getPackageName().equals("dev.gimbal.engine")) {
        type.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass())
            .filter(target -> target.getPackageName().equals("dev.gimbal.engine"))
            .forEach(target -> uses.add(type.getSimpleName() + " -> " + target.getSimpleName()));
      }
    }
    assertEquals(Set.of("Config -> EngineBuilder"), uses);
  }

  @Test
  void formats_useCoreAndTheirParserOnly() {
    onlyUses(
            new String[] {"dev.gimbal.."},
            join(JAVA, join(CORE_API, "dev.gimbal.format.json..", "tools.jackson.core..")))
        .check(CLASSES.get(Module.JSON));
    onlyUses(
            new String[] {"dev.gimbal.."},
            join(JAVA, join(CORE_API, "dev.gimbal.format.yaml..", "org.snakeyaml.engine..")))
        .check(CLASSES.get(Module.YAML));
  }

  @Test
  void testing_usesCoreOnly() {
    onlyUses(
            new String[] {"dev.gimbal.."},
            join(JAVA, join(CORE_API, "dev.gimbal.testing", "org.junit.jupiter.api..")))
        .check(CLASSES.get(Module.TESTING));
  }

  @Test
  void cli_usesCoreAndFormatsOnly() {
    onlyUses(
            new String[] {"dev.gimbal.."},
            join(
                JAVA,
                join(
                    CORE_API,
                    "dev.gimbal.cli",
                    "dev.gimbal.format.json",
                    "dev.gimbal.format.yaml",
                    "picocli")))
        .check(CLASSES.get(Module.CLI));
  }

  /** Neither verification nor examples, whatever their packages are called. */
  @Test
  void publishedModules_useNoTypeOfGimbalFromElsewhere() {
    Set<String> published = new HashSet<>();
    all().forEach(type -> published.add(type.getName()));
    Set<String> elsewhere = new TreeSet<>();
    long[] looked = {0};
    for (JavaClass type : all()) {
      type.getDirectDependenciesFromSelf()
          .forEach(
              dependency -> {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                boolean ours = target.getPackageName().startsWith("dev.gimbal");
                looked[0] += ours ? 1 : 0;
                if (ours && !published.contains(target.getName())) {
                  elsewhere.add(dependency.getDescription());
                }
              });
    }
    assertEquals(Set.of(), elsewhere);
    assertTrue(looked[0] >= 2000, "dependencies: " + looked[0]);
  }

  @Test
  void modules_requireWhatTheArrowsSay() {
    assertEquals("dev.gimbal.core [java.base]", requires(Module.CORE));
    assertEquals(
        "dev.gimbal.format.json [dev.gimbal.core, java.base, tools.jackson.core]",
        requires(Module.JSON));
    assertEquals(
        "dev.gimbal.format.yaml [dev.gimbal.core, java.base, org.snakeyaml.engine]",
        requires(Module.YAML));
    assertEquals("dev.gimbal.testing [dev.gimbal.core, java.base]", requires(Module.TESTING));
    assertEquals(
        "dev.gimbal.cli [dev.gimbal.core, dev.gimbal.format.json, dev.gimbal.format.yaml,"
            + " info.picocli, java.base]",
        requires(Module.CLI));
  }

  /** Its name and what it needs at run time. */
  private static String requires(Module module) {
    Set<String> names = new TreeSet<>();
    ModuleDescriptor descriptor = module.descriptor();
    for (ModuleDescriptor.Requires requires : descriptor.requires()) {
      if (!requires.modifiers().contains(Modifier.STATIC)) {
        names.add(requires.name());
      }
    }
    return descriptor.name() + " " + names;
  }

  @Test
  void core_exportsAllButEngineAndChamp() {
    Set<String> exports = new TreeSet<>();
    Module.CORE.descriptor().exports().forEach(export -> exports.add(export.toString()));
    assertEquals(Set.of(CORE_API), exports);
  }

  // ---- what is visible

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
    Set<String> leaks = leaks(all(), EXPORTED, looked);
    assertEquals(Set.of(), leaks);
    assertTrue(looked.sum() >= 200, "types in signatures: " + looked);
  }

  @Test
  void visibleTypes_areFinalUnlessTheyAreMeantToBeExtended() {
    Set<String> open = new TreeSet<>();
    int looked = 0;
    for (JavaClass type : all()) {
      if (isVisible(type) && !type.isInterface() && !type.isEnum()) {
        looked++;
        if (!type.getModifiers().contains(JavaModifier.FINAL)) {
          open.add(type.getName());
        }
      }
    }
    assertEquals(Set.of("dev.gimbal.ConfigException"), open);
    assertTrue(looked >= 40, "classes: " + looked);
  }

  @Test
  void visibleTopLevelTypes_sayInTheirSourceSinceWhen() throws IOException {
    Set<String> without = new TreeSet<>();
    int looked = 0;
    for (Module module : Module.values()) {
      for (JavaClass type : CLASSES.get(module)) {
        if (isVisible(type) && type.isTopLevelClass()) {
          looked++;
          Path source = module.folder.resolve(type.getName().replace('.', '/') + ".java");
          if (!Files.readString(source).contains("\n * @since ")) {
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
    for (JavaClass type : all()) {
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

  // ---- no static mutable state

  private static ArchRule noStaticThatChanges() {
    return fields().that().areStatic().should().beFinal();
  }

  @Test
  void statics_areFinal() {
    CLASSES.values().forEach(classes -> noStaticThatChanges().check(classes));
  }

  /** Static final fields whose type can only be meant to change. */
  private static Set<String> changingStatics(Iterable<JavaClass> types, LongAdder looked) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : types) {
      for (JavaField field : type.getFields()) {
        if (field.getModifiers().contains(JavaModifier.STATIC)) {
          looked.increment();
          String name = field.getRawType().getName();
          if (name.startsWith("java.util.concurrent.")
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

  /** The one exception marks the current thread during a callback and holds nothing otherwise. */
  @Test
  void statics_areOfTypesThatDoNotChange() {
    LongAdder looked = new LongAdder();
    assertEquals(Set.of("Callbacks.CURRENT"), changingStatics(all(), looked));
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

  @Test
  void ruleAboutSignatures_packageThatIsNotExported_fails() {
    Set<String> fewer = new HashSet<>(EXPORTED);
    fewer.remove("dev.gimbal.tree");
    Set<String> leaks = leaks(CORE, fewer, new LongAdder());
    assertTrue(leaks.contains("dev.gimbal.source.Sink$Write -> dev.gimbal.tree.ObjectNode"));
    assertFalse(leaks.contains("dev.gimbal.source.Sink -> dev.gimbal.ConfigException"));
  }

  @Test
  void rulesAboutArrows_wrongPackages_fail() {
    assertTrue(noUseOfEngine("dev.gimbal").evaluate(CORE).hasViolation());
    assertTrue(
        onlyUses(new String[] {"dev.gimbal.tree"}, join(JAVA, "dev.gimbal.tree"))
            .evaluate(CORE)
            .hasViolation());
    assertTrue(hidden("dev.gimbal.source").evaluate(CORE).hasViolation());
  }
}
