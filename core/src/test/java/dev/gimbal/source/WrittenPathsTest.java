package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import org.junit.jupiter.api.Test;

class WrittenPathsTest {

  private final WrittenPaths paths = new WrittenPaths();

  @Test
  void textThatWasParsed_isNotParsedAgain() {
    ConfigPath path = paths.of("a.b[0]");
    assertEquals(ConfigPath.parse("a.b[0]"), path);
    assertSame(path, paths.of(new String("a.b[0]".toCharArray())));
  }

  @Test
  void textsOfOneSlot_haveTheirOwnPaths() {
    for (int i = 0; i < 2; i++) {
      assertEquals("Aa", paths.of("Aa").toString());
      assertEquals("BB", paths.of("BB").toString());
    }
    ConfigPath first = paths.of("Aa");
    paths.of("BB");
    assertNotSame(first, paths.of("Aa"));
  }

  @Test
  void textThatIsNoPath_isRefusedEachTime() {
    for (int i = 0; i < 2; i++) {
      assertThrows(ConfigException.class, () -> paths.of("a..b"));
    }
  }
}
