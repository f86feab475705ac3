package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code encrypt --in} and {@code rotate}: files of each format, byte by byte. */
@Timeout(60)
final class EncryptInTest {

  /** An encrypted value; the group is the id of its key. */
  private static final Pattern ENCRYPTED =
      Pattern.compile("ENC\\[aes-256-gcm,(k[12]),[A-Za-z0-9+/=]+]");

  @TempDir Path folder;
  private String keys;

  /**
   * A file as it is before, and after, with {@code <k1>} where an encrypted value stands.
   *
   * @param values what stands at the paths
   */
  private record Sample(
      String file, List<String> paths, List<String> values, String before, String after) {
    @Override
    public String toString() {
      return file;
    }
  }

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "app.yaml",
            List.of("db.password", "db.port", "db.replicas[1].password", "tokens[1]", "key"),
            List.of("hunter2", "5432", "it's # two", "b", "-----BEGIN\nAAAA\n-----END\n"),
            """
            # Production. Ask ops before a change.
            db:
                host:  &h db.example   # the primary
                password: hunter2\t# rotated in May
                port: 5432
                replicas:
                -   { host: r1.example, password: 'one' }
                -   { host: r2.example, password: 'it''s # two' }   # slow

            tokens: [ a, "b" , c ]
            key: |  # of the server
              -----BEGIN
              AAAA
              -----END
            last: *h\
            """,
            """
            # Production. Ask ops before a change.
            db:
                host:  &h db.example   # the primary
                password: <k1>\t# rotated in May
                port: <k1>
                replicas:
                -   { host: r1.example, password: 'one' }
                -   { host: r2.example, password: '<k1>' }   # slow

            tokens: [ a, "<k1>" , c ]
            key: <k1>  # of the server
            last: *h\
            """),
        new Sample(
            "app.json",
            List.of("db.password", "ports[1]", "\"a.b\""),
            List.of("hunter\t2\u00e9", "8443", "true"),
            "\uFEFF{\r\n\t\"db\" : { \"password\":\"hunter\\t2\\u00e9\",\"user\":\"app\" },\r\n"
                + "\t\"ports\": [8080,8443 , 1.50],\r\n\t\"a.b\"   :   true\r\n}\r\n\r\n",
            "\uFEFF{\r\n\t\"db\" : { \"password\":\"<k1>\",\"user\":\"app\" },\r\n"
                + "\t\"ports\": [8080,\"<k1>\" , 1.50],\r\n\t\"a.b\"   :   \"<k1>\"\r\n}\r\n\r\n"),
        new Sample(
            "app.jsonc",
            List.of("token"),
            List.of("hunter2"),
            "// of the staging site\n{ /* a */ \"token\": /* b */ \"hunter2\", // c\n  \"n\": 1, }\n",
            "// of the staging site\n{ /* a */ \"token\": /* b */ \"<k1>\", // c\n  \"n\": 1, }\n"),
        new Sample(
            "app.toml",
            List.of("title", "db.password", "db.port", "servers[1].token"),
            List.of("of all", "hunter2", "5432", "two\nlines"),
            """
            title = 'of all' # literal

            [db]
            host   = "db.example"
            password   = "hunter2"  # secret
            port = 5432

              [[servers]]
              token = "one"
              [[servers]]
              token = \"""
            two
            lines\"""
            """,
            """
            title = '<k1>' # literal

            [db]
            host   = "db.example"
            password   = "<k1>"  # secret
            port = "<k1>"

              [[servers]]
              token = "one"
              [[servers]]
              token = "<k1>"
            """),
        new Sample(
            "app.properties",
            List.of("db.password", "db.url", "port"),
            List.of("hunter2 ", "jdbc:a:b", "8080"),
            "#c\r\n! d\r\ndb.password = hunter2 \r\ndb.url:jdbc\\:a\\\r\n    :b\r\n  port 8080\r\nz",
            "#c\r\n! d\r\ndb.password = <k1>\r\ndb.url:<k1>\r\n  port <k1>\r\nz"),
        new Sample(
            "app.env",
            List.of("DB_PASSWORD", "API_TOKEN", "PIN"),
            List.of("hunter2", "a b", "1234"),
            "# local\nexport DB_PASSWORD=hunter2 # c\n\nAPI_TOKEN='a b'\r\nPIN=\"1234\"\nEMPTY=",
            "# local\nexport DB_PASSWORD='<k1>' # c\n\nAPI_TOKEN='<k1>'\r\nPIN=\"<k1>\"\nEMPTY="));
  }

  @BeforeEach
  void makeKeys() throws IOException {
    keys = folder.resolve("app.keys").toString();
    assertEquals(new Run(0, "", ""), Run.gimbal("keygen", "k1", "--key-file", keys));
  }

  /** Puts a new key before the others. */
  private void addKey(String id) throws IOException {
    Path file = Path.of(keys);
    Files.writeString(file, Run.gimbal("keygen", id).out() + Files.readString(file));
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static String read(String file) throws IOException {
    return Files.readString(Path.of(file));
  }

  private static String shown(String file) throws IOException {
    return ENCRYPTED.matcher(read(file)).replaceAll("<$1>");
  }

  private Run encrypt(String file, List<String> paths) {
    List<String> args = new ArrayList<>(List.of("encrypt"));
    args.addAll(paths);
    args.addAll(List.of("--in", file, "--key-file", keys));
    return Run.gimbal(args.toArray(String[]::new));
  }

  private Run rotate(String... files) {
    List<String> args = new ArrayList<>(List.of("rotate"));
    args.addAll(List.of(files));
    args.addAll(List.of("--key-file", keys));
    return Run.gimbal(args.toArray(String[]::new));
  }

  private Run get(String file, String path) {
    return Run.gimbal(
        "get", path, "--source", file, "--key-file", keys, "--reveal", "--output", "json");
  }

  private static String json(String text) {
    String escaped =
        text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\"", "\\\"");
    return '"' + escaped + "\"\n";
  }

  @ParameterizedTest
  @MethodSource("samples")
  void encryptAndRotate_changeTheValuesAlone(Sample sample) throws IOException {
    String file = write(sample.file, sample.before);
    int count = sample.paths.size();
    String values = ": " + count + (count == 1 ? " value, " : " values, ");
    assertEquals(
        new Run(0, file + values + count + " encrypted\n", ""), encrypt(file, sample.paths));
    assertEquals(sample.after, shown(file));
    String encrypted = read(file);

    assertEquals(new Run(0, file + values + "0 encrypted anew\n", ""), rotate(file));
    assertEquals(encrypted, read(file));
    addKey("k2");
    assertEquals(new Run(0, file + values + count + " encrypted anew\n", ""), rotate(file));
    assertEquals(sample.after.replace("<k1>", "<k2>"), shown(file));
    for (int i = 0; i < count; i++) {
      assertEquals(new Run(0, json(sample.values.get(i)), ""), get(file, sample.paths.get(i)));
    }
  }

  @Test
  void encrypt_whatIsEncrypted_tellsSo() throws IOException {
    String file = write("app.yaml", "a: 1\nb: 2\n");
    encrypt(file, List.of("a"));
    addKey("k2");
    assertEquals(
        new Run(0, file + ": 2 values, 1 encrypted\n", "encrypted already: a\n"),
        encrypt(file, List.of("a", "b")));
    assertEquals("a: <k1>\nb: <k2>\n", shown(file));
    assertEquals(
        new Run(0, file + ": 2 values, 1 encrypted anew\n", ""),
        Run.gimbal("rotate", file, "--key", "k1", "--key-file", keys));
    assertEquals("a: <k1>\nb: <k1>\n", shown(file));
  }

  @Test
  void encrypt_whatIsNoPlainValue_isRefused_andLeavesTheFile() throws IOException {
    String text = "pin: hunter2\nlist: [1]\nnone: null\nurl: x${pin}\n";
    String file = write("app.yaml", text);
    assertEquals(
        new Run(
            3,
            "",
            """
            GIM-002 pins: nothing stands here
                    at FILE
            GIM-028 list: a list stands here; name its values by their indexes
                    at FILE:2:7
            GIM-028 none: null is no value that could be encrypted
                    at FILE:3:7
            GIM-028 url: a text with a placeholder is not resolved any more when it is encrypted
                    at FILE:4:6
            """
                .replace("FILE", file)),
        encrypt(file, List.of("pin", "pins", "list", "none", "url")));
    assertEquals(text, read(file));
  }

  @Test
  void encrypt_aliasedOrWithoutAnEditor_isRefused_andShowsNoValue() throws IOException {
    String yaml = write("app.yaml", "pin: &p hunter2\nother: *p\n");
    Run run = encrypt(yaml, List.of("pin"));
    assertEquals("GIM-028 pin: ", run.err().substring(0, 13));
    assertEquals(3, run.exit());
    assertFalse(run.err().contains("hunter2"), run.err());
    assertEquals("pin: &p hunter2\nother: *p\n", read(yaml));
    int refused = 0;
    for (String name : List.of("app.conf", "app.hcl", "app.xml")) {
      String file = write(name, name.endsWith("xml") ? "<c><pin>1</pin></c>" : "pin = 1\n");
      assertEquals(
          new Run(
              3,
              "",
              "GIM-028 the format "
                  + name.substring(4).replace("conf", "hocon")
                  + " has no editor\n        at "
                  + file
                  + "\n"),
          encrypt(file, List.of("pin")));
      assertEquals(new Run(0, file + ": 0 values, 0 encrypted anew\n", ""), rotate(file));
      refused++;
    }
    assertEquals(3, refused);
  }

  @Test
  void encrypt_withWrongUsage_exits2() throws IOException {
    String file = write("app.yaml", "a: 1\n");
    assertEquals(
        new Run(
            2,
            "",
            "gimbal encrypt: several paths, and --in is missing: standard input is one value (see"
                + " gimbal encrypt --help)\n"),
        Run.gimbal("encrypt", "a", "b", "--key-file", keys));
    assertEquals(
        "gimbal encrypt: PATH: it is empty (expected: where the value will stand) (see gimbal"
            + " encrypt --help)\n",
        encrypt(file, List.of("a", "")).err());
    assertEquals(2, Run.gimbal("rotate", "--key-file", keys).exit());
    assertEquals(2, Run.gimbal("rotate", file).exit());
    assertEquals("a: 1\n", read(file));
  }

  @Test
  void rotate_withAFileThatDoesNotDecrypt_leavesIt_andDoesTheOthers() throws IOException {
    String one = write("one.yaml", "a: 1\n");
    String two = write("two.env", "a=1\nb=2\n");
    encrypt(one, List.of("a"));
    encrypt(two, List.of("a", "b"));
    String broken = write("broken.json", "{\"b\": \"" + read(one).substring(3).strip() + "\"}");
    String before = read(broken);
    String missing = folder.resolve("missing.yaml").toString();
    addKey("k2");
    assertEquals(
        new Run(
            3,
            one + ": 1 value, 1 encrypted anew\n" + two + ": 2 values, 2 encrypted anew\n",
            "GIM-027 b: it does not decrypt with key \"k1\" at this path: it was altered, moved here"
                + " from another path, or encrypted with another key of that id\n        at "
                + broken
                + ":1:7\nGIM-011 there is no file at this path, and an edit makes none: make it first\n        at "
                + missing
                + "\n"),
        rotate(one, broken, missing, two));
    assertEquals(before, read(broken));
  }

  @Test
  void rotate_keepsPermissions_andTakesAFormat() throws IOException {
    String file = write("settings", "a = 1\n");
    Files.setPosixFilePermissions(Path.of(file), PosixFilePermissions.fromString("rw-r-----"));
    Run encrypted =
        Run.gimbal("encrypt", "a", "--in", file, "--format", "toml", "--key-file", keys);
    assertEquals(new Run(0, file + ": 1 value, 1 encrypted\n", ""), encrypted);
    addKey("k2");
    assertEquals(
        new Run(0, file + ": 1 value, 1 encrypted anew\n", ""),
        Run.gimbal("rotate", file, "--format", "toml", "--key-file", keys));
    assertEquals("a = \"<k2>\"\n", shown(file));
    assertEquals(
        "rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file))));
  }

  /** A text in a block, and values of algorithms that know no path. */
  @Test
  void rotate_ofABlock_keepsItsComment_andGoesFromNaclToAes() throws IOException {
    Files.writeString(
        Path.of(keys), Run.gimbal("keygen", "s", "--algorithm", "nacl-secretbox").out());
    String value = Run.reading("hunter2", "encrypt", "a", "--key-file", keys).out();
    assertEquals("ENC[nacl-secretbox,s,", value.substring(0, 21));
    String file = write("app.yaml", "a: | # c\n    " + value + "b: " + value);
    addKey("k1");
    assertEquals(new Run(0, file + ": 2 values, 2 encrypted anew\n", ""), rotate(file));
    assertEquals("a: <k1> # c\nb: <k1>\n", shown(file));
    assertEquals(new Run(0, json("hunter2"), ""), get(file, "a"));
  }
}
