package dev.gimbal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/spec/paths.md}. */
class ConfigPathTest {

  private static List<Object> parse(String text) {
    return ConfigPath.parse(text).segments();
  }

  @Test
  void parse_readsTheGrammar() {
    Object[][] table = {
      {""},
      {"a", "a"},
      {"a.b.c", "a", "b", "c"},
      {"server-1_x.max size", "server-1_x", "max size"},
      {"hosts[0]", "hosts", 0},
      {"hosts[0].port", "hosts", 0, "port"},
      {"m[1][23]", "m", 1, 23},
      {"[0]", 0},
      {"[0][1].a", 0, 1, "a"},
      {"a[007]", "a", 7},
      {"a[2147483647]", "a", 2147483647},
      {"0", "0"},
      {"a.0", "a", "0"},
      {"\"a.b\"", "a.b"},
      {"hosts.\"a.b\"[0].port", "hosts", "a.b", 0, "port"},
      {"\"\"", ""},
      {"\"\".\"\"", "", ""},
      {"a.\"\"", "a", ""},
      {"\"\"[0]", "", 0},
      {"\"a\\\"b\"", "a\"b"},
      {"\"a\\\\b\"", "a\\b"},
      {"\"[0]\"", "[0]"},
      {"\"a\".b", "a", "b"},
      {" a . b ", " a ", " b "},
      {"a\\b", "a\\b"},
      {"größe.ключ.😀", "größe", "ключ", "😀"},
      {"a:b/c=d$e{f}", "a:b/c=d$e{f}"},
      {"a\nb", "a\nb"},
    };
    int cases = 0;
    for (Object[] row : table) {
      List<Object> expected = new ArrayList<>(List.of(row).subList(1, row.length));
      assertEquals(expected, parse((String) row[0]), (String) row[0]);
      cases++;
    }
    assertEquals(28, cases);
  }

  @Test
  void parse_whatIsNoPath_namesTheColumn() {
    String key = "expected a key (the empty key is written \"\")";
    String index = "expected a list index such as [0]";
    String escape = "a backslash in quotes escapes only a quote or a backslash";
    Object[][] table = {
      {".", key, 1},
      {".a", key, 1},
      {"a.", key, 3},
      {"a..b", key, 3},
      {"a.[0]", key, 3},
      {"a[0]b", "expected '.' or '['", 5},
      {"a[0]\"b\"", "expected '.' or '['", 5},
      {"\"a\"b", "expected '.' or '['", 4},
      {"a[", index, 3},
      {"a[]", index, 3},
      {"a[x]", index, 3},
      {"a[-1]", index, 3},
      {"a[1", index, 4},
      {"a[1x]", index, 4},
      {"a[2147483648]", "the list index is too large", 3},
      {"a]", "']' must stand in a quoted key", 2},
      {"a\"b\"", "'\"' must stand in a quoted key", 2},
      {"\"a", "the quoted key is not closed", 1},
      {"x.\"a", "the quoted key is not closed", 3},
      {"\"a\\\"", "the quoted key is not closed", 1},
      {"\"a\\n\"", escape, 4},
      {"\"a\\", escape, 4},
    };
    int cases = 0;
    for (Object[] row : table) {
      String text = (String) row[0];
      ConfigException e = assertThrows(ConfigException.class, () -> ConfigPath.parse(text), text);
      String message =
          "GIM-001 \"" + text + "\" is not a path: " + row[1] + " (column " + row[2] + ")";
      assertEquals(message, e.getMessage());
      assertEquals(ErrorCode.PATH_SYNTAX, e.code());
      cases++;
    }
    assertEquals(22, cases);
  }

  @Test
  void toString_quotesOnlyWhereNeeded() {
    Object[][] table = {
      {"", ConfigPath.ROOT},
      {"a.b", ConfigPath.of("a", "b")},
      {"a b.c-d", ConfigPath.of("a b", "c-d")},
      {"\"\"", ConfigPath.of("")},
      {"\"a.b\"", ConfigPath.of("a.b")},
      {"\"a\\\"b\"", ConfigPath.of("a\"b")},
      {"\"[0]\"", ConfigPath.of("[0]")},
      {"a\\b", ConfigPath.of("a\\b")},
      {"\"a.\\\\b\"", ConfigPath.of("a.\\b")},
      {"a[3].b", ConfigPath.of("a").child(3).child("b")},
      {"[3].b", ConfigPath.ROOT.child(3).child("b")},
      {"0", ConfigPath.of("0")},
    };
    int cases = 0;
    for (Object[] row : table) {
      assertEquals(row[0], row[1].toString());
      cases++;
    }
    assertEquals(12, cases);
  }

