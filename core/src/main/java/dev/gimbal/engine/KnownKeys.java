package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.bind.Conversions;
import dev.gimbal.bind.Shape;
import dev.gimbal.champ.Champ;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a Config knows: those that are declared, and below them those that their types
 * read. Types are looked into one level at a time, because one may hold itself. Immutable; safe for
 * use by many threads.
 */
final class KnownKeys {

  private final Conversions conversions;
  private final Declared declared;

  /** What stands where a type is declared and nothing else, also below: one for all such places. */
  private final Champ<Type, Declared> leaves;

  /** What is secret because a pattern or a declared type says so; null for nothing. */
  private final @Nullable SecretPaths secrets;

  private final Place root;

  private KnownKeys(
      Conversions conversions,
      Declared declared,
      Champ<Type, Declared> leaves,
      @Nullable SecretPaths secrets) {
    this.conversions = conversions;
    this.declared = declared;
    this.leaves = leaves;
    this.secrets = secrets;
    this.root = new Place(declared, declared.types);
  }

  /**
   * Those that are declared.
   *
   * @param secrets what patterns say, or null
   */
  static KnownKeys of(
      Collection<Declaration.Key> declared,
      Conversions conversions,
      @Nullable SecretPaths secrets) {
    KnownKeys known = new KnownKeys(conversions, Declared.NOTHING, Champ.empty(), secrets);
    for (Declaration.Key key : declared) {
      known = known.with(key);
    }
    return known;
  }

  /** These, and one more. */
  KnownKeys with(Declaration.Key key) {
    Declared present = leaves.get(key.type());
    Declared leaf = present == null ? Declared.leaf(key.type()) : present;
    return new KnownKeys(
        conversions,
        declared.with(key, 0, leaf),
        leaves.with(key.type(), leaf),
        SecretMembers.with(secrets, key, conversions));
  }

  @Nullable SecretPaths secrets() {
    return secrets;
  }

  /** These keys with other secrets. */
  KnownKeys withSecrets(@Nullable SecretPaths other) {
    return new KnownKeys(conversions, declared, leaves, other);
  }

  Place root() {
    return root;
  }

  /** Whether exactly this path is declared, in this spelling. */
  boolean declares(ConfigPath path) {
    Declared place = declared;
    for (int i = 0; i < path.size() && place != null; i++) {
      place = path.isIndex(i) ? place.elements.get(path.index(i)) : place.children.get(path.key(i));
    }
    return place != null && !place.types.isEmpty();
  }

  /** Declared paths as a tree. Immutable; versions share structure. */
  private static final class Declared {
    static final Declared NOTHING =
        new Declared(Champ.empty(), Champ.empty(), Champ.empty(), List.of(), 0);

    final Champ<String, Declared> children;
    final Champ<Integer, Declared> elements;

    /** The children's keys by their bare names, where they are not their own. */
    final Champ<String, List<String>> named;

    final List<Type> types;
    final int longestName;

    private Declared(
        Champ<String, Declared> children,
        Champ<Integer, Declared> elements,
        Champ<String, List<String>> named,
        List<Type> types,
        int longestName) {
      this.children = children;
      this.elements = elements;
      this.named = named;
      this.types = types;
      this.longestName = longestName;
    }

    static Declared leaf(Type type) {
      return new Declared(Champ.empty(), Champ.empty(), Champ.empty(), List.of(type), 0);
    }

    /**
     * With a key whose first {@code i} segments lead here.
     *
     * @param leaf what stands at its place where there is nothing yet
     */
    Declared with(Declaration.Key key, int i, Declared leaf) {
      ConfigPath path = key.path();
      if (i == path.size() && this == NOTHING) {
        return leaf;
      }
      if (i == path.size()) {
        return new Declared(children, elements, named, and(types, key.type()), longestName);
      }
      if (path.isIndex(i)) {
        Declared child = orNothing(elements.get(path.index(i))).with(key, i + 1, leaf);
        return new Declared(
            children, elements.with(path.index(i), child), named, types, longestName);
      }
      String name = path.key(i);
      Declared present = children.get(name);
      Champ<String, Declared> with = children.with(name, orNothing(present).with(key, i + 1, leaf));
      if (present != null) {
        return new Declared(with, elements, named, types, longestName);
      }
      String bareName = ObjectNode.bareName(name);
      return new Declared(
          with,
          elements,
          bareName.equals(name) ? named : named.with(bareName, and(others(bareName), name)),
          types,
          Math.max(longestName, bareName.length()));
    }

