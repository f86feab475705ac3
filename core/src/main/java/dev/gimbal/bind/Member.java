package dev.gimbal.bind;

import dev.gimbal.tree.Node;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a bound type has of one key: a component, a getter, a setter or a parameter. Made by {@link
 * Binder}s, or by reflection. Immutable and safe for use by many threads.
 *
 * @param name the key, or the Java name that keys are compared with
 * @param exact whether the key is this name and no other spelling of it
 * @param type what the value is, without type variables
 * @param absence what is done where there is no value and no default
 * @param defaultText what {@link Default} says, or null
 * @param secret whether it is {@link Sensitive}
 * @since 0.1.0
 */
public record Member(
    String name,
    boolean exact,
    Type type,
    Absence absence,
    @Nullable String defaultText,
    boolean secret) {

  /** What is done about a key that is absent. */
  public enum Absence {
    /** It is an error. */
    ERROR,
    /** The value is null. */
    NULL,
    /** The value is left out: what is made has its own. */
    LEFT_OUT
  }

  /**
   * What a member reads, from what its annotations say.
   *
   * @param of whose member it is
   */
  static Member of(
      Class<?> of, String javaName, Type type, Absence absence, AnnotatedElement... annotated) {
    String name = javaName;
    boolean exact = false;
    String defaultText = null;
    boolean secret = isSensitiveAbove(of, javaName);
    for (AnnotatedElement element : annotated) {
      Key key = element.getAnnotation(Key.class);
      if (key != null) {
        name = key.value();
        exact = true;
      }
      Default text = element.getAnnotation(Default.class);
      defaultText = text == null ? defaultText : text.value();
      secret |= element.getAnnotation(Sensitive.class) != null;
    }
    boolean isPrimitive = type instanceof Class<?> known && known.isPrimitive();
    boolean nullable =
        absence == Absence.ERROR
            && !isPrimitive
            && Arrays.stream(annotated).anyMatch(Member::isNullable);
    Absence whenAbsent = nullable ? Absence.NULL : absence;
    return new Member(name, exact, type, whenAbsent, defaultText, secret);
  }

  /** Whether a type above says of what this one reads by that name that it is a secret. */
  private static boolean isSensitiveAbove(Class<?> type, String javaName) {
    for (Class<?> above : type.getInterfaces()) {
      if (isSensitiveIn(above, javaName)) {
        return true;
      }
    }
    Class<?> superclass = type.getSuperclass();
    return superclass != null && isSensitiveIn(superclass, javaName);
  }

  private static boolean isSensitiveIn(Class<?> type, String javaName) {
    if (Kind.isOfJdk(type)) {
      return false;
    }
    for (Method method : type.getMethods()) {
      if (method.getAnnotation(Sensitive.class) != null && Properties.isOf(method, javaName)) {
        return true;
      }
    }
    return isSensitiveAbove(type, javaName);
  }

  /** Whether an annotation of that simple name is there, of whichever library. */
  private static boolean isNullable(AnnotatedElement element) {
    return Stream.of(element.getAnnotations())
        .anyMatch(a -> a.annotationType().getSimpleName().equals("Nullable"));
  }

  /**
   * The same members; those whose names differ in case and separators only are read exactly.
   *
   * @throws IllegalArgumentException when two have one name
   */
  static List<Member> told(Class<?> of, List<Member> members) {
    Set<String> names = new HashSet<>();
    List<Member> told = new ArrayList<>();
    for (Member member : members) {
      if (!names.add(member.name)) {
        throw new IllegalArgumentException(
            of.getTypeName() + ": two members read the key " + member.name);
      }
      boolean alone =
          members.stream().filter(other -> other.bareName().equals(member.bareName())).count() == 1;
      told.add(
          new Member(
              member.name,
              member.exact || !alone,
              member.type,
              member.absence,
              member.defaultText,
              member.secret));
    }
    return List.copyOf(told);
  }

  private String bareName() {
    return ObjectNode.bareName(name);
  }

  /** The keys of an object that this member reads: none, one, or several that are too many. */
  List<String> keys(ObjectNode object) {
    if (exact) {
      return isThere(object, name) ? List.of(name) : List.of();
    }
    List<String> keys = object.keysNamed(bareName());
    return keys.isEmpty()
        ? keys
        : keys.stream().filter(key -> isThere(object, key)).sorted().toList();
  }

  private static boolean isThere(ObjectNode object, String key) {
    Node node = object.get(key);
    return node != null && node != NullNode.NULL;
  }

  /** The default as a node, or null. */
  @Nullable Node defaultNode() {
    if (defaultText == null) {
      return null;
    }
    return defaultText.isEmpty() && Types.isMap(type)
        ? ObjectNode.EMPTY
        : Scalar.string(Objects.requireNonNull(defaultText));
  }
}
