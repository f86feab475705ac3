package dev.gimbal.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.bind.ConversionException;
import dev.gimbal.bind.Conversions;
import dev.gimbal.format.json.JsonFormat;
import dev.gimbal.testing.FormatTester;
import dev.gimbal.tree.Node;
import java.io.File;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is bound by the classes that are written, and that it is what reflection binds. */
class BinderTest {

  private static final String CALLER =
      " StackWalker.getInstance(StackWalker.Option.SHOW_REFLECT_FRAMES).walk(s -> s.skip(1)"
          + ".findFirst().orElseThrow().getClassName())";

  private static final String[] CALLED = {
    "@Settings(\"a\") record A(@Default(\"\") String by) { A { by =" + CALLER + "; } }",
    "@Settings(\"b\") class B { String by; B() { by ="
        + CALLER
        + "; }"
        + " public String getBy() { return by; } public void setX(String x) { by = x; } }",
    "@Settings(\"c\") interface C { default String by() { return getClass().getName(); } }"
  };

  private static final String[] OF_MODULE = {
    "@Settings(\"a\") record A(int x, B b, C c) {}",
    "class B { int y; public void setY(int y) { this.y = y; }"
        + " public String toString() { return \"y \" + y; } }",
    "interface C { default int z() { return 3; } }",
    """
    package app.run;
    public final class Main {
      private Main() {}
      public static String bind() throws Exception {
        Object tree = Map.of("x", 1, "b", Map.of("y", 2));
        try {
          return Conversions.standard()
              .convert(
                  dev.gimbal.tree.Nodes.of(tree, dev.gimbal.tree.Scalar.Template.NONE),
                  Class.forName("app.A"))
              .toString();
        } catch (IllegalArgumentException refused) {
          return refused.getMessage();
        }
      }
    }
    """
  };

  @TempDir Path folder;

  private static String[] all() {
    return Stream.of(BinderCases.SOURCES, BinderCases.NULLS)
        .flatMap(Stream::of)
        .toArray(String[]::new);
  }

  private static Node json(String document) {
    String text = "{\"v\": " + document.replace('\'', '"') + "}";
    return Objects.requireNonNull(new FormatTester(new JsonFormat()).read(text).tree().get("v"));
  }

  private static String outcome(Class<?> type, String document) throws Exception {
    try {
      Object made = Conversions.installed(List.of()).convert(json(document), (Class<?>) type);
      return "made " + Described.of(made);
    } catch (ConversionException e) {
      List<String> all = new ArrayList<>();
      e.failures().forEach(failure -> all.add(failure.below() + " " + failure.describe(false)));
      return all.toString();
    } catch (IllegalArgumentException refused) {
      return "refused " + refused.getMessage();
    }
  }

  private static List<String> outcomes(Compilation compilation) throws Exception {
    ClassLoader loader = compilation.loader();
    List<String> outcomes = new ArrayList<>();
    for (String name : BinderCases.TABLE.keySet().stream().sorted().toList()) {
      for (String document : BinderCases.TABLE.get(name)) {
        outcomes.add(name + " " + document + ": " + outcome(loader.loadClass(name), document));
      }
    }
    return outcomes;
  }

  private static List<String> binders(Compilation compilation) throws IOException {
    return compilation.files().stream()
        .filter(file -> file.endsWith("_Binder.java"))
        .map(file -> file.substring("app/".length(), file.length() - "_Binder.java".length()))
        .sorted()
        .toList();
  }

  @Test
  void whatIsBound_isTheSameWithAndWithoutReflection() throws Exception {
    Compilation with = Compilation.of(folder.resolve("with"), all());
    Compilation without = Compilation.of(folder.resolve("without"), List.of("-proc:none"), all());
    assertEquals(List.of(), with.problems());
    assertEquals(List.of(), without.problems());
    List<String> byBinders = outcomes(with);
    assertEquals(String.join("\n", outcomes(without)), String.join("\n", byBinders));
    assertEquals(43, byBinders.size());
    assertEquals(16, byBinders.stream().filter(line -> line.contains(": made ")).count());
  }

  @Test
  void eachTypeWithMembers_hasABinder() throws Exception {
    Compilation compilation = Compilation.of(folder, all());
    assertEquals(
        List.of(
            "Auth$Getters",
            "Auth$None",
            "Auth$Token",
            "Bean",
            "Broken",
            "Getters",
            "Nested",
            "Nested$A",
            "Nested$A$Inner",
            "Nested$B",
            "Nested$B$Inner",
            "Notes",
            "Nulls",
            "Page",
            "Pages",
            "Server",
            "Tree"),
        binders(compilation));
    assertEquals(
        """
        app.Auth_Binders
        app.Bean_Binders
        app.Broken_Binders
        app.Getters_Binders
        app.Nested_Binders
        app.Notes_Binders
        app.Nulls_Binders
        app.Pages_Binders
        app.Server_Binders
        app.Tree_Binders
        """,
        compilation.text("META-INF/services/dev.gimbal.bind.Binders"));
  }

