package dev.gimbal.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigPath;
import dev.gimbal.Origin;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The oracle is a map of paths. */
class OriginTableTest {

  private static final ConfigPath A = ConfigPath.of("a");

  private static ConfigPath path(Random random) {
    ConfigPath path = ConfigPath.ROOT;
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      int n = random.nextInt(12);
      path = random.nextBoolean() ? path.child("k" + n) : path.child(n);
    }
    return path;
  }

  @Test
  void places_areThoseRecordedLast_whereverTheyStand() {
    Random random = new Random(11);
    int found = 0;
    for (int round = 0; round < 20; round++) {
      Map<ConfigPath, Origin> model = new HashMap<>();
      OriginTable.Builder lower = OriginTable.builder();
      OriginTable.Builder upper = OriginTable.builder();
      fill(lower, "low.yaml", random, model);
      fill(upper, "high.yaml", random, model);
      OriginTable table = OriginTable.builder().putAll(lower.build()).putAll(upper.build()).build();
      for (int i = 0; i < 1_000; i++) {
        ConfigPath path = path(random);
        assertEquals(model.get(path), table.find("s", path), path::toString);
        found += model.containsKey(path) ? 1 : 0;
      }
    }
    assertEquals(true, found > 5_000 && found < 15_000, "found: " + found);
  }

  private static void fill(
      OriginTable.Builder table, String document, Random random, Map<ConfigPath, Origin> model) {
    table.document("unused").document(document);
    for (int i = 0; i < 300; i++) {
      ConfigPath path = path(random);
      int line = 1 + random.nextInt(2_000);
      int column = 1 + random.nextInt(200);
      assertSame(table, table.put(path, line, column));
      model.put(path, new Origin("s", document, line, column));
    }
  }

  @Test
  void hashOfAPath_isPutTogetherByItsSegments() {
    long hash = OriginTable.child(OriginTable.child(OriginTable.rootHash(), "a"), 3);
    OriginTable table = OriginTable.builder().document("d").put(hash, 5, 6).build();
    assertEquals(new Origin("s", "d", 5, 6), table.find("s", A.child(3)));
    assertNull(table.find("s", A.child("3")));
    assertNull(table.find("s", ConfigPath.ROOT));
    assertNotEquals(OriginTable.rootHash(), 0);
  }

  @Test
  void linesAndColumns_thatAreTooMany_areTheLastThatFit() {
    OriginTable table =
        OriginTable.builder()
            .document("d")
            .put(A, Integer.MAX_VALUE, Integer.MAX_VALUE)
            .put(A.child("b"), (1 << 24) - 1, (1 << 20) - 1)
            .build();
    Origin last = new Origin("s", "d", (1 << 24) - 1, (1 << 20) - 1);
    assertEquals(last, table.find("s", A));
    assertEquals(last, table.find("s", A.child("b")));
  }

  @Test
  void tableWithoutPlaces_findsNone() {
    assertNull(OriginTable.none().find("s", A));
    assertNull(OriginTable.builder().putAll(OriginTable.none()).build().find("s", A));
  }

  @Test
  void placeWithoutADocument_isRefused() {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> OriginTable.builder().put(A, 1, 1));
    assertEquals("document(name) comes before the first place", e.getMessage());
  }

  private static OriginTable table(String document, int line) {
    return OriginTable.builder().document(document).put(A, line, 1).build();
  }

  @Test
  void equalTable_isTheEarlierOne_andOthersStayThemselves() {
    OriginTable earlier = table("a.yaml", 3);
    assertSame(earlier, table("a.yaml", 3).sharing(earlier));
    OriginTable moved = table("a.yaml", 4).sharing(earlier);
    assertEquals(new Origin("s", "a.yaml", 4, 1), moved.find("s", A));
    assertEquals(new Origin("s", "a.yaml", 3, 1), earlier.find("s", A));
    OriginTable other = table("b.yaml", 3);
    assertSame(other, other.sharing(earlier));
  }

  private static OriginTable read(String text) {
    return OriginTable.builder()
        .document("a.yaml")
        .text("a.yaml", new DocumentText("yaml", text))
        .put(A, 1, 4)
        .build();
  }

  @Test
  void textOfADocument_isFoundByItsName() {
    OriginTable both =
        OriginTable.builder().putAll(table("b.yaml", 1)).putAll(read("a: 1")).build();

    assertEquals(new DocumentText("yaml", "a: 1"), both.text("a.yaml"));
    assertNull(both.text("b.yaml"));
    assertNull(both.text("c.yaml"));
  }

  /** It is in the order of its hashes: a builder that were small at first would look for hours. */
  @Test
  @Timeout(60)
  void tableOfAMillionPlaces_isAddedToAnEmptyOne() {
    OriginTable.Builder many = OriginTable.builder().document("a.yaml");
    for (int i = 0; i < 1_000_000; i++) {
      many.put(OriginTable.child(OriginTable.rootHash(), i), i + 1, 1);
    }
    OriginTable both =
        OriginTable.builder().putAll(many.build()).putAll(table("b.yaml", 7)).build();
    ConfigPath last = ConfigPath.ROOT.child(999_999);
    assertEquals(new Origin("s", "a.yaml", 1_000_000, 1), both.find("s", last));
    assertEquals(new Origin("s", "b.yaml", 7, 1), both.find("s", A));
  }

  @Test
  void tableOfTheSamePlaces_isTheEarlierOne_whereItsTextIs() {
    OriginTable earlier = read("a: 1");
    assertSame(earlier, read("a: 1").sharing(earlier));

    OriginTable changed = read("a: 2").sharing(earlier);
    assertEquals(new DocumentText("yaml", "a: 2"), changed.text("a.yaml"));
    assertEquals(new Origin("s", "a.yaml", 1, 4), changed.find("s", A));
    assertEquals(new DocumentText("yaml", "a: 1"), earlier.text("a.yaml"));
  }

  @Test
  void textOfADocument_isNotInWhatIsPrinted() {
    assertEquals("yaml, 17 characters", new DocumentText("yaml", "password: hunter2").toString());
  }
}
