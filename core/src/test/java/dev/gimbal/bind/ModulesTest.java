package dev.gimbal.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types of modules: what is exported, open and closed. */
class ModulesTest {

  private static final Map<String, String> TYPES =
      Map.of(
          "Shown", "public record Shown(int a) {}",
          "Hidden", "record Hidden(int a) {}",
          "Getters", "public interface Getters { int a(); }",
          "Bean", "public class Bean { int a; public void setA(int a) { this.a = a; } }",
          "WithDefault", "public interface WithDefault { default int a() { return 1; } }");

  private static final String CLOSED =
      " (expected: a type that Gimbal may make; make it and its constructor public in an exported"
          + " package, or say \"opens app to dev.gimbal.core\" in its module-info)";

  @TempDir private Path folder;

  /** What becomes of each type of a module that says this of its package. */
  private String outcomes(String directive) throws Exception {
    Path sources = Files.createDirectories(folder.resolve("sources/app"));
    List<String> arguments = new ArrayList<>(List.of("-d", folder.resolve("classes").toString()));
    for (Map.Entry<String, String> type : TYPES.entrySet()) {
      Path file = sources.resolve(type.getKey() + ".java");
      Files.writeString(file, "package app; " + type.getValue());
      arguments.add(file.toString());
    }
    Path info = folder.resolve("sources/module-info.java");
    Files.writeString(info, "module app { " + directive + " }");
    arguments.add(info.toString());
    int exit =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, arguments.toArray(new String[0]));
    assertEquals(0, exit);
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration()
            .resolve(ModuleFinder.of(folder.resolve("classes")), ModuleFinder.of(), Set.of("app"));
    ClassLoader loader =
        boot.defineModulesWithOneLoader(configuration, ModulesTest.class.getClassLoader())
            .findLoader("app");
    StringBuilder outcomes = new StringBuilder();
    for (String name : TYPES.keySet().stream().sorted().toList()) {
      outcomes.append(outcome(loader.loadClass("app." + name))).append('\n');
    }
    return outcomes.toString();
  }

  private static String outcome(Class<?> type) throws ConversionException {
    try {
      Object made = Conversions.standard().convert(Binding.node(Map.of("a", 5)), type);
      return "made " + type.cast(made).getClass().getInterfaces().length + " " + type.getName();
    } catch (IllegalArgumentException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  @Test
  void ofAPackageThatIsOpen_allIsMade() throws Exception {
    assertEquals(
        """
        made 0 app.Bean
        made 1 app.Getters
        made 0 app.Hidden
        made 0 app.Shown
        made 1 app.WithDefault
        """,
        outcomes("opens app;"));
  }

  @Test
  void ofAPackageThatIsExported_whatIsPublicIsMade() throws Exception {
    assertEquals(
        """
        made 0 app.Bean
        made 1 app.Getters
        type: app.Hidden%s
        made 0 app.Shown
        made 1 app.WithDefault
        """
            .formatted(CLOSED),
        outcomes("exports app;"));
  }

  @Test
  void ofAPackageThatIsClosed_interfacesOfPlainGettersAreMade() throws Exception {
    assertEquals(
        """
        type: app.Bean%1$s
        made 1 app.Getters
        type: app.Hidden%1$s
        type: app.Shown%1$s
        type: app.WithDefault (expected: a public interface in a package that is exported, because \
        it has the default method a)
        """
            .formatted(CLOSED),
        outcomes(""));
  }
}