  @Test
  void whatIsWritten_compilesWithoutAWarning() throws Exception {
    Compilation compilation =
        Compilation.of(folder, List.of("-Xlint:all", "-Werror"), BinderCases.SOURCES);
    assertEquals(List.of(), compilation.problems());
    assertEquals(16, binders(compilation).size());
  }

  @Test
  void whatIsPrivate_isMadeByReflection() throws Exception {
    Compilation compilation =
        Compilation.of(
            folder,
            """
            @Settings("a") public record A(B b, C c, D d, E e) {
              private record B(int x) {}
              public record C(List<B> items) {}
              record D(Level level) { private enum Level { LOW } }
              private interface E { int y(); }
            }
            """);
    assertEquals(List.of(), compilation.problems());
    assertEquals(List.of(), binders(compilation));
    assertEquals(
        "made app.A{b=app.A$B{x=java.lang.Integer 1 } c=app.A$C{items=[app.A$B{x=java.lang.Integer"
            + " 2 }] } d=app.A$D{level=app.A$D$Level LOW } e=app.A$E{y=java.lang.Integer 3 }A.E[y]34"
            + " }",
        outcome(
            compilation.load("app.A"),
            "{'b': {'x': 1}, 'c': {'items': [{'x': 2}]}, 'd': {'level': 'low'}, 'e': {'y': 3}}"));
  }

  @Test
  void whatTheUserWrote_isCalledByTheBinder() throws Exception {
    Compilation compilation = Compilation.of(folder, CALLED);
    assertEquals(List.of(), compilation.problems());
    assertEquals(
        "made app.A{by=java.lang.String app.A_Binder }", outcome(compilation.load("app.A"), "{}"));
    assertEquals(
        "made app.B{getBy=java.lang.String app.B_Binder }",
        outcome(compilation.load("app.B"), "{}"));
    assertEquals(
        "made app.C{by=java.lang.String app.C_Binder$$Made }C[by]"
            + (31 + "app.C_Binder$$Made".hashCode()),
        outcome(compilation.load("app.C"), "{}"));
  }

  /** The field before the getter, the getter before the setter; {@code is} before {@code get}. */
  @Test
  void annotationsOfABean_countInOneOrder_withAndWithoutReflection() throws Exception {
    for (List<String> options : List.of(List.of("-Xlint:none"), List.of("-proc:none"))) {
      Path to = folder.resolve(options.get(0).substring(1));
      Compilation compilation = Compilation.of(to, options, BinderCases.SOURCES);
      assertEquals(List.of(), compilation.problems());
      Class<?> notes = compilation.load("app.Notes");
      assertEquals(
          "made app.Notes{getA=java.lang.Integer 1 getB=java.lang.Integer 5 getC=java.lang.Integer 2"
              + " getD=java.lang.String d getOn=java.lang.Boolean true isOn=java.lang.Boolean true }",
          outcome(notes, "{}"));
      assertEquals(
          "made app.Notes{getA=java.lang.Integer 9 getB=java.lang.Integer 7 getC=java.lang.Integer 8"
              + " getD=java.lang.String d getOn=java.lang.Boolean true isOn=java.lang.Boolean true }",
          outcome(notes, "{'setter': 7, 'getter': 8, 'field': 9, 'a': 10, 'b': 11, 'c': 12}"));
    }
  }

  @Test
  void classesOfKotlin_haveNoBinder() throws Exception {
    Compilation compilation =
        Compilation.of(
            folder,
            """
            package kotlin;
            import java.lang.annotation.*;
            @Retention(RetentionPolicy.RUNTIME) public @interface Metadata { int k() default 3; }
            """,
            CALLED[0],
            CALLED[1].replace("class B {", "@kotlin.Metadata class B {"));
    assertEquals(List.of(), compilation.problems());
    assertEquals(List.of("A"), binders(compilation));
    assertEquals("app.A_Binders\n", compilation.text("META-INF/services/dev.gimbal.bind.Binders"));
    String reflection = "made app.B{getBy=java.lang.String jdk.internal.reflect.";
    assertEquals(
        reflection, outcome(compilation.load("app.B"), "{}").substring(0, reflection.length()));
  }

  private String services() throws IOException {
    return Files.readString(folder.resolve("META-INF/services/dev.gimbal.bind.Binders"));
  }

  /** As a build tool does that compiles what has changed, into the folder of the last time. */
  private void again(String... sources) {
    assertEquals(
        List.of(), Compilation.of(folder, List.of("-Xlint:none", "-cp", cp()), sources).problems());
  }

  private String cp() {
    return folder + File.pathSeparator + System.getProperty("java.class.path");
  }

