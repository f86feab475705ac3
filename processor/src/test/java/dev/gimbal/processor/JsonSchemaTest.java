package dev.gimbal.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Sources;
import dev.gimbal.bind.ConversionException;
import dev.gimbal.bind.Conversions;
import dev.gimbal.format.json.JsonFormat;
import dev.gimbal.jsonschema.JsonSchema;
import dev.gimbal.testing.FormatTester;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schemas of types, and that they take what the binding takes. */
class JsonSchemaTest {

  /** What a schema cannot say, and so lets through. */
  private enum Says {
    BOTH_TAKE,
    BOTH_REFUSE,
    SCHEMA_LETS_THROUGH,
    /** Never. */
    SCHEMA_REFUSES
  }

  private record Row(String type, Says says, String... values) {}

  private static final List<Row> TABLE =
      List.of(
          new Row("int", Says.BOTH_TAKE, "8080", "\"8080\"", "\"+8080\"", "{\"\": 5, \"b\": 1}"),
          new Row("int", Says.BOTH_REFUSE, "\"1e3\"", "1.5", "2147483648", "true", "\"\"", "[1]"),
          new Row("int", Says.BOTH_REFUSE, "{\"\": \"x\"}", "{}", "null", "{\"\": {\"\": 1}}"),
          new Row("int", Says.SCHEMA_LETS_THROUGH, "1e3", "1.0", "\"2147483648\""),
          new Row("byte", Says.BOTH_TAKE, "127", "\"-128\""),
          new Row("byte", Says.BOTH_REFUSE, "128"),
          new Row("double", Says.BOTH_TAKE, "1e3", "\"1000.\"", "\".5\"", "\"-0\""),
          new Row("double", Says.BOTH_REFUSE, "\"NaN\"", "\"1d\"", "true", "\".\"", "\" 1\""),
          new Row("java.math.BigDecimal", Says.BOTH_TAKE, "1.10", "\"1e3\""),
          new Row("boolean", Says.BOTH_TAKE, "true", "\"tRuE\"", "\"False\""),
          new Row("boolean", Says.BOTH_REFUSE, "\"yes\"", "1", "\"\"", "\" true\""),
          new Row("String", Says.BOTH_TAKE, "\"\"", "1.10", "true", "{\"\": \"x\"}"),
          new Row("String", Says.BOTH_REFUSE, "{\"a\": 1}", "[\"a\"]", "null"),
          new Row("char", Says.BOTH_TAKE, "\"x\"", "7", "\" \""),
          new Row("char", Says.BOTH_REFUSE, "\"xy\"", "\"\"", "10", "true"),
          new Row("byte[]", Says.BOTH_TAKE, "\"SGk=\"", "\"SGk\"", "\"\""),
          new Row("byte[]", Says.BOTH_REFUSE, "\"S\"", "\"SGk*\"", "[1]", "\"_-8=\""),
          new Row("Level", Says.BOTH_TAKE, "\"INFO\"", "\"info\"", "\"veryLoud\"", "\"very-loud\""),
          new Row("Level", Says.BOTH_REFUSE, "\"inf\"", "\"very loud\"", "1", "\"\""),
          new Row(
              "java.time.Duration",
              Says.BOTH_TAKE,
              "\"3s\"",
              "\"1h30m\"",
              "\"-.5s\"",
              "\"pt1h30m\"",
              "\"P1DT2.5S\"",
              "0",
              "\"0\"",
              "\"1.9ns\""),
          new Row(
              "java.time.Duration",
              Says.BOTH_REFUSE,
              "80",
              "\"80\"",
              "\"1 s\"",
              "\"1w\"",
              "\"P\"",
              "\"PT\"",
              "\"1h-30m\"",
              "\"\""),
          new Row("java.time.Period", Says.BOTH_TAKE, "\"1y6m\"", "\"P1Y6M\"", "\"2w\"", "0"),
          new Row("java.time.Period", Says.BOTH_REFUSE, "\"10\"", "\"6m1y\"", "\"1.5y\"", "\"\""),
          new Row("dev.gimbal.DataSize", Says.BOTH_TAKE, "\"64KiB\"", "65536", "\"1.5MB\""),
          new Row("dev.gimbal.DataSize", Says.BOTH_REFUSE, "\"64K\"", "-1", "\"64kib\"", "\"\""),
          new Row("dev.gimbal.DataSize", Says.SCHEMA_LETS_THROUGH, "\"0.1KiB\"", "\"8EiB\""),
          new Row("UUID", Says.BOTH_TAKE, "\"123e4567-e89b-12d3-a456-426614174000\""),
          new Row("UUID", Says.BOTH_REFUSE, "\"1-2-3-4-5\"", "1"),
          new Row("java.time.LocalDate", Says.BOTH_TAKE, "\"2030-01-31\""),
          new Row("java.time.LocalDate", Says.BOTH_REFUSE, "\"\"", "2030", "null"),
          new Row("java.time.LocalDate", Says.SCHEMA_LETS_THROUGH, "\"2030-02-30\""),
          new Row("java.time.Year", Says.BOTH_TAKE, "2030", "\"2030\""),
          new Row("java.time.Year", Says.BOTH_REFUSE, "1000000000", "\"2030 \""),
          new Row("java.nio.file.Path", Says.BOTH_TAKE, "\"/etc/a\"", "5", "true"),
          new Row("java.nio.file.Path", Says.BOTH_REFUSE, "\"\"", "[]"),
          new Row("Optional<Integer>", Says.BOTH_TAKE, "5", "null", "\"5\""),
          new Row("Optional<Integer>", Says.BOTH_REFUSE, "\"\"", "\"x\""),
          new Row("OptionalLong", Says.BOTH_TAKE, "5", "null"),
          new Row("List<Integer>", Says.BOTH_TAKE, "[1, \"2\"]", "\"1, 2\"", "5", "\"\"", "[]"),
          new Row("List<Integer>", Says.BOTH_REFUSE, "[1, \"x\", null]", "{\"0\": 1}", "true"),
          new Row("List<Integer>", Says.SCHEMA_LETS_THROUGH, "\"1, x\""),
          new Row("List<Optional<Integer>>", Says.BOTH_TAKE, "[1, null]"),
          new Row("int[]", Says.BOTH_TAKE, "[1]", "{\"\": \"1,2\"}"),
          new Row("List<List<String>>", Says.BOTH_TAKE, "[[\"a\"], \"b,c\"]", "\"a,b\""),
          new Row("Map<String, Integer>", Says.BOTH_TAKE, "{\"a\": 1, \"b\": \"2\"}", "{}"),
          new Row("Map<String, Integer>", Says.BOTH_REFUSE, "{\"a\": \"x\"}", "[]", "\"a\""),
          new Row("Map<Level, Integer>", Says.BOTH_TAKE, "{\"very-loud\": 1}"),
          new Row("Map<Level, Integer>", Says.BOTH_REFUSE, "{\"quiet\": 1}"),
          new Row("Object", Says.BOTH_TAKE, "1", "[]", "{\"a\": [null]}"),
          new Row("Inner", Says.BOTH_TAKE, "{\"port\": 1}", "{\"PORT\": 1, \"other\": 2}"),
          new Row("Inner", Says.BOTH_TAKE, "{\"po-rt\": 1, \"max conn\": 3}"),
          new Row("Inner", Says.BOTH_TAKE, "{\"port\": 1, \"maxConn\": null, \"a.b\": \"1s\"}"),
          new Row("Inner", Says.BOTH_REFUSE, "{}", "{\"porta\": 1}", "[]", "1", "{\"port\": null}"),
          new Row("Inner", Says.BOTH_REFUSE, "{\"port\": 1, \"max-conn\": \"x\"}"),
          new Row("Inner", Says.BOTH_REFUSE, "{\"port\": 1, \"a.b\": \"x\"}"),
          new Row("Inner", Says.BOTH_TAKE, "{\"port\": 1, \"a-b\": \"x\"}"),
          new Row("Inner", Says.SCHEMA_LETS_THROUGH, "{\"port\": 1, \"PORT\": 2}"),
          new Row("List<Inner>", Says.BOTH_TAKE, "[{\"port\": 1}]", "[]", "\" \""),
          new Row("List<Inner>", Says.BOTH_REFUSE, "[{}]", "\"a\"", "1", "[null]"),
          new Row("Page<Inner>", Says.BOTH_TAKE, "{\"items\": [{\"port\": 1}]}"),
          new Row("Page<Inner>", Says.BOTH_REFUSE, "{\"items\": [{\"port\": \"x\"}]}", "{}"),
          new Row("Auth", Says.BOTH_TAKE, "{\"type\": \"token\", \"value\": \"x\"}"),
          new Row("Auth", Says.BOTH_TAKE, "{\"TYPE\": \"To-ken\", \"value\": \"x\"}"),
          new Row("Auth", Says.BOTH_TAKE, "{\"type\": \"none\"}", "{\"type\": \"o-auth\"}"),
          new Row("Auth", Says.BOTH_REFUSE, "{\"type\": \"token\"}", "{\"value\": \"x\"}", "{}"),
          new Row("Auth", Says.BOTH_REFUSE, "{\"type\": \"basic\", \"value\": \"x\"}", "\"token\""),
          new Row(
              "Endpoint", Says.BOTH_TAKE, "{\"host\": \"a\"}", "{\"HOST\": \"a\", \"port\": 1}"),
          new Row(
              "Endpoint", Says.BOTH_REFUSE, "{\"port\": 1}", "{\"host\": \"a\", \"port\": \"x\"}"),
          new Row("Bean", Says.BOTH_TAKE, "{}", "{\"size\": 2, \"x\": 1}", "{\"size\": null}"),
          new Row("Bean", Says.BOTH_REFUSE, "{\"size\": \"x\"}", "1"),
          new Row("Tree", Says.BOTH_TAKE, "{\"left\": {\"left\": {}}, \"all\": [{}]}", "{}"),
          new Row("Tree", Says.BOTH_REFUSE, "{\"left\": {\"left\": 1}}", "{\"all\": [1]}"));

