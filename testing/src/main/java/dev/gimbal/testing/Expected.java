package dev.gimbal.testing;

import dev.gimbal.ConfigException;
import dev.gimbal.Value;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.Scalar;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a test waits for, to be compared with what is there. As immutable as the object.
 *
 * @param object null for absent
 */
record Expected(@Nullable Object object) {

  /** Arrays that a Config reads from a text, or as which it gives numbers of other classes. */
  private static final Set<Class<?>> ALSO_TREES =
      Set.of(byte[].class, char[].class, Object[].class);

  /**
   * Whether a value is this.
   *
   * @throws IllegalArgumentException when no conversion makes such an object
   */
  boolean is(Value value) {
    Node node = value.node();
    if (object == null || node == null) {
      return object == null && node == null;
    }
    if (object instanceof Node || object instanceof Map || object instanceof Collection) {
      return isTree(object, node);
    }
    return isConverted(object, value)
        || ALSO_TREES.contains(object.getClass()) && isTree(object, node);
  }

  /** Placeholders in the tree are resolved: what looks like one there is a text. */
  private static boolean isTree(Object object, Node node) {
    return Nodes.sameValue(Nodes.of(object, Scalar.Template.NONE), node);
  }

  private static boolean isConverted(Object object, Value value) {
    IllegalArgumentException unsupported = null;
    for (Class<?> type : types(object)) {
      try {
        return Objects.deepEquals(value.as(type), object);
      } catch (ConfigException e) {
        return false; // another value that is no such type: it is shown with what came
      } catch (IllegalArgumentException e) {
        unsupported = unsupported == null ? e : unsupported;
      }
    }
    throw Objects.requireNonNull(unsupported);
  }

  /**
   * The object's class, then what that extends and implements, the nearest first: the JDK makes a
   * Path, a ZoneId or a Charset of classes of its own, which no conversion names. Not Object, which
   * is made of anything.
   */
  private static Set<Class<?>> types(Object object) {
    Set<Class<?>> types = new LinkedHashSet<>();
    Deque<Class<?>> next = new ArrayDeque<>();
    // An enum's constant may be of a class of its own.
    next.add(object instanceof Enum<?> one ? one.getDeclaringClass() : object.getClass());
    while (!next.isEmpty()) {
      Class<?> type = next.remove();
      if (types.add(type)) {
        Class<?> superclass = type.getSuperclass();
        if (superclass != null && superclass != Object.class) {
          next.add(superclass);
        }
        next.addAll(List.of(type.getInterfaces()));
      }
    }
    return types;
  }

  @Override
  public String toString() {
    if (object == null) {
      return "absent";
    }
    if (!object.getClass().isArray()) {
      return object.toString();
    }
    String inAnArray = Arrays.deepToString(new Object[] {object});
    return inAnArray.substring(1, inAnArray.length() - 1);
  }
}
