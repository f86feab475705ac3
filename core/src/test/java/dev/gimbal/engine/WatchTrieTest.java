package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The oracle compares the value at each watched path before and after. */
class WatchTrieTest {

  private static final List<String> SEGMENTS = List.of("a", "b", "Aa", "BB", "c", "d");

  private static final class Recorder implements Receiver {
    final ConfigPath path;
    int offers;
    boolean ended;

    Recorder(ConfigPath path) {
      this.path = path;
    }

    @Override
    public void offer(PublishedSnapshot snapshot) {
      offers++;
    }

    @Override
    public void renew(PublishedSnapshot now) {}

    @Override
    public ConfigPath watched(ConfigPath path) {
      return this.path;
    }

    @Override
    public void end() {
      ended = true;
    }
  }

  private final WatchTrie trie = new WatchTrie();

  @Test
  void offer_reachesExactlyThoseWhoseValueDiffers_onceEach() {
    Random random = new Random(5);
    ObjectNode before = ObjectNode.EMPTY;
    List<Recorder> registered = new ArrayList<>();
    int reached = 0;
    int spared = 0;
    for (int round = 0; round < 10_000; round++) {
      if (registered.size() < 60 || random.nextInt(4) == 0) {
        Recorder added = new Recorder(path(random));
        assertTrue(trie.add(added.path, added));
        registered.add(added);
      }
      if (registered.size() > 80) {
        Recorder removed = registered.remove(random.nextInt(registered.size()));
        trie.remove(removed.path, removed);
        removed.offers = -1_000_000;
      }
      ObjectNode after = before;
      for (int i = random.nextInt(4); i >= 0; i--) {
        after = change(after, random);
      }
      after = (ObjectNode) Nodes.share(before, after);
      PublishedSnapshot snapshot = new PublishedSnapshot(round + 1, after, after, List.of());
      registered.forEach(receiver -> receiver.offers = 0);
      trie.offer(before, after, snapshot);
      for (Recorder receiver : registered) {
        Node was = Nodes.at(before, receiver.path);
        Node is = Nodes.at(after, receiver.path);
        boolean differs = was == null ? is != null : !was.equals(is);
        assertEquals(differs ? 1 : 0, receiver.offers, receiver.path + " in round " + round);
        reached += receiver.offers;
        spared += 1 - receiver.offers;
      }
      before = after;
    }
    assertTrue(reached > 10_000, "reached: " + reached);
    assertTrue(spared > 10_000, "spared: " + spared);
  }

  @Test
  void offer_inAListThatGrowsAndShrinks_reachesExactlyThoseWhoseElementDiffers() {
    Random random = new Random(6);
    List<Recorder> registered = new ArrayList<>();
    for (int i = 0; i < 120; i += 3) {
      for (String below : List.of("", ".a")) {
        Recorder added = new Recorder(ConfigPath.parse("list[" + i + "]" + below));
        assertTrue(trie.add(added.path, added));
        registered.add(added);
      }
    }
    Node before = ObjectNode.EMPTY;
    int reached = 0;
    for (int round = 0; round < 2_000; round++) {
      int size = Nodes.at(before, "list") instanceof ListNode list ? list.size() : 0;
      String at = "list[" + (random.nextBoolean() ? size : random.nextInt(size + 1)) + "]";
      Node after =
          size > 0 && (size == 110 || random.nextInt(3) == 0)
              ? Nodes.remove(before, ConfigPath.parse("list[" + random.nextInt(size) + "]"))
              : Nodes.set(before, ConfigPath.parse(at + ".a"), Scalar.string("v" + round));
      trie.offer(
          (ObjectNode) before,
          (ObjectNode) after,
          new PublishedSnapshot(1, ObjectNode.EMPTY, ObjectNode.EMPTY, List.of()));
      for (Recorder recorder : registered) {
        boolean differs = Nodes.at(before, recorder.path) != Nodes.at(after, recorder.path);
        assertEquals(differs ? 1 : 0, recorder.offers, recorder.path::toString);
        reached += recorder.offers;
        recorder.offers = 0;
      }
      before = after;
    }
    assertEquals(7_066, reached);
  }

