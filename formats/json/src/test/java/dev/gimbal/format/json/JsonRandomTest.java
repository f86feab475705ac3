package dev.gimbal.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.tree.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JsonRandomTest {

  private static final int CASES = 5000;

  private final JsonFormat format = new JsonFormat();

  @Test
  void write_randomTree_readsBackEqual() {
    RandomTrees trees = new RandomTrees(3);
    int cases = 0;
    for (int i = 0; i < CASES; i++) {
      ObjectNode tree = trees.object(4);
      String text = format.write(tree);
      assertEquals(tree, Parsing.parse(text).tree(), text);
      assertTrue(text.endsWith("\n"));
      cases++;
    }
    assertEquals(CASES, cases);
  }

  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void read_mutatedDocument_failsOnlyWithAPlacedConfigException() {
    RandomTrees trees = new RandomTrees(5);
    int accepted = 0;
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      String text = trees.mutated(format.write(trees.object(3)));
      try {
        Parsing.parse(text);
        accepted++;
      } catch (ConfigException e) {
        assertTrue(e.origin() != null && e.origin().line() > 0, text + "\n" + e.getMessage());
        assertEquals(-1, e.problems().get(0).message().indexOf('\n'));
        refused++;
      }
    }
    assertEquals(CASES, accepted + refused);
    assertTrue(refused > CASES / 10 && accepted > CASES / 100, refused + " refused");
  }

  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void read_garbage_failsOnlyWithAPlacedConfigException() {
    RandomTrees trees = new RandomTrees(9);
    int cases = 0;
    for (int i = 0; i < CASES; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = 0; n < 8; n++) {
        text.append(trees.text());
      }
      try {
        Parsing.parse(text.toString());
      } catch (ConfigException e) {
        assertTrue(e.origin() != null && e.origin().line() > 0, e.getMessage());
      }
      cases++;
    }
    assertEquals(CASES, cases);
  }
}
