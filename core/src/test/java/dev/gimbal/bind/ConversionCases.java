package dev.gimbal.bind;

import dev.gimbal.DataSize;
import dev.gimbal.TypeRef;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.Scalar;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/** The examples of {@code docs/spec/conversion.md}, by the section that they stand in. */
final class ConversionCases {

  enum Level {
    DEBUG,
    INFO,
    VERY_LOUD
  }

  /**
   * Nodes that one type makes the same of.
   *
   * @param value what it makes, or null
   * @param error what it says, or null
   */
  record Case(Type type, List<Node> nodes, Object value, String error) {}

  private final Map<String, List<Case>> sections = new LinkedHashMap<>();
  private List<Case> section = new ArrayList<>();

  private ConversionCases() {}

  static Map<String, List<Case>> all() throws Exception {
    ConversionCases cases = new ConversionCases();
    cases.texts();
    cases.numbers();
    cases.durations();
    cases.times();
    cases.sizes();
    cases.names();
    cases.addresses();
    cases.optionals();
    cases.collections();
    cases.maps();
    return cases.sections;
  }

  private void section(String name) {
    section = new ArrayList<>();
    sections.put(name, section);
  }

  /** Each of these nodes, or plain values, is the value. */
  private void ok(Type type, Object value, Object... from) {
    section.add(new Case(type, nodes(from), value, null));
  }

  /** None of these says a value. */
  private void bad(Type type, String error, Object... from) {
    section.add(new Case(type, nodes(from), null, error));
  }

  private static List<Node> nodes(Object... from) {
    return Arrays.stream(from).map(value -> Nodes.of(value, Scalar.Template.NONE)).toList();
  }

  private static Scalar n(String text) {
    return Scalar.number(text);
  }

  private static Type t(TypeRef<?> type) {
    return type.type();
  }

  private static List<Object> withNull(Object... elements) {
    return Arrays.asList(elements);
  }

  private void texts() {
    section("texts");
    ok(String.class, "", "");
    ok(String.class, " a ", " a ");
    ok(String.class, "1.10", n("1.10"));
    ok(String.class, "true", true);
    ok(String.class, "x", Map.of("", "x", "b", 1));
    bad(String.class, "expected a text", Map.of("a", 1), List.of("a"), NullNode.NULL);
    ok(boolean.class, true, true, "true", "TRUE", "tRuE");
    ok(boolean.class, false, false, "False");
    bad(
        boolean.class,
        "expected true or false",
        "yes",
        "no",
        "on",
        "off",
        "1",
        n("1"),
        "",
        " true");
    ok(char.class, 'x', "x");
    ok(char.class, ' ', " ");
    ok(char.class, '7', n("7"));
    bad(char.class, "expected exactly one character", "", "xy", "\uD83D\uDE00");
    ok(char[].class, "a,b".toCharArray(), "a,b");
    ok(Level.class, Level.INFO, "INFO", "info", "Info");
    ok(Level.class, Level.VERY_LOUD, "very-loud", "veryLoud", "VERY_LOUD");
    bad(
        Level.class,
        "expected one of DEBUG, INFO, VERY_LOUD",
        "inf",
        " info",
        "very loud",
        "",
        n("1"));
    ok(byte[].class, new byte[] {'H', 'i'}, "SGk=", "SGk");
    ok(byte[].class, new byte[0], "");
    bad(
        byte[].class,
        "expected bytes in base64, without line breaks",
        "SGk*",
        "S",
        "SGk=\n",
        " SGk=",
        "_-8=",
        List.of(1, 2));
  }

