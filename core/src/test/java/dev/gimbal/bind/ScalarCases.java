package dev.gimbal.bind;

import dev.gimbal.DataSize;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.Scalar;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** Texts, numbers, sizes, names and addresses. */
final class ScalarCases {

  private ScalarCases() {}

  private static Scalar n(String text) {
    return Scalar.number(text);
  }

  static void texts(ConversionCases cases) {
    cases.section("texts");
    cases.ok(String.class, "", "");
    cases.ok(String.class, " a ", " a ");
    cases.ok(String.class, "1.10", n("1.10"));
    cases.ok(String.class, "true", true);
    cases.ok(String.class, "x", Map.of("", "x", "b", 1));
    cases.bad(String.class, "expected a text", Map.of("a", 1), List.of("a"), NullNode.NULL);
    cases.ok(boolean.class, true, true, "true", "TRUE", "tRuE");
    cases.ok(boolean.class, false, false, "False");
    cases.bad(
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
    cases.ok(char.class, 'x', "x");
    cases.ok(char.class, ' ', " ");
    cases.ok(char.class, '7', n("7"));
    cases.bad(char.class, "expected exactly one character", "", "xy", "\uD83D\uDE00");
    cases.ok(char[].class, "a,b".toCharArray(), "a,b");
    cases.ok(ConversionCases.Level.class, ConversionCases.Level.INFO, "INFO", "info", "Info");
    cases.ok(
        ConversionCases.Level.class,
        ConversionCases.Level.VERY_LOUD,
        "very-loud",
        "veryLoud",
        "VERY_LOUD");
    cases.bad(
        ConversionCases.Level.class,
        "expected one of DEBUG, INFO, VERY_LOUD",
        "inf",
        " info",
        "very loud",
        "",
        n("1"));
    cases.ok(byte[].class, new byte[] {'H', 'i'}, "SGk=", "SGk");
    cases.ok(byte[].class, new byte[0], "");
    cases.bad(
        byte[].class,
        "expected bytes in base64, without line breaks",
        "SGk*",
        "S",
        "SGk=\n",
        " SGk=",
        "_-8=",
        List.of(1, 2));
  }

  static void numbers(ConversionCases cases) {
    cases.section("numbers");
    cases.ok(int.class, 8080, n("8080"), "8080", "+8080", "008080");
    cases.ok(int.class, 0, "-0");
    cases.ok(int.class, Integer.MIN_VALUE, "-2147483648");
    cases.bad(
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
    cases.ok(long.class, Long.MAX_VALUE, "9223372036854775807");
    cases.bad(
        long.class,
        "expected an integer from -9223372036854775808 to 9223372036854775807",
        n("9223372036854775808"));
    cases.ok(short.class, (short) -32768, n("-32768"));
    cases.bad(short.class, "expected an integer from -32768 to 32767", n("32768"));
    cases.ok(byte.class, (byte) 127, n("127"));
    cases.bad(byte.class, "expected an integer from -128 to 127", n("128"));
    cases.ok(double.class, 1000.0, n("1e3"), "1E3", "1000.");
    cases.ok(double.class, 0.5, ".5");
    cases.ok(double.class, -0.0, "-0");
    cases.bad(
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
    cases.ok(float.class, 0.1f, n("0.1"));
    cases.bad(float.class, "expected a number from -3.4028235E38 to 3.4028235E38", n("1e39"));
    cases.ok(BigInteger.class, new BigInteger("12345678901234567890"), n("12345678901234567890"));
    cases.bad(
        BigInteger.class, "expected an integer of at most 1000 characters", "1e3", n("1.0"), "");
    cases.ok(BigDecimal.class, new BigDecimal("1.10"), n("1.10"));
    cases.ok(BigDecimal.class, new BigDecimal("1E+3"), "1e3");
    cases.bad(
        BigDecimal.class,
        "expected a decimal number of at most 1000 characters",
        "NaN",
        "1 ",
        "1e99999999999");
  }

  static void sizes(ConversionCases cases) {
    cases.section("sizes");
    cases.ok(DataSize.class, new DataSize(64 * 1024), "64KiB", "65536", n("65536"), "65536B");
    cases.ok(DataSize.class, new DataSize(1_500_000), "1.5MB", "1500kB", "1500KB");
    cases.ok(DataSize.class, new DataSize(1L << 40), "1TiB", "1024GiB");
    cases.ok(DataSize.class, new DataSize(0), "0", "0EB");
    cases.bad(
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
    cases.bad(
        DataSize.class,
        "expected a data size of at most 9223372036854775807 bytes",
        "8EiB",
        "9223372036854775808");
  }

  static void names(ConversionCases cases) {
    cases.section("names");
    cases.ok(Path.class, Path.of("/etc/app.yaml"), "/etc/app.yaml");
    cases.ok(Path.class, Path.of("~/a b"), "~/a b");
    cases.ok(File.class, new File("/etc/app.yaml"), "/etc/app.yaml");
    cases.bad(Path.class, "expected a path of a file", "", "a\u0000b");
    cases.ok(Pattern.class, Pattern.compile("a{1,2}"), "a{1,2}");
    cases.ok(Pattern.class, Pattern.compile(""), "");
    cases.bad(
        Pattern.class, "expected a regular expression of at most 4000 characters", "(", "a{2,1}");
    cases.ok(Charset.class, StandardCharsets.UTF_8, "UTF-8", "utf8");
    cases.bad(Charset.class, "expected a character set such as UTF-8", "UTF-9", "", " UTF-8");
    cases.ok(Locale.class, Locale.forLanguageTag("pt-BR"), "pt-BR", "pt-br");
    cases.ok(Locale.class, Locale.ROOT, "und");
    cases.bad(
        Locale.class,
        "expected a language tag such as en or pt-BR",
        "pt_BR",
        "",
        "english language");
    cases.ok(Currency.class, Currency.getInstance("EUR"), "EUR");
    cases.bad(
        Currency.class, "expected a currency of ISO 4217 such as EUR", "eur", "EURO", "\u20AC", "");
    UUID uuid = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
    cases.ok(UUID.class, uuid, uuid.toString(), uuid.toString().toUpperCase(Locale.ROOT));
    cases.bad(
        UUID.class,
        "expected a UUID of 36 characters, such as 123e4567-e89b-12d3-a456-426614174000",
        "1-2-3-4-5",
        "123e4567e89b12d3a456426614174000",
        "{123e4567-e89b-12d3-a456-426614174000}",
        "123e45670-e89b-12d3-a456-42661417400",
        "");
  }

  static void addresses(ConversionCases cases) throws Exception {
    cases.section("addresses");
    cases.ok(URI.class, URI.create("https://example.org/a?b#c"), "https://example.org/a?b#c");
    cases.ok(URI.class, URI.create("a/b"), "a/b");
    cases.bad(URI.class, "expected a URI such as https://example.org/a", "a b", "http://[", "");
    cases.ok(URL.class, new URL("https://example.org/a"), "https://example.org/a");
    cases.bad(
        URL.class,
        "expected a URL such as https://example.org/a",
        "example.org",
        "nosuch:a",
        "a b",
        "");
    cases.ok(
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
    cases.ok(
        InetAddress.class, InetAddress.getByAddress(v6), "2001:db8::1", "2001:DB8:0:0:0:0:0:1");
    cases.bad(
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
    cases.ok(
        InetSocketAddress.class,
        InetSocketAddress.createUnresolved("example.org", 80),
        "example.org:80");
    cases.ok(InetSocketAddress.class, InetSocketAddress.createUnresolved("::1", 0), "[::1]:0");
    cases.ok(
        InetSocketAddress.class,
        InetSocketAddress.createUnresolved("192.0.2.1", 65535),
        "192.0.2.1:65535");
    cases.bad(
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
}
