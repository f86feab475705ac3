package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GetTest {

  @TempDir Path folder;
  private String defaults = "";
  private String app = "";

  @BeforeEach
  void writeFiles() throws IOException {
    defaults = write("defaults.properties", "server.port=80\nserver.host=localhost\nname=Grüße\n");
    app =
        write(
            "app.yaml",
            """
            server:
              port: 8080
              ratio: 1.10
              empty: {}
            hosts: [a, b]
            nested: [[1], {x: 2}]
            gone: null
            url: http://${server.host}:${server.port}
            db:
              password: hunter2
              tokens: [t1, t2]
            """);
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @ParameterizedTest
  @CsvSource({"?document=1, 1", "?document=2, 2", "?document=all, 2"})
  void get_ofOneOfSeveralDocuments_orOfAll(String option, String expected) throws IOException {
    String several = write("several.yaml", "a: 1\n---\na: 2\n");
    assertEquals(
        new Run(0, expected + "\n", ""), Run.gimbal("get", "a", "--source", several + option));
  }

  @Test
  void get_ofSeveralDocuments_saysHowToChoose() throws IOException {
    String several = write("several.yaml", "a: 1\n---\na: 2\n");
    Run run = Run.gimbal("get", "a", "--source", several);
    assertEquals(3, run.exit());
    assertTrue(run.err().contains("document=all merges"), run.err());
  }

  private Run get(String... args) {
    String[] all = new String[args.length + 5];
    all[0] = "get";
    all[1] = "--source";
    all[2] = defaults;
    all[3] = "--source";
    all[4] = app;
    System.arraycopy(args, 0, all, 5, args.length);
    return Run.gimbal(all);
  }

  @ParameterizedTest
  @CsvSource({
    "server.port, 8080",
    "server.host, localhost",
    "server.ratio, 1.10",
    "name, Grüße",
    "hosts[1], b",
    "url, http://localhost:8080",
    "db.password, ***",
    "db.tokens[0], ***",
  })
  void get_ofAScalar_printsItsText(String path, String text) {
    assertEquals(new Run(0, text + "\n", ""), get(path));
  }

  @Test
  void get_ofAnObject_printsJson() {
    assertEquals(
        new Run(
            0,
            """
            {
              "empty": {},
              "host": "localhost",
              "port": 8080,
              "ratio": 1.10
            }
            """,
            ""),
        get("server"));
  }

  @Test
  void get_ofAnEmptyObject_exists() {
    assertEquals(new Run(0, "{}\n", ""), get("server.empty"));
  }

  @ParameterizedTest
  @CsvSource({
    "other, other",
    "gone, gone",
    "hosts[2], hosts[2]",
    "server.port.x, server.port.x",
    "sever.prot, sever.prot",
    "server.prot, server.prot; did you mean server.port?",
    "db.token, db.token; did you mean db.tokens?",
  })
  void get_ofNothing_exits1(String path, String named) {
    assertEquals(new Run(1, "", "absent: " + named + "\n"), get(path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server.port | json | 8080",
        "server.ratio | json | 1.10",
        "server.host | json | \"localhost\"",
        "hosts | raw | 'a\nb'",
        "server.port | properties | port=8080",
        "server.port | yaml | 8080",
        "hosts | yaml | '- a\n- b'",
        "db | yaml | 'password: \"***\"\ntokens: \"***\"'",
        "server.port | toml | port = 8080",
        "server.ratio | hcl | ratio = 1.10",
        "server.port | hocon | port = 8080",
        "hosts | toml | 'hosts = [\"a\", \"b\"]'",
        "hosts | dotenv | 'hosts[0]=a\nhosts[1]=b'",
        "db | toml | 'password = \"***\"\ntokens = \"***\"'",
        "server.port | xml | '<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<config>\n"
            + "  <port>8080</port>\n"
            + "</config>'",
      })
  void get_withOutput_printsThatForm(String path, String output, String text) {
    assertEquals(new Run(0, text + "\n", ""), get(path, "--output", output));
  }

  @Test
  void get_ofAnObjectAsRaw_isAnErrorOfUsage() {
    String message =
        "gimbal get: --output raw: shows scalars and lists of scalars; use json or yaml here"
            + " (see gimbal get --help)\n";
    assertEquals(new Run(2, "", message), get("server", "-o", "raw"));
    assertEquals(new Run(2, "", message), get("nested", "-o", "raw"));
  }

  @Test
  void get_withReveal_showsSecrets() {
    assertEquals(new Run(0, "hunter2\n", ""), get("db.password", "--reveal"));
    assertEquals(new Run(0, "t1\nt2\n", ""), get("db.tokens", "-o", "raw", "--reveal"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server.port=90 | server.port | 90",
        "server.port=90 | url | \"http://localhost:90\"",
        "hosts[1]=c | hosts[1] | \"c\"",
        "hosts[1]=c | hosts[0] | \"a\"",
        "nested[1].x=3 | nested[1].x | 3",
        "name=${server.port} | name | \"${server.port}\"",
      })
  void get_withSet_seesItAboveAllSources(String set, String path, String json) {
    assertEquals(new Run(0, json + "\n", ""), get(path, "--set", set, "--output", "json"));
  }

  @Test
  void get_withSetOfNull_removesTheValue() {
    assertEquals(new Run(1, "", "absent: hosts\n"), get("hosts", "--set", "hosts=null"));
  }

  @Test
  void get_ofAPlaceholderWithoutValue_exits3WithItsPlace() {
    Run run = get("name", "--set", "server.port=null");

    assertEquals(3, run.exit());
    assertEquals("", run.out());
    assertEquals("        at " + app + ":8:6", run.err().split("\n")[1]);
  }

  @Test
  void get_ofAnEmptyObjectAsProperties_isAnErrorOfUsage() {
    assertEquals(
        new Run(
            2,
            "",
            "gimbal get: --output properties: empty: properties cannot express an empty object"
                + " (see gimbal get --help)\n"),
        get("server", "-o", "properties"));
  }

  @Test
  void get_ofSetAlone_needsNoSource() {
    assertEquals(new Run(0, "1\n", ""), Run.gimbal("get", "a", "--set", "a=1"));
  }

  @Test
  void get_ofAMalformedFile_exits3WithItsPlace() throws IOException {
    String bad = write("bad.json", "{\"a\": 1,\n \"a\": 2}");

    assertEquals(
        new Run(
            3,
            "",
            "GIM-006 the key \"a\" stands twice, first at 1:2\n        at "
                + bad
                + ":2:2\n       2 |  \"a\": ***\n         |  ^\n"),
        Run.gimbal("get", "--source", bad));
  }

  @Test
  void get_ofAMissingFile_exits3() {
    String none = folder.resolve("none.yaml").toString();

    assertEquals(
        new Run(3, "", "GIM-011 there is nothing at this path\n        at " + none + "\n"),
        Run.gimbal("get", "--source", none));
  }

  @Test
  void get_withAnOptionalSourceThatCannotBeRead_saysSoAndPrintsTheRest() {
    assertEquals(
        new Run(
            0,
            "8080\n",
            "down: $f: GIM-012 it cannot be read: it is a directory\n        at $f\n"
                .replace("$f", folder.toString())),
        get("server.port", "-s", "file:" + folder + "?optional=true"));
  }

  @Test
  void get_withAFileOf0Bytes_saysSoAndPrintsTheRest() throws IOException {
    String empty = write("empty.yaml", "");

    assertEquals(
        new Run(
            0,
            "8080\n",
            "degraded: $f: GIM-012 0 bytes; taken as an empty document ({} is how to say empty)\n        at $f\n"
                .replace("$f", empty)),
        get("server.port", "-s", empty));
  }

  @Test
  void get_withAnOptionalSourceThatIsNotThere_saysNothing() {
    assertEquals(
        new Run(0, "8080\n", ""), get("server.port", "-s", folder + "/none.yaml?optional=true"));
  }
}
