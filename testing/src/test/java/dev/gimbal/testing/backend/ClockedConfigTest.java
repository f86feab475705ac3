package dev.gimbal.testing.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockedConfigTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("app.properties");
  }

  private void put(String text) throws Exception {
    Path next = Files.writeString(folder.resolve("next"), text);
    Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void clock_isAsItIsSet_andValuesAreToldInTurn() throws Exception {
    put("port=80\n");
    try (ClockedConfig config = ClockedConfig.start("file:" + file(), "port")) {
      assertEquals("80", config.next());
      config.setClock(Duration.ofDays(-3652));
      put("port=81\n");
      assertEquals("81", config.next());
      config.setClock(Duration.ofDays(3652));
      put("name=x\n");
      assertEquals("", config.next());
    }
  }

  @Test
  void configThatDoesNotStart_isAnError() throws Exception {
    put("port=80\n");
    ClockedConfig config = ClockedConfig.start("file:" + folder.resolve("none"), "port");
    assertEquals("it ended", assertThrows(AssertionError.class, config::next).getMessage());
    AssertionError failure = assertThrows(AssertionError.class, config::close);
    assertEquals("the Config was not closed well", failure.getMessage());
  }
}
