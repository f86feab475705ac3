package dev.gimbal.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.DataSize;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Period;
import java.time.Year;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConversionsTest {

  enum Level {
    DEBUG,
    INFO,
    VERY_LOUD,
    A_B,
    AB
  }

  private static final String INT = "an integer from -2147483648 to 2147483647";
  private static final String LONG = "an integer from -9223372036854775808 to 9223372036854775807";
  private static final String DOUBLE =
      "a number from -1.7976931348623157E308 to 1.7976931348623157E308";
  private static final String DURATION = "a duration with a unit, such as 500ms, 3s, 1h30m or PT3S";
  private static final String DURATION_RANGE = "a duration of at most 9223372036854775807s";
  private static final String LEVELS = "one of DEBUG, INFO, VERY_LOUD, A_B, AB";

  private final Conversions conversions = Conversions.standard();

  /** A node or a plain value, the type asked for, and the value or the error. */
  private record Case(Object from, Class<?> type, Object expected) {}

  private final List<Case> cases = new ArrayList<>();

  private void ok(Object from, Class<?> type, Object expected) {
    cases.add(new Case(from, type, expected));
  }

  private void bad(Object from, Class<?> type, String found, String expected) {
    cases.add(new Case(from, type, "found " + found + ", expected " + expected));
  }

  private static ConversionException.Failure only(ConversionException e) {
    assertEquals(1, e.failures().size());
    return e.failures().get(0);
  }

  private static Scalar n(String text) {
    return Scalar.number(text);
  }

  private void check(int count) {
    List<String> wrong = new ArrayList<>();
    for (Case c : cases) {
      Node node = Nodes.of(c.from(), Scalar.Template.NONE);
      Object actual;
      try {
        actual = conversions.convert(node, c.type());
      } catch (ConversionException e) {
        actual = only(e).describe(false);
      }
      if (!c.expected().equals(actual)) {
        wrong.add(c + " gave " + actual);
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(count, cases.size());
  }

  @Test
  void string_isTheTextOfAScalarAsWritten() {
    ok("", String.class, "");
    ok(" a ", String.class, " a ");
    ok(n("1.10"), String.class, "1.10");
    ok(n("9007199254740993"), String.class, "9007199254740993");
    ok(true, String.class, "true");
    ok(Map.of("", "x", "b", 1), String.class, "x");
    bad(Map.of("a", 1), String.class, "an object", "a text");
    bad(Map.of("", Map.of()), String.class, "an object", "a text");
    bad(List.of("a"), String.class, "a list", "a text");
    bad(NullNode.NULL, String.class, "null", "a text");
    check(10);
  }

  @Test
  void boolean_isTrueOrFalseInAnyCase() {
    for (Class<?> type : List.of(boolean.class, Boolean.class)) {
      ok(true, type, true);
      ok(false, type, false);
      ok("true", type, true);
      ok("FALSE", type, false);
      ok("tRuE", type, true);
      ok(Map.of("", "true", "b", 1), type, true);
      for (String text : List.of("yes", "no", "on", "1", "", " true", "true\n", "t")) {
        bad(text, type, '"' + text.replace("\n", "\\n") + '"', "true or false");
      }
      bad(n("1"), type, "1", "true or false");
      bad(n("0"), type, "0", "true or false");
      bad(List.of(true), type, "a list", "true or false");
    }
    check(34);
  }

  @Test
  void integers_areDecimalDigitsWithinTheirRange() {
    ok("8080", int.class, 8080);
    ok(n("8080"), Integer.class, 8080);
    ok("+5", int.class, 5);
    ok("-5", int.class, -5);
    ok("-0", int.class, 0);
    ok("007", int.class, 7);
    ok("0".repeat(5000) + "12", int.class, 12);
    ok("2147483647", int.class, Integer.MAX_VALUE);
    ok("-2147483648", int.class, Integer.MIN_VALUE);
    ok("9223372036854775807", long.class, Long.MAX_VALUE);
    ok("-9223372036854775808", Long.class, Long.MIN_VALUE);
    ok("127", byte.class, (byte) 127);
    ok("-128", Byte.class, (byte) -128);
    ok("32767", short.class, (short) 32767);
    ok("-32768", Short.class, (short) -32768);
    ok(Map.of("", 3, "b", 1), int.class, 3);
    for (String text :
        List.of(
            "80a",
            "",
            "+",
            "-",
            "--1",
            " 1",
            "1 ",
            "1e3",
            "1.0",
            "0x10",
            "1_000",
            "1,000",
            "\u0661",
            "2147483648",
            "-2147483649",
            "99999999999999999999")) {
      bad(text, int.class, '"' + text + '"', INT);
    }
    bad(n("1e3"), int.class, "1e3", INT);
    bad(n("1.0"), int.class, "1.0", INT);
    bad(n("1e1000000000"), int.class, "1e1000000000", INT);
    bad(true, int.class, "true", INT);
    bad(Map.of(), int.class, "an object", INT);
    bad("9223372036854775808", long.class, "\"9223372036854775808\"", LONG);
    bad("-9223372036854775809", long.class, "\"-9223372036854775809\"", LONG);
    bad("128", byte.class, "\"128\"", "an integer from -128 to 127");
    bad("-32769", short.class, "\"-32769\"", "an integer from -32768 to 32767");
    check(41);
  }

  @Test
  void floatingPoint_isDecimalAndFinite() {
    ok("1.5", double.class, 1.5);
    ok(n("1e3"), Double.class, 1000.0);
    ok("-0", double.class, -0.0);
    ok("+.5", double.class, 0.5);
    ok("5.", double.class, 5.0);
    ok("0.1", double.class, 0.1);
    ok("1.7976931348623157E308", double.class, Double.MAX_VALUE);
    ok("4.9e-324", double.class, Double.MIN_VALUE);
    ok("9007199254740993", double.class, 9007199254740992.0);
    ok("0.1", float.class, 0.1f);
    ok("3.4028235E38", Float.class, Float.MAX_VALUE);
    for (String text :
        List.of(
            "NaN",
            "Infinity",
            "-Infinity",
            "1e309",
            "-1e309",
            "1e1000000000",
            "",
            ".",
            "-.",
            "e1",
            "1e",
            "1e+",
            "1d",
            "1f",
            "0x1p3",
            " 1",
            "1 ",
            "1,5",
            "1.2.3")) {
      bad(text, double.class, '"' + text + '"', DOUBLE);
    }
    bad(true, double.class, "true", DOUBLE);
    bad("1e39", float.class, "\"1e39\"", "a number from -3.4028235E38 to 3.4028235E38");
    check(32);
  }

  @Test
  void bigNumbers_areExactAndOfBoundedLength() {
    String digits = "9".repeat(1000);
    ok(digits, BigInteger.class, new BigInteger(digits));
    ok("-12345678901234567890", BigInteger.class, new BigInteger("-12345678901234567890"));
    ok("1.10", BigDecimal.class, new BigDecimal("1.10"));
    ok(n("1e1000000000"), BigDecimal.class, new BigDecimal("1e1000000000"));
    ok("0." + digits.substring(2), BigDecimal.class, new BigDecimal("0." + digits.substring(2)));
    String integer = "an integer of at most 1000 characters";
    String decimal = "a decimal number of at most 1000 characters";
    String shown = '"' + "9".repeat(80) + "... (1001 characters)\"";
    bad(digits + "9", BigInteger.class, shown, integer);
    bad(digits + "9", BigDecimal.class, shown, decimal);
    bad("1.5", BigInteger.class, "\"1.5\"", integer);
    bad("1e3", BigInteger.class, "\"1e3\"", integer);
    bad("1e99999999999", BigDecimal.class, "\"1e99999999999\"", decimal);
    bad("NaN", BigDecimal.class, "\"NaN\"", decimal);
    bad("", BigDecimal.class, "\"\"", decimal);
    bad(
        "9".repeat(3_000_000),
        BigDecimal.class,
        '"' + "9".repeat(80) + "... (3000000 characters)\"",
        decimal);
    bad("9".repeat(3_000_000), int.class, '"' + "9".repeat(80) + "... (3000000 characters)\"", INT);
    check(14);
  }

  @Test
  void duration_needsAUnit() {
    ok("500ms", Duration.class, Duration.ofMillis(500));
    ok("3s", Duration.class, Duration.ofSeconds(3));
    ok("5m", Duration.class, Duration.ofMinutes(5));
    ok("2h", Duration.class, Duration.ofHours(2));
    ok("1d", Duration.class, Duration.ofDays(1));
    ok("1h30m", Duration.class, Duration.ofMinutes(90));
    ok("1.5s", Duration.class, Duration.ofMillis(1500));
    ok(".5m", Duration.class, Duration.ofSeconds(30));
    ok("1.s", Duration.class, Duration.ofSeconds(1));
    ok("10us", Duration.class, Duration.ofNanos(10_000));
    ok("10\u00B5s", Duration.class, Duration.ofNanos(10_000));
    ok("10\u03BCs", Duration.class, Duration.ofNanos(10_000));
    ok("1ns", Duration.class, Duration.ofNanos(1));
    ok("1.9ns", Duration.class, Duration.ofNanos(1));
    ok("-1.9ns", Duration.class, Duration.ofNanos(-1));
    ok("-1h1s", Duration.class, Duration.ofSeconds(-3601));
    ok("+3s", Duration.class, Duration.ofSeconds(3));
    ok("1s1h", Duration.class, Duration.ofSeconds(3601));
    ok("PT3S", Duration.class, Duration.ofSeconds(3));
    ok("-pt1.5s", Duration.class, Duration.ofMillis(-1500));
    ok("P1DT2H", Duration.class, Duration.ofHours(26));
    ok("0", Duration.class, Duration.ZERO);
    ok("-0", Duration.class, Duration.ZERO);
    ok(n("0"), Duration.class, Duration.ZERO);
    ok("0.000000001s", Duration.class, Duration.ofNanos(1));
    ok("9223372036854775807s", Duration.class, Duration.ofSeconds(Long.MAX_VALUE));
    ok("-9223372036854775808s", Duration.class, Duration.ofSeconds(Long.MIN_VALUE));
    ok(Map.of("", "1s", "b", 1), Duration.class, Duration.ofSeconds(1));
    for (String text :
        List.of(
            "80", "", "-", "+", "s", "1", "1.5", "00", "1 s", " 1s", "1s ", "1S", "1w", "1y",
            "1h-30m", "--1s", "1..5s", ".s", "1e3s", "1h30", "P", "PT", "P1W", "1min", "0x1s")) {
      bad(text, Duration.class, '"' + text + '"', DURATION);
    }
    bad(n("80"), Duration.class, "80", DURATION);
    bad(n("0.0"), Duration.class, "0.0", DURATION);
    bad(true, Duration.class, "true", DURATION);
    bad(List.of(), Duration.class, "a list", DURATION);
    bad("9223372036854775808s", Duration.class, "\"9223372036854775808s\"", DURATION_RANGE);
    bad("-9223372036854775809s", Duration.class, "\"-9223372036854775809s\"", DURATION_RANGE);
    bad("PT9223372036854775808S", Duration.class, "\"PT9223372036854775808S\"", DURATION_RANGE);
    bad("P106751991167301D", Duration.class, "\"P106751991167301D\"", DURATION_RANGE);
    check(61);
  }

  @Test
  void enum_isTheExactNameElseTheOnlyOneAlike() {
    ok("INFO", Level.class, Level.INFO);
    ok("info", Level.class, Level.INFO);
    ok("very-loud", Level.class, Level.VERY_LOUD);
    ok("veryLoud", Level.class, Level.VERY_LOUD);
    ok("_very__loud_", Level.class, Level.VERY_LOUD);
    ok("AB", Level.class, Level.AB);
    ok("A_B", Level.class, Level.A_B);
    bad("a-b", Level.class, "\"a-b\"", LEVELS);
    bad("infos", Level.class, "\"infos\"", LEVELS);
    bad("inf", Level.class, "\"inf\"", LEVELS);
    bad("", Level.class, "\"\"", LEVELS);
    bad("very loud", Level.class, "\"very loud\"", LEVELS);
    bad(n("1"), Level.class, "1", LEVELS);
    bad(List.of("INFO"), Level.class, "a list", LEVELS);
    check(14);
  }

  @Test
  void list_isItsElementsOrThePartsBetweenCommas() {
    ok(List.of("a", n("1.10"), true, " b,c "), List.class, List.of("a", "1.10", "true", " b,c "));
    ok(List.of(), List.class, List.of());
    ok("", List.class, List.of());
    ok("  ", List.class, List.of());
    ok("a", List.class, List.of("a"));
    ok(" a , b,c ", List.class, List.of("a", "b", "c"));
    ok("a,,b,", List.class, List.of("a", "", "b", ""));
    ok(n("5"), List.class, List.of("5"));
    ok(false, List.class, List.of("false"));
    ok(Map.of("", "a,b", "c", 1), List.class, List.of("a", "b"));
    String element = "a text";
    bad(Arrays.asList("a", null), List.class, "null", element);
    bad(List.of(List.of()), List.class, "a list", element);
    bad(List.of("a", Map.of("b", 1)), List.class, "an object", element);
    bad(Map.of("a", 1), List.class, "an object", "a list, or a text with commas");
    check(14);
  }

  @Test
  void longTexts_areRefusedSoon() {
    String brackets = "(".repeat(4_000);
    bad(
        brackets,
        Pattern.class,
        '"' + brackets.substring(0, 80) + "... (4000 characters)\"",
        "a regular expression of at most 4000 characters");
    String digits = "1".repeat(1_000_000);
    String shown = '"' + digits.substring(0, 80) + "... (1000000 characters)\"";
    bad(digits, DataSize.class, shown, "a whole number of bytes, such as 64KiB, 1.5MB or 10");
    bad(digits, Period.class, shown, "a period such as 1y6m, 2w, 10d or P1Y6M");
    bad(digits, Year.class, shown, "a year from -999999999 to 999999999");
    bad(
        digits,
        InetAddress.class,
        shown,
        "an IP address such as 192.0.2.1 or 2001:db8::1; names are not looked up");
    check(5);
  }

  @Test
  void plainTypes_areWhatTheTreeSays() {
    ok(Map.of("b", 1, "a", List.of("x")), Map.class, Map.of("a", List.of("x"), "b", 1L));
    ok(Map.of(), Map.class, Map.of());
    ok(List.of(1, "a"), Object.class, List.of(1L, "a"));
    ok("a", Object.class, "a");
    ok(n("1.10"), Object.class, new BigDecimal("1.10"));
    ok(n("5"), Node.class, n("5"));
    bad("a", Map.class, "\"a\"", "an object");
    bad(List.of(), Map.class, "a list", "an object");
    bad(NullNode.NULL, Object.class, "null", "a value");
    String decimal = "a decimal number of at most 1000 characters";
    bad(Map.of("a", n("1e99999999999")), Map.class, "1e99999999999", decimal);
    bad(
        List.of(n("9".repeat(3_000_000))),
        Object.class,
        "9".repeat(80) + "... (3000000 characters)",
        decimal);
    check(11);
  }

  @Test
  void convert_ofTheSameNode_isTheNodeItself() throws ConversionException {
    Node node = Nodes.of(Map.of("a", 1), Scalar.Template.NONE);
    assertSame(node, conversions.convert(node, Node.class));
  }

  @Test
  void supports_isTrueForTheTypesThatConvertMakes() {
    List<Class<?>> types =
        List.of(
            String.class,
            boolean.class,
            Boolean.class,
            byte.class,
            Byte.class,
            short.class,
            Short.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            float.class,
            Float.class,
            double.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            Duration.class,
            Level.class,
            List.class,
            Map.class,
            Object.class,
            Node.class);
    assertEquals(23, types.stream().filter(conversions::supports).count());
    for (Class<?> type :
        List.of(Date.class, Enum.class, Optional.class, ArrayList.class, Scalar.class)) {
      assertFalse(conversions.supports(type));
      assertEquals(
          "type: " + type.getName() + " (expected: a type that the conversions make)",
          assertThrows(
                  IllegalArgumentException.class, () -> conversions.convert(NullNode.NULL, type))
              .getMessage());
    }
  }

  @Test
  void describe_ofASecret_showsNoText() {
    for (Scalar scalar : List.of(Scalar.string("hunter2"), n("42"))) {
      ConversionException e =
          assertThrows(ConversionException.class, () -> Conversions.toBoolean(scalar));
      assertEquals("found ***, expected true or false", only(e).describe(true));
      assertEquals("expected true or false", e.getMessage());
      assertEquals("expected true or false", only(e).toString());
      assertEquals(scalar.text(), only(e).text());
    }
    ConversionException list =
        assertThrows(
            ConversionException.class,
            () -> Conversions.toInt(Nodes.of(List.of(), Scalar.Template.NONE)));
    assertEquals("found a list, expected " + INT, only(list).describe(true));
    assertNull(only(list).text());
  }
}