  private void numbers() {
    section("numbers");
    ok(int.class, 8080, n("8080"), "8080", "+8080", "008080");
    ok(int.class, 0, "-0");
    ok(int.class, Integer.MIN_VALUE, "-2147483648");
    bad(
        int.class,
        "expected an integer from -2147483648 to 2147483647",
        "1e3",
        n("1e3"),
        n("1.0"),
        "80a",
        " 80",
        "80 ",
        "1_000",
        "1,000",
        "0x10",
        "",
        true,
        "2147483648");
    ok(long.class, Long.MAX_VALUE, "9223372036854775807");
    bad(
        long.class,
        "expected an integer from -9223372036854775808 to 9223372036854775807",
        n("9223372036854775808"));
    ok(short.class, (short) -32768, n("-32768"));
    bad(short.class, "expected an integer from -32768 to 32767", n("32768"));
    ok(byte.class, (byte) 127, n("127"));
    bad(byte.class, "expected an integer from -128 to 127", n("128"));
    ok(double.class, 1000.0, n("1e3"), "1E3", "1000.");
    ok(double.class, 0.5, ".5");
    ok(double.class, -0.0, "-0");
    bad(
        double.class,
        "expected a number from -1.7976931348623157E308 to 1.7976931348623157E308",
        "NaN",
        "Infinity",
        "-Infinity",
        n("1e309"),
        "1d",
        "1,5",
        " 1",
        "",
        true);
    ok(float.class, 0.1f, n("0.1"));
    bad(float.class, "expected a number from -3.4028235E38 to 3.4028235E38", n("1e39"));
    ok(BigInteger.class, new BigInteger("12345678901234567890"), n("12345678901234567890"));
    bad(BigInteger.class, "expected an integer of at most 1000 characters", "1e3", n("1.0"), "");
    ok(BigDecimal.class, new BigDecimal("1.10"), n("1.10"));
    ok(BigDecimal.class, new BigDecimal("1E+3"), "1e3");
    bad(
        BigDecimal.class,
        "expected a decimal number of at most 1000 characters",
        "NaN",
        "1 ",
        "1e99999999999");
  }

  private void durations() {
    section("durations");
    ok(Duration.class, Duration.ofSeconds(3), "3s", "PT3S", "3000ms", "+3s");
    ok(Duration.class, Duration.ofMinutes(90), "1h30m", "1.5h", "pt1h30m");
    ok(Duration.class, Duration.ofDays(1), "1d", "24h");
    ok(Duration.class, Duration.ofMillis(-500), "-500ms", "-.5s");
    ok(Duration.class, Duration.ofNanos(1), "1ns", "1.9ns");
    ok(Duration.class, Duration.ZERO, "0", n("0"), "-0");
    bad(
        Duration.class,
        "expected a duration with a unit, such as 500ms, 3s, 1h30m or PT3S",
        "80",
        n("80"),
        "1 s",
        " 1s",
        "1S",
        "1w",
        "1h-30m",
        "1e3s",
        "");
    bad(
        Duration.class,
        "expected a duration of at most 9223372036854775807s",
        "9223372036854775808s",
        "P106751991167301D");
  }

