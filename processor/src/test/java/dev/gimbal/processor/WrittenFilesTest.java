package dev.gimbal.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.bind.Conversions;
import dev.gimbal.bind.Shape;
import dev.gimbal.format.json.JsonFormat;
import dev.gimbal.testing.FormatTester;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference, and what editors and native images read. */
class WrittenFilesTest {

  private static final String SERVICE =
      """
      /**
       * A service.
       *
       * @param name what it is called, in `logs`
       * @param pools by their names
       */
      @Settings("service")
      public record Service(
          String name,
          @Default("INFO") Level logLevel,
          @Key("max.conn") @Default("5") int max,
          @Default("a|b") String separator,
          Optional<Auth> auth,
          Map<String, Pool> pools,
          Mail mail,
          @Default("") List<Level> levels,
          Node tree,
          Endpoint[] endpoints,
          Page<Pool> page) {
        public enum Level { INFO, VERY_LOUD }
        public record Pool(java.net.URI url, @Default("3s") java.time.Duration readTimeout) {}
        public record Page<T>(List<T> items) {}
        public record Node(Optional<Node> left) {}
        /** How users log in. */
        public sealed interface Auth {
          record Token(String value) implements Auth {}
          record None() implements Auth {}
        }
        public interface Endpoint {
          /** Where it is. */
          String getHost();
          default int port() { return 80; }
        }
        public static class Mail {
          private String from = "";
          /** Who sends. */
          public void setFrom(String from) { this.from = from; }
        }
      }
      """;

  private static final String IMAGE = "META-INF/native-image/app.Service/";

  @TempDir Path folder;

  private Compilation compiled() {
    Compilation compilation = Compilation.of(folder, SERVICE);
    assertEquals(List.of(), compilation.problems());
    return compilation;
  }

  /** Nothing has a binder that run time finds. */
  private Compilation inClosedModule() throws Exception {
    Compilation compilation = Compilation.ofModule(folder, "", SERVICE);
    assertEquals(List.of(), compilation.problems());
    return compilation;
  }

  private void assertWritten(String path, String expected) throws IOException {
    assertWritten(compiled(), path, expected);
  }