    private static Declared orNothing(@Nullable Declared declared) {
      return declared == null ? NOTHING : declared;
    }

    private static <T> List<T> and(List<T> some, T more) {
      List<T> all = new ArrayList<>(some);
      all.add(more);
      return List.copyOf(all);
    }

    /** The children's keys with a bare name. */
    List<String> named(String bareName) {
      List<String> others = others(bareName);
      return children.get(bareName) == null ? others : and(others, bareName);
    }

    private List<String> others(String bareName) {
      List<String> keys = named.get(bareName);
      return keys == null ? List.of() : keys;
    }
  }

  /**
   * A place in a tree, and what is known of it. Where a method takes the object that stands there,
   * it is for what hangs on the object: which one of several types it is, and how it spells its
   * keys.
   */
  final class Place {
    private final @Nullable Declared declared;

    /** What a value here is read as. */
    private final List<Type> types;

    private Place(@Nullable Declared declared, List<Type> types) {
      this.declared = declared;
      this.types = types;
    }

    /** Whether a value here is read, and not only what is below it. */
    boolean isRead() {
      return !types.isEmpty();
    }

    /** What a value here is read as. */
    List<Type> types() {
      return types;
    }

    /** Whether whatever stands here, or below, is read. */
    boolean takesAnything() {
      return shapes(null).stream().anyMatch(Shape.OfAnything.class::isInstance);
    }

    /**
     * Whether a value here has another form than all that is read: its conversion tells so. A list
     * where there is none to be, or an object without a scalar of its own where a scalar or a list
     * is to be.
     */
    boolean isOfOtherForm(Node node) {
      boolean below = declared != null && !declared.children.isEmpty();
      boolean elements = declared != null && !declared.elements.isEmpty();
      boolean list = node instanceof ListNode && !elements;
      boolean object = node instanceof ObjectNode o && o.get("") == null && !below;
      List<Shape> shapes = shapes(null);
      return !shapes.isEmpty()
          && (list && shapes.stream().noneMatch(KnownKeys::takesLists)
              || object && shapes.stream().allMatch(KnownKeys::takesNoObject));
    }

    /** Whether a scalar here is read. */
    boolean isScalar() {
      return shapes(null).stream().anyMatch(Shape.OfScalar.class::isInstance);
    }

    /** Whether keys below are known by name. */
    boolean hasNames() {
      return !names(null).isEmpty();
    }

    /** The indexes of elements that are declared themselves. */
    Set<Integer> declaredIndexes() {
      Set<Integer> indexes = new HashSet<>();
      if (declared != null) {
        declared.elements.forEach((index, element) -> indexes.add(index));
      }
      return indexes;
    }

    /**
     * Whether a key of an object says which others are known, and another one says something else.
     */
    boolean choosesOthers(ObjectNode object, ObjectNode other) {
      for (Type type : types) {
        if (conversions.shape(type) instanceof Shape.OfChoice choice
            && named(choice, object) != named(choice, other)) {
          return true;
        }
      }
      return false;
    }

    /** What is known below a key; null for one that nothing knows. */
    @Nullable Place child(String key, @Nullable ObjectNode object) {
      Declared child = declared == null ? null : declared.children.get(key);
      List<Type> below = new ArrayList<>(child == null ? List.of() : child.types);
      for (Shape shape : shapes(object)) {
        if (shape instanceof Shape.OfObject bound) {
          bound.properties().stream().filter(p -> reads(p, key)).forEach(p -> below.add(p.type()));
        } else if (shape instanceof Shape.OfMap map) {
          below.add(map.value());
        } else if (shape instanceof Shape.OfAnything) {
          below.add(Object.class);
        } else if (shape instanceof Shape.OfScalar && key.isEmpty()) {
          below.add(String.class);
        }
      }
      return child == null && below.isEmpty() ? null : new Place(child, below);
    }

    /** What is known of an element of a list; null where nothing is. */
    @Nullable Place element(int index) {
      Declared element = declaredElement(index);
      List<Type> below = new ArrayList<>(element == null ? List.of() : element.types);
      for (Shape shape : shapes(null)) {
        if (shape instanceof Shape.OfList list) {
          below.add(list.element());
        } else if (shape instanceof Shape.OfAnything) {
          below.add(Object.class);
        }
      }
      return element == null && below.isEmpty() ? null : new Place(element, below);
    }