  private void times() {
    section("times");
    ok(Period.class, Period.of(1, 6, 0), "1y6m", "P1Y6M");
    ok(Period.class, Period.ofDays(14), "2w", "14d", "P2W");
    ok(Period.class, Period.ofDays(-10), "-10d");
    ok(Period.class, Period.ZERO, "0", n("0"));
    bad(
        Period.class,
        "expected a period such as 1y6m, 2w, 10d or P1Y6M",
        "10",
        "6m1y",
        "1.5y",
        "3h",
        "1y 6m",
        "99999999999y",
        "");
    Instant noon = Instant.parse("2030-01-31T12:00:00Z");
    ok(Instant.class, noon, "2030-01-31T12:00:00Z", "2030-01-31T13:00:00+01:00");
    bad(
        Instant.class,
        "expected an instant such as 2030-01-31T12:00:00Z",
        "2030-01-31T12:00:00",
        n("1900000000"),
        "2030-02-30T12:00:00Z",
        "");
    ok(LocalDate.class, LocalDate.of(2030, 1, 31), "2030-01-31");
    bad(
        LocalDate.class,
        "expected a date such as 2030-01-31",
        "2030-1-31",
        "31.01.2030",
        "2030-02-30");
    ok(LocalTime.class, LocalTime.NOON, "12:00", "12:00:00.0");
    bad(LocalTime.class, "expected a time such as 12:00 or 12:00:00.5", "24:00", "9:00", "12:00Z");
    LocalDateTime local = LocalDateTime.of(2030, 1, 31, 12, 0);
    ok(LocalDateTime.class, local, "2030-01-31T12:00", "2030-01-31 12:00");
    bad(
        LocalDateTime.class,
        "expected a date and time such as 2030-01-31T12:00",
        "2030-01-31",
        "2030-01-31T12:00Z");
    ok(
        OffsetDateTime.class,
        local.atOffset(ZoneOffset.ofHours(1)),
        "2030-01-31T12:00+01:00",
        "2030-01-31 12:00+01:00");
    bad(
        OffsetDateTime.class,
        "expected a date, time and offset such as 2030-01-31T12:00+01:00",
        "2030-01-31T12:00");
    ok(OffsetTime.class, OffsetTime.of(LocalTime.NOON, ZoneOffset.UTC), "12:00Z", "12:00+00:00");
    bad(OffsetTime.class, "expected a time and offset such as 12:00+01:00", "12:00");
    ok(
        ZonedDateTime.class,
        local.atZone(ZoneId.of("Europe/Paris")),
        "2030-01-31T12:00+01:00[Europe/Paris]");
    bad(
        ZonedDateTime.class,
        "expected a date, time and zone such as 2030-01-31T12:00+01:00[Europe/Paris]",
        "2030-01-31T12:00");
    ok(Year.class, Year.of(2030), n("2030"), "2030");
    bad(
        Year.class,
        "expected a year from -999999999 to 999999999",
        "2030 ",
        n("1e3"),
        n("1000000000"));
    ok(YearMonth.class, YearMonth.of(2030, 1), "2030-01");
    bad(YearMonth.class, "expected a year and month such as 2030-01", "2030-13", "01/2030");
    ok(MonthDay.class, MonthDay.of(1, 31), "--01-31");
    bad(MonthDay.class, "expected a month and day such as --01-31", "01-31", "--02-30");
    ok(Month.class, Month.MAY, "may");
    ok(ZoneId.class, ZoneId.of("Europe/Paris"), "Europe/Paris");
    ok(ZoneId.class, ZoneOffset.UTC, "Z");
    bad(
        ZoneId.class,
        "expected a time zone such as Europe/Paris, +01:00 or Z",
        "Europe/Atlantis",
        "CET ",
        "");
    ok(ZoneOffset.class, ZoneOffset.ofHours(1), "+01:00", "+1");
    bad(ZoneOffset.class, "expected an offset such as +01:00 or Z", "01:00", "+19:00", "UTC");
  }

  private void sizes() {
    section("sizes");
    ok(DataSize.class, new DataSize(64 * 1024), "64KiB", "65536", n("65536"), "65536B");
    ok(DataSize.class, new DataSize(1_500_000), "1.5MB", "1500kB", "1500KB");
    ok(DataSize.class, new DataSize(1L << 40), "1TiB", "1024GiB");
    ok(DataSize.class, new DataSize(0), "0", "0EB");
    bad(
        DataSize.class,
        "expected a whole number of bytes, such as 64KiB, 1.5MB or 10",
        "-1KB",
        "+1KB",
        "64 KiB",
        " 64KiB",
        "64K",
        "64Ki",
        "64kib",
        "64Mb",
        "0.1KiB",
        "1e3",
        "KB",
        "");
    bad(
        DataSize.class,
        "expected a data size of at most 9223372036854775807 bytes",
        "8EiB",
        "9223372036854775808");
  }

