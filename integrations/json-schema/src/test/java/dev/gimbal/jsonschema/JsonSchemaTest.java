package dev.gimbal.jsonschema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Sources;
import dev.gimbal.source.MemorySource;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JsonSchemaTest {

  private static final String SCHEMA =
      """
      {
        "type": "object",
        "required": ["server"],
        "properties": {
          "server": {
            "type": "object",
            "required": ["host"],
            "additionalProperties": false,
            "properties": {
              "host": {"type": "string", "format": "hostname"},
              "port": {"type": "integer", "minimum": 1, "maximum": 65535},
              "tls": {"type": "boolean"}
            }
          },
          "password": {"type": "string", "minLength": 12},
          "level": {"enum": ["info", "debug"]},
          "hosts": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]+$"}}
        }
      }
      """;

  @TempDir private Path folder;

  private JsonSchema schema(String text) {
    try {
      return JsonSchema.read(Files.writeString(folder.resolve("app.schema.json"), text));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What the schema says of a document, with its places. */
  private List<String> problems(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("app.yaml"), yaml);
    Config.Builder builder =
        Config.builder()
            .source(Sources.file(file))
            .watching(false)
            .validator("schema", schema(SCHEMA));
    try {
      builder.build().close();
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream()
          .map(
              problem -> {
                assertEquals(ErrorCode.REFUSED, problem.code());
                String place =
                    problem.origin() == null
                        ? ""
                        : " at " + problem.origin().line() + ":" + problem.origin().column();
                return problem.path()
                    + ": "
                    + problem.message().replace("refused by the validator \"schema\": ", "")
                    + place;
              })
          .sorted()
          .toList();
    }
  }

  @Test
  void document_thatFollowsTheSchema_passes() throws IOException {
    assertEquals(List.of(), problems("server: {host: a.example, port: 80, tls: true}"));
  }

  @Test
  void allThatIsWrong_isToldAtOnce_withItsPlace() throws IOException {
    assertEquals(
        List.of(
            "hosts[1]: does not match the regex pattern ^[a-z]+$ at 6:12",
            "level: does not have a value in the enumeration [\"info\", \"debug\"] at 5:8",
            "server.port: must have a maximum value of 65535 at 3:9",
            "server.prot: property 'prot' is not defined in the schema and the schema does not"
                + " allow additional properties at 4:9",
            "server: required property 'host' not found at 3:3"),
        problems(
            """
            server:
              # no host
              port: 65536
              prot: 80
            level: trace
            hosts: [a, B]
            """));
  }

  @Test
  void textsThatAreNumbersOrBooleans_countAsSuch() throws IOException {
    assertEquals(List.of(), problems("server: {host: a, port: '80', tls: 'true'}"));
    assertEquals(
        List.of("server.port: must have a maximum value of 65535 at 1:25"),
        problems("server: {host: a, port: '65536'}"));
    assertEquals(
        List.of("server.port: string found, integer expected at 1:25"),
        problems("server: {host: a, port: '80a'}"));
  }

  @Test
  void textsElsewhere_andOtherTypes_doNotCount() throws IOException {
    assertEquals(
        List.of("hosts: object found, array expected at 2:8"),
        problems("server: {host: a}\nhosts: {a: b}"));
    assertEquals(
        List.of("server.host: integer found, string expected at 1:16"),
        problems("server: {host: 1}"));
  }

  @Test
  void secretValue_isNotInWhatIsSaid() throws IOException {
    assertEquals(
        List.of("password: it does not match \"minLength\" at 2:11"),
        problems("server: {host: a}\npassword: hunter2"));
  }

  @Test
  void missingKey_isNamed_whateverSecretsStandBesideIt() throws IOException {
    assertEquals(
        List.of(": required property 'server' not found at 1:1"),
        problems("password: abcdefghijkl"));
  }

  @Test
  void emptyConfig_isCheckedToo() throws IOException {
    assertEquals(List.of(": required property 'server' not found"), problems(""));
  }

  @Test
  void change_thatBreaksTheSchema_isRefused() {
    MemorySource memory = Sources.memory("memory");
    memory.put("server.host", "a");
    try (Config config =
        Config.builder().source(memory).validator("schema", schema(SCHEMA)).build()) {
      ConfigException refused =
          assertThrows(ConfigException.class, () -> memory.put("server.port", 0));
      assertEquals(
          "refused by the validator \"schema\": must have a minimum value of 1",
          refused.problems().get(0).message());
      assertEquals(2, memory.put("server.port", 1));
      assertEquals(1, config.get("server.port").asInt());
    }
  }

  @Test
  void messages_areInEnglish_whateverTheMachineSpeaks() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertEquals(List.of(": required property 'server' not found at 1:1"), problems("a: 1"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void numbers_keepWhatIsWritten_andHugeOnesDoNoHarm() {
    JsonSchema schema =
        schema(
            """
            {"properties": {"n": {"type": "number", "multipleOf": 0.1}, "i": {"const": 9007199254740993}}}
            """);
    MemorySource memory = Sources.memory("memory");
    try (Config config = Config.builder().source(memory).validator("s", schema).build()) {
      memory.put("i", 9007199254740993L);
      assertThrows(ConfigException.class, () -> memory.put("i", 9007199254740992L));
      memory.put("n", new BigDecimal("0.30"));
      assertThrows(ConfigException.class, () -> memory.put("n", new BigDecimal("1e999999999")));
      assertEquals("0.30", config.get("n").asString());
    }
  }

  @Test
  void schemaOfAnotherFormat_isReadToo() throws IOException {
    Path file = Files.writeString(folder.resolve("s.yaml"), "required: [a]\n");
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                Config.builder()
                    .source(Sources.map("m", Map.of()))
                    .validator("s", JsonSchema.read(file))
                    .build());
    assertEquals(1, refused.problems().size());
  }

  @Test
  void formats_areAsserted() {
    JsonSchema schema =
        schema("{\"properties\": {\"at\": {\"type\": \"string\", \"format\": \"date-time\"}}}");
    MemorySource memory = Sources.memory("memory");
    try (Config config = Config.builder().source(memory).validator("s", schema).build()) {
      memory.put("at", "2026-01-01T00:00:00Z");
      assertThrows(ConfigException.class, () -> memory.put("at", "2026-13-01T00:00:00Z"));
      assertEquals("2026-01-01T00:00:00Z", config.get("at").asString());
    }
  }

  // ---- schemas that are none

  /** What is wrong with a schema, without the folder. */
  private List<String> wrong(String schema) {
    ConfigException wrong = assertThrows(ConfigException.class, () -> schema(schema));
    return wrong.problems().stream()
        .map(problem -> problem.toString().replace(folder + "/", "").replace("\n        ", " "))
        .toList();
  }

  @Test
  void schemaThatIsNone_isToldWithItsPlace() {
    assertEquals(
        List.of(
            "GIM-004 type: does not have a value in the enumeration [\"array\", \"boolean\","
                + " \"integer\", \"null\", \"number\", \"object\", \"string\"]"
                + " at app.schema.json:2:11"),
        wrong("{\n  \"type\": \"strng\"\n}"));
    assertEquals(
        List.of("GIM-004 maximum: string found, number expected at app.schema.json:1:13"),
        wrong("{\"maximum\": \"5\"}"));
  }

  @Test
  void patternThatIsNone_isTold() {
    assertEquals(
        List.of(
            "GIM-004 pattern: must be a valid ECMA-262 regular expression"
                + " at app.schema.json:1:13"),
        wrong("{\"pattern\": \"(\"}"));
  }

  @Test
  void schemaThatCannotBeRead_isTold() throws IOException {
    Path missing = folder.resolve("missing.json");
    ConfigException absent = assertThrows(ConfigException.class, () -> JsonSchema.read(missing));
    assertEquals(
        "GIM-011 there is no schema at this path\n        at " + missing, absent.getMessage());
    Path relative = Path.of("missing.json");
    ConfigException here = assertThrows(ConfigException.class, () -> JsonSchema.read(relative));
    assertEquals(
        "GIM-011 there is no schema at this path (in "
            + relative.toAbsolutePath().getParent()
            + ")\n        at missing.json",
        here.getMessage());
    Path directory = Files.createDirectory(folder.resolve("directory.json"));
    ConfigException wrong = assertThrows(ConfigException.class, () -> JsonSchema.read(directory));
    assertEquals(
        "GIM-012 the schema cannot be read: it is a directory\n        at " + directory,
        wrong.getMessage());
    assertEquals(
        ErrorCode.MALFORMED, assertThrows(ConfigException.class, () -> schema("{")).code());
  }

  @Test
  void referenceToElsewhere_isNotFetched() {
    assertEquals(
        List.of(
            "GIM-004 properties.a.$ref: the reference leads out of the schema; nothing is fetched"
                + " at app.schema.json:1:31"),
        wrong("{\"properties\": {\"a\": {\"$ref\": \"http://127.0.0.1:1/other.json#/a\"}}}"));
    assertEquals(
        List.of(
            "GIM-004 $ref: the reference leads out of the schema; nothing is fetched"
                + " at app.schema.json:1:10"),
        wrong("{\"$ref\": \"other.json\"}"));
  }

  @Test
  void referenceToNothing_isTold() {
    assertEquals(
        List.of("GIM-004 $ref: the reference leads to nothing at app.schema.json:1:10"),
        wrong("{\"$ref\": \"#/$defs/none\"}"));
  }

  @Test
  void draftThatIsNotKnown_isTold() {
    assertEquals(
        List.of(
            "GIM-004 $schema: found \"http://foo/bar\", expected the draft 4, 6, 7, 2019-09 or"
                + " 2020-12 of JSON Schema, such as https://json-schema.org/draft/2020-12/schema;"
                + " nothing is fetched at app.schema.json:1:13"),
        wrong("{\"$schema\": \"http://foo/bar\"}"));
  }

  @Test
  void whatIsWriteOnly_isASecret() {
    JsonSchema schema =
        schema(
            """
            {"properties": {
               "a": {"$ref": "#/$defs/account"},
               "b": {"additionalProperties": {"allOf": [{"$ref": "#/$defs/account"}]}},
               "c": {"items": {"properties": {"x": {"writeOnly": true}}}},
               "d": {"prefixItems": [{"writeOnly": true}, {}]},
               "e.f": {"writeOnly": true},
               "g": {"patternProperties": {"^x": {"writeOnly": true}}},
               "h": {"writeOnly": false},
               "i": {"$ref": "#/$defs/tree"},
               "j": {"$ref": "#/$defs/clean"}},
             "if": {"properties": {"k": {"writeOnly": true}}},
             "$defs": {
               "account": {"properties": {"pin": {"writeOnly": true}, "user": {}}},
               "clean": {"properties": {"next": {"$ref": "#/$defs/clean"}}},
               "tree": {"properties": {
                 "code": {"writeOnly": true}, "left": {"$ref": "#/$defs/tree"}}}}}
            """);
    assertEquals(
        List.of("\"e.f\"", "a.pin", "b.*.pin", "c.*.x", "d.*", "g.*", "i.code", "i.left", "k"),
        schema.secrets().stream().sorted().toList());
    Map<String, Object> values = Map.of("a.pin", "hunter2", "a.user", "u");
    try (Config config =
        Config.builder().source(Sources.map("map", values)).validator("schema", schema).build()) {
      assertEquals("a.pin = ***", config.get("a.pin").toString());
      assertEquals("a.user = u", config.get("a.user").toString());
    }
  }

  @Test
  void whatIsWriteOnly_isFoundBehindEveryReference() {
    JsonSchema schema =
        schema(
            """
            {"$id": "http://x/app.json",
             "properties": {
               "primary": {"oneOf": [{"$ref": "#/$defs/pg"}, {"$ref": "#/$defs/my"}]},
               "replica": {"$ref": "#/$defs/my"},
               "anchored": {"$ref": "#base"},
               "self": {"$ref": "http://x/app.json#/$defs/base"},
               "loop": {"$ref": "#/$defs/a"},
               "db": {"$ref": "#/$defs/base"}},
             "patternProperties": {"^tenant-": {"$ref": "#/properties/db"}},
             "dependentSchemas": {"x": {"properties": {"dep": {"writeOnly": true}}}},
             "$defs": {
               "base": {"$anchor": "base", "properties": {"pw": {"writeOnly": true}}},
               "pg": {"allOf": [{"$ref": "#/$defs/base"}]},
               "my": {"allOf": [{"$ref": "#/$defs/base"}]},
               "a": {"properties": {"s": {"writeOnly": true}, "b": {"$ref": "#/$defs/b"}}},
               "b": {"properties": {"a": {"$ref": "#/$defs/a"}, "next": {"$ref": "#/$defs/b"}}}}}
            """);
    assertEquals(
        List.of(
            "*.pw",
            "anchored.pw",
            "db.pw",
            "dep",
            "loop.b.a",
            "loop.b.next",
            "loop.s",
            "primary.pw",
            "replica.pw",
            "self.pw"),
        schema.secrets().stream().sorted().toList());
  }

  @Test
  void schemaWithoutWriteOnly_hasNoSecrets() {
    assertEquals(
        List.of(),
        schema(
                "{\"$defs\": {\"a\": {\"items\": {\"$ref\": \"#/$defs/a\"}}}, \"$ref\": \"#/$defs/a\"}")
            .secrets());
  }
}
