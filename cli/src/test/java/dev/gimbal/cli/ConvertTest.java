package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConvertTest {

  private static final String YAML =
      """
      # not kept
      db: {password: hunter2, url: "${db.host}:${none}"}
      gone: null
      ratio: 1.10
      """;

  private static final String JSON =
      """
      {
        "db": {
          "password": "hunter2",
          "url": "${db.host}:${none}"
        },
        "gone": null,
        "ratio": 1.10
      }
      """;

  @TempDir Path folder;

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void convert_ofAFile_keepsNullsPlaceholdersAndTheTextOfNumbers() throws IOException {
    String file = write("app.yaml", YAML);

    assertEquals(new Run(0, JSON, ""), Run.gimbal("convert", file, "--to", "json", "--reveal"));
    assertEquals(
        new Run(0, JSON, ""), Run.gimbal("convert", "file:" + file, "--to", "json", "--reveal"));
  }

  @Test
  @Tag("G11")
  void convert_ofSecrets_isRefusedWithoutReveal() throws IOException {
    String text =
        """
        db: {password: hunter2, url: "${db.password:hunter3}", pin: 1234}
        tokens: [hunter4, x]
        users: [{name: n, secret: hunter5}]
        """;
    String file = write("app.yaml", text);
    String secret = "it is a secret, which --reveal prints\n        at ";

    assertEquals(
        new Run(
            3,
            "",
            """
            GIM-019 db.password: !$:1:16
            GIM-019 db.pin: !$:1:61
            GIM-019 db.url: !$:1:30
            GIM-019 tokens: !$:2:9
            GIM-019 users[0].secret: !$:3:27
            """
                .replace("!", secret)
                .replace("$", file)),
        sorted(Run.gimbal("convert", file, "--to", "json", "--secret", "**.pin")));
    assertEquals(
        new Run(3, "", ("GIM-019 a: !standard input:1:4\n").replace("!", secret)),
        Run.reading("a: 1\n", "convert", "-", "--from", "yaml", "--to", "json", "--secret", "a"));
    assertEquals(
        new Run(3, "", ("GIM-019 a: !" + folder + "/b.yaml:1:4\n").replace("!", secret)),
        Run.gimbal("convert", write("b.yaml", "a: ${x}y\n") + "?secret=true", "--to", "json"));
  }

  /** Problems in the order of their texts. */
  private static Run sorted(Run run) {
    List<String> problems = new ArrayList<>(List.of(run.err().split("(?m)^(?=GIM-)")));
    problems.sort(null);
    return new Run(run.exit(), run.out(), String.join("", problems));
  }

  @Test
  void convert_ofSecretsThatNobodyCanRead_isDone() throws IOException {
    String yaml =
        "a.password=ENC[aes-256-gcm,k1,YWJj]\nb.password=${env:DB_PASSWORD}\nc.password=${d}\n";

    assertEquals(
        new Run(0, yaml, ""),
        Run.gimbal("convert", write("a.properties", yaml), "--to", "properties"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "/dev/stdin"})
  void convert_ofStandardInput_readsItAsTheFormatGiven(String input) {
    assertEquals(
        new Run(0, JSON, ""),
        Run.reading(YAML, "convert", input, "--from", "yml", "--to", "json", "--reveal"));
  }

  @Test
  void convert_withFrom_needsNoExtension() throws IOException {
    String file = write("a?b", "port=80\n");

    Run run = Run.gimbal("convert", file, "--from", "properties", "--to", "yaml");

    assertEquals(new Run(0, "port: \"80\"\n", ""), run);
  }

  @Test
  void convert_withFromAndOptions_takesBoth() throws IOException {
    String file = write("dotted", "a.b: 1\n");

    Run run = Run.gimbal("convert", file + "?dottedKeys=expand", "--from", "yaml", "--to", "yaml");

    assertEquals(new Run(0, "a:\n  b: 1\n", ""), run);
  }

  @Test
  void convert_ofAFolder_writesItsTree() throws IOException {
    write("port", "80");
    write("host", "h");

    assertEquals(
        new Run(0, "host=h\nport=80\n", ""),
        Run.gimbal("convert", "dir:" + folder, "--to", "properties"));
  }

  @Test
  void convert_ofWhatTheFormatCannotExpress_exits3WithEachPath() throws IOException {
    String file = write("app.yaml", "a: {b: null, c: {}}\nd: [1, []]\n");

    assertEquals(
        new Run(
            3,
            "",
            """
            GIM-019 a.b: properties cannot express null
            GIM-019 a.c: properties cannot express an empty object
            GIM-019 d[1]: properties cannot express an empty list
            """),
        Run.gimbal("convert", file, "--to", "properties"));
  }

  @Test
  void convert_ofOddProperties_warnsOfNothing() throws IOException {
    String file = write("odd.properties", "a=1\na=2\n");

    assertEquals(
        new Run(0, "{\n  \"a\": \"2\"\n}\n", ""), Run.gimbal("convert", file, "--to", "json"));
  }

  @Test
  void convert_ofTooMuchInput_exits3() {
    String tooMuch = " ".repeat(10 * 1024 * 1024 + 2);

    Run run = Run.reading(tooMuch, "convert", "-", "--from", "json", "--to", "yaml");

    assertEquals(
        new Run(
            3,
            "",
            "GIM-005 10485761 bytes, more than maxBytes 10485760\n        at standard input\n"),
        run);
  }

  @Test
  void convert_ofWrongInput_exits3WithItsPlace() throws IOException {
    String none = folder.resolve("none.yaml").toString();

    assertEquals(
        new Run(
            3,
            "",
            "GIM-006 the key \"a\" stands twice, first at 1:2\n        at standard input:2:1\n"
                + "       2 | \"a\":***\n         | ^\n"),
        Run.reading("{\"a\":1,\n\"a\":2}", "convert", "-", "--from", "json", "--to", "yaml"));
    assertEquals(
        new Run(3, "", "GIM-011 there is nothing at this path\n        at " + none + "\n"),
        Run.gimbal("convert", none, "--to", "json"));
  }

  @Test
  void convert_ofInputThatCannotBeRead_exits3() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Is a directory");
          }
        };

    assertEquals(
        new Run(3, "", "GIM-012 it cannot be read: Is a directory\n        at standard input\n"),
        Run.reading(broken, "convert", "-", "--from", "json", "--to", "yaml"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "yaml", "toml", "hcl", "hocon", "properties", "dotenv", "xml"})
  void convert_thereAndBack_isTheSame(String format) throws IOException {
    String json = "{\n  \"HOST\": \"h\",\n  \"PORT\": \"80\"\n}\n";
    Run there = Run.gimbal("convert", write("a.json", json), "--to", format);

    Run back = Run.reading(there.out(), "convert", "-", "--from", format, "--to", "json");

    assertEquals(new Run(0, json, ""), back);
  }

  /** A literal of a format that marks literals stays one where none can be marked. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A='${B}' | {\"A\":\"$${B}\"}",
        "A=\"${B}\" | {\"A\":\"${B}\"}",
        "A='a$${b${c}}}d${e' | {\"A\":\"a$$${b${c}}}d$${e\"}",
        "A='$B{}' | {\"A\":\"$B{}\"}"
      })
  void convert_ofLiterals_escapesThem(String dotenv, String json) {
    Run run = Run.reading(dotenv + "\n", "convert", "-", "--from", "env", "--to", "json");

    assertEquals(new Run(0, json, ""), new Run(0, run.out().replaceAll("\\s", ""), run.err()));
  }

  @Test
  void convert_ofAPlaceholderToDotenvAndBack_isTheSame() {
    String json = "{\n  \"A\": \"x\",\n  \"B\": \"${A} $${A}\"\n}\n";

    Run there = Run.reading(json, "convert", "-", "--from", "json", "--to", "env");
    Run back = Run.reading(there.out(), "convert", "-", "--from", "env", "--to", "json");

    assertEquals(new Run(0, json, ""), back);
  }

  @Test
  void convert_ofAPlaceholderToHcl_isRefused() {
    String json = "{\"a\": \"$${b}\"}";

    Run run = Run.reading(json, "convert", "-", "--from", "json", "--to", "hcl");

    String message = "hcl cannot express placeholders: their text reads back as plain text";
    assertEquals(new Run(3, "", "GIM-019 a: " + message + "\n"), run);
  }

  /** What a file says is resolved as what it was converted from. */
  @ParameterizedTest
  @ValueSource(strings = {"json", "yaml", "toml", "hocon", "properties", "xml", "dotenv"})
  void convert_ofLiterals_givesTheSameValues(String format) throws IOException {
    String dotenv = write("a.env", "A=x\nB='${A}'\nC=\"${A}\"\nD='$${A} ${{x}}'\n");
    Run written = Run.gimbal("convert", dotenv, "--to", format);
    String converted = write("b." + format, written.out());

    Run get = Run.gimbal("get", "--source", converted, "--output", "json");

    assertEquals(Run.gimbal("get", "--source", dotenv, "--output", "json"), get);
    assertEquals(0, get.exit(), get.err());
  }
}
