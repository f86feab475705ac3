package dev.gimbal.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.bind.Conversions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the compiler tells of a default what run time would. */
class DefaultCheckTest {

  private record Row(String type, String... texts) {}

  /** Types with texts, of which some convert. */
  private static final List<Row> TABLE =
      List.of(
          new Row("boolean", "true", "False", "yes", ""),
          new Row("Byte", "127", "128"),
          new Row("short", "-1", "x"),
          new Row("int", "80", "80a", "1.0", "2147483648", " 1"),
          new Row("Long", "9", "9L"),
          new Row("float", "1.5", "1e99"),
          new Row("double", "1e3", "NaN"),
          new Row("char", "x", "xy"),
          new Row("String", "", "x"),
          new Row("char[]", "x"),
          new Row("byte[]", "SGk=", "*"),
          new Row("java.math.BigInteger", "12", "1.5"),
          new Row("java.math.BigDecimal", "1.10", "x"),
          new Row("java.time.Duration", "3s", "0", "3 s", "99999999999999999999d"),
          new Row("dev.gimbal.DataSize", "64KiB", "64K", "99EiB"),
          new Row("java.net.URI", "https://example.org", "a b", ""),
          new Row("java.net.InetAddress", "::1", "localhost"),
          new Row("java.net.InetSocketAddress", "a:80", "a"),
          new Row("java.util.UUID", "123e4567-e89b-12d3-a456-426614174000", "1-2-3-4-5"),
          new Row("java.util.regex.Pattern", "a+", "(", "a\tb("),
          new Row("java.util.Locale", "en", "?"),
          new Row("java.time.Period", "1y", "1 y"),
          new Row("java.time.Instant", "2030-01-31T12:00:00Z", "2030-01-31"),
          new Row("java.time.LocalDate", "2030-01-31", "2030-02-30"),
          new Row("java.time.LocalTime", "12:00", "25:00"),
          new Row("java.time.LocalDateTime", "2030-01-31 12:00", "2030"),
          new Row("java.time.OffsetDateTime", "2030-01-31T12:00Z", "2030"),
          new Row("java.time.OffsetTime", "12:00Z", "12:00"),
          new Row("java.time.Year", "2030", "20x"),
          new Row("java.time.YearMonth", "2030-01", "2030"),
          new Row("java.time.MonthDay", "--01-31", "01-31"),
          new Row("java.time.ZoneOffset", "+01:00", "1"),
          new Row("java.util.concurrent.TimeUnit", "seconds", "SEC"),
          new Row("Level", "INFO", "very-loud", "loud", "a_b", "ab", "AB", ""),
          new Row("Nothing", "", "x"),
          new Row("OptionalInt", "5", "x"),
          new Row("OptionalLong", "5", "x"),
          new Row("OptionalDouble", "5", "x"),
          new Row("Optional<Integer>", "5", "x"),
          new Row("Optional<Optional<Level>>", "info", "x"),
          new Row("List<Integer>", "", "1, 2", "1,x,y"),
          new Row("Set<Level>", "INFO,veryloud", "INFO,x"),
          new Row("SortedSet<String>", "b,a"),
          new Row("Collection<List<Integer>>", "1,2", "1,x"),
          new Row("int[]", "1,2", "1,,2"),
          new Row("Level[]", "info", "x"),
          new Row("List<? extends Integer>", "1", "x"),
          new Row("Map<String, Integer>", "", "x"),
          new Row("SortedMap<Level, Integer>", "", "x"),
          new Row("Optional<Map<String, Integer>>", ""),
          new Row("List<Map<String, Integer>>", "", "x"),
          new Row("Object", "", "x"),
          new Row("dev.gimbal.tree.Node", "", "x"));

  private static final String[] TYPES = {
    "public enum Level { INFO, VERY_LOUD, A_B, AB }", "public enum Nothing {}"
  };

  @TempDir Path folder;

  /** What run time says of a type that the compiler did not check. */
  private static String refusal(Class<?> type) {
    try {
      Conversions.standard().requireSupported(type);
      return "";
    } catch (IllegalArgumentException refused) {
      return refused.getMessage();
    }
  }

