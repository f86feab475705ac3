package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Live;
import dev.gimbal.Problem;
import dev.gimbal.Sources;
import dev.gimbal.TypeRef;
import dev.gimbal.bind.Conversions;
import dev.gimbal.bind.Converter;
import dev.gimbal.source.MemorySource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What users' converters make, and what they may do. */
@Timeout(60)
class ConvertersTest {

  /** A type of a user. */
  public record Colour(int rgb) {

    static Colour parse(String text) {
      if (!text.startsWith("#")) {
        throw new IllegalArgumentException("no # in " + text);
      }
      return new Colour(Integer.parseInt(text.substring(1), 16));
    }
  }

  private record Made<T>(Class<T> type, String expected, Function<String, T> maker)
      implements Converter<T> {

    @Override
    public T convert(String text) {
      return maker.apply(text);
    }
  }

  private static Converter<Colour> colours(Function<String, Colour> maker) {
    return new Made<>(Colour.class, "a colour such as #a0b1c2", maker);
  }

  /** Colours of another kind, found as a service. */
  public static final class FirstService implements Converter<Colour> {

    @Override
    public Class<Colour> type() {
      return Colour.class;
    }

    @Override
    public String expected() {
      return "1";
    }

    @Override
    public Colour convert(String text) {
      return new Colour(1);
    }
  }

  /** Another service for the same. */
  public static final class SecondService implements Converter<Colour> {

    @Override
    public Class<Colour> type() {
      return Colour.class;
    }

    @Override
    public String expected() {
      return "2";
    }

    @Override
    public Colour convert(String text) {
      return new Colour(2);
    }
  }

  private final MemorySource memory = Sources.memory("memory");

  @TempDir private Path folder;

  private Config open(Converter<?>... converters) {
    Config.Builder builder = Config.builder().source(memory);
    for (Converter<?> converter : converters) {
      builder.converter(converter);
    }
    return builder.build();
  }

  private static String problem(Config config, String path) {
    ConfigException e =
        assertThrows(ConfigException.class, () -> config.get(path).as(Colour.class));
    assertEquals(ErrorCode.CONVERSION, e.code());
    assertNull(e.getCause());
    return e.problems().get(0).message();
  }

  @Test
  void converter_makesValues_elements_keysAndOptionals() {
    memory.patch(
        p -> p.set("one", "#ff").set("list", List.of("#1", "#2")).set("keys", Map.of("#3", true)));
    try (Config config = open(colours(Colour::parse))) {
      assertEquals(new Colour(255), config.get("one").as(Colour.class));
      assertEquals(Optional.empty(), config.get("no").asOptional(Colour.class));
      assertEquals(
          List.of(new Colour(1), new Colour(2)),
          config.get("list").as(new TypeRef<List<Colour>>() {}));
      assertEquals(
          Map.of(new Colour(3), true),
          config.get("keys").as(new TypeRef<Map<Colour, Boolean>>() {}));
      assertEquals(
          Optional.of(new Colour(255)), config.get("one").as(new TypeRef<Optional<Colour>>() {}));
      assertEquals(new Colour(255), config.snapshot().get("one").as(Colour.class));
      assertEquals(new Colour(255), config.at("one").root().as(Colour.class));
    }
  }

  @Test
  void builtInType_isMadeByTheUsersConverter_butNotByPrimitiveGetters() {
    memory.patch(p -> p.set("wait", 5).set("n", "x"));
    try (Config config =
        open(
            new Made<>(Duration.class, "ms", text -> Duration.ofMillis(Long.parseLong(text))),
            new Made<>(Integer.class, "a word", String::length))) {
      assertEquals(Duration.ofMillis(5), config.get("wait").asDuration());
      assertEquals(1, config.get("n").as(Integer.class));
      assertEquals(1, config.get("n").as(int.class));
      assertThrows(ConfigException.class, () -> config.get("n").asInt());
    }
  }

  @Test
  void whatAConverterThrows_isToldWithItsMessage() {
    memory.patch(p -> p.set("c", "red").set("list", List.of("#1", "x", "y")));
    try (Config config = open(colours(Colour::parse))) {
      assertEquals(
          "found \"red\", expected a colour such as #a0b1c2 (no # in red)", problem(config, "c"));
      ConfigException e =
          assertThrows(
              ConfigException.class, () -> config.get("list").as(new TypeRef<List<Colour>>() {}));
      assertEquals(
          List.of("list[1]", "list[2]"),
          e.problems().stream().map(p -> p.path().toString()).toList());
    }
  }

