package dev.gimbal.engine;

import static dev.gimbal.engine.LayeredSnapshots.layer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.ConfigPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which key may have been meant by one that is not there. */
class ValueProblemsTest {

  private static final int MOST = 1_000;

  private static String absent(Map<String, ?> map, String key) {
    PublishedSnapshot snapshot = LayeredSnapshots.of(layer("s", map));
    String message = ValueProblems.absent(snapshot, ConfigPath.of(key), "a port").message();
    return message.replace("there is no value, expected a port", "").replace("; did you mean ", "");
  }

  @Test
  void ofKeysThatAreAsNear_theFirstInOrderIsMeant() {
    Map<String, Object> map = new HashMap<>();
    for (int i = 0; i < 10; i++) {
      map.put("port" + i, i);
    }
    assertEquals("port0?", absent(map, "port"));
    map.put("por", 1);
    assertEquals("por?", absent(map, "port"));
  }

  @Test
  void atMostTwoEdits_andLessThanTheWholeKey_areAMistake() {
    assertEquals("port?", absent(Map.of("port", 1), "po"));
    assertEquals("po?", absent(Map.of("po", 1), "port"));
    assertEquals("abcd?", absent(Map.of("abcd", 1), "xbcx"));
    assertEquals("", absent(Map.of("abcd", 1), "xxxd"));
    assertEquals("", absent(Map.of("abcd", 1), "a"));
    assertEquals("", absent(Map.of("ab", 1), "xy"));
    assertEquals("abc?", absent(Map.of("abc", 1), "xyc"));
  }

  @Test
  void keysOfMoreThanAHundredCharacters_areNotCompared() {
    String hundred = "k".repeat(100);
    assertEquals(hundred + "x?", absent(Map.of(hundred + "x", 1), hundred));
    assertEquals("", absent(Map.of(hundred + "xy", 1), hundred + "x"));
  }

  @Test
  void afterAThousandKeys_noneIsLookedAt() {
    Map<String, Object> map = new HashMap<>();
    Random random = new Random(1);
    while (map.size() < MOST + 1) {
      map.put(Long.toHexString(random.nextLong()), 1); // none is like another
    }
    List<String> order = new ArrayList<>();
    LayeredSnapshots.of(layer("s", map)).resolved().forEach((key, child) -> order.add(key));
    assertEquals(order.get(0) + "?", absent(map, order.get(0) + "x"));
    assertEquals(order.get(MOST - 1) + "?", absent(map, order.get(MOST - 1) + "x"));
    assertEquals("", absent(map, order.get(MOST) + "x"));
  }
}
