package dev.gimbal.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunksTest {

  private static List<Node> scalars(int size) {
    List<Node> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      all.add(Scalar.string("e" + i));
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 32, 33, 64, 65, 1023, 1024, 1025, 32_768, 40_000})
  void with_isWhatAPlainListSays_andTheFormerStays(int size) {
    Random random = new Random(size);
    List<Node> plain = scalars(size);
    Chunks chunks = Chunks.of(plain);
    for (int round = 0; round < 50; round++) {
      int index = random.nextInt(size);
      List<Node> before = List.copyOf(plain);
      Chunks next = chunks.with(index, Scalar.number((Integer) round));
      plain.set(index, Scalar.number((Integer) round));
      assertEquals(plain, next);
      assertEquals(before, chunks);
      assertEquals(index, next.nextDifferent(chunks, 0));
      assertEquals(size, next.nextDifferent(chunks, index + 1));
      chunks = next;
    }
    assertSame(chunks, Chunks.of(chunks));
    Chunks last = chunks;
    assertThrows(IndexOutOfBoundsException.class, () -> last.get(size));
    assertThrows(IndexOutOfBoundsException.class, () -> last.get(-1));
  }

  @Test
  void nextDifferent_findsEachIndexThatDiffers_andNoOther() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int size = 1 + random.nextInt(3000);
      ListNode before = ListNode.of(scalars(size));
      ListNode after = before;
      boolean[] differs = new boolean[size];
      for (int i = random.nextInt(20); i > 0; i--) {
        int index = random.nextInt(size);
        after = after.with(index, Scalar.string("other"));
        differs[index] = true;
      }
      before = before.with(0, before.elements().get(0));
      int i = after.nextDifferent(before, 0);
      for (int wanted = 0; wanted < size; wanted++) {
        if (differs[wanted]) {
          assertEquals(wanted, i, "seed " + seed);
          i = after.nextDifferent(before, i + 1);
        }
      }
      assertEquals(size, i, "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 32, 33, 1023, 1024, 1025, 32_767, 32_768})
  void with_behindTheEnd_isWhatAPlainListSays_andTheFormerStays(int size) {
    List<Node> plain = scalars(size);
    Chunks chunks = Chunks.of(plain);
    Chunks first = chunks;
    for (int added = 0; added < 70; added++) {
      Chunks next = chunks.with(plain.size(), Scalar.number((Integer) added));
      assertEquals(plain, chunks);
      assertEquals(plain.size(), next.nextDifferent(chunks, 0));
      assertEquals(plain.size(), chunks.nextDifferent(next, 0));
      plain.add(Scalar.number((Integer) added));
      assertEquals(plain, next);
      assertEquals(size, next.nextDifferent(first, 0));
      assertEquals(plain.size(), next.nextDifferent(first, plain.size()));
      chunks = next;
    }
    assertEquals(scalars(size), first);
    Chunks changed = chunks.with(size - 1, Scalar.bool(true));
    assertEquals(size - 1, changed.nextDifferent(first, 0));
    assertEquals(size, changed.nextDifferent(first, size));
    assertEquals(Chunks.of(plain), chunks);
  }

  @Test
  void listsOfOtherSizes_differWhereOneHasNone() {
    ListNode shorter = ListNode.of(scalars(100));
    ListNode longer = shorter.with(100, Scalar.bool(true));
    assertEquals(101, longer.size());
    assertEquals(100, longer.nextDifferent(shorter, 0));
    assertEquals(100, shorter.nextDifferent(longer, 0));
  }

  @Test
  void elementsThatWereSet_areThoseOfTheTree_andTheRestIsShared() {
    Node tree = Nodes.of(Map.of("list", scalars(5000)), Scalar.Template.NONE);
    Node next = Nodes.set(tree, ConfigPath.parse("list[4999]"), Scalar.string("new"));
    List<Node> expected = scalars(5000);
    expected.set(4999, Scalar.string("new"));
    assertEquals(Nodes.of(Map.of("list", expected), Scalar.Template.NONE), next);
    Node parsedAnew = Nodes.of(Map.of("list", expected), Scalar.Template.NONE);
    assertSame(next, Nodes.share(next, parsedAnew));
    Node shared = Nodes.share(tree, next);
    assertTrue(Nodes.at(shared, "list[7]") == Nodes.at(tree, "list[7]"));
  }
}
