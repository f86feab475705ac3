package dev.gimbal.format.json;

import static dev.gimbal.format.json.Editing.set;
import static dev.gimbal.format.json.Editing.unset;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.format.Edit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonEditorTest {

  private static final String APP =
      """
      // settings
      {
          /* the server */
          "server": { "port": 80, "host": "a" }, // here
          "list": [
              1, // one
              2  // two
          ],

          "empty": {},
          "none": null
      }
      """;

  private static String json(String text, String path, Object value) {
    return Editing.edit("json", text, Edit.builder().set(path, value).build());
  }

  @Test
  void set_aValueThatIsThere_changesItAlone() {
    assertEquals(APP.replace("80", "8080"), set(APP, "server.port", 8080));
    assertEquals(APP.replace("\"a\"", "\"q\\\"\\n\""), set(APP, "server.host", "q\"\n"));
    assertEquals(APP.replace("2  //", "true  //"), set(APP, "list[1]", true));
    assertEquals(APP.replace("null", "1"), set(APP, "none", 1));
    assertEquals("{\"a\":1}", json("{\"a\":0}", "a", 1));
  }

  @Test
  void set_anObjectOrList_isLaidOutAsTheRest() {
    assertEquals(
        APP.replace(
            "null", "{\n        \"x\": 1,\n        \"y\": [\n            2\n        ]\n    }"),
        set(APP, "none", Map.of("x", 1, "y", List.of(2))));
    assertEquals(
        APP.replace("{ \"port\": 80, \"host\": \"a\" }", "{\"x\": 1, \"y\": {}}"),
        set(APP, "server", Map.of("x", 1, "y", Map.of())));
    assertEquals("{\"a\":{\"b\":[1,2]}}", json("{\"a\":0}", "a", Map.of("b", List.of(1, 2))));
    assertEquals(
        "{\r\n\t\"a\": {\r\n\t\t\"b\": 1\r\n\t}\r\n}",
        json("{\r\n\t\"a\": 0\r\n}", "a", Map.of("b", 1)));
  }

  @Test
  void set_aNewMember_standsBehindTheLast() {
    assertEquals(APP.replace("null\n", "null,\n    \"new\": \"x\"\n"), set(APP, "new", "x"));
    assertEquals(
        APP.replace("\"host\": \"a\" }", "\"host\": \"a\", \"new\": 1 }"),
        set(APP, "server.new", 1));
    assertEquals(APP.replace("2  // two\n", "2,  // two\n        3\n"), set(APP, "list[2]", 3));
    assertEquals("{\"a\":1,\"b\":2}", json("{\"a\":1}", "b", 2));
    assertEquals("{ \"a\": 1, \"b\": 2 }", json("{ \"a\": 1 }", "b", 2));
    assertEquals(
        "{\"a\": [1,2,  3]}",
        json("{\"a\": [1,2]}".replace(",", ",  "), "a[2]", 3).replace("1,  2", "1,2"));
    assertEquals("{\n  \"a\": 1, // c\n  \"b\": 2,\n}", set("{\n  \"a\": 1, // c\n}", "b", 2));
    assertEquals("{\"a\": 1 /* x */, \"b\": 2}", set("{\"a\": 1 /* x */}", "b", 2));
    assertEquals("{\"a\": 1, // x\n  \"b\": 2\n}", set("{\"a\": 1 // x\n}", "b", 2));
    assertEquals("{\"a\": 1, \"b\": 2,}", set("{\"a\": 1,}", "b", 2));
    assertEquals(
        "{\n  \"a\": 1, /* x\n  y */\n  \"b\": 2\n}", set("{\n  \"a\": 1 /* x\n  y */\n}", "b", 2));
  }

  @Test
  void set_belowWhatIsMissing_addsTheObjects() {
    assertEquals(
        APP.replace("{}", "{\n        \"a\": {\n            \"b\": 1\n        }\n    }"),
        set(APP, "empty.a.b", 1));
    assertEquals(
        APP.replace("null", "{\n        \"a\": [\n            1\n        ]\n    }"),
        set(APP, "none.a[0]", 1));
    assertEquals("{\n  \"a\": 1\n}", json("{}", "a", 1));
    assertEquals("{\n  // c\n  \"a\": 1\n}", set("{\n  // c\n}", "a", 1));
    assertEquals("{\"x\": { /* c */ \"a\": 1 }}", set("{\"x\": { /* c */ }}", "x.a", 1));
  }

  @Test
  void set_inADocumentWithoutARoot_writesOne() {
    assertEquals("{\n  \"a\": {\n    \"b\": 1\n  }\n}\n", json("", "a.b", 1));
    assertEquals("// c\n{\n  \"a\": 1\n}\n", set("// c", "a", 1));
    assertEquals("{\n  \"a\": 1\n}", json("{\n}", "a", 1));
    assertEquals("{\"a\": 1}", json("null", "a", 1));
  }

  @Test
  void unset_takesTheMemberWithItsCommaAndTheCommentBehindIt() {
    assertEquals(
        APP.replace("    \"server\": { \"port\": 80, \"host\": \"a\" }, // here\n", ""),
        unset(APP, "server"));
    assertEquals(APP.replace("\"port\": 80, ", ""), unset(APP, "server.port"));
    assertEquals(APP.replace(", \"host\": \"a\"", ""), unset(APP, "server.host"));
    assertEquals(APP.replace("        1, // one\n", ""), unset(APP, "list[0]"));
    assertEquals(
        APP.replace("1, // one\n        2  // two\n", "1 // one\n"), unset(APP, "list[1]"));
    assertEquals(APP.replace("{},\n    \"none\": null\n", "{}\n"), unset(APP, "none"));
    assertEquals("{}", unset("{ \"a\": 1 }", "a"));
    assertEquals("{\n}", unset("{\n  \"a\": 1\n}", "a"));
    assertEquals("{\"a\": 1,}", unset("{\"a\": 1, \"b\": 2,}", "b"));
    assertEquals("{\"a\": 1}", unset("{\"a\": 1, \"b\": 2 /* x */}", "b"));
    assertEquals("{\"a\": 1\n}", unset("{\"a\": 1, \"b\": 2 // x\n}", "b"));
    assertEquals("{}", unset("{ \"a\": 1 /* x */ }", "a"));
    assertEquals("{\"a\": [1 /* x */]}", unset("{\"a\": [1 /* x */, 2]}", "a[1]"));
    assertEquals("{\"a\": 1 /* x */}", unset("{\"a\": 1, /* x */\"b\": 2}", "b"));
    assertEquals(
        "{\n  \"a\": 1\n  /* x */\n}", unset("{\n  \"a\": 1,\n  /* x */\n  \"b\": 2\n}", "b"));
    assertEquals(APP, unset(APP, "missing"));
  }

  @Test
  void unset_leavesCommentsThatGoOnBelowItsLine() {
    String section = "/* section\n   ==== */\n  \"c\": 3\n}";
    assertEquals("{\n  " + section, unset("{\n  \"b\": 2, " + section, "b"));
    assertEquals("{\n  /* x */ " + section, unset("{\n  \"b\": 2, /* x */ " + section, "b"));
    assertEquals("{" + section, unset("{\"b\": 2, " + section, "b"));
    String end = "/* end\n   === */\n}";
    assertEquals("{\n  \"a\": 1\n  " + end, unset("{\n  \"a\": 1,\n  \"b\": 2 " + end, "b"));
    assertEquals("{\n  \"a\": 1,\n  " + end, unset("{\n  \"a\": 1,\n  \"b\": 2, " + end, "b"));
    assertEquals("{\"a\": 1 " + end, unset("{\"a\": 1, \"b\": 2 " + end, "b"));
    assertEquals("{\n   " + end, unset("{\n  \"b\": 2 " + end, "b"));
    assertEquals(
        "{\n  // of b\n   \"b\": 2\n}", unset("{\n  \"a\": 1\n  // of b\n  , \"b\": 2\n}", "a"));
    assertEquals("{\n  \"b\": 2\n}", unset("{\n  \"a\": 1 // of a\n  , \"b\": 2\n}", "a"));
    assertEquals("{/* of b,\n */ \"b\": 2}", unset("{\"a\": 1 /* of b,\n */, \"b\": 2}", "a"));
  }

  @Test
  void change_byAKeyWithEscapes_findsIt() {
    assertEquals("{\"\\u0061\\n\": 2}", json("{\"\\u0061\\n\": 1}", "\"a\n\"", 2));
    assertEquals("{\"a.b\": 2}", json("{\"a.b\": 1}", "\"a.b\"", 2));
  }
}