  private static void assertWritten(Compilation compilation, String path, String expected)
      throws IOException {
    try (InputStream in =
        Objects.requireNonNull(WrittenFilesTest.class.getResourceAsStream(expected))) {
      assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), compilation.text(path));
    }
  }

  @Test
  void theReference_hasARowForEachKey() throws Exception {
    assertWritten("META-INF/gimbal/service.md", "service.md");
  }

  @Test
  void springsMetadata_hasEachKeyWithWhatItMayBe() throws Exception {
    assertWritten("META-INF/spring-configuration-metadata.json", "service.spring.json");
  }

  @Test
  void nativeImages_areToldWhatEachKindOfTypeNeeds() throws Exception {
    Compilation compilation = inClosedModule();
    assertWritten(compilation, IMAGE + "reflect-config.json", "service.reflect.json");
    assertWritten(compilation, IMAGE + "proxy-config.json", "service.proxy.json");
    assertWritten(compilation, IMAGE + "reachability-metadata.json", "service.reachability.json");
  }

  @Test
  void aRoot_hasItsFilesAndClasses() throws Exception {
    assertEquals(
        List.of(
            "META-INF/gimbal/service.md",
            "META-INF/gimbal/service.schema.json",
            "META-INF/native-image/app.Service/reflect-config.json",
            "META-INF/services/dev.gimbal.bind.Binders",
            "META-INF/spring-configuration-metadata.json",
            "app/Service$Auth$None_Binder.java",
            "app/Service$Auth$Token_Binder.java",
            "app/Service$Endpoint_Binder.java",
            "app/Service$Mail_Binder.java",
            "app/Service$Node_Binder.java",
            "app/Service$Page_Binder.java",
            "app/Service$Pool_Binder.java",
            "app/Service_Binder.java",
            "app/Service_Binders.java"),
        compiled().files());
  }

  @Test
  void nativeImages_areToldOfEachTypeThatIsBoundAtRunTime() throws Exception {
    Compilation compilation = inClosedModule();
    Set<String> bound = new TreeSet<>();
    addBound(compilation.load("app.Service"), bound);
    Set<String> told = new TreeSet<>();
    String json = compilation.text(IMAGE + "reflect-config.json");
    Node all = new FormatTester(new JsonFormat()).read("{\"all\": " + json + "}").tree().get("all");
    for (Node entry : ((ListNode) Objects.requireNonNull(all)).elements()) {
      told.add((String) ((Map<?, ?>) Nodes.toJava(entry)).get("name"));
    }
    assertEquals(true, told.remove("app.Service$Endpoint[]"));
    assertEquals(bound, told);
    assertEquals(9, bound.size());
  }

  @Test
  void nativeImages_areNotToldOfWhatBindersMake() throws Exception {
    String expected =
        """
        [
          {
            "name": "app.Service$Auth",
            "allPermittedSubclasses": true
          },
          {
            "name": "app.Service$Endpoint[]"
          }
        ]
        """;
    assertEquals(expected, compiled().text(IMAGE + "reflect-config.json"));
    Compilation module =
        Compilation.ofModule(
            folder.resolve("module"),
            "provides dev.gimbal.bind.Binders with app.Service_Binders;",
            SERVICE);
    assertEquals(List.of(), module.problems());
    assertEquals(expected, module.text(IMAGE + "reflect-config.json"));
    assertEquals(
        List.of(IMAGE + "reflect-config.json"),
        module.files().stream().filter(file -> file.startsWith("META-INF/native-image/")).toList());
  }

  @Test
  void nativeImages_areNotToldOfWhatAnEarlierRunSaid() throws Exception {
    Compilation.of(
        folder,
        "@Settings(\"a\") public record A(B b) {"
            + " public interface B { C y(); default int z() { return 1; } }"
            + " private record C(int x) {} }");
    Compilation again = Compilation.of(folder, "@Settings(\"a\") public record A(int b) {}");

    assertEquals(List.of(), again.problems());
    assertEquals("[]\n", again.text("META-INF/native-image/app.A/reflect-config.json"));
    assertEquals("[]\n", again.text("META-INF/native-image/app.A/proxy-config.json"));
    assertEquals("{}\n", again.text("META-INF/native-image/app.A/reachability-metadata.json"));
  }

  /** Of {@code C} only: that of {@code B} is called by nobody else. */
  @Test
  void nativeImages_areNotToldOfInterfacesThatCannotBeBound() throws Exception {
    Compilation compilation =
        Compilation.of(
            folder,
            List.of("-Xlint:-options"),
            "@Settings(\"a\") public record A(B b, C c) {"
                + " private interface B { A[] y(); default int z() { return 1; } }"
                + " public interface C { D y(); default int z() { return 1; } }"
                + " private record D() {} }");

    assertEquals(
        List.of(
            "WARNING: app.A.B cannot be bound: it has default methods, is not public, and has no"
                + " binder"),
        compilation.problems());
    String reflection = compilation.text("META-INF/native-image/app.A/reflect-config.json");
    assertEquals(
        List.of("app.A", "app.A$C", "app.A$D"),
        reflection
            .lines()
            .filter(line -> line.contains("\"name\""))
            .map(line -> line.replaceAll(".*: \"|\".*", ""))
            .toList());
    assertEquals(
        List.of("app.A$C"),
        proxies(compilation.text("META-INF/native-image/app.A/proxy-config.json")));
    String reachability =
        compilation.text("META-INF/native-image/app.A/reachability-metadata.json");
    assertEquals(List.of("app.A$C"), proxies(reachability));
  }

  private static List<String> proxies(String json) {
    return Pattern.compile("app[\\w.$]+").matcher(json).results().map(MatchResult::group).toList();
  }

  @Test
  void filesOfATypeThatIsMarkedNoLonger_stayInAnOutputThatIsKept() throws Exception {
    String plain = "public record A(B b) { private record B(int x) {} }";
    Compilation.of(folder, "@Settings(\"a\") " + plain);
    Compilation again = Compilation.of(folder, plain);

    assertEquals(List.of(), again.problems());
    assertEquals(
        List.of(
            "META-INF/gimbal/a.md",
            "META-INF/gimbal/a.schema.json",
            "META-INF/native-image/app.A/reflect-config.json"),
        again.files().stream()
            .filter(file -> file.matches(".*/(gimbal|native-image)/.*"))
            .toList());
  }

  @Test
  void nativeImages_areToldOfWhatHasNoBinder() throws Exception {
    Compilation compilation =
        Compilation.of(
            folder,
            """
            @Settings("a") public record A(B b, C c) {
              private record B(int x) {}
              private interface C { int y(); }
            }
            """,
            "@Settings(\"d\") record D(int z) {}");
    assertEquals(List.of(), compilation.problems());
    assertEquals(
        """
        [
          {
            "name": "app.A",
            "allDeclaredConstructors": true,
            "allRecordComponents": true,
            "queryAllDeclaredMethods": true
          },
          {
            "name": "app.A$B",
            "allDeclaredConstructors": true,
            "allRecordComponents": true,
            "queryAllDeclaredMethods": true
          },
          {
            "name": "app.A$C",
            "allPublicMethods": true
          }
        ]
        """,
        compilation.text("META-INF/native-image/app.A/reflect-config.json"));
    assertEquals(
        List.of(
            "META-INF/native-image/app.A/proxy-config.json",
            "META-INF/native-image/app.A/reflect-config.json"),
        compilation.files().stream()
            .filter(file -> file.startsWith("META-INF/native-image/"))
            .toList());
  }

  /** As binding sees it, with the classes at hand. */
  private static void addBound(Type type, Set<String> names) {
    Shape shape = Conversions.standard().shape(type);
    if (shape instanceof Shape.OfObject object && names.add(object.type().getName())) {
      object.properties().forEach(property -> addBound(property.type(), names));
    } else if (shape instanceof Shape.OfChoice choice && names.add(choice.type().getName())) {
      choice.cases().values().forEach(of -> addBound(of, names));
    } else if (shape instanceof Shape.OfList list) {
      addBound(list.element(), names);
    } else if (shape instanceof Shape.OfMap map) {
      addBound(map.value(), names);
    } else if (type instanceof ParameterizedType generic) {
      addBound(generic.getActualTypeArguments()[0], names);
    }
  }
}
