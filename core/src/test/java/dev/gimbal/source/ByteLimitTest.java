package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByteLimitTest {

  @TempDir Path dir;

  private byte[] read(String text, long maxBytes, int longest) throws IOException {
    Path file = Files.writeString(dir.resolve("a"), text);
    return new ByteLimit("test", maxBytes, longest).read(file, "a");
  }

  @Test
  void read_upToBothLimits_isAll() throws IOException {
    assertEquals("12345", new String(read("12345", 5, 5)));
    assertEquals("12345", new String(read("12345", Long.MAX_VALUE, 5)));
  }

  @Test
  void read_moreThanOneFileMayHave_failsInsteadOfCuttingIt() {
    ConfigException e =
        assertThrows(ConfigException.class, () -> read("123456", Long.MAX_VALUE, 5));
    assertEquals("GIM-005 more than 5 bytes, the most of one file\n        at a", e.getMessage());
  }

  @Test
  void read_moreThanMaxBytes_failsWithThat() {
    ConfigException e = assertThrows(ConfigException.class, () -> read("123456", 5, 5));
    assertEquals("GIM-005 more than maxBytes 5\n        at a", e.getMessage());
  }
}
