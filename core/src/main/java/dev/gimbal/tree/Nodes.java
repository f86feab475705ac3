package dev.gimbal.tree;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with whole trees: find, change by path, share with a predecessor, turn from and
 * to plain Java values. All methods are pure.
 *
 * @since 0.1.0
 */
public final class Nodes {

  /** Longer ones stay text, because turning digits to binary is quadratic. */
  private static final int MAX_NUMBER = 1000;

  private Nodes() {}

  /** The node at a path, or null. An index finds nothing in an object, a key nothing in a list. */
  public static @Nullable Node at(@Nullable Node root, ConfigPath path) {
    Node node = root;
    for (int i = 0; i < path.size() && node != null; i++) {
      node = child(node, path, i);
    }
    return node;
  }

  /**
   * The same by the text form of a path. Nothing is made for it, but where it has quotes or indexes
   * and where keys have equal hashes.
   *
   * @throws ConfigException GIM-001 when the text is not a path
   */
  public static @Nullable Node at(@Nullable Node root, String path) {
    Node node = root;
    int start = 0;
    int hash = 0; // as String has it
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '.' && i > start) {
        node = node instanceof ObjectNode object ? object.get(path, start, i, hash) : null;
        start = i + 1;
        hash = 0;
      } else if (c == '.' || c == '"' || c == '[' || c == ']') {
        return at(root, ConfigPath.parse(path));
      } else {
        hash = 31 * hash + c;
      }
    }
    if (start == path.length()) {
      return at(root, ConfigPath.parse(path)); // the root, or no path
    }
    return node instanceof ObjectNode object ? object.get(path, start, path.length(), hash) : null;
  }

  /** The child that segment {@code i} of a path names, or null. */
  public static @Nullable Node child(@Nullable Node node, ConfigPath path, int i) {
    if (node instanceof ObjectNode object) {
      return path.isIndex(i) ? null : object.get(path.key(i));
    }
    return node instanceof ListNode list && path.isIndex(i) ? list.get(path.index(i)) : null;
  }

  /** The tree after a patch. What stands in the way of a set path is replaced by objects. */
  public static ObjectNode apply(ObjectNode root, Patch patch) {
    Node changed = root;
    for (Patch.Op op : patch.ops()) {
      changed =
          op instanceof Patch.Set set
              ? set(changed, set.path(), 0, set.value())
              : remove(changed, op.path(), 0);
    }
    return changed instanceof ObjectNode object ? object : ObjectNode.EMPTY;
  }

  /** The tree with one place set. */
  public static Node set(@Nullable Node node, ConfigPath path, Node value) {
    return set(node, path, 0, value);
  }

  private static Node set(@Nullable Node node, ConfigPath path, int i, Node value) {
    if (i == path.size()) {
      return node != null && node.equals(value) ? node : share(node, value);
    }
    Node child = set(child(node, path, i), path, i + 1, value);
    if (path.isIndex(i)) {
      return setElement(node instanceof ListNode list ? list : ListNode.EMPTY, path, i, child);
    }
    ObjectNode object = node instanceof ObjectNode present ? present : ObjectNode.EMPTY;
    return object.with(path.key(i), child);
  }

  private static Node setElement(ListNode list, ConfigPath path, int i, Node element) {
    int index = path.index(i);
    if (index > list.size()) {
      throw new IllegalArgumentException(
          path + ": index " + index + " (expected: 0 to " + list.size() + ")");
    }
    if (index < list.size() && list.get(index) == element) {
      return list;
    }
    return list.with(index, element);
  }

  /**
   * The node with others in place of its scalars; what they leave as it is is the same object.
   *
   * @param change is given the path below the node
   */
  public static Node mapScalars(Node node, BiFunction<ConfigPath, Scalar, Scalar> change) {
    return mapScalars(ConfigPath.ROOT, node, change);
  }

  private static Node mapScalars(
      ConfigPath path, Node node, BiFunction<ConfigPath, Scalar, Scalar> change) {
    if (node instanceof Scalar scalar) {
      return change.apply(path, scalar);
    }
    if (node instanceof ObjectNode object) {
      ObjectEdits edits = new ObjectEdits();
      object.forEach(
          (key, child) -> {
            Node mapped = mapScalars(path.child(key), child, change);
            if (mapped != child) {
              edits.put(key, mapped);
            }
          });
      return edits.applyTo(object);
    }
    if (node instanceof ListNode list) {
      List<Node> elements = new ArrayList<>(list.size());
      boolean changed = false;
      for (Node element : list.elements()) {
        Node mapped = mapScalars(path.child(elements.size()), element, change);
        changed |= mapped != element;
        elements.add(mapped);
      }
      return changed ? ListNode.of(elements) : list;
    }
    return node;
  }

  /** The tree without one place. Objects that become empty stay. */
  public static Node remove(Node node, ConfigPath path) {
    return remove(node, path, 0);
  }

  private static Node remove(Node node, ConfigPath path, int i) {
    if (i == path.size()) {
      return ObjectNode.EMPTY; // only the root is removed as a whole
    }
    Node child = child(node, path, i);
    if (child == null) {
      return node;
    }
    boolean last = i == path.size() - 1;
    if (node instanceof ObjectNode object) {
      String key = path.key(i);
      return last ? object.without(key) : object.with(key, remove(child, path, i + 1));
    }
    ListNode list = (ListNode) node;
    return last
        ? list.without(path.index(i))
        : setElement(list, path, i, remove(child, path, i + 1));
  }

  /**
   * A tree equal to {@code after} that uses the nodes of {@code before} wherever they are equal, so
   * that "did this change?" is a comparison of references.
   */
  public static Node share(@Nullable Node before, Node after) {
    return share(before, after, null);
  }

  /**
   * The same.
   *
   * @param counting is told of each pair of nodes that is compared, unless null
   */
  public static Node share(@Nullable Node before, Node after, @Nullable ChildVisitor counting) {
    if (before == after || before == null) {
      return after;
    }
    if (counting != null) {
      counting.visited();
    }
    if (before instanceof ObjectNode a && after instanceof ObjectNode b) {
      return shareObject(a, b, counting);
    }
    if (before instanceof ListNode a && after instanceof ListNode b) {
      return shareList(a, b, counting);
    }
    return before.equals(after) ? before : after;
  }

  private static ObjectNode shareObject(
      ObjectNode before, ObjectNode after, @Nullable ChildVisitor counting) {
    if (before.isEmpty()) {
      return after;
    }
    Sharing sharing = new Sharing(counting);
    ObjectNode.diff(before, after, sharing);
    return sharing.result(before, after);
  }

  /**
   * What two objects do not share yet: children that differ, and equal ones to be shared. An object
   * that was made from the other one has none of the second kind, and is left as it is.
   */
  private static final class Sharing implements ChildVisitor {
    private final ObjectEdits edits = new ObjectEdits();
    private final @Nullable ChildVisitor counting;
    private boolean shares;

    Sharing(@Nullable ChildVisitor counting) {
      this.counting = counting;
    }

    @Override
    public void changed(String key, @Nullable Node was, @Nullable Node is) {
      Node shared = is == null ? null : share(was, is, counting);
      shares |= shared != is;
      if (shared != was) {
        edits.put(key, shared);
      }
    }

    ObjectNode result(ObjectNode before, ObjectNode after) {
      if (edits.isEmpty()) {
        return before;
      }
      return shares ? edits.applyTo(before) : after;
    }
  }

  private static ListNode shareList(
      ListNode before, ListNode after, @Nullable ChildVisitor counting) {
    List<Node> shared = null; // as long as no other element is
    boolean same = before.size() == after.size();
    for (int i = after.nextDifferent(before, 0);
        i < after.size();
        i = after.nextDifferent(before, i + 1)) {
      Node was = before.get(i);
      Node is = after.elements().get(i);
      Node element = share(was, is, counting);
      same &= element == was;
      if (element != is) {
        shared = shared == null ? new ArrayList<>(after.elements()) : shared;
        shared.set(i, element);
      }
    }
    if (same) {
      return before;
    }
    return shared == null ? after : ListNode.of(shared);
  }

  /** Whether two nodes are equal but for what is a secret in them. */
  public static boolean sameValue(Node a, Node b) {
    if (a == b) {
      return true;
    }
    if (a instanceof ObjectNode one && b instanceof ObjectNode other) {
      boolean[] same = {one.size() == other.size()};
      if (same[0]) {
        ObjectNode.diff(
            one,
            other,
            (key, before, after) ->
                same[0] = same[0] && before != null && after != null && sameValue(before, after));
      }
      return same[0];
    }
    if (a instanceof ListNode one && b instanceof ListNode other) {
      boolean same = one.size() == other.size();
      for (int i = 0; same && i < one.size(); i++) {
        same = sameValue(one.elements().get(i), other.elements().get(i));
      }
      return same;
    }
    return a instanceof Scalar one && b instanceof Scalar other
        ? one.asSecret().equals(other.asSecret())
        : a.equals(b);
  }

  /** Reports keys of two objects that differ; a node that is not an object counts as empty. */
  public static void diffChildren(
      @Nullable Node before, @Nullable Node after, ChildVisitor visitor) {
    ObjectNode.diff(
        before instanceof ObjectNode a ? a : ObjectNode.EMPTY,
        after instanceof ObjectNode b ? b : ObjectNode.EMPTY,
        visitor);
  }

  /**
   * The tree of a plain Java value; keys of maps are literal.
   *
   * @param template how placeholders in strings are treated
   * @throws IllegalArgumentException for NaN, the infinities, keys that are not strings, and
   *     objects that have only the toString of Object
   */
  public static Node of(@Nullable Object value, Scalar.Template template) {
    if (value == null) {
      return NullNode.NULL;
    }
    if (value instanceof Node node) {
      return node;
    }
    if (value instanceof Boolean bool) {
      return Scalar.bool(bool);
    }
    if (value instanceof Number number) {
      return Scalar.number(number);
    }
    if (value instanceof Enum<?> constant) {
      return Scalar.string(constant.name());
    }
    if (value instanceof Map<?, ?> map) {
      return ofMap(map, template);
    }
    if (value instanceof Collection<?> elements) {
      return ListNode.of(elements.stream().map(element -> of(element, template)).toList());
    }
    if (value.getClass().isArray()) {
      List<Node> elements = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        elements.add(of(Array.get(value, i), template));
      }
      return ListNode.of(elements);
    }
    return Scalar.string(text(value), template);
  }

  /** What an object says of itself; what it does not is no value. */
  private static String text(Object value) {
    String text = value.toString();
    String type = value.getClass().getName();
    if (text == null
        || text.startsWith(type)
            && text.equals(type + "@" + Integer.toHexString(value.hashCode()))) {
      throw new IllegalArgumentException(
          "value: " + type + " (expected: a type with a toString of its own)");
    }
    return text;
  }

  private static ObjectNode ofMap(Map<?, ?> map, Scalar.Template template) {
    Map<String, Node> children = new HashMap<>();
    map.forEach(
        (key, child) -> {
          if (!(key instanceof String name)) {
            throw new IllegalArgumentException("key: " + key + " (expected: a String)");
          }
          children.put(name, of(child, template));
        });
    return ObjectNode.of(children);
  }

  /**
   * The plain Java value of a tree: String, Boolean, List, Map in key order, null; for numbers
   * Long, BigInteger if that is too small, BigDecimal with a point or exponent, and the text of
   * those that none of them can hold or that have over 1,000 characters. Immutable.
   */
  public static @Nullable Object toJava(Node node) {
    if (node instanceof Scalar scalar) {
      return switch (scalar.kind()) {
        case STRING -> scalar.text();
        case BOOLEAN -> Boolean.valueOf(scalar.text());
        case NUMBER -> number(scalar.text());
      };
    }
    if (node instanceof ListNode list) {
      List<@Nullable Object> elements = new ArrayList<>();
      list.elements().forEach(element -> elements.add(toJava(element)));
      return Collections.unmodifiableList(elements);
    }
    return node instanceof ObjectNode object ? toMap(object) : null;
  }

  /** The plain map of an object, in key order. Immutable. */
  public static Map<String, @Nullable Object> toMap(ObjectNode object) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (String key : object.keys()) {
      Node child = object.get(key);
      map.put(key, child == null ? null : toJava(child));
    }
    return Collections.unmodifiableMap(map);
  }

  private static Object number(String text) {
    if (text.length() > MAX_NUMBER) {
      return text;
    }
    try {
      boolean integer = text.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
      return !integer
          ? new BigDecimal(text)
          : text.length() < 19 ? (Object) Long.valueOf(text) : integer(new BigInteger(text));
    } catch (NumberFormatException exponentTooLarge) {
      return text;
    }
  }

  private static Object integer(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }
}