  private void names() {
    section("names");
    ok(Path.class, Path.of("/etc/app.yaml"), "/etc/app.yaml");
    ok(Path.class, Path.of("~/a b"), "~/a b");
    bad(Path.class, "expected a path of a file", "", "a\u0000b");
    ok(Pattern.class, Pattern.compile("a{1,2}"), "a{1,2}");
    ok(Pattern.class, Pattern.compile(""), "");
    bad(Pattern.class, "expected a regular expression of at most 4000 characters", "(", "a{2,1}");
    ok(Charset.class, StandardCharsets.UTF_8, "UTF-8", "utf8");
    bad(Charset.class, "expected a character set such as UTF-8", "UTF-9", "", " UTF-8");
    ok(Locale.class, Locale.forLanguageTag("pt-BR"), "pt-BR", "pt-br");
    ok(Locale.class, Locale.ROOT, "und");
    bad(
        Locale.class,
        "expected a language tag such as en or pt-BR",
        "pt_BR",
        "",
        "english language");
    ok(Currency.class, Currency.getInstance("EUR"), "EUR");
    bad(Currency.class, "expected a currency of ISO 4217 such as EUR", "eur", "EURO", "\u20AC", "");
    UUID uuid = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
    ok(UUID.class, uuid, uuid.toString(), uuid.toString().toUpperCase(Locale.ROOT));
    bad(
        UUID.class,
        "expected a UUID of 36 characters, such as 123e4567-e89b-12d3-a456-426614174000",
        "1-2-3-4-5",
        "123e4567e89b12d3a456426614174000",
        "{123e4567-e89b-12d3-a456-426614174000}",
        "");
  }