  private static final String SERVER =
      """
      /**
       * The {@code server} and where it listens.
       *
       * @param port where it
       *     listens
       */
      @Settings("app.server")
      public record Server(
          int port,
          @Default("INFO") Level level,
          @Description("How long <it> waits.") @Default("3s") java.time.Duration readTimeout,
          Optional<List<String>> hosts,
          @Key("max.conn") @Default("5") int max) {
        public enum Level { INFO, VERY_LOUD }
      }
      """;

  private static final String[] TYPES = {
    "public enum Level { DEBUG, INFO, VERY_LOUD }",
    "public record Inner(int port, @Default(\"9\") int maxConn,"
        + " @Key(\"a.b\") @Default(\"1s\") java.time.Duration ab) {}",
    "public record Page<T>(List<T> items) {}",
    "public sealed interface Auth {\n  record Token(String value) implements Auth {}\n"
        + "  record None() implements Auth {}\n"
        + "  @Key(\"o_auth\") record Other() implements Auth {}\n}",
    "public interface Endpoint { String getHost(); default int port() { return 80; } }",
    "public class Bean { private int size; public void setSize(int size) { this.size = size; } }",
    "public record Tree(Optional<Tree> left, @Default(\"\") List<Tree> all) {}",
  };

  @TempDir Path folder;

