package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page shows code that compiles. */
class NatsPageTest {

  private static final Path ROOT = Path.of(System.getProperty("gimbal.root", "../.."));

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  @Test
  void code_isCompiled() throws IOException {
    String code =
        read("sources/nats/src/test/java/dev/gimbal/source/nats/NatsExample.java")
            .replace("\n    ", "\n");
    Matcher block =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(read("docs/sources/nats.md"));
    int blocks = 0;
    while (block.find()) {
      assertTrue(code.contains(block.group(1)), block.group(1));
      blocks++;
    }
    assertEquals(1, blocks);
  }
}
