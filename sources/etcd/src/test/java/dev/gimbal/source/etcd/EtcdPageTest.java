package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page shows code that compiles, and all options. */
class EtcdPageTest {

  private static final Path ROOT = Path.of(System.getProperty("gimbal.root", "../.."));

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  @Test
  void code_isCompiled() throws IOException {
    String code =
        read("sources/etcd/src/test/java/dev/gimbal/source/etcd/EtcdExample.java")
            .replace("\n    ", "\n");
    Matcher block =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(read("docs/sources/etcd.md"));
    int blocks = 0;
    while (block.find()) {
      assertTrue(code.contains(block.group(1)), block.group(1));
      blocks++;
    }
    assertEquals(1, blocks);
  }

  @Test
  void options_areAllListed() throws IOException {
    String page = read("docs/sources/etcd.md");
    for (String option : EtcdSpec.options()) {
      assertTrue(page.contains("`" + option + "`"), option);
    }
    assertEquals(26, EtcdSpec.options().size());
  }
}
