package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
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
                        List.of("conf", "db { user = app, password = \"%s\" }\n"),
                        List.of("xml", "<c><db user=\"app\"><password>%s</password></db></c>\n"),
                        List.of("hcl", "db {\n  user = \"app\"\n  password = \"%s\"\n}\n"))
                    .map(format -> Arguments.of(algorithm, format.get(0), format.get(1))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void get_ofAnEncryptedValue_showsItIfAskedTo(String algorithm, String extension, String text)
      throws IOException {
    assertEquals(
        0, Run.gimbal("keygen", "k1", "--algorithm", algorithm, "--key-file", keys).exit());
    String value = Run.reading(SECRET, "encrypt", "db.password", "--key-file", keys).out().strip();
    String file =
        Files.writeString(folder.resolve("app." + extension), text.formatted(value)).toString();

    assertEquals(new Run(0, SECRET + "\n", ""), get(file, "db.password", "--reveal"));
    assertEquals(new Run(0, "***\n", ""), get(file, "db.password"));
    assertEquals(new Run(0, "db.password=***\ndb.user=app\n", ""), get(file, "-o", "properties"));
    Run all = get(file, "--reveal", "-o", "properties");
    assertEquals(0, all.exit());
    assertEquals(true, all.out().contains("hunter2"), all.out());
    assertEquals(3, Run.gimbal("get", "db.password", "--source", file, "--reveal").exit());
  }

  private Run get(String file, String... more) {
    return Run.gimbal(
        Stream.concat(Stream.of("get", "--source", file, "--key-file", keys), Stream.of(more))
            .toArray(String[]::new));
  }
}