  @Test
  void parseOfToString_isAnEqualPath() {
    Random random = new Random(3);
    String alphabet = "ab.\"\\[]0- é😀";
    Set<ConfigPath> seen = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      ConfigPath path = ConfigPath.ROOT;
      for (int n = random.nextInt(5); n > 0; n--) {
        StringBuilder key = new StringBuilder();
        for (int k = random.nextInt(6); k > 0; k--) {
          key.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        path =
            random.nextInt(4) == 0
                ? path.child(random.nextInt() >>> 1)
                : path.child(key.toString());
      }
      assertEquals(path, ConfigPath.parse(path.toString()), path.toString());
      seen.add(path);
    }
    assertTrue(seen.size() > 10_000, () -> seen.size() + " paths");
  }

  /** The grammar once more: {@code [ first { "." key | index } ]}. */
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "((K|I)(\\.K|I)*)?"
              .replace("K", "(B|Q)")
              .replace("I", "\\[[0-9]+\\]")
              .replace("B", "[^.\"\\[\\]]+")
              .replace("Q", "\"([^\"\\\\]|\\\\[\"\\\\])*\""));

  @Test
  void parse_everyShortText_followsTheGrammar() {
    char[] alphabet = {'a', '.', '"', '\\', '[', ']', '1'};
    int texts = 0;
    int paths = 0;
    for (int length = 0; length <= 6; length++) {
      for (int i = 0; i < Math.pow(alphabet.length, length); i++) {
        StringBuilder text = new StringBuilder();
        for (int k = 0, rest = i; k < length; k++, rest /= alphabet.length) {
          text.append(alphabet[rest % alphabet.length]);
        }
        texts++;
        boolean accepted = isAccepted(text.toString());
        assertEquals(GRAMMAR.matcher(text).matches(), accepted, text.toString());
        paths += accepted ? 1 : 0;
      }
    }
    assertEquals(137_257, texts);
    assertEquals(4096, paths);
  }

  private static boolean isAccepted(String text) {
    try {
      ConfigPath path = ConfigPath.parse(text);
      assertEquals(path, ConfigPath.parse(path.toString()), text);
      return true;
    } catch (ConfigException e) {
      assertEquals(ErrorCode.PATH_SYNTAX, e.code(), text);
      return false;
    }
  }

  @Test
  void of_takesKeysLiterally() {
    assertEquals(List.of("a.b", "[0]", ""), ConfigPath.of("a.b", "[0]", "").segments());
    assertSame(ConfigPath.ROOT, ConfigPath.of());
  }

  @Test
  void keysAndIndexes_areDifferentSegments() {
    assertNotEquals(ConfigPath.parse("a[0]"), ConfigPath.parse("a.0"));
    assertTrue(ConfigPath.parse("a[0]").isIndex(1));
    assertFalse(ConfigPath.parse("a.0").isIndex(1));
    assertThrows(IllegalArgumentException.class, () -> ConfigPath.ROOT.child(-1));
  }

  @Test
  void equals_regardsCaseAndOrder() {
    assertEquals(ConfigPath.parse("a.\"b\""), ConfigPath.of("a", "b"));
    assertEquals(ConfigPath.parse("a.\"b\"").hashCode(), ConfigPath.of("a", "b").hashCode());
    assertNotEquals(ConfigPath.of("a", "b"), ConfigPath.of("a", "B"));
    assertNotEquals(ConfigPath.of("a", "b"), ConfigPath.of("b", "a"));
  }

  @Test
  void partsOfAPath_makeItAgain() {
    ConfigPath path = ConfigPath.parse("a[1].\"b.c\".d");
    for (int i = 0; i <= path.size(); i++) {
      assertEquals(path, path.prefix(i).resolve(path.suffix(i)));
      assertTrue(path.startsWith(path.prefix(i)));
    }
    assertEquals(4, path.size());
    assertEquals("a[1].\"b.c\"", path.parent().toString());
    assertFalse(path.startsWith(ConfigPath.parse("a.1")));
    assertFalse(path.prefix(1).startsWith(path));
    assertSame(ConfigPath.ROOT, path.prefix(0));
    assertThrows(IllegalStateException.class, ConfigPath.ROOT::parent);
  }
}
