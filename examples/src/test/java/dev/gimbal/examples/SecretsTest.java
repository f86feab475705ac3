package dev.gimbal.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.Sources;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page about secrets shows code that compiles and does what it says. */
@Timeout(60)
class SecretsTest {

  private static final Path ROOT = Path.of(System.getProperty("gimbal.root", ".."));
  private static final Path CODE =
      ROOT.resolve("examples/src/main/java/dev/gimbal/examples/Secrets.java");

  @TempDir Path folder;

  @Test
  void code_ofThePage_isCompiled() throws IOException {
    String code = Files.readString(CODE).replaceAll("\\s+", "");
    String page = Files.readString(ROOT.resolve("docs/secrets.md"));
    Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page);
    int blocks = 0;
    while (block.find()) {
      assertTrue(code.contains(block.group(1).replaceAll("\\s+", "")), block.group(1));
      blocks++;
    }
    assertEquals(3, blocks);
  }

  @Test
  void boundSecret_isNotPrinted() {
    Map<String, String> values = Map.of("user", "app", "password", "hunter2");
    try (Config config = Config.builder().source(Sources.map("map", values)).build()) {
      Secrets.Login login = config.root().as(Secrets.Login.class);
      assertEquals("Login[user=app, password=***]", login.toString());
      assertEquals("hunter2", login.password().reveal());
    }
  }

  @Test
  void encryptedValue_isReadByWhoHasTheKey_andIsMasked() throws IOException {
    EncryptionKey key = EncryptionKey.generate("k1");
    Path keyFile = Files.writeString(folder.resolve("app.keys"), key.reveal());
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
    String written = EncryptedValue.encrypt(key, "pin", "1234").toString();
    Path file = Files.writeString(folder.resolve("app.json"), "{\"pin\": \"" + written + "\"}");
    try (Config config = Secrets.open(file, keyFile)) {
      assertEquals(1234, config.get("pin").asInt());
      assertEquals("pin = ***", config.get("pin").toString());
    }
    EncryptionKey next = EncryptionKey.generate("k2");
    Files.writeString(keyFile, next.reveal() + "\n" + key.reveal());
    assertEquals(List.of(ConfigPath.of("pin")), Secrets.rotate(file, keyFile));
    Files.writeString(keyFile, next.reveal());
    try (Config config = Secrets.open(file, keyFile)) {
      assertEquals(1234, config.get("pin").asInt());
    }
  }
}
