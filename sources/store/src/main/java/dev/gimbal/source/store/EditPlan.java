package dev.gimbal.source.store;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.source.Sink;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the keys that an edit changes. Used by one thread, once. */
final class EditPlan {

  private final StoreKeys keys;
  private final StoreValues values;
  private final Sink sink;
  private final Set<String> relied = new HashSet<>();
  private final Set<String> reliedBelow = new HashSet<>();

  /** The keys of objects that a value is set in. */
  private final NavigableSet<String> objects = new TreeSet<>();

  EditPlan(StoreKeys keys, StoreValues values, Sink sink) {
    this.keys = keys;
    this.values = values;
    this.sink = sink;
  }

  /**
   * What is to be written.
   *
   * @param entries the keys as they are
   * @param check is given what will be read then, if that is something else
   */
  StoreEdit of(Edit edit, Map<String, byte[]> entries, Consumer<Document> check) {
    return keys.isTree() ? ofTree(edit, entries, check) : ofDocument(edit, entries, check);
  }

  // ---- a document

  private StoreEdit ofDocument(Edit edit, Map<String, byte[]> entries, Consumer<Document> check) {
    String key = keys.prefix();
    byte[] before = entries.get(key);
    byte[] after = before == null ? first(edit) : edited(edit, before);
    if (after == null || Arrays.equals(before, after)) {
      return StoreEdit.NONE;
    }
    check.accept(values.document(sink, after));
    return new StoreEdit(Map.of(key, after), Set.of(), Set.of(key), Set.of(), Set.of());
  }

  private byte[] edited(Edit edit, byte[] before) {
    return sink.formats().edit(values.name(), values.content(before), values.options(), edit);
  }

  /** A new document; null for none. */
  private byte @Nullable [] first(Edit edit) {
    for (Edit.Expected expected : edit.expected()) {
      requireExpected(null, expected);
    }
    ObjectNode tree = Nodes.apply(ObjectNode.EMPTY, edit.patch());
    if (tree.isEmpty()) {
      return null;
    }
    String format = values.content(new byte[0]).format();
    return sink.formats().get(format).write(tree).getBytes(StandardCharsets.UTF_8);
  }

  // ---- a tree of keys

  private StoreEdit ofTree(Edit edit, Map<String, byte[]> entries, Consumer<Document> check) {
    TreeMap<String, byte[]> before = new TreeMap<>();
    entries.forEach(
        (key, value) -> {
          if (keys.covers(key) && KeyParts.of(keys, key) != null) {
            before.put(key, value);
          }
        });
    ObjectNode tree = values.tree(before).tree();
    for (Edit.Expected expected : edit.expected()) {
      requireExpected(Nodes.at(tree, expected.path()), expected);
      rely(tree, expected.path(), false);
    }
    TreeMap<String, byte[]> now = new TreeMap<>(before);
    for (Patch.Op op : edit.patch().ops()) {
      rely(tree, op.path(), op instanceof Patch.Set);
      tree = apply(now, tree, op);
    }
    Map<String, byte[]> puts = new TreeMap<>(now);
    puts.entrySet().removeIf(put -> Arrays.equals(put.getValue(), before.get(put.getKey())));
    Set<String> deletes = new HashSet<>(before.keySet());
    deletes.removeAll(now.keySet());
    relied.addAll(puts.keySet());
    relied.addAll(deletes);
    Set<String> present = new HashSet<>();
    for (String object :
        objects.descendingSet()) { // what is in an inner one says it for outer ones
      keepObject(object, before, now, present);
    }
    StoreEdit planned = new StoreEdit(puts, deletes, relied, reliedBelow, present);
    if (!planned.isEmpty()) {
      check.accept(sink.decrypt(Document.of(tree)));
    }
    return planned;
  }

