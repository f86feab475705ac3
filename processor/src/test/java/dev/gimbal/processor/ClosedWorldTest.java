package dev.gimbal.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.processor.NativeImage.Rules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is bound where only that is there which a {@link NativeImage} knows. */
class ClosedWorldTest {

  private static final String SERVICES = "META-INF/services/dev.gimbal.bind.Binders";

  @TempDir Path folder;

  /** Types without binders: what lists them is taken away. */
  private Compilation withoutBinders() throws Exception {
    List<String> sources = new ArrayList<>(List.of(ClosedCases.sources()));
    sources.add("module app { requires dev.gimbal.core; }");
    List<String> options = List.of("-Xlint:none", "--module-path", Compilation.core().toString());
    Compilation compilation = Compilation.of(folder, options, sources.toArray(String[]::new));
    assertEquals(List.of(), compilation.problems());
    compilation.delete(SERVICES);
    return compilation;
  }

  private Compilation withBinders() throws Exception {
    Compilation compilation = Compilation.of(folder, ClosedCases.sources());
    assertEquals(List.of(), compilation.problems());
    return compilation;
  }

  @Test
  void whatIsBoundWithoutBinders_isAsWhereAllIsThere() throws Exception {
    Compilation compilation = withoutBinders();
    Map<String, String> open = ClosedImage.open(compilation, true);
    assertEquals(62, open.size());
    assertEquals(30, made(open));
    try (ClosedImage image = new ClosedImage(compilation, folder)) {
      for (Rules rules : List.of(Rules.JDK_25, Rules.EXACT)) {
        Map<String, String> closed = image.outcomes(rules);
        assertEquals(List.of(), differing(open, closed));
        assertEquals(
            "made app.Child{getName=java.lang.String n getSize=java.lang.Integer 3"
                + " mark=java.lang.StringBuilder m } ",
            closed.get("app.Child {'name': 'n', 'the-size': 3, 'marked': 'm'}")
                .split("OfObject", 2)[0]);
        assertEquals(
            "[ found an object, expected values that Figure.Circle takes (radius is negative)]",
            closed.get("app.Figure {'type': 'circle', 'radius': -1}").split("\n", 2)[0]);
      }
    }
  }

  /** Before JDK 23 no metadata names what the JDK calls default methods of a proxy by. */
  @Test
  void whatIsBoundWithoutBinders_isTheSameEarlier_butForDefaultMethodsOfProxies() throws Exception {
    Compilation compilation = withoutBinders();
    Map<String, String> open = ClosedImage.open(compilation, true);
    try (ClosedImage image = new ClosedImage(compilation, folder)) {
      for (Rules rules : List.of(Rules.GRAALVM_22, Rules.JDK_21)) {
        Map<String, String> closed = image.outcomes(rules);
        List<String> differing = differing(open, closed);
        assertEquals(
            List.of(
                "app.Getters {'name': 'a', 'open': true, 'port': 5, 'values': [], 'items': [],"
                    + " 'maybe': 'm'}",
                "app.Getters {'name': 'a', 'open': true, 'values': [1, 2], 'items': [3]}",
                "app.Getters {'name': 'boom', 'open': true, 'values': [], 'items': []}",
                "app.Joint {'port': 5, 'name': 'n'}"),
            differing);
        assertEquals(
            "made app.Joint{name=java.lang.String n port=java.lang.Integer 5 join=java.lang.InternalError:"
                + " proxyClassLookup of a proxy of [app.Joint]}",
            closed.get("app.Joint {'port': 5, 'name': 'n'}").split("Joint\\[", 2)[0]);
        for (String name : differing.subList(0, 3)) {
          assertEquals(
              "[ found an object, expected values that Getters takes (java.lang.InternalError)]",
              closed.get(name).split("\n", 2)[0]);
        }
      }
    }
  }

  @Test
  void whatIsBoundWithBinders_isAsWhereAllIsThere_byAllRules() throws Exception {
    Compilation compilation = withBinders();
    Map<String, String> open = ClosedImage.open(compilation, true);
    assertEquals(62, open.size());
    assertEquals(30, made(open));
    try (ClosedImage image = new ClosedImage(compilation, folder)) {
      for (Rules rules : Rules.values()) {
        assertEquals(List.of(), differing(open, image.outcomes(rules)));
      }
    }
  }