  @Test
  void keyAndIndexOfOneHash_areTwoPlaces() {
    Recorder key = new Recorder(ConfigPath.parse("x.a"));
    Recorder index = new Recorder(ConfigPath.parse("x[97]"));
    assertEquals("a".hashCode(), 97);
    assertTrue(trie.add(key.path, key));
    assertTrue(trie.add(index.path, index));
    ObjectNode after = (ObjectNode) Nodes.of(Map.of("x", Map.of("a", 1)), Scalar.Template.NONE);
    trie.offer(ObjectNode.EMPTY, after, new PublishedSnapshot(1, after, after, List.of()));
    assertEquals(1, key.offers);
    assertEquals(0, index.offers);
  }

  @Test
  void close_returnsEverybody_andLetsNobodyInAfterwards() {
    Recorder one = new Recorder(ConfigPath.ROOT);
    Recorder two = new Recorder(ConfigPath.parse("a.b"));
    assertTrue(trie.add(one.path, one));
    assertTrue(trie.add(two.path, two));
    assertEquals(Set.of(one, two), new HashSet<>(trie.receivers()));
    assertEquals(Set.of(one, two), new HashSet<>(trie.close()));
    assertEquals(List.of(), trie.receivers());
    assertFalse(trie.add(one.path, one));
    assertEquals(List.of(), trie.close());
    ObjectNode after = (ObjectNode) Nodes.of(Map.of("a", 1), Scalar.Template.NONE);
    trie.offer(ObjectNode.EMPTY, after, new PublishedSnapshot(1, after, after, List.of()));
    assertEquals(0, one.offers);
  }

  /**
   * Few watched places are looked up one by one; many are found beside what differs, for which the
   * trees are compared.
   */
  @Test
  void offer_comparesTheTrees_onlyWhereManyArePlacedBelow() {
    ObjectNode before = (ObjectNode) Nodes.of(Map.of("x", 1, "w0", 1), Scalar.Template.NONE);
    ObjectNode after = (ObjectNode) Nodes.set(before, ConfigPath.of("x"), Scalar.string("2"));
    for (int i = 0; i < 4; i++) {
      ConfigPath path = ConfigPath.of("w" + i);
      assertTrue(trie.add(path, new Recorder(path)));
    }
    assertEquals(1, visits(before, after)); // the root
    ConfigPath fifth = ConfigPath.of("w4");
    assertTrue(trie.add(fifth, new Recorder(fifth)));
    assertEquals(2, visits(before, after)); // the root, and the one node that holds its members
    assertEquals(0, visits(after, after));
  }

  private long visits(ObjectNode before, ObjectNode after) {
    long so = trie.visits();
    trie.offer(before, after, new PublishedSnapshot(1, after, after, List.of()));
    return trie.visits() - so;
  }

  @Test
  void remove_leavesNothing() {
    Recorder one = new Recorder(ConfigPath.parse("a.b[3].c"));
    assertTrue(trie.add(one.path, one));
    trie.remove(one.path, one);
    assertEquals(List.of(), trie.receivers());
  }

  private static ConfigPath path(Random random) {
    ConfigPath path = ConfigPath.ROOT;
    for (int i = random.nextInt(4); i > 0; i--) {
      path =
          random.nextInt(6) == 0
              ? path.child(random.nextInt(3))
              : path.child(SEGMENTS.get(random.nextInt(SEGMENTS.size())));
    }
    return path;
  }

  private static ObjectNode change(ObjectNode tree, Random random) {
    List<String> keys = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      keys.add(SEGMENTS.get(random.nextInt(SEGMENTS.size())));
    }
    ConfigPath path = ConfigPath.of(keys.toArray(String[]::new));
    Object value =
        switch (random.nextInt(4)) {
          case 0 -> List.of(random.nextInt(2), Map.of("a", random.nextInt(2)), 5);
          case 1 -> Map.of("a", random.nextInt(2), "b", Map.of("c", random.nextInt(2)));
          default -> random.nextInt(3);
        };
    return random.nextInt(4) == 0
        ? (ObjectNode) Nodes.remove(tree, path)
        : (ObjectNode) Nodes.set(tree, path, Nodes.of(value, Scalar.Template.NONE));
  }
}
