package dev.gimbal.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {

  private static final EncryptionKey NEW = EncryptionKey.generate("new");
  private static final EncryptionKey OLD = EncryptionKey.generate("old");

  @TempDir Path folder;

  private Path write(String text, String permissions) throws IOException {
    Path file = folder.resolve("keys");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  private static String refusal(Path file) {
    return assertThrows(IOException.class, () -> KeyRing.read(file)).getMessage();
  }

  private static String refusalOfVariable(String value) {
    return assertThrows(IOException.class, () -> KeyRing.environment("KEYS", name -> value))
        .getMessage();
  }

  @Test
  void read_severalKeys_findsEachById_inTheirOrder() throws IOException {
    String text = "# since 2026\n\n" + NEW.reveal() + "\n  " + OLD.reveal() + "\n";
    KeyRing ring = KeyRing.read(write(text, "rw-------"));
    assertEquals(List.of(NEW, OLD), ring.keys());
    assertEquals(Optional.of(OLD), ring.find("old"));
    assertEquals(Optional.empty(), ring.find("older"));
    assertEquals("keys [new, old]", ring.toString());
  }

  @Test
  void read_aFileThatOthersCanRead_isRefused() throws IOException {
    String end = " can be read or written by others than its owner (expected: chmod 600)";
    for (String others : List.of("rw-r-----", "rw----r--", "rw--w----", "rw-----w-")) {
      Path file = write(NEW.reveal(), others);
      assertEquals("the key file " + file + end, refusal(file));
    }
    assertEquals(1, KeyRing.read(write(NEW.reveal(), "r--------")).keys().size());
  }

  @Test
  void read_whatIsNoRing_namesFileAndLine_andNoKey() throws IOException {
    Path missing = folder.resolve("missing");
    assertEquals("there is no key file " + missing, refusal(missing));
    Path file = write("# nothing\n", "rw-------");
    assertEquals("the key file " + file + " holds no key", refusal(file));
    write(NEW.reveal() + "\nhunter2\n", "rw-------");
    assertEquals(file + ":2: a key (expected: id:algorithm:base64)", refusal(file));
    write(NEW.reveal() + "\n" + NEW.reveal() + "\n", "rw-------");
    assertEquals("the key file " + file + ": two keys have the id \"new\"", refusal(file));
  }

  @Test
  void environment_keysBetweenBlanks_areFound() throws IOException {
    KeyRing ring = KeyRing.environment("KEYS", n -> " " + NEW.reveal() + "\n" + OLD.reveal());
    assertEquals(List.of(NEW, OLD), ring.keys());
  }

  @Test
  void environment_withoutKeys_namesTheVariable() {
    assertEquals("the environment variable KEYS holds no key", refusalOfVariable(null));
    assertEquals("the environment variable KEYS holds no key", refusalOfVariable(" "));
    assertEquals("KEYS: a key (expected: id:algorithm:base64)", refusalOfVariable("hunter2"));
  }

  @Test
  void file_aKeyThatIsAddedLater_isFound() throws IOException {
    Path file = write(NEW.reveal() + "\n", "rw-------");
    KeyProvider provider = KeyProvider.file(file);
    assertEquals(Optional.empty(), provider.find("old"));
    write(NEW.reveal() + "\n" + OLD.reveal() + "\n", "rw-------");
    assertEquals(Optional.of(OLD), provider.find("old"));
  }
}