  @Test
  void whatIsCompiledLater_isListedBesideWhatIsThere() throws Exception {
    String own =
        "public class Own implements Binders { public List<Binder> all() { return List.of(); } }";
    again(CALLED);
    assertEquals("app.A_Binders\napp.B_Binders\napp.C_Binders\n", services());
    Compilation second = Compilation.of(folder, CALLED[1]);
    assertEquals(List.of(), second.problems());
    assertEquals("app.A_Binders\napp.B_Binders\napp.C_Binders\n", services());
    assertEquals(
        "made app.A{by=java.lang.String app.A_Binder }", outcome(second.load("app.A"), "{}"));
    second.delete("app/C_Binders.class");
    second.delete("app/C_Binders.java"); // or the compiler makes it anew
    again("record New(@Default(\"1\") int n) {}", "@Settings(\"n\") record N(A a, New n) {}");
    assertEquals("app.A_Binders\napp.B_Binders\napp.N_Binders\n", services());
    again(CALLED[0].replace("@Settings(\"a\") ", ""), CALLED[1]);
    assertEquals("app.B_Binders\napp.N_Binders\n", services());
    second.write(
        "META-INF/services/dev.gimbal.bind.Binders",
        "# what the application wrote\n\n app.Own # here\napp.Lost_Binders\napp.B_Binders\n");
    again(CALLED[2], own);
    assertEquals("app.B_Binders\napp.C_Binders\napp.Own\n", services());
  }

  @Test
  void theLastTypeThatIsNoLongerBound_leavesNoName() throws Exception {
    String bound = "@Settings(\"a\") record A(int x) {}";
    again(bound, "@Settings(\"b\") record B(int y) {}");
    assertEquals("app.A_Binders\napp.B_Binders\n", services());
    again("record A(@Default(\"1\") int x) {}");
    assertEquals("app.B_Binders\n", services());
    again("class Other {}");
    assertEquals("app.B_Binders\n", services());
    again("record B(int y) {}");
    assertEquals("", services());
    again(bound);
    assertEquals("app.A_Binders\n", services());
    Compilation plain = Compilation.of(folder, List.of("-proc:none"), "record A(int x) {}");
    plain.delete("app/A_Binders.class");
    plain.delete("app/A_Binders.java"); // or the compiler makes it anew
    again("class Other {}");
    assertEquals("", services());
  }

  @Test
  void nothingThatIsBound_writesNoFile() throws Exception {
    assertEquals(List.of(), Compilation.of(folder, "@Deprecated class Other {}").files());
  }

  /** A jar that has lost some of its classes, or has those of another version. */
  @Test
  void aListThatCannotBeLoaded_isPassedOver() throws Exception {
    Compilation compilation = Compilation.of(folder, CALLED);
    assertEquals(List.of(), compilation.problems());
    compilation.delete("app/A_Binder.class");
    compilation.delete("app/B_Binders.class");
    assertEquals(
        "made app.C{by=java.lang.String app.C_Binder$$Made }C[by]"
            + (31 + "app.C_Binder$$Made".hashCode()),
        outcome(compilation.load("app.C"), "{}"));
    String reflection = "jdk.internal.reflect";
    assertEquals(
        reflection,
        outcome(compilation.load("app.A"), "{}")
            .substring("made app.A{by=java.lang.String ".length())
            .substring(0, reflection.length()));
  }

  /** What becomes of {@code A} of a module that says this, and neither exports nor opens it. */
  private String inModule(String directive, String... warnings) throws Exception {
    List<String> sources = new ArrayList<>(List.of(OF_MODULE));
    sources.add("module app { requires dev.gimbal.core; exports app.run; " + directive + " }");
    List<String> options =
        List.of("-Xlint:all,-requires-automatic", "--module-path", Compilation.core().toString());
    Compilation compilation = Compilation.of(folder, options, sources.toArray(String[]::new));
    assertEquals(List.of(warnings), compilation.problems());
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration()
            .resolve(ModuleFinder.of(folder, Compilation.core()), ModuleFinder.of(), Set.of("app"));
    ModuleLayer layer =
        boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
    Module app = layer.findModule("app").orElseThrow();
    Module gimbal = layer.findModule("dev.gimbal.core").orElseThrow();
    assertEquals(false, app.isExported("app", gimbal));
    return (String)
        layer.findLoader("app").loadClass("app.run.Main").getMethod("bind").invoke(null);
  }

  @Test
  void aModuleThatIsClosed_isBoundByWhatItProvides() throws Exception {
    assertEquals(
        "A[x=1, b=y 2, c=C[z]]", inModule("provides dev.gimbal.bind.Binders with app.A_Binders;"));
  }

  /** The twin: nothing else lets Gimbal in. */
  @Test
  void aModuleThatIsClosed_andProvidesNothing_isRefused() throws Exception {
    assertEquals(
        "type: app.A (expected: a type that Gimbal may make; make it and its constructor public in"
            + " an exported package, or say \"opens app to dev.gimbal.core\" in its module-info)",
        inModule(
            "",
            "WARNING: app.C cannot be bound: it has default methods, is not public, and has no"
                + " binder"));
  }
}
