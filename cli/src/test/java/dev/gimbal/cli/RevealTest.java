package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An encrypted value, of each algorithm and in a document of each format that has no editor: it is
 * put there by hand, and shown by {@code gimbal get --reveal} and nothing else.
 */
@Tag("G11")
final class RevealTest {

  private static final String SECRET = "hunter2 \"<&>\" ${x} #{ü} \\n";
  private static final String IN_PROPERTIES =
      "db.password=hunter2 \"<&>\" ${x} #{ü} \\\\n\ndb.user=app\n";
  private static final String NO_KEYS =
      "GIM-027 db.password: it is encrypted with key \"k1\", and no keys were given\n        at ";

  @TempDir Path folder;
  private String keys = "";

  @BeforeEach
  void name() {
    keys = folder.resolve("app.keys").toString();
  }

  static Stream<Arguments> cases() {
    return Stream.of("aes-256-gcm", "nacl-secretbox", "nacl-box")
        .flatMap(
            algorithm ->
                Stream.of(
                        List.of("conf", "db { user = app, password = \"%s\" }\n", ":1:29"),
                        List.of(
                            "xml",
                            "<c><db user=\"app\"><password>%s</password></db></c>\n",
                            ":1:29"),
                        List.of("hcl", "db {\n  user = \"app\"\n  password = \"%s\"\n}\n", ":3:14"))
                    .map(
                        format ->
                            Arguments.of(algorithm, format.get(0), format.get(1), format.get(2))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void get_ofAnEncryptedValue_showsItIfAskedTo(
      String algorithm, String extension, String text, String place) throws IOException {
    assertEquals(
        0, Run.gimbal("keygen", "k1", "--algorithm", algorithm, "--key-file", keys).exit());
    String value = Run.reading(SECRET, "encrypt", "db.password", "--key-file", keys).out().strip();
    String file =
        Files.writeString(folder.resolve("app." + extension), text.formatted(value)).toString();

    assertEquals(new Run(0, SECRET + "\n", ""), get(file, "db.password", "--reveal"));
    assertEquals(new Run(0, "***\n", ""), get(file, "db.password"));
    assertEquals(new Run(0, "db.password=***\ndb.user=app\n", ""), get(file, "-o", "properties"));
    assertEquals(new Run(0, IN_PROPERTIES, ""), get(file, "--reveal", "-o", "properties"));
    assertEquals(
        new Run(3, "", NO_KEYS + file + place + "\n"),
        Run.gimbal("get", "db.password", "--source", file, "--reveal"));
  }

  /** A source or a path that is marked, whatever its keys. */
  @Test
  void marked_isShownByNoCommandUnlessAskedTo() throws IOException {
    String file =
        Files.writeString(folder.resolve("app.yaml"), "pay: {pin: hunter2, p: hunter3}\nn: 1\n")
            .toString();
    for (List<String> marked :
        List.of(List.of("-s", file + "?secret=true"), List.of("-s", file, "--secret", "pay.*"))) {
      StringBuilder shown = new StringBuilder();
      for (String command : List.of("get", "explain", "check")) {
        List<String> args = new ArrayList<>(List.of(command));
        args.addAll(command.equals("check") ? List.of() : List.of("pay.pin"));
        args.addAll(marked);
        Run run = Run.gimbal(args.toArray(String[]::new));
        assertEquals(0, run.exit(), run.err());
        shown.append(run.out()).append(run.err());
        args.add("--reveal");
        String all = Run.gimbal(args.toArray(String[]::new)).out();
        assertEquals(!command.equals("check"), all.contains("hunter2"), all);
      }
      assertEquals(-1, shown.indexOf("hunter"), shown.toString());
      assertEquals("***\n", shown.substring(0, 4));
    }
    assertEquals(
        new Run(0, "n=1\npay.p=***\npay.pin=***\n", ""),
        Run.gimbal(
            "get",
            "--source",
            file,
            "-o",
            "properties",
            "--secret",
            "pay.pin",
            "--secret",
            "**.p"));
  }

  private Run get(String file, String... more) {
    return Run.gimbal(
        Stream.concat(Stream.of("get", "--source", file, "--key-file", keys), Stream.of(more))
            .toArray(String[]::new));
  }
}
