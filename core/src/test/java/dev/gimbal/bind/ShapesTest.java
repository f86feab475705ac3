package dev.gimbal.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.TypeRef;
import dev.gimbal.tree.Node;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What types are read from. */
class ShapesTest {

  sealed interface Auth permits Basic, Token {}

  record Basic(String user) implements Auth {}

  @Key("bearer")
  record Token(String value) implements Auth {}

  record Pool(
      String url,
      @Key("max.conn") int max,
      @Default("3s") Duration timeout,
      @Nullable String owner,
      Optional<Pool> next,
      Auth auth,
      Basic basic,
      List<Pool> others) {}

  private static Shape shape(Type type) {
    return Conversions.standard().shape(type);
  }

  @Test
  void aBoundType_knowsItsKeys() {
    Type next = Pool.class.getRecordComponents()[4].getGenericType();
    Type others = Pool.class.getRecordComponents()[7].getGenericType();
    Shape.OfObject shape = (Shape.OfObject) shape(Pool.class);
    assertEquals(Pool.class, shape.type());
    List<Shape.Property> properties = shape.properties();
    assertEquals(
        List.of(
            new Shape.Property("url", false, String.class, true, null, false),
            new Shape.Property("max.conn", true, int.class, true, null, false),
            new Shape.Property("timeout", false, Duration.class, false, "3s", false),
            new Shape.Property("owner", false, String.class, false, null, false)),
        properties.subList(0, 4));
    assertEquals(
        List.of("next false", "auth true", "basic false", "others true"),
        properties.subList(4, 8).stream().map(p -> p.name() + " " + p.required()).toList());
    assertEquals(shape, shape(properties.get(4).type()));
    assertEquals(new Shape.OfList(Pool.class), shape(properties.get(7).type()));
    assertEquals(shape, shape(next));
    assertEquals(new Shape.OfList(Pool.class), shape(others));
  }

  @Test
  void aSealedType_knowsItsChoices() {
    Shape.OfChoice shape = (Shape.OfChoice) shape(Auth.class);
    assertEquals("type", shape.key());
    assertEquals(List.of("Basic", "bearer"), List.copyOf(shape.cases().keySet()));
    assertEquals(List.of(Basic.class, Token.class), List.copyOf(shape.cases().values()));
  }

  @Test
  void allOtherTypes_haveTheShapeOfWhatTheyAreReadFrom() {
    assertEquals(new Shape.OfScalar(int.class), shape(int.class));
    assertEquals(new Shape.OfScalar(byte[].class), shape(byte[].class));
    assertEquals(new Shape.OfScalar(Thread.State.class), shape(Thread.State.class));
    assertEquals(new Shape.OfScalar(int.class), shape(OptionalInt.class));
    assertEquals(
        new Shape.OfScalar(String.class), shape(new TypeRef<Optional<String>>() {}.type()));
    assertEquals(new Shape.OfList(String.class), shape(List.class));
    assertEquals(new Shape.OfList(int.class), shape(int[].class));
    assertEquals(new Shape.OfList(Long.class), shape(new TypeRef<Set<Long>>() {}.type()));
    assertEquals(new Shape.OfMap(String.class, Object.class), shape(Map.class));
    assertEquals(
        new Shape.OfMap(String.class, Pool.class),
        shape(new TypeRef<SortedMap<String, Pool>>() {}.type()));
    assertEquals(new Shape.OfAnything(), shape(Object.class));
    assertEquals(new Shape.OfAnything(), shape(Node.class));
    assertThrows(IllegalArgumentException.class, () -> shape(Thread.class));
  }
}
