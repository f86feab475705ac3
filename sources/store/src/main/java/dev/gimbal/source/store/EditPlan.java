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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the keys that an edit changes. Used by one thread, once. */
final class EditPlan {

  private final StoreKeys keys;
  private final StoreValues values;
  private final Sink sink;

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
    if (Arrays.equals(before, after)) {
      return new StoreEdit(Map.of(), Set.of(), Set.of(key));
    }
    check.accept(values.document(sink, after));
    return new StoreEdit(Map.of(key, after), Set.of(), Set.of(key));
  }

  private byte[] edited(Edit edit, byte[] before) {
    return sink.formats().edit(values.name(), values.content(before), values.options(), edit);
  }

  private byte[] first(Edit edit) {
    for (Edit.Expected expected : edit.expected()) {
      requireExpected(null, expected);
    }
    ObjectNode tree = Nodes.apply(ObjectNode.EMPTY, edit.patch());
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
    ObjectNode tree = values.tree(before);
    Set<String> relied = new HashSet<>();
    for (Edit.Expected expected : edit.expected()) {
      requireExpected(Nodes.at(tree, expected.path()), expected);
      String key = key(expected.path());
      relied.add(key);
      relied.addAll(below(before, key).keySet());
    }
    TreeMap<String, byte[]> now = new TreeMap<>(before);
    for (Patch.Op op : edit.patch().ops()) {
      apply(now, op);
    }
    Map<String, byte[]> puts = new TreeMap<>(now);
    puts.entrySet().removeIf(put -> Arrays.equals(put.getValue(), before.get(put.getKey())));
    puts.forEach((key, value) -> requireEncryptedToo(key, before.get(key), value));
    Set<String> deletes = new HashSet<>(before.keySet());
    deletes.removeAll(now.keySet());
    relied.addAll(puts.keySet());
    relied.addAll(deletes);
    StoreEdit planned = new StoreEdit(puts, deletes, relied);
    if (!planned.isEmpty()) {
      check.accept(sink.decrypt(Document.of(values.tree(now))));
    }
    return planned;
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

  private void apply(NavigableMap<String, byte[]> now, Patch.Op op) {
    ConfigPath path = op.path();
    if (path.isRoot()) {
      throw refusal(path, "the root is all keys; name a value");
    }
    if (op instanceof Patch.Set set) {
      Map<String, byte[]> flat = flat(path, set.value());
      below(now, key(path)).clear();
      now.remove(key(path));
      now.putAll(flat);
      if (!says(Nodes.at(values.tree(now), path), set.value())) {
        throw refusal(path, "the keys would say something else then");
      }
      return;
    }
    Node above = Nodes.at(values.tree(now), path.parent());
    if (above instanceof ListNode list && path.isIndex(path.size() - 1)) {
      removeElement(now, list, path);
    } else {
      below(now, key(path)).clear();
      now.remove(key(path));
    }
  }

  /** The elements behind it move up. */
  private void removeElement(NavigableMap<String, byte[]> now, ListNode list, ConfigPath path) {
    int index = path.index(path.size() - 1);
    if (index < list.size()) {
      List<Node> left = new ArrayList<>(list.elements());
      left.remove(index);
      apply(
          now,
          left.isEmpty()
              ? new Patch.Remove(path.parent())
              : new Patch.Set(path.parent(), ListNode.of(left)));
    }
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

  private void requireEncryptedToo(String key, byte @Nullable [] before, byte[] after) {
    if (before != null && isEncrypted(before) && !isEncrypted(after)) {
      throw values.error(
          ErrorCode.NOT_EDITABLE,
          "an encrypted value stands at the key "
              + key
              + "; set one that is encrypted too, or unset it before");
    }
  }

  private static boolean isEncrypted(byte[] value) {
    return EncryptedValue.isMeant(new String(value, StandardCharsets.UTF_8));
  }

  private ConfigException refusal(ConfigPath path, String message) {
    return values.error(ErrorCode.NOT_EDITABLE, path, message);
  }
}