  /**
   * What stands at a path and below it; and of a list on the way all elements. Who sets a value
   * also relies on the keys on the way, where a single value could come to stand, and where nothing
   * was on the way, on that: another edit may make a list of it. Of an object on the way it does
   * not rely on its other keys, or edits beside each other would be conflicts, but on its being
   * one.
   */
  private void rely(ObjectNode tree, ConfigPath path, boolean isSet) {
    for (int size = 1; size <= path.size(); size++) {
      ConfigPath above = path.prefix(size);
      Node node = Nodes.at(tree, above);
      boolean isAll = size == path.size() || node instanceof ListNode;
      if (isAll || isSet) {
        relied.add(key(above));
      }
      if (isAll || isSet && node == null) {
        reliedBelow.add(key(above) + keys.separator());
        return;
      }
      if (isSet) {
        objects.add(key(above));
      }
    }
  }

  /**
   * Others may make a list of an object: they delete its keys, and put numbers. So one key must
   * stay that no list has. Where all are numbers, one is missing: that must stay so, and a key of a
   * larger one must stay.
   */
  private void keepObject(
      String object,
      NavigableMap<String, byte[]> before,
      NavigableMap<String, byte[]> now,
      Set<String> present) {
    String first = object + keys.separator();
    if (before.containsKey(object)
        || present.stream().anyMatch(key -> key.startsWith(first) && index(first, key) < 0)) {
      return; // a value of its own is relied on
    }
    Set<Integer> indexes = new HashSet<>();
    String largest = null;
    for (String key : below(now, object).keySet()) {
      int index = index(first, key);
      indexes.add(index);
      if (before.containsKey(key)) {
        if (index < 0) {
          present.add(key);
          return;
        }
        largest = largest == null || index > index(first, largest) ? key : largest;
      }
    }
    int missing = 0;
    while (indexes.contains(missing)) {
      missing++;
    }
    if (largest != null && index(first, largest) > missing) {
      present.add(largest);
      relied.add(first + missing);
      reliedBelow.add(first + missing + keys.separator());
    } else {
      reliedBelow.add(first);
    }
  }

  /** The index that stands behind a prefix; -1 for none. */
  private int index(String prefix, String key) {
    int end = key.indexOf(keys.separator(), prefix.length());
    return KeyParts.index(key.substring(prefix.length(), end < 0 ? key.length() : end));
  }

  private void requireExpected(@Nullable Node found, Edit.Expected expected) {
    Node value = expected.value();
    if (value == null ? found != null : found == null || !says(found, value)) {
      String message = found == null ? "nothing stands here" : "another value stands here";
      String wanted = value == null ? ", expected nothing" : ", expected a certain one";
      throw values.error(ErrorCode.CONFLICT, expected.path(), message + wanted);
    }
  }

  /** Whether keys say a value: all of theirs are texts. */
  private static boolean says(@Nullable Node found, Node value) {
    if (value instanceof Scalar scalar) {
      return found instanceof Scalar text && text.text().equals(scalar.text());
    }
    if (value instanceof ListNode list) {
      return found instanceof ListNode all && says(all, list);
    }
    return value instanceof ObjectNode object
        && found instanceof ObjectNode all
        && says(all, object);
  }

  private static boolean says(ListNode found, ListNode value) {
    boolean same = found.size() == value.size();
    for (int i = 0; same && i < value.size(); i++) {
      same = says(found.get(i), value.elements().get(i));
    }
    return same;
  }

  private static boolean says(ObjectNode found, ObjectNode value) {
    boolean same = found.size() == value.size();
    for (String key : value.keys()) {
      Node child = value.get(key);
      same = same && child != null && says(found.get(key), child);
    }
    return same;
  }

  /** Changes the keys; the tree that they give then, which nothing else of has changed. */
  private ObjectNode apply(NavigableMap<String, byte[]> now, ObjectNode tree, Patch.Op op) {
    ConfigPath path = op.path();
    if (path.isRoot()) {
      throw refusal(path, "the root is all keys; name a value");
    }
    Node was = Nodes.at(tree, path);
    if (!(op instanceof Patch.Set set)) {
      return was == null ? tree : removed(now, tree, path);
    }
    if (EncryptedValue.isLost(was, set.value())) {
      throw refusal(
          path,
          "encrypted values stand here; set ones that are encrypted too, or unset them before");
    }
    replace(now, path, flat(path, set.value()));
    return took(now, path, Nodes.set(wayTo(tree, path), path, values.texts(set.value())));
  }