  @Test
  void secretValue_isNotInWhatAConverterThrows() {
    memory.patch(p -> p.set("db.password", "hunter2").set("db.url", "x${db.password}"));
    try (Config config =
        open(
            colours(
                text -> {
                  throw new IllegalArgumentException(
                      "bad " + text, new IllegalStateException(text));
                }))) {
      int checked = 0;
      for (String path : List.of("db.password", "db.url")) {
        ConfigException e =
            assertThrows(ConfigException.class, () -> config.get(path).as(Colour.class));
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains("hunter2"), trace.toString());
        assertEquals("found ***, expected a colour such as #a0b1c2", e.problems().get(0).message());
        checked++;
      }
      assertEquals(2, checked);
    }
  }

  @Test
  void converterThatFailsOtherwise_refusesTheValue() {
    IllegalStateException odd = new IllegalStateException("odd");
    NoClassDefFoundError gone = new NoClassDefFoundError("gone");
    String place = " at ConvertersTest.java:";
    Map<Function<String, ?>, String> failures =
        Map.of(
            text -> null,
            "the converter gave null",
            text -> text,
            "the converter gave java.lang.String",
            text -> {
              throw odd;
            },
            "the converter failed: java.lang.IllegalStateException"
                + place
                + odd.getStackTrace()[0].getLineNumber(),
            text -> {
              throw gone;
            },
            "the converter failed: java.lang.NoClassDefFoundError"
                + place
                + gone.getStackTrace()[0].getLineNumber(),
            text -> new Colour(LocalDate.parse(text).getYear()),
            "Text 'v' could not be parsed at index 0");
    int checked = 0;
    for (Map.Entry<Function<String, ?>, String> failure : failures.entrySet()) {
      Config.Builder builder = Config.builder().source(Sources.map("map", Map.of("c", "v")));
      try (Config config = builder.converter(new Raw(failure.getKey())).build()) {
        assertEquals(
            "found \"v\", expected a colour (" + failure.getValue() + ")", problem(config, "c"));
        checked++;
      }
    }
    assertEquals(5, checked);
  }

  /** Gives whatever its maker gives, of any class. */
  @SuppressWarnings("rawtypes") // what a careless converter does
  private record Raw(Function<String, ?> maker) implements Converter {

    @Override
    public Class type() {
      return Colour.class;
    }

    @Override
    public String expected() {
      return "a colour";
    }

    @Override
    public Object convert(String text) {
      return maker.apply(text);
    }
  }

  @Test
  void declaredKey_thatTheConverterRefuses_isRejected() {
    memory.put("c", "#1");
    try (Config config = open(colours(Colour::parse))) {
      Live<Colour> live = config.live("c", Colour.class);
      Colour one = live.get();
      assertEquals(new Colour(1), one);
      assertThrows(ConfigException.class, () -> memory.put("c", "red"));
      assertSame(one, live.get());
      memory.put("c", "#2");
      assertEquals(new Colour(2), live.get());
    }
  }

  @Test
  void converter_thatCallsBackFromACheck_isRefused() {
    List<String> refused = new ArrayList<>();
    Config[] config = new Config[1];
    memory.put("c", "#1");
    config[0] =
        open(
            colours(
                text -> {
                  if (text.equals("#2")) {
                    try {
                      config[0].reload();
                    } catch (IllegalStateException e) {
                      refused.add(e.getMessage());
                    }
                  }
                  return Colour.parse(text);
                }));
    try (Config open = config[0]) {
      Live<Colour> live = open.live("c", Colour.class);
      memory.put("c", "#2");
      assertEquals(List.of("a reload from inside a format or check"), refused);
      memory.put("other", 1);
      assertEquals(1, refused.size());
      assertTrue(open.get("other").exists());
      assertEquals("c", live.path().toString());
    }
  }

  @Test
  void converterOfAPrimitiveType_isOneForItsBox() {
    memory.put("n", "four");
    Converter<Integer> lengths = new Made<>(int.class, "a word", String::length);
    try (Config config = open(lengths)) {
      assertEquals(4, config.get("n").as(int.class));
      assertEquals(List.of(4), config.get("n").as(new TypeRef<List<Integer>>() {}));
    }
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> open(lengths, new Made<>(Integer.class, "a word", String::length)).close());
    assertEquals(ErrorCode.DUPLICATE_CONVERTER, e.code());
  }

  /** The words of what is read, and not those of a converter that a getter does not ask. */
  @Test
  void absentValue_isToldWithWhatTheConverterTakes_whichIsNotCalled() {
    memory.put("gone", "#1");
    int[] calls = {0};
    Converter<Colour> counting =
        colours(
            text -> {
              calls[0]++;
              return Colour.parse(text);
            });
    try (Config config = open(counting, new Made<>(int.class, "a word", String::length))) {
      Live<Colour> live = config.live("gone", Colour.class);
      assertEquals(new Colour(1), live.get());
      assertEquals(1, calls[0]);
      ConfigException refused =
          assertThrows(ConfigException.class, () -> memory.patch(p -> p.remove("gone")));
      assertEquals(
          List.of("there is no value, expected a colour such as #a0b1c2"),
          refused.problems().stream().map(Problem::message).toList());
      assertEquals("a colour such as #a0b1c2", refused.problems().get(0).details().expected());
      assertEquals("a word", absent(() -> config.get("no").as(int.class)));
      assertEquals(
          "an integer from -2147483648 to 2147483647", absent(() -> config.get("no").asInt()));
      assertEquals(1, calls[0]);
    }
  }

  private static @Nullable String absent(Executable getter) {
    ConfigException e = assertThrows(ConfigException.class, getter);
    assertEquals(ErrorCode.ABSENT, e.code());
    return e.problems().get(0).details().expected();
  }

  @Test
  void converterWithoutItsType_isNamed() {
    NullPointerException e =
        assertThrows(
            NullPointerException.class,
            () -> open(new Made<>(null, "a colour", Colour::parse)).close());
    assertEquals(Made.class.getName() + ".type()", e.getMessage());
  }

  @Test
  void twoConvertersOfOneBuilder_areAConflict() {
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> open(colours(Colour::parse), new FirstService()).close());
    assertEquals(ErrorCode.DUPLICATE_CONVERTER, e.code());
    assertEquals(
        Made.class.getName()
            + " and "
            + FirstService.class.getName()
            + " both make "
            + Colour.class.getName(),
        e.problems().get(0).message());
  }

  // ---- services

  private <T> T withServices(java.util.concurrent.Callable<T> work, Class<?>... services)
      throws Exception {
    Path list = folder.resolve("META-INF/services").resolve(Converter.class.getName());
    Files.createDirectories(list.getParent());
    Files.write(list, List.of(services).stream().map(Class::getName).toList());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      return work.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private int rgb(Converter<?>... given) {
    memory.put("c", "#ff");
    try (Config config = open(given)) {
      return config.get("c").as(Colour.class).rgb();
    }
  }

  @Test
  void service_isFound_andTheBuildersConverterWins() throws Exception {
    assertEquals(1, withServices(() -> rgb(), FirstService.class));
    MemorySource other = Sources.memory("other");
    other.put("c", "#ff");
    int rgb =
        withServices(
            () -> {
              try (Config config =
                  Config.builder().source(other).converter(colours(Colour::parse)).build()) {
                return config.get("c").as(Colour.class).rgb();
              }
            },
            FirstService.class,
            SecondService.class);
    assertEquals(255, rgb);
  }

  @Test
  void twoServicesForOneType_areAnErrorThatNamesBoth() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> withServices(() -> rgb(), FirstService.class, SecondService.class));
    assertEquals(ErrorCode.DUPLICATE_CONVERTER, e.code());
    assertEquals(
        FirstService.class.getName()
            + " and "
            + SecondService.class.getName()
            + " both make "
            + Colour.class.getName(),
        e.problems().get(0).message());
  }

  // ---- classes

  /** Says when it is initialised. */
  static final class Loud {
    static {
      System.setProperty("dev.gimbal.loud", "initialised");
    }

    private Loud() {}
  }

  @Test
  void classes_areOffByDefault() {
    try (Config config = open()) {
      assertEquals(
          "type: java.lang.Class (expected: a converter for classes, as Converter.ofClasses makes it)",
          assertThrows(IllegalArgumentException.class, () -> config.get("c").as(Class.class))
              .getMessage());
    }
  }

  @Test
  void classes_whenSwitchedOn_areLoadedButNotInitialised() throws IOException {
    String name = Loud.class.getName();
    memory.patch(p -> p.set("c", name).set("no", "no.such.Class").set("a", "[I").set("p", "int"));
    try (Config config = open(Converter.ofClasses(ConvertersTest.class.getClassLoader()))) {
      assertEquals(name, config.get("c").as(Class.class).getName());
      assertEquals(name, config.get("c").as(new TypeRef<Class<?>>() {}).getName());
      assertEquals(Loud.class, config.get("c").as(new TypeRef<Class<Loud>>() {}));
      assertNull(System.getProperty("dev.gimbal.loud"));
      ConfigException e =
          assertThrows(
              ConfigException.class,
              () -> config.get("c").as(new TypeRef<Class<? extends Number>>() {}));
      assertEquals(
          "found \"" + name + "\", expected the full name of a class that is a java.lang.Number",
          e.problems().get(0).message());
      for (String path : List.of("no", "a", "p")) {
        assertThrows(ConfigException.class, () -> config.get(path).as(Class.class));
      }
    }
  }

  // ---- who calls user code

  @Test
  void callsUserCode_isTrueForWhatAConverterTakesPartIn() {
    Conversions conversions = Conversions.installed(Set.of(colours(Colour::parse)));
    assertTrue(conversions.callsUserCode(Colour.class));
    assertTrue(conversions.callsUserCode(Colour[][].class));
    assertTrue(conversions.callsUserCode(new TypeRef<Map<String, List<Colour>>>() {}.type()));
    assertTrue(conversions.callsUserCode(new TypeRef<List<? extends Colour>[]>() {}.type()));
    assertFalse(conversions.callsUserCode(new TypeRef<Map<String, List<?>>>() {}.type()));
    assertFalse(conversions.callsUserCode(int[].class));
    assertFalse(conversions.callsUserCode(Duration.class));
  }
}