    /** Whether an element is declared by its index, whatever list there is. */
    boolean declaresElement(int index) {
      return declaredElement(index) != null;
    }

    private @Nullable Declared declaredElement(int index) {
      return declared == null ? null : declared.elements.get(index);
    }

    /** The known keys that a bare name is one of, as the object spells them, or as declared. */
    Collection<String> keysNamed(String bareName, @Nullable ObjectNode object) {
      Set<String> keys = new LinkedHashSet<>();
      if (declared != null) {
        keys.addAll(declared.named(bareName));
      }
      List<String> there = object == null ? List.of() : object.keysNamed(bareName);
      for (Shape shape : shapes(object)) {
        if (shape instanceof Shape.OfObject bound) {
          for (Shape.Property property : bound.properties()) {
            if (ObjectNode.bareName(property.name()).equals(bareName)) {
              boolean asDeclared = property.exact() || there.isEmpty();
              keys.addAll(asDeclared ? List.of(property.name()) : there);
            }
          }
        } else if (shape instanceof Shape.OfMap || shape instanceof Shape.OfAnything) {
          keys.addAll(there);
        }
      }
      return keys;
    }

    /** The length of the longest bare name of a known key; 0 where there is none. */
    int longestName(@Nullable ObjectNode object) {
      int longest = declared == null ? 0 : declared.longestName;
      for (Shape shape : shapes(object)) {
        if (shape instanceof Shape.OfObject bound) {
          for (Shape.Property property : bound.properties()) {
            longest = Math.max(longest, ObjectNode.bareName(property.name()).length());
          }
        } else if (object != null && !(shape instanceof Shape.OfScalar)) {
          longest = Math.max(longest, object.longestBareName());
        }
      }
      return longest;
    }

    /** The keys that are known by name, sorted: those of a map are not. */
    List<String> names(@Nullable ObjectNode object) {
      Set<String> names = new LinkedHashSet<>();
      if (declared != null) {
        declared.children.forEach((key, child) -> names.add(key));
      }
      for (Shape shape : shapes(object)) {
        if (shape instanceof Shape.OfObject bound) {
          bound.properties().forEach(property -> names.add(property.name()));
        }
      }
      return names.stream().sorted().toList();
    }

    /** The shapes of the types; of a sealed type those of the cases that the object may be. */
    private List<Shape> shapes(@Nullable ObjectNode object) {
      List<Shape> shapes = new ArrayList<>(types.size());
      for (Type type : types) {
        Shape shape = conversions.shape(type);
        if (shape instanceof Shape.OfChoice choice) {
          shapes.add(new Shape.OfObject(choice.type(), List.of(key(choice))));
          cases(choice, object).forEach(permitted -> shapes.add(conversions.shape(permitted)));
        } else {
          shapes.add(shape);
        }
      }
      return shapes;
    }
  }

  private static boolean takesLists(Shape shape) {
    return shape instanceof Shape.OfList || shape instanceof Shape.OfAnything;
  }

  private static boolean takesNoObject(Shape shape) {
    return shape instanceof Shape.OfScalar || shape instanceof Shape.OfList;
  }

  private static Shape.Property key(Shape.OfChoice choice) {
    return new Shape.Property(choice.key(), false, String.class, true, null, false);
  }

  /** The case that the object names; all where it does not name one. */
  private static Collection<Class<?>> cases(Shape.OfChoice choice, @Nullable ObjectNode object) {
    Class<?> named = object == null ? null : named(choice, object);
    return named == null ? choice.cases().values() : List.of(named);
  }

  private static @Nullable Class<?> named(Shape.OfChoice choice, ObjectNode object) {
    for (String key : object.keysNamed(ObjectNode.bareName(choice.key()))) {
      Node said = object.get(key);
      Class<?> named = said instanceof Scalar scalar ? choice.named(scalar.text()) : null;
      if (named != null) {
        return named;
      }
    }
    return null;
  }

  private static boolean reads(Shape.Property property, String key) {
    return property.exact()
        ? property.name().equals(key)
        : ObjectNode.bareName(property.name()).equals(ObjectNode.bareName(key));
  }
}
