package dev.gimbal.tree;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Children of an object that are to be put or removed. One is what there mostly is, and costs no
 * map. Used by one thread.
 *
 * @since 0.1.0
 */
public final class ObjectEdits {

  /** Up to here each edit makes a version of the object. */
  private static final int FEW = 32;

  private @Nullable String first;
  private @Nullable Node firstChild;
  private @Nullable Map<String, @Nullable Node> all;

  public ObjectEdits() {}

  /** Forgets all edits. */
  public void clear() {
    first = null;
    firstChild = null;
    all = null;
  }

  public boolean isEmpty() {
    return first == null;
  }

  /** Puts a child; null removes it. An edit of the same key before is forgotten. */
  public void put(String key, @Nullable Node child) {
    if (all == null && (first == null || first.equals(key))) {
      first = key;
      firstChild = child;
      return;
    }
    if (all == null) {
      all = new HashMap<>();
      all.put(first, firstChild);
    }
    all.put(key, child);
  }

  /** The object after these edits; the object itself where they change nothing. */
  public ObjectNode applyTo(ObjectNode object) {
    if (all != null) {
      return all.size() <= FEW || all.size() < object.size() / 4
          ? oneByOne(object, all)
          : anew(object, all);
    }
    return first == null ? object : edited(object, first, firstChild);
  }

  private static ObjectNode edited(ObjectNode object, String key, @Nullable Node child) {
    return child == null ? object.without(key) : object.with(key, child);
  }

  private static ObjectNode oneByOne(ObjectNode object, Map<String, @Nullable Node> edits) {
    ObjectNode result = object;
    for (Map.Entry<String, @Nullable Node> edit : edits.entrySet()) {
      result = edited(result, edit.getKey(), edit.getValue());
    }
    return result;
  }

  /** Many edits build it anew, without versions in between. */
  private static ObjectNode anew(ObjectNode object, Map<String, @Nullable Node> edits) {
    Map<String, Node> children = new HashMap<>();
    object.forEach(children::put);
    boolean same = true;
    for (Map.Entry<String, @Nullable Node> edit : edits.entrySet()) {
      Node child = edit.getValue();
      Node was =
          child == null ? children.remove(edit.getKey()) : children.put(edit.getKey(), child);
      same &= was == child;
    }
    return same ? object : ObjectNode.of(children);
  }
}
