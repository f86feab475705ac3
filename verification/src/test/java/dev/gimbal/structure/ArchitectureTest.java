package dev.gimbal.structure;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The arrows between modules and between packages, looked up in what was compiled. */
class ArchitectureTest {

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

  private static final JavaClasses CORE = PublishedModule.CORE.classes();

  private static String[] join(String[] packages, String... more) {
    List<String> joined = new ArrayList<>(List.of(packages));
    joined.addAll(List.of(more));
    return joined.toArray(String[]::new);
  }

  @Test
  void everyModuleIsLookedAt() {
    for (PublishedModule module : PublishedModule.values()) {
      int size = module.classes().size();
      assertTrue(size >= 2, module + ": " + size);
    }
    assertTrue(CORE.size() >= 300, "core: " + CORE.size());
    assertTrue(
        PublishedModule.allClasses().size() >= 500, "all: " + PublishedModule.allClasses().size());
  }

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
            join(
                JAVA,
                join(
                    CORE_API,
                    "dev.gimbal.engine",
                    "dev.gimbal.champ",
                    "dev.gimbal.text",
                    "javax.net.ssl",
                    "javax.crypto..")))
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
        .check(PublishedModule.JSON.classes());
    onlyUses(new String[] {"dev.gimbal.."}, join(JAVA, join(CORE_API, "dev.gimbal.format.yaml..")))
        .check(PublishedModule.YAML.classes());
    onlyUses(
            new String[] {"dev.gimbal.."}, join(JAVA, join(CORE_API, "dev.gimbal.format.dotenv..")))
        .check(PublishedModule.DOTENV.classes());
    onlyUses(new String[] {"dev.gimbal.."}, join(JAVA, join(CORE_API, "dev.gimbal.format.toml..")))
        .check(PublishedModule.TOML.classes());
    onlyUses(new String[] {"dev.gimbal.."}, join(JAVA, join(CORE_API, "dev.gimbal.format.hcl..")))
        .check(PublishedModule.HCL.classes());
    onlyUses(new String[] {"dev.gimbal.."}, join(JAVA, join(CORE_API, "dev.gimbal.format.xml..")))
        .check(PublishedModule.XML.classes());
    onlyUses(new String[] {"dev.gimbal.."}, join(JAVA, join(CORE_API, "dev.gimbal.format.hocon..")))
        .check(PublishedModule.HOCON.classes());
  }

  @Test
  void nacl_usesCoreAndItsLibraryOnly() {
    onlyUses(
            new String[] {"dev.gimbal.."},
            join(JAVA, "dev.gimbal.secret..", "javax.crypto", "software.pando.crypto.nacl"))
        .check(PublishedModule.NACL.classes());
  }

  @Test
  void store_usesCoreOnly() {
    onlyUses(new String[] {"dev.gimbal.."}, join(JAVA, join(CORE_API, "dev.gimbal.source.store")))
        .check(PublishedModule.STORE.classes());
  }

  @Test
  void stores_useCoreAndTheirClientOnly() {
    String[] used = join(CORE_API, "dev.gimbal.source.store");
    onlyUses(
            new String[] {"dev.gimbal.."},
            join(
                JAVA,
                join(
                    used,
                    "dev.gimbal.source.etcd",
                    "javax.net.ssl",
                    "javax.crypto",
                    "com.google.protobuf",
                    "io.etcd.jetcd.api",
                    "io.grpc..",
                    "io.netty..")))
        .check(PublishedModule.ETCD.classes());
    onlyUses(
            new String[] {"dev.gimbal.."},
            join(JAVA, join(used, "dev.gimbal.source.jdbc..", "javax.sql")))
        .check(PublishedModule.JDBC.classes());
    onlyUses(
            new String[] {"dev.gimbal.."},
            join(
                JAVA,
                join(
                    used,
                    "dev.gimbal.source.jdbc..",
                    "dev.gimbal.source.postgres..",
                    "javax.sql",
                    "javax.net..",
                    "org.postgresql..")))
        .check(PublishedModule.POSTGRES.classes());
    onlyUses(
            new String[] {"dev.gimbal.."},
            join(JAVA, join(used, "dev.gimbal.source.nats", "javax.net.ssl", "io.nats.client..")))
        .check(PublishedModule.NATS.classes());
  }

  @Test
  void testing_usesCoreOnly() {
    onlyUses(
            new String[] {"dev.gimbal.."},
            join(JAVA, join(CORE_API, "dev.gimbal.testing..", "org.junit.jupiter.api..")))
        .check(PublishedModule.TESTING.classes());
  }

  @Test
  void validators_useCoreAndTheirLibraryOnly() {
    onlyUses(
            new String[] {"dev.gimbal.."},
            join(
                JAVA,
                join(
                    CORE_API,
                    "dev.gimbal.jsonschema",
                    "com.networknt.schema..",
                    "tools.jackson.databind..")))
        .check(PublishedModule.JSON_SCHEMA.classes());
    onlyUses(
            new String[] {"dev.gimbal.."},
            join(JAVA, join(CORE_API, "dev.gimbal.validation", "jakarta.validation..")))
        .check(PublishedModule.JAKARTA_VALIDATION.classes());
  }

  @Test
  void processor_usesCoreAndTheCompilerOnly() {
    onlyUses(
            new String[] {"dev.gimbal.."},
            join(
                JAVA,
                "dev.gimbal",
                "dev.gimbal.bind",
                "dev.gimbal.tree",
                "dev.gimbal.processor",
                "javax.annotation.processing",
                "javax.lang.model..",
                "javax.tools"))
        .check(PublishedModule.PROCESSOR.classes());
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
                    "dev.gimbal.format.hcl",
                    "dev.gimbal.format.xml",
                    "dev.gimbal.format.hocon",
                    "dev.gimbal.format.json",
                    "dev.gimbal.format.toml",
                    "dev.gimbal.format.dotenv",
                    "dev.gimbal.format.yaml",
                    "dev.gimbal.jsonschema",
                    "picocli")))
        .check(PublishedModule.CLI.classes());
  }

  /** Neither verification nor examples, whatever their packages are called. */
  @Test
  void publishedModules_useNoTypeOfGimbalFromElsewhere() {
    Set<String> published = new HashSet<>();
    PublishedModule.allClasses().forEach(type -> published.add(type.getName()));
    Set<String> elsewhere = new TreeSet<>();
    long[] looked = {0};
    for (JavaClass type : PublishedModule.allClasses()) {
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
    assertEquals("dev.gimbal.core [java.base, java.net.http]", requires(PublishedModule.CORE));
    assertEquals(
        "dev.gimbal.format.json [dev.gimbal.core, java.base, tools.jackson.core]",
        requires(PublishedModule.JSON));
    assertEquals(
        "dev.gimbal.format.yaml [dev.gimbal.core, java.base]", requires(PublishedModule.YAML));
    assertEquals(
        "dev.gimbal.format.dotenv [dev.gimbal.core, java.base]", requires(PublishedModule.DOTENV));
    assertEquals(
        "dev.gimbal.format.toml [dev.gimbal.core, java.base]", requires(PublishedModule.TOML));
    assertEquals(
        "dev.gimbal.format.hcl [dev.gimbal.core, java.base]", requires(PublishedModule.HCL));
    assertEquals(
        "dev.gimbal.format.hocon [dev.gimbal.core, java.base]", requires(PublishedModule.HOCON));
    assertEquals(
        "dev.gimbal.format.xml [dev.gimbal.core, java.base]", requires(PublishedModule.XML));
    assertEquals(
        "dev.gimbal.testing [dev.gimbal.core, java.base]", requires(PublishedModule.TESTING));
    assertEquals(
        "dev.gimbal.processor [dev.gimbal.core, java.base, java.compiler]",
        requires(PublishedModule.PROCESSOR));
    assertEquals(
        "dev.gimbal.cli [dev.gimbal.core, dev.gimbal.format.dotenv, dev.gimbal.format.hcl,"
            + " dev.gimbal.format.hocon, dev.gimbal.format.json, dev.gimbal.format.toml,"
            + " dev.gimbal.format.xml, dev.gimbal.format.yaml, dev.gimbal.jsonschema,"
            + " dev.gimbal.secret.nacl, info.picocli, java.base]",
        requires(PublishedModule.CLI));
    assertEquals(
        "dev.gimbal.source.store [dev.gimbal.core, java.base]", requires(PublishedModule.STORE));
    assertEquals(
        "dev.gimbal.secret.nacl [dev.gimbal.core, java.base, software.pando.crypto.nacl]",
        requires(PublishedModule.NACL));
    assertEquals(
        "dev.gimbal.jsonschema [com.ethlo.time, com.networknt.schema, dev.gimbal.core, java.base,"
            + " tools.jackson.databind]",
        requires(PublishedModule.JSON_SCHEMA));
    assertEquals(
        "dev.gimbal.validation [dev.gimbal.core, jakarta.validation, java.base]",
        requires(PublishedModule.JAKARTA_VALIDATION));
  }

  /** Its name and what it needs at run time. */
  private static String requires(PublishedModule module) {
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
    PublishedModule.CORE.descriptor().exports().forEach(export -> exports.add(export.toString()));
    assertEquals(Set.of(CORE_API), exports);
  }

  // ---- the rules can fail

  @Test
  void rulesAboutArrows_wrongPackages_fail() {
    assertTrue(noUseOfEngine("dev.gimbal").evaluate(CORE).hasViolation());
    assertTrue(
        onlyUses(new String[] {"dev.gimbal.tree"}, join(JAVA, "dev.gimbal.tree"))
            .evaluate(CORE)
            .hasViolation());
  }
}
