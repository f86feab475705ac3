package dev.gimbal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** The JDK's own parser says which keys and values a text has. */
class PropertiesOracleTest {

  private static final int TRIES = 20_000;

  private static int equal;
  private static int refused;
  private static int survived;

  /** No character that a path gives a meaning: each key is one segment. */
  @Provide
  Arbitrary<String> flatText() {
    return Arbitraries.of(
            "a",
            "b",
            "=",
            ":",
            " ",
            "\t",
            "\f",
            "\n",
            "\r",
            "\r\n",
            "\\",
            "\\\\",
            "#",
            "!",
            "\\u0041",
            "\\u",
            "0",
            "4",
            "1",
            "\\t",
            "\\n",
            "\u00e9",
            "\uD83D\uDE00")
        .list()
        .ofMaxSize(24)
        .map(pieces -> String.join("", pieces));
  }

  @Property(tries = TRIES)
  void read_anyText_givesTheKeysAndValuesOfTheJdk(@ForAll("flatText") String text) {
    Properties expected = new Properties();
    try {
      expected.load(new StringReader(text));
    } catch (IllegalArgumentException malformed) {
      assertEquals(ErrorCode.MALFORMED, codeOf(text));
      refused++;
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<Object, Object> keys = new TreeMap<>(expected);
    assertEquals(keys, new TreeMap<>(Parsing.map(Parsing.properties(text))));
    equal++;
  }

  @Provide
  Arbitrary<String> anyText() {
    return Arbitraries.of(
            "a",
            "b",
            ".",
            "[",
            "]",
            "0",
            "1",
            "\"",
            "\\",
            "=",
            "\n",
            " ",
            "#",
            "\\u",
            "002e",
            "a.b=",
            "a[0]=",
            "a[1]",
            "\u0000",
            "\uD800",
            "99999999999")
        .list()
        .ofMaxSize(30)
        .map(pieces -> String.join("", pieces));
  }

  @Property(tries = TRIES)
  void read_anyPaths_failsOnlyWithConfigException(@ForAll("anyText") String text) {
    codeOf(text);
    survived++;
  }

  /** The code of the failure, or null. */
  private static ErrorCode codeOf(String text) {
    try {
      Parsing.properties(text);
      return null;
    } catch (ConfigException e) {
      assertTrue(e.origin().line() > 0);
      return e.code();
    }
  }

  @AfterContainer
  static void countsTheCases() {
    assertEquals(TRIES, equal + refused);
    assertEquals(TRIES, survived);
    assertTrue(equal > 10_000 && refused > 500, equal + " equal, " + refused + " refused");
  }
}