  /** Of {@code app.Outside} binders make nothing, as it has private types. */
  @Test
  void typesThatBindersMake_areReflectedOnForSealedTypesAndArraysOnly() throws Exception {
    Compilation compilation = withBinders();
    try (ClosedImage image = new ClosedImage(compilation, folder)) {
      image.outcomes(Rules.EXACT);
      Set<String> asked = new TreeSet<>(image.asked());
      asked.removeIf(call -> call.contains(" app.Outside"));
      assertEquals(
          List.of(
              "array app.Arrays$Item[]",
              "array app.Arrays$Item[][]",
              "array app.Level[]",
              "array boolean[]",
              "array double[]",
              "array int[]",
              "array int[][]",
              "array java.lang.Integer[]",
              "array java.lang.Object[]",
              "array java.lang.String[]",
              "array java.time.Duration[]",
              "array java.util.List[]",
              "getPermittedSubclasses app.Auth",
              "getPermittedSubclasses app.Figure",
              "getPermittedSubclasses app.Figure$Round",
              "getPermittedSubclasses app.Figure$Solid",
              "load dev.gimbal.bind.Binders",
              "load dev.gimbal.bind.Converter",
              "load dev.gimbal.format.Format"),
          List.copyOf(asked));
    }
    assertEquals(
        """
        app.Arrays_Binders
        app.Auth_Binders
        app.Bean_Binders
        app.Broken_Binders
        app.Child_Binders
        app.Figure_Binders
        app.Getters_Binders
        app.Joint_Binders
        app.Nested_Binders
        app.Notes_Binders
        app.Nulls_Binders
        app.Outside_Binders
        app.Over_Binders
        app.Pages_Binders
        app.Plain_Binders
        app.Server_Binders
        app.Tree_Binders
        """,
        compilation.text(SERVICES));
  }

  /** How many documents become something else without a kind of metadata, by each of the rules. */
  @Test
  void eachKindOfMetadata_isNeeded() throws Exception {
    StringBuilder table = new StringBuilder();
    try (ClosedImage image = new ClosedImage(withoutBinders(), folder)) {
      Map<Rules, Map<String, String>> whole = whole(image);
      for (String kind : ImageMetadata.KINDS) {
        table.append(kind);
        for (Rules rules : Rules.values()) {
          Map<String, String> less = image.outcomes(rules, image.metadata().without(kind), false);
          table.append(' ').append(differing(whole.get(rules), less).size());
        }
        table.append('\n');
      }
    }
    assertEquals(
        """
        allDeclaredConstructors 53 53 53 53
        allDeclaredFields 13 13 13 23
        allPermittedSubclasses 14 14 14 14
        allPublicMethods 23 23 23 38
        allRecordComponents 0 0 0 38
        queryAllDeclaredMethods 38 0 0 0
        array 27 27 27 27
        proxy 8 8 4 4
        lookup 0 0 4 4
        """,
        table.toString());
  }

  /**
   * One by one: a record without components has no accessors, and no document is bound to the one
   * that cannot be initialised.
   */
  @Test
  void allThatIsTold_isNeeded() throws Exception {
    try (ClosedImage image = new ClosedImage(withoutBinders(), folder)) {
      assertEquals(128, image.metadata().facts().size());
      assertEquals(
          List.of(
              "app.Auth$None queryAllDeclaredMethods",
              "app.Broken allDeclaredConstructors",
              "app.Broken allRecordComponents",
              "app.Broken queryAllDeclaredMethods",
              "app.Figure$Dot queryAllDeclaredMethods"),
          notNeeded(image));
    }
  }

  @Test
  void allThatIsToldBesideBinders_isNeeded() throws Exception {
    try (ClosedImage image = new ClosedImage(withBinders(), folder)) {
      assertEquals(30, image.metadata().facts().size());
      assertEquals(List.of(), notNeeded(image));
    }
  }

  /** A class that a document names, and a document on the class path, are the application's. */
  @Test
  void namesInDocuments_findOnlyWhatIsRegistered() throws Exception {
    try (ClosedImage image = new ClosedImage(withBinders(), folder)) {
      assertEquals("interface app.Auth", image.classNamed("app.Auth"));
      assertEquals("no such class is found", image.classNamed("app.Level"));
      assertEquals("none", image.resourceNamed("app/Level.class"));
      assertEquals(
          List.of("forName app.Auth", "forName app.Level", "getResource app/Level.class"),
          image.asked().stream().distinct().toList());
    }
  }

  /** What is not as it is where all is there. */
  private static List<String> differing(Map<String, String> open, Map<String, String> closed) {
    assertEquals(open.keySet(), closed.keySet());
    return open.keySet().stream().filter(name -> !open.get(name).equals(closed.get(name))).toList();
  }

  private static long made(Map<String, String> outcomes) {
    return outcomes.values().stream()
        .filter(text -> text.startsWith("made ") && text.contains("\nlive "))
        .count();
  }

  /** What becomes of all with all metadata, handles aside. */
  private static Map<Rules, Map<String, String>> whole(ClosedImage image) throws Exception {
    Map<Rules, Map<String, String>> whole = new EnumMap<>(Rules.class);
    for (Rules rules : Rules.values()) {
      whole.put(rules, image.outcomes(rules, image.metadata(), false));
    }
    return whole;
  }

  /** What can be taken away so that nothing becomes anything else, by any rules. */
  private static List<String> notNeeded(ClosedImage image) throws Exception {
    Map<Rules, Map<String, String>> whole = whole(image);
    List<String> notNeeded = new ArrayList<>();
    for (String fact : image.metadata().facts()) {
      boolean isSame = true;
      for (Rules rules : List.of(Rules.EXACT, Rules.GRAALVM_22, Rules.JDK_21, Rules.JDK_25)) {
        isSame = isSame && image.isSame(rules, fact, whole.get(rules));
      }
      if (isSame) {
        notNeeded.add(fact);
      }
    }
    return notNeeded;
  }
}
