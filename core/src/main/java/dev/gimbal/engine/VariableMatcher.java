package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the keys that a name matches without regard to case and separators. A level of the key ends
 * where a token of the name ends, and where the name says so for sure; words inside a level need no
 * separator in the name.
 *
 * <p>A place of the tree is visited at most once for a name, and only below places that match, so
 * that neither many keys nor many tokens cost more than what they match. Used by one thread.
 */
final class VariableMatcher<P> {

  /** A tree of keys. */
  interface Keys<P> {

    /** Whether a name may end here. */
    boolean isKey(P place);

    Collection<String> named(P place, String bareName);

    /** The length of the longest bare name of a key; 0 where there is none. */
    int longestName(P place);

    @Nullable P child(P place, String key);

    @Nullable P element(P place, int index);
  }

  /** Keys of a tree of values. */
  private static final class Existing implements Keys<Node> {
    @Override
    public boolean isKey(Node place) {
      return true;
    }

    @Override
    public Collection<String> named(Node place, String bareName) {
      return place instanceof ObjectNode object ? object.keysNamed(bareName) : List.of();
    }

    @Override
    public int longestName(Node place) {
      return place instanceof ObjectNode object ? object.longestBareName() : 0;
    }

    @Override
    public @Nullable Node child(Node place, String key) {
      return place instanceof ObjectNode object ? object.get(key) : null;
    }

    @Override
    public @Nullable Node element(Node place, int index) {
      return place instanceof ListNode list ? list.get(index) : null;
    }
  }

  private final VariableName name;
  private final Keys<P> keys;

  /** Keys that are there. */
  private final List<ConfigPath> found = new ArrayList<>();

  /** Places in lists that are not there yet: the end of a list, or something new in an element. */
  private final List<ConfigPath> inLists = new ArrayList<>();

  private VariableMatcher(VariableName name, Keys<P> keys) {
    this.name = name;
    this.keys = keys;
  }

  /**
   * The known keys that a name matches.
   *
   * @param below what the layers below have
   */
  static List<ConfigPath> known(VariableName name, KnownKeys keys, ObjectNode below) {
    VariableMatcher<KnownSpot> matcher = new VariableMatcher<>(name, KnownSpot.KEYS);
    matcher.walk(new KnownSpot(keys.root(), below), 0, ConfigPath.ROOT);
    return matcher.found;
  }

  /**
   * The keys of a tree that a name matches, objects included.
   *
   * @param newInLists whether, where none matches, places in its lists that are not there yet count
   */
  static List<ConfigPath> existing(VariableName name, ObjectNode tree, boolean newInLists) {
    VariableMatcher<Node> matcher = new VariableMatcher<>(name, new Existing());
    matcher.walk(tree, 0, ConfigPath.ROOT);
    return matcher.found.isEmpty() && newInLists ? matcher.inLists : matcher.found;
  }

  /** Whether the tokens from {@code i} on match something below a place. */
  private boolean walk(P place, int i, ConfigPath path) {
    if (i == name.size()) {
      if (keys.isKey(place)) {
        found.add(path);
      }
      return keys.isKey(place);
    }
    boolean matched = name.index(i) >= 0 && walkElement(place, i, path);
    if (name.isOnlyIndex(i)) {
      return matched;
    }
    int longest = keys.longestName(place);
    int end = i;
    do {
      end++;
      for (String key : keys.named(place, name.bare(i, end))) {
        P child = keys.child(place, key);
        matched |= child != null && walk(child, end, path.child(key));
      }
    } while (!name.startsLevel(end) && name.bareLength(i, end) < longest);
    return matched;
  }

  private boolean walkElement(P place, int i, ConfigPath path) {
    int index = name.index(i);
    P element = keys.element(place, index);
    if (element != null && walk(element, i + 1, path.child(index))) {
      return true;
    }
    boolean isNew = place instanceof ListNode && name.hasRest(i + 1);
    if (isNew) {
      inLists.add(path.child(index).resolve(name.rest(i + 1)));
    }
    return isNew;
  }
}
