package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Sources;
import dev.gimbal.format.json.JsonFormat;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LiteralsTest {

  private static final int CASES = 3_000;
  private static final String[] PIECES = {
    "$", "$", "{", "{", "}", "}", "${", "$${", "a", "k1", "env:HOME", ":", "\"", "\\", " ", ".", "é"
  };

  /** Texts that hold much of what placeholders are made of, each at a key of its own. */
  private static TreeMap<String, Scalar> texts() {
    Random random = new Random(1);
    TreeMap<String, Scalar> texts = new TreeMap<>();
    for (int i = 0; i < CASES; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length >= 0; length--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      texts.put("k" + i, Scalar.string(text.toString()));
    }
    return texts;
  }

  private static Config read(Node tree) {
    return Config.builder()
        .source(Sources.string("a", "json", new JsonFormat().write(tree)))
        .build();
  }

  @Test
  void escape_ofAnyText_resolvesToIt() {
    TreeMap<String, Scalar> texts = texts();
    try (Config config = read(Literals.escape(ObjectNode.of(texts)))) {
      texts.forEach((key, text) -> assertEquals(text.text(), config.get(key).asString()));
    }
    assertEquals(CASES, texts.size());
  }

  /** Without it, the same texts do not even start. */
  @Test
  void texts_thatAreNotEscaped_areRefused() {
    ObjectNode tree = ObjectNode.of(texts());
    assertThrows(ConfigException.class, () -> read(tree).close());
  }
}