  @Test
  void aDefault_isToldByTheCompilerInTheWordsOfRunTime() throws Exception {
    List<String> sources = new ArrayList<>(List.of(TYPES));
    for (Row row : TABLE) {
      for (String text : row.texts()) {
        String name = "R" + (sources.size() - TYPES.length);
        sources.add(
            "@Settings(\"%s\") public record %s(@Default(\"%s\") %s v) {}"
                .formatted(name, name, text.replace("\t", "\\t"), row.type()));
      }
    }
    String[] all = sources.toArray(String[]::new);
    Compilation with = Compilation.of(folder.resolve("with"), all);
    Compilation without = Compilation.of(folder.resolve("without"), List.of("-proc:none"), all);
    assertEquals(List.of(), without.problems());
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < sources.size() - TYPES.length; i++) {
      String refusal = refusal(without.load("app.R" + i));
      if (!refusal.isEmpty()) {
        refused.add("ERROR: " + refusal);
      }
    }
    assertEquals(String.join("\n", refused), String.join("\n", with.problems()));
    assertEquals(119, sources.size() - TYPES.length);
    assertEquals(60, refused.size());
  }

  @Test
  void eachDefaultThatIsWrong_isToldWhereItStands() {
    Compilation compilation =
        Compilation.of(
            folder,
            "public enum Level { INFO }",
            """
            @Settings("a") record A(
                @Default("80a") int port, Optional<B> b, List<C> cs, D d, @Default("x") Level level) {}
            """,
            "interface B { @Key(\"n.m\") @Default(\"1 s\") java.time.Duration getWait(); }",
            """
            class C {
              @Default("x") private int field;
              private int other;
              public void setField(int field) { this.field = field; }
              @Default("z") public void setOther(int other) { this.other = other; }
              @Default("y") public int getOther() { return other; }
            }
            """,
            "record D(Page<String> texts, Page<Integer> numbers, Page<Byte> bytes) {}",
            "record Page<T>(@Default(\"300\") T size) {}",
            "@Settings(\"e\") record E(B b) {}");
    assertEquals(
        List.of(
            "ERROR: A.port: default: \"80a\", expected an integer from -2147483648 to 2147483647",
            "ERROR: B.n.m: default: \"1 s\", expected a duration with a unit, such as 500ms, 3s, 1h30m"
                + " or PT3S; did you mean 1s?",
            "ERROR: C.field: default: \"x\", expected an integer from -2147483648 to 2147483647",
            "ERROR: C.other: default: \"y\", expected an integer from -2147483648 to 2147483647",
            "ERROR: Page.size: default: \"300\", expected an integer from -128 to 127",
            "ERROR: A.level: default: \"x\", expected one of INFO; did you mean INFO?"),
        compilation.problems());
    assertEquals(
        List.of(
            "app/A.java:3:5 @Default",
            "app/B.java:2:27 @Default",
            "app/C.java:3:3 @Default",
            "app/C.java:7:3 @Default",
            "app/Page.java:2:16 @Default",
            "app/A.java:3:63 @Default"),
        compilation.places());
  }

  @Test
  void aDefaultOfAnotherJar_isToldAtTheRoot() throws Exception {
    Path jar = folder.resolve("jar");
    Compilation.of(jar, "public record Pool(@Default(\"x\") int size) {}");
    Compilation compilation =
        Compilation.of(
            folder.resolve("own"),
            List.of(
                "-cp", jar + java.io.File.pathSeparator + System.getProperty("java.class.path")),
            "@Settings(\"a\") public record A(Pool pool) {}");
    assertEquals(
        List.of(
            "ERROR: Pool.size: default: \"x\", expected an integer from -2147483648 to 2147483647"),
        compilation.problems());
    assertEquals(List.of("app/A.java:2:23 record"), compilation.places());
  }

  /** What the application or its machine may read in another way than the compiler's. */
  private static final List<String> UNCHECKED =
      List.of(
          "java.io.File",
          "java.net.URL",
          "java.nio.charset.Charset",
          "java.nio.file.Path",
          "java.time.ZoneId",
          "java.time.ZonedDateTime",
          "Currency",
          "Class<? extends Number>",
          "Own",
          "Pool",
          "List<Pool>",
          "Optional<Own>[]");

  @Test
  void whatIsConvertedElsewhereInAnotherWay_isNotChecked() {
    List<String> sources = new ArrayList<>();
    sources.add("public class Own { Own(String text) {} }");
    sources.add("public record Pool(int size) {}");
    for (String type : UNCHECKED) {
      sources.add(
          "@Settings(\"r%1$d\") public record R%1$d(@Default(\"\\0\") %2$s v) {}"
              .formatted(sources.size(), type));
    }
    assertEquals(List.of(), Compilation.of(folder, sources.toArray(String[]::new)).problems());
    assertEquals(14, sources.size());
  }

  @Test
  void typesThatTheApplicationConverts_areNotChecked_whereItNamesThem() {
    String[] sources = {
      "public enum Level { INFO }",
      """
      @Settings("a") record A(
          @Default("one") int number, @Default("loud") List<Level> level,
          @Default("a while") Optional<java.time.Duration> pause) {}
      """
    };
    assertEquals(3, Compilation.of(folder, sources).problems().size());
    assertEquals(
        List.of(),
        Compilation.of(
                folder,
                List.of("-Agimbal.converters=java.lang.Integer,app.Level,java.time.Duration"),
                sources)
            .problems());
  }
}
