package dev.gimbal.schedules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Merging and resolving over plain maps, as naive as the words of the specification: null is a
 * tombstone, a text that is one placeholder takes the node it names. Maps are never changed.
 */
final class Trees {

  /** What makes a tree unfit to be published. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    Unfit(String message) {
      super(message);
    }
  }

  private Trees() {}

  static Map<String, Object> merge(Map<String, Object> below, Map<String, Object> over) {
    Map<String, Object> result = new TreeMap<>(below);
    over.forEach(
        (key, value) -> {
          if (value == null) {
            result.remove(key);
          } else if (value instanceof Map<?, ?>) {
            result.put(key, merge(map(below.get(key)), map(value)));
          } else {
            result.put(key, value);
          }
        });
    return result;
  }

  /** An object; what is none counts as empty. */
  @SuppressWarnings("unchecked") // all maps here are trees
  static Map<String, Object> map(Object node) {
    return node instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  static Map<String, Object> set(Map<String, Object> tree, String path, Object value) {
    int dot = path.indexOf('.');
    Map<String, Object> result = new TreeMap<>(tree);
    if (dot < 0) {
      result.put(path, value);
    } else {
      String key = path.substring(0, dot);
      result.put(key, set(map(tree.get(key)), path.substring(dot + 1), value));
    }
    return result;
  }

  static Map<String, Object> remove(Map<String, Object> tree, String path) {
    int dot = path.indexOf('.');
    String key = dot < 0 ? path : path.substring(0, dot);
    Map<String, Object> result = new TreeMap<>(tree);
    if (dot < 0) {
      result.remove(key);
    } else if (tree.get(key) instanceof Map<?, ?>) {
      result.put(key, remove(map(tree.get(key)), path.substring(dot + 1)));
    }
    return result;
  }

  static Map<String, Object> apply(Map<String, Object> tree, List<Data.Change> changes) {
    Map<String, Object> result = tree;
    for (Data.Change change : changes) {
      result =
          change.remove()
              ? remove(result, change.path())
              : set(result, change.path(), change.value());
    }
    return result;
  }

  /** The node at a path in text form without quotes; null where there is none. */
  static Object at(Map<String, Object> tree, String path) {
    Object node = tree;
    if (!path.isEmpty()) {
      for (String key : path.split("\\.")) {
        node = map(node).get(key);
      }
    }
    return node;
  }

  static Map<String, Object> resolve(Map<String, Object> merged) throws Unfit {
    return map(resolve(merged, merged, List.of()));
  }

  private static Object resolve(Map<String, Object> root, Object node, List<String> inside)
      throws Unfit {
    if (node instanceof Map<?, ?>) {
      Map<String, Object> result = new TreeMap<>();
      for (Map.Entry<String, Object> entry : map(node).entrySet()) {
        result.put(entry.getKey(), resolve(root, entry.getValue(), inside));
      }
      return result;
    }
    if (!(node instanceof String text) || !text.startsWith("${")) {
      return node;
    }
    String reference = text.substring(2, text.length() - 1);
    int colon = reference.indexOf(':');
    String path = colon < 0 ? reference : reference.substring(0, colon);
    if (inside.contains(path)) {
      throw new Unfit("a circle at " + path);
    }
    Object target = at(root, path);
    if (target == null) {
      if (colon < 0) {
        throw new Unfit("nothing at " + path);
      }
      return reference.substring(colon + 1);
    }
    List<String> deeper = new ArrayList<>(inside);
    deeper.add(path);
    return resolve(root, target, deeper);
  }

  /** A node as text that is equal for equal nodes; "absent" where there is none. */
  static String text(Object node) {
    if (node == null) {
      return "absent";
    }
    if (node instanceof Map<?, ?> object) {
      StringBuilder text = new StringBuilder("{");
      new TreeMap<Object, Object>(object)
          .forEach(
              (key, value) ->
                  text.append(text.length() == 1 ? "" : ", ")
                      .append(key)
                      .append("=")
                      .append(text(value)));
      return text.append("}").toString();
    }
    if (node instanceof List<?> list) {
      return list.stream().map(Trees::text).toList().toString();
    }
    return node instanceof String word ? "'" + word + "'" : node.toString();
  }
}
