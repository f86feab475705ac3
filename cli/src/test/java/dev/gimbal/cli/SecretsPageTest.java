package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.secret.EncryptionAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of docs/secrets.md print what stands there, in their order. Each that encrypts in
 * place has a file of plain values. What is random of a value is compared as three dots; what
 * keytool says differs between JDKs and is left out.
 */
@Timeout(120)
final class SecretsPageTest {

  private static final Path PAGE =
      Path.of(System.getProperty("gimbal.root", ".."), "docs", "secrets.md");
  private static final Pattern BLOCK =
      Pattern.compile("^```console\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final String KEYTOOL =
      "export GIMBAL_KEYSTORE_PASSWORD=correct.horse; keytool() { '"
          + Path.of(System.getProperty("java.home"), "bin", "keytool")
          + "' \"$@\" > said 2>&1; }; ";

  @TempDir Path folder;

  private void write() throws IOException {
    Files.writeString(
        folder.resolve("app.yaml"), "db:\n  password: hunter2\ntokens: [hunter3, x]\n");
    Files.writeString(folder.resolve("prod.env"), "API_TOKEN=hunter4\n");
  }

  private String printed(String command) throws IOException, InterruptedException {
    if (command.startsWith("gimbal rotate")) {
      Run.gimbal(
          "encrypt",
          "API_TOKEN",
          "--in",
          folder.resolve("prod.env").toString(),
          "--key",
          "k1",
          "--key-file",
          folder.resolve("app.keys").toString());
    } else if (command.contains(" --in ")) {
      write();
    }
    return new PageShell(folder)
        .run(KEYTOOL + command)
        .replaceAll(",[A-Za-z0-9+/=]{30,}]", ",...]");
  }

  @Test
  void examples_printWhatThePageShows() throws Exception {
    write();
    List<String> expected = new ArrayList<>();
    List<String> printed = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(PAGE));
    while (block.find()) {
      for (String example : block.group(1).split("(?m)^\\$ ")) {
        if (!example.isEmpty()) {
          expected.add("$ " + example.replaceAll(",0jDZ\\.\\.\\.]", ",...]"));
          String command = example.substring(0, example.indexOf('\n'));
          printed.add("$ " + command + "\n" + printed(command));
        }
      }
    }
    assertEquals(expected, printed);
    assertEquals(8, printed.size());
  }

  @Test
  void algorithms_areAsTheTableSays() throws IOException {
    List<String> shown = new ArrayList<>();
    List<String> known = new ArrayList<>();
    Matcher row =
        Pattern.compile(
                "^\\| `([a-z0-9-]+)` \\(.*\\| (\\d+) .*\\| (nonce.*) \\| (yes|no)\\b.*",
                Pattern.MULTILINE)
            .matcher(Files.readString(PAGE));
    while (row.find()) {
      EncryptionAlgorithm algorithm = EncryptionAlgorithm.named(row.group(1));
      int least = 0;
      Matcher bytes = Pattern.compile("\\((\\d+)\\)").matcher(row.group(3));
      while (bytes.find()) {
        least += Integer.parseInt(bytes.group(1));
      }
      shown.add(row.group(2) + " " + least + " " + row.group(4));
      known.add(
          algorithm.keyBytes()
              + " "
              + algorithm.leastBytes()
              + " "
              + (algorithm.isBound() ? "yes" : "no"));
    }
    assertEquals(known, shown);
    assertEquals(3, shown.size());
  }
}
