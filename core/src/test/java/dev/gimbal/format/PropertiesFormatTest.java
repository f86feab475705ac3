package dev.gimbal.format;

import static dev.gimbal.format.Parsing.assertFails;
import static dev.gimbal.format.Parsing.map;
import static dev.gimbal.format.Parsing.place;
import static dev.gimbal.format.Parsing.problems;
import static dev.gimbal.format.Parsing.properties;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PropertiesFormatTest {

  @Test
  void read_dottedKeys_arePaths() {
    Document document = properties("db.pool.max=20\ndb.url = jdbc:x\n");
    assertEquals(Map.of("db", Map.of("pool", Map.of("max", "20"), "url", "jdbc:x")), map(document));
  }

  @Test
  void read_eachValue_hasItsOwnPlace() {
    Document document = properties("# c\na = 1\n  b : \\\n   2\n\nc\nd=\r\ne\\ f=3");
    assertEquals("2:5", place(document, "a"));
    assertEquals("4:4", place(document, "b"));
    assertEquals("6:1", place(document, "c"));
    assertEquals("7:1", place(document, "d"));
    assertEquals("8:6", place(document, "e f"));
  }

  @Test
  void read_objectOfPaths_standsWhereItsFirstValueStands() {
    Document document = properties("x=0\na.b=1\na.c=2");
    assertEquals("2:5", place(document, "a"));
  }

  @Test
  void read_scalarBesideChildren_isTheEmptyChildWithItsPlace() {
    Document document = properties("a=1\na.b=2");
    assertEquals(Map.of("a", Map.of("", "1", "b", "2")), map(document));
    assertEquals("1:3", place(document, "a.\"\""));
  }

  @Test
  void read_denseIndexes_makeLists() {
    Document document = properties("a[0].b=x\na[1].b=y\nc[0]=z");
    List<Object> a = List.of(Map.of("b", "x"), Map.of("b", "y"));
    assertEquals(Map.of("a", a, "c", List.of("z")), map(document));
    assertEquals("2:8", place(document, "a[1].b"));
  }

  @Test
  void read_indexesWithAGap_makeAnObjectWithItsPlaces() {
    Document document = properties("a[0]=x\na[7]=y");
    assertEquals(Map.of("a", Map.of("0", "x", "7", "y")), map(document));
    assertEquals("2:6", place(document, "a.7"));
  }

  @Test
  void read_quotedKeys_keepTheirDots() {
    assertEquals(
        Map.of("log", Map.of("com.example", "debug")),
        map(properties("log.\"com.example\"=debug")));
  }

  @Test
  void read_keysThatAreNoPath_areLiteral() {
    Document document = properties("a..b=1\n.x=2\nx.=3\nmap[/y]=4\n[0]=5\nsay\"=6\n=7");
    Map<String, Object> expected =
        Map.of(
            "a..b", "1", ".x", "2", "x.", "3", "map[/y]", "4", "[0]", "5", "say\"", "6", "", "7");
    assertEquals(expected, map(document));
  }

  @Test
  void read_keyStandingTwice_lastWinsAndAWarningNamesBothPlaces() {
    Document document = properties("a.b=1\nc=2\na.\"b\"=3");
    assertEquals(Map.of("a", Map.of("b", "3"), "c", "2"), map(document));
    assertEquals("3:7", place(document, "a.b"));
    assertEquals(
        "GIM-006 app:3:7 the key \"a.\"b\"\" stands twice, first at 1:5; the last one wins",
        problems(document.warnings()));
  }

  @Test
  void read_malformedUnicodeEscape_namesItsPlace() {
    String message = "a \\u without four hex digits after it";
    assertFails("GIM-004 app:1:4 " + message, () -> properties("a=x\\u12G4"));
    assertFails("GIM-004 app:2:1 " + message, () -> properties("a=1\n\\u12=x"));
    assertFails("GIM-004 app:3:2 " + message, () -> properties("a=1,\\\n 2,\\\n \\u\n00e9"));
  }

  @Test
  void read_unicodeEscapes_areUtf16Units() {
    assertEquals(Map.of("a", "\u00e9\uD83D\uDE00"), map(properties("a=\\u00E9\\ud83d\\ude00")));
  }

  @Test
  void read_keyOfTooManySegments_namesTheLimit() {
    assertEquals(1, properties("a" + ".a".repeat(255) + "=1").tree().size());
    assertFails(
        "GIM-005 app:1:515 nested deeper than maxDepth 256",
        () -> properties("a" + ".a".repeat(256) + "=1"));
  }

  @Test
  void read_moreEntriesThanTheLimit_namesIt() {
    ReadOptions options = ReadOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxNodes(3));
    assertEquals(2, properties("a=1\nb=2\na=3", options).tree().size());
    assertFails(
        "GIM-005 app:3:3 more values than maxNodes 3", () -> properties("a=1\nb=2\nc=3", options));
  }

  @Test
  void read_keysOfMoreSegmentsThanTheLimitOfNodes_namesIt() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 18_000; i++) {
      text.append('k').append(i).append(".a".repeat(250)).append("=1\n");
    }
    assertFails(
        "GIM-005 app:3985:507 more values than maxNodes 1000000",
        () -> properties(text.toString()));
  }

  @Test
  void read_filesOfWellKnownProjects_giveWhatTheirUsersExpect() {
    Document document =
        properties(
            """
            # log4j
            rootLogger.level = info
            rootLogger.appenderRef.stdout.ref = STDOUT
            log4j.logger.org.hibernate=warn
            # kafka
            listeners=PLAINTEXT://:9092,\\
                      SSL://:9093
            # spring
            server.port=8080
            my.servers[0]=dev.example.com
            my.servers[1]=other.example.com
            """);
    Map<String, Object> root =
        Map.of("level", "info", "appenderRef", Map.of("stdout", Map.of("ref", "STDOUT")));
    Map<String, Object> expected =
        Map.of(
            "rootLogger",
            root,
            "log4j",
            Map.of("logger", Map.of("org", Map.of("hibernate", "warn"))),
            "listeners",
            "PLAINTEXT://:9092,SSL://:9093",
            "server",
            Map.of("port", "8080"),
            "my",
            Map.of("servers", List.of("dev.example.com", "other.example.com")));
    assertEquals(expected, map(document));
  }
}