  private void addresses() throws Exception {
    section("addresses");
    ok(URI.class, URI.create("https://example.org/a?b#c"), "https://example.org/a?b#c");
    ok(URI.class, URI.create("a/b"), "a/b");
    bad(URI.class, "expected a URI such as https://example.org/a", "a b", "http://[", "");
    ok(URL.class, new URL("https://example.org/a"), "https://example.org/a");
    bad(
        URL.class,
        "expected a URL such as https://example.org/a",
        "example.org",
        "nosuch:a",
        "a b",
        "");
    ok(
        InetAddress.class,
        InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}),
        "192.0.2.1",
        "::ffff:192.0.2.1");
    byte[] v6 = new byte[16];
    v6[0] = 0x20;
    v6[1] = 0x01;
    v6[2] = 0x0D;
    v6[3] = (byte) 0xB8;
    v6[15] = 1;
    ok(InetAddress.class, InetAddress.getByAddress(v6), "2001:db8::1", "2001:DB8:0:0:0:0:0:1");
    bad(
        InetAddress.class,
        "expected an IP address such as 192.0.2.1 or 2001:db8::1; names are not looked up",
        "localhost",
        "example.org",
        "192.0.2",
        "192.0.2.256",
        "192.0.2.01",
        n("3221225985"),
        "[::1]",
        "fe80::1%eth0",
        "1::2::3",
        " ::1",
        "");
    ok(
        InetSocketAddress.class,
        InetSocketAddress.createUnresolved("example.org", 80),
        "example.org:80");
    ok(InetSocketAddress.class, InetSocketAddress.createUnresolved("::1", 0), "[::1]:0");
    ok(
        InetSocketAddress.class,
        InetSocketAddress.createUnresolved("192.0.2.1", 65535),
        "192.0.2.1:65535");
    bad(
        InetSocketAddress.class,
        "expected a host and a port from 0 to 65535, such as example.org:80 or [2001:db8::1]:80",
        "example.org",
        "example.org:",
        ":80",
        "example.org:65536",
        "example.org:+80",
        "::1:80",
        "[example.org]:80",
        "1.2.3:80",
        "exa mple:80",
        "http://a:80",
        "");
  }

  private void optionals() {
    section("optionals");
    ok(t(new TypeRef<Optional<Integer>>() {}), Optional.of(5), n("5"), "5");
    ok(t(new TypeRef<Optional<Integer>>() {}), Optional.empty(), NullNode.NULL);
    bad(
        t(new TypeRef<Optional<Integer>>() {}),
        "expected an integer from -2147483648 to 2147483647",
        "");
    ok(t(new TypeRef<Optional<String>>() {}), Optional.of(""), "");
    ok(OptionalInt.class, OptionalInt.of(5), n("5"));
    ok(OptionalLong.class, OptionalLong.of(5), n("5"));
    ok(OptionalDouble.class, OptionalDouble.of(0.5), n("0.5"));
    bad(OptionalInt.class, "expected an integer from -2147483648 to 2147483647", "five");
  }

  private void collections() {
    section("collections");
    ok(t(new TypeRef<List<Integer>>() {}), List.of(1, 2), List.of(n("1"), "2"), "1, 2");
    ok(t(new TypeRef<List<Integer>>() {}), List.of(), List.of(), "", " ");
    ok(t(new TypeRef<List<Integer>>() {}), List.of(5), n("5"), "5");
    ok(List.class, List.of("a", "1.10", "true"), List.of("a", n("1.10"), true), "a , 1.10,true");
    ok(List.class, List.of("a", "", "b", ""), "a,,b,");
    ok(t(new TypeRef<Collection<Duration>>() {}), List.of(Duration.ofSeconds(1)), "1s");
    ok(t(new TypeRef<List<? extends Year>>() {}), List.of(Year.of(2030)), List.of(n("2030")));
    ok(
        t(new TypeRef<List<List<String>>>() {}),
        List.of(List.of("a", "b"), List.of()),
        List.of("a,b", List.of()));
    ok(
        t(new TypeRef<List<Optional<Integer>>>() {}),
        List.of(Optional.of(1), Optional.empty()),
        withNull(n("1"), null));
    bad(
        t(new TypeRef<List<Integer>>() {}),
        "[1]: expected an integer from -2147483648 to 2147483647; "
            + "[2]: expected an integer from -2147483648 to 2147483647",
        withNull(n("1"), "x", null),
        "1, x, ");
    bad(
        t(new TypeRef<List<Integer>>() {}),
        "expected a list, or a text with commas",
        Map.of("0", 1));
    bad(List.class, "[1]: expected a text", withNull("a", null), List.of("a", List.of()));
    Set<Object> set = new LinkedHashSet<>(List.of("b", "a"));
    ok(t(new TypeRef<Set<String>>() {}), set, "b, a, b");
    ok(
        t(new TypeRef<SortedSet<Integer>>() {}),
        new TreeSet<>(List.of(1, 2)),
        List.of(n("2"), n("1"), "01"));
    ok(int[].class, new int[] {1, 2}, List.of(n("1"), n("2")), "1,2");
    ok(String[].class, new String[] {"a"}, "a");
    ok(
        t(new TypeRef<List<String>[]>() {}),
        new List<?>[] {List.of("a", "b")},
        List.of(List.of("a", "b")));
  }

  private void maps() {
    section("maps");
    Map<String, Integer> byName = new LinkedHashMap<>();
    byName.put("a", 1);
    byName.put("b", 2);
    ok(t(new TypeRef<Map<String, Integer>>() {}), byName, Map.of("b", n("2"), "a", "1"));
    ok(
        t(new TypeRef<Map<Level, Duration>>() {}),
        Map.of(Level.VERY_LOUD, Duration.ofSeconds(1)),
        Map.of("very-loud", "1s"));
    ok(
        t(new TypeRef<SortedMap<Integer, List<String>>>() {}),
        new TreeMap<>(Map.of(2, List.of("a"), 10, List.of("b", "c"))),
        Map.of("10", "b,c", "2", "a"));
    ok(
        Map.class,
        new TreeMap<>(Map.of("a", List.of("x"), "b", 1L)),
        Map.of("b", 1, "a", List.of("x")));
    ok(Object.class, List.of(1L, "a"), List.of(1, "a"));
    bad(t(new TypeRef<Map<String, Integer>>() {}), "expected an object", "a=1", List.of());
    bad(
        t(new TypeRef<Map<Integer, Integer>>() {}),
        "a: expected an integer from -2147483648 to 2147483647, as the key; "
            + "b: expected an integer from -2147483648 to 2147483647, as the key",
        Map.of("a", 1, "b", 2));
    bad(
        t(new TypeRef<Map<Integer, Integer>>() {}),
        "1: expected a key that does not say the same as one before it",
        Map.of("1", 1, "01", 2));
    bad(
        t(new TypeRef<Map<String, List<Boolean>>>() {}),
        "a[1]: expected true or false; b[0]: expected true or false",
        Map.of("a", "true,no", "b", "yes"));
  }
}