  @Test
  void theSchema_takesWhatTheBindingTakes() throws Exception {
    int rows = 0;
    List<String> wrong = new ArrayList<>();
    List<String> sources = new ArrayList<>(List.of(TYPES));
    for (int i = 0; i < TABLE.size(); i++) {
      sources.add(
          "@Settings(\"r" + i + "\") public record R" + i + "(" + TABLE.get(i).type() + " v) {}");
    }
    Compilation compilation = Compilation.of(folder, sources.toArray(String[]::new));
    assertEquals(List.of(), compilation.problems());
    for (int i = 0; i < TABLE.size(); i++) {
      Row row = TABLE.get(i);
      Class<?> type = compilation.load("app.R" + i);
      Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(compilation.text("META-INF/gimbal/r" + i + ".schema.json"));
      for (String value : row.values()) {
        String object = "{\"v\": " + value + "}";
        String document = "{\"r" + i + "\": " + object + "}";
        boolean accepted = schema.validate(document, InputFormat.JSON).isEmpty();
        Says says = says(accepted, isBound(json(object), type));
        if (says != row.says()) {
          wrong.add(row.type() + " " + value + ": " + says);
        }
        rows++;
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(193, rows);
  }

  @Test
  void aRecord_isWrittenWithWhatItSays() throws Exception {
    Compilation compilation = Compilation.of(folder, SERVER);
    assertEquals(List.of(), compilation.problems());
    assertEquals(
        new String(
            Objects.requireNonNull(getClass().getResourceAsStream("server.schema.json"))
                .readAllBytes(),
            StandardCharsets.UTF_8),
        compilation.text("META-INF/gimbal/app.server.schema.json"));
  }

  /** The whole way: the compiler writes the schema, and a Config is checked by it. */
  @Test
  void aConfig_isCheckedByWhatWasWritten() throws Exception {
    Compilation.of(folder, SERVER);
    JsonSchema schema = JsonSchema.read(folder.resolve("META-INF/gimbal/app.server.schema.json"));
    Map<String, Object> good = Map.of("app.server.PORT", "80", "app.server.read-timeout", "1m");
    try (Config config =
        Config.builder().source(Sources.map("good", good)).validator("schema", schema).build()) {
      assertEquals(80, config.get("app.server.PORT").asInt());
    }
    Map<String, Object> bad = Map.of("app.server.PORT", "80", "app.server.read-timeout", "1 m");
    assertThrows(
        ConfigException.class,
        () -> Config.builder().source(Sources.map("bad", bad)).validator("schema", schema).build());
  }

  /** Schemas have alternatives for each spelling of a value; one mistake is one problem. */
  @Test
  void whatIsWrong_isToldOnceForEachPlace() throws Exception {
    Compilation compilation =
        Compilation.of(
            folder,
            "@Settings(\"shop\") record Shop(@Default(\"1\") int maxSize, dev.gimbal.DataSize upload, Auth auth,"
                + " List<Integer> replicas, Optional<java.time.Duration> delay, boolean on) {}",
            "sealed interface Auth permits Token, Basic {}",
            "record Token(String value) implements Auth {}",
            "record Basic(String user, String password) implements Auth {}");
    assertEquals(List.of(), compilation.problems());
    JsonSchema schema = JsonSchema.read(folder.resolve("META-INF/gimbal/shop.schema.json"));
    Map<String, Object> bad =
        Map.of(
            "maxSize",
            99_999_999_999L,
            "upload",
            "64Kb",
            "auth",
            Map.of("type", "tokn", "value", "x"),
            "replicas",
            List.of(1, Map.of("a", 1)),
            "delay",
            List.of(),
            "on",
            "yes");
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                Config.builder()
                    .source(Sources.map("bad", Map.of("shop", bad)))
                    .validator("s", schema)
                    .build());
    assertEquals(
        List.of(
            "shop.auth.type: does not have a value in the enumeration [\"Token\", \"Basic\"]",
            "shop.delay: array found, [integer, string, object, null] expected",
            "shop.maxSize: must have a maximum value of 2147483647",
            "shop.on: does not match the regex pattern ^[tT][rR][uU][eE]$|^[fF][aA][lL][sS][eE]$",
            "shop.replicas[1]: object found, [integer, string] expected",
            "shop.upload: does not match the regex pattern"
                + " ^[0-9]+(\\.[0-9]+)?(B|[kK]B|[MGTPE]B|[KMGTPE]iB)?$"),
        refused.problems().stream()
            .map(
                problem ->
                    problem.path()
                        + ": "
                        + problem.message().replace("refused by the validator \"s\": ", ""))
            .toList());
  }

  @Test
  void whatCannotBeBound_isAnErrorOfTheCompiler() {
    assertEquals(
        List.of(
            "ERROR: prefix: \"a..b\" (expected: keys of letters, digits, hyphens and underscores,"
                + " with dots between them)",
            "ERROR: app.B: two members read the key b",
            "ERROR: prefix: \"d\" is that of app.D too",
            "ERROR: app.F is no record, interface, sealed type or bean",
            "ERROR: app.G: close is no getter"),
        Compilation.of(
                folder,
                "@Settings(\"a..b\") record A(int a) {}",
                "@Settings(\"b\") record B(@Key(\"b\") int a, int b) {}",
                "@Settings(\"d\") record D(int a) {}",
                "@Settings(\"d\") record E(int a) {}",
                "@Settings(\"f\") abstract class F {}",
                "@Settings(\"g\") interface G { void close(); }")
            .problems());
  }

  private static final String[] GROWING = {
    "@Settings(\"a\") record A(Optional<B<String>> b) {}",
    "record B<T>(Optional<B<List<T>>> next) {}",
    "@Settings(\"c\") record C(List<D> first, Map<String, D[]> second) {}",
    "sealed interface D { record E(F<Byte> f) implements D {} }",
    "public interface F<T> { default Optional<F<? extends Set<T>>> getNext() { return null; } }",
    "@Settings(\"g\") record G<T, U extends Collection<?>>(Optional<G<T[], List<U>>> next) {}"
  };

  private static String refusal(Class<?> type) {
    return assertThrows(
            IllegalArgumentException.class, () -> Conversions.standard().requireSupported(type))
        .getMessage();
  }

  /** Run time tells all members that lead there, while that is not too long. */
  @Test
  void aTypeThatGrows_isToldAtTheMemberThatIsLarger_inTheWordsOfRunTime() throws Exception {
    Compilation with = Compilation.of(folder.resolve("with"), GROWING);
    Compilation without = Compilation.of(folder.resolve("without"), List.of("-proc:none"), GROWING);
    assertEquals(List.of(), without.problems());
    String a = refusal(without.load("app.A"));
    String c = refusal(without.load("app.C"));
    String g = refusal(without.load("app.G"));
    assertEquals(
        List.of(
            "ERROR: " + a.substring(a.lastIndexOf("B.next: ")),
            "ERROR: " + c.substring(c.lastIndexOf("F.next: ")),
            "ERROR: " + g.substring(g.lastIndexOf("G.next: "))),
        with.problems());
    assertEquals(
        "type: app.G<"
            + "java.lang.Object"
            + "[]".repeat(50)
            + ", "
            + "java.util.List<".repeat(50)
            + "java.util.Collection"
            + ">".repeat(51)
            + " (expected: a type that is made of others at most 50 levels deep)",
        g.substring(g.indexOf("type: ")));
    assertEquals(
        List.of("app/B.java:2:34 next", "app/F.java:2:63 getNext", "app/G.java:2:79 next"),
        with.places());
  }

  @Test
  void aTypeThatDoubles_isToldInTheWordsOfRunTime() throws Exception {
    String source = "@Settings(\"a\") record A<T>(Optional<A<Map<T, T>>> next) {}";
    Compilation with = Compilation.of(folder.resolve("with"), source);
    Compilation without = Compilation.of(folder.resolve("without"), List.of("-proc:none"), source);
    assertEquals(List.of("ERROR: A.next: " + refusal(without.load("app.A"))), with.problems());
  }

  @Test
  void aTypeThatNeedsItself_isToldInTheWordsOfRunTime() throws Exception {
    String[] sources = {
      "@Settings(\"a\") record A(A next) {}",
      "@Settings(\"b\") record B(C c) { record C(Optional<B> maybe, B next) {} }",
      "@Settings(\"d\") record D(Optional<D> maybe, List<D> more, Map<String, D> named) {}",
      "@Settings(\"e\") record E(@Default(\"x\") F f) {}",
      "record F(int x) {}"
    };
    Compilation with = Compilation.of(folder.resolve("with"), sources);
    Compilation without = Compilation.of(folder.resolve("without"), List.of("-proc:none"), sources);
    assertEquals(
        List.of(
            "ERROR: " + refusal(without.load("app.A")), "ERROR: " + refusal(without.load("app.B"))),
        with.problems());
    assertEquals(
        "A.next: type: app.A (expected: an Optional, a list or a map, so that there is an end)",
        refusal(without.load("app.A")));
  }

  @Test
  void aComponentThatJavaForbids_isTold() {
    assertEquals(
        List.of("ERROR: app.A: a component must not be called wait"),
        Compilation.of(folder, "@Settings(\"a\") record A(int wait) {}").problems());
  }

  private static Says says(boolean schema, boolean binding) {
    if (schema == binding) {
      return schema ? Says.BOTH_TAKE : Says.BOTH_REFUSE;
    }
    return binding ? Says.SCHEMA_REFUSES : Says.SCHEMA_LETS_THROUGH;
  }

  private static boolean isBound(Node node, Class<?> type) {
    try {
      return Conversions.standard().convert(node, type) != null;
    } catch (ConversionException refused) {
      return false;
    }
  }

  private static ObjectNode json(String text) {
    return new FormatTester(new JsonFormat()).read(text).tree();
  }
}