  /**
   * The tree, if it can hold what comes at a path: it has no single value on the way, and so on.
   */
  private ObjectNode wayTo(ObjectNode tree, ConfigPath path) {
    Node node = tree;
    for (int i = 0; i < path.size() && node != null; i++) {
      boolean fits =
          path.isIndex(i)
              ? node instanceof ListNode list && path.index(i) <= list.size()
              : node instanceof ObjectNode;
      if (!fits) {
        ConfigPath here = path.prefix(i);
        String what = node instanceof Scalar ? "a single value" : "an object";
        throw refusal(path, (node instanceof ListNode ? "a list" : what) + " stands at " + here);
      }
      node = Nodes.child(node, path, i);
    }
    return tree;
  }

  private ObjectNode removed(NavigableMap<String, byte[]> now, ObjectNode tree, ConfigPath path) {
    ConfigPath parent = path.parent();
    if (Nodes.at(tree, parent) instanceof ListNode list && list.size() > 1) {
      Node left = Nodes.at(Nodes.remove(tree, path), parent); // those behind it move up
      replace(now, parent, left == null ? Map.of() : flat(parent, left));
    } else {
      replace(now, path, Map.of());
    }
    Node after = Nodes.remove(tree, path);
    for (ConfigPath above = parent; !above.isRoot(); above = above.parent()) {
      Node node = Nodes.at(after, above);
      boolean isEmpty = node instanceof ObjectNode object && object.isEmpty();
      if (!isEmpty && !(node instanceof ListNode list && list.size() == 0)) {
        break;
      }
      after = Nodes.remove(after, above);
    }
    return took(now, path, after);
  }

  /** Puts keys in the place of that of a path, and of those below it. */
  private void replace(
      NavigableMap<String, byte[]> now, ConfigPath path, Map<String, byte[]> flat) {
    int last = path.size() - 1;
    boolean own = last > 0 && !path.isIndex(last) && path.key(last).isEmpty();
    if (!own) {
      below(now, key(path)).clear();
    }
    now.remove(key(path));
    now.putAll(flat);
  }

  /** The tree that the keys give, if it is the one that is meant. */
  private ObjectNode took(Map<String, byte[]> now, ConfigPath path, Node wanted) {
    ObjectNode after = values.tree(now).tree();
    if (!after.equals(wanted)) {
      throw refusal(path, "the keys would say something else then");
    }
    return after;
  }

  /** What stands below a key. */
  private Map<String, byte[]> below(NavigableMap<String, byte[]> all, String key) {
    String first = key + keys.separator();
    return all.subMap(first, key + (char) (keys.separator() + 1));
  }

  private Map<String, byte[]> flat(ConfigPath path, Node value) {
    Map<String, byte[]> flat = new TreeMap<>();
    flat(path, value, flat);
    return flat;
  }

  private void flat(ConfigPath path, Node node, Map<String, byte[]> into) {
    if (node instanceof Scalar scalar) {
      into.put(key(path), scalar.text().getBytes(StandardCharsets.UTF_8));
    } else if (node instanceof ObjectNode object && !object.isEmpty()) {
      object.forEach((key, child) -> flat(path.child(key), child, into));
    } else if (node instanceof ListNode list && list.size() > 0) {
      for (int i = 0; i < list.size(); i++) {
        flat(path.child(i), list.elements().get(i), into);
      }
    } else {
      String what = node instanceof ObjectNode ? "an empty object" : "null";
      what = node instanceof ListNode ? "an empty list" : what;
      throw values.error(ErrorCode.NOT_EXPRESSIBLE, path, "keys cannot express " + what);
    }
  }

  private String key(ConfigPath path) {
    String key = KeyParts.key(keys, path);
    if (key == null) {
      String parts = "a part that is empty or holds " + keys.separator();
      throw refusal(path, "no key stands for it: " + parts);
    }
    return key;
  }

  private ConfigException refusal(ConfigPath path, String message) {
    return values.error(ErrorCode.NOT_EDITABLE, path, message);
  }
}
