package dev.gimbal.bind;

import static dev.gimbal.bind.Binding.bind;
import static dev.gimbal.bind.Binding.failures;
import static dev.gimbal.bind.Binding.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.TypeRef;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sealed types, by the key that says which. */
class SealedTypesTest {

  private static final String INT = "an integer from -2147483648 to 2147483647";
  private static final String CHOICES = "one of Circle, ellipse, BigSquare, Named";

  sealed interface Shape permits Round, BigSquare, Named {}

  sealed interface Round extends Shape permits Circle, Ellipse {}

  record Circle(int radius) implements Round {}

  @Key("ellipse")
  record Ellipse(int a, int b) implements Round {}

  record BigSquare(int side, @Default("1") int z) implements Shape {}

  non-sealed interface Named extends Shape {
    String type();

    int id();
  }

  abstract static sealed class Auth permits Basic, Token {
    private String user = "nobody";

    public String user() {
      return user;
    }

    public void setUser(String user) {
      this.user = user;
    }
  }

  static final class Basic extends Auth {}

  static final class Token extends Auth {}

  @Test
  void theTypeKey_saysWhich() {
    assertEquals(new Circle(1), bind(Map.of("type", "Circle", "radius", 1), Shape.class));
    assertEquals(new Ellipse(1, 2), bind(Map.of("type", "ellipse", "a", 1, "b", 2), Shape.class));
    assertEquals(new Circle(1), bind(Map.of("type", "circle", "radius", 1), Round.class));
    Auth auth = bind(Map.of("type", "token", "user", "u"), Auth.class);
    assertTrue(auth instanceof Token);
    assertEquals("u", auth.user());
  }

  @Test
  void theType_isReadAsAnEnumIs() {
    for (String type : List.of("BigSquare", "big-square", "BIG_SQUARE", "bigsquare")) {
      assertEquals(new BigSquare(2, 1), bind(Map.of("Type", type, "side", 2), Shape.class));
    }
  }

  @Test
  void aMemberOfThatName_readsTheSameKey() {
    Shape shape = bind(Map.of("type", "named", "id", 3), Shape.class);
    assertEquals("named", ((Named) shape).type());
    assertEquals(3, ((Named) shape).id());
  }

  record Drawing(List<Shape> shapes, Map<String, Round> rounds) {}

  @Test
  void whatIsWrong_isToldWithItsPlace() {
    assertEquals(
        List.of(
            "shapes[0].type: found \"cirle\", expected " + CHOICES,
            "shapes[1].type: there is no value, expected " + CHOICES,
            "shapes[2].side: there is no value, expected " + INT,
            "shapes[2].z: found \"x\", expected " + INT,
            "shapes[3]: found \"circle\", expected an object",
            "shapes[4].type: found an object, expected " + CHOICES,
            "rounds.a.TYPE: found \"ellipse\", expected only one of the keys TYPE, type",
            "rounds.a.type: found \"ellipse\", expected only one of the keys TYPE, type",
            "rounds.b.type: found \"BigSquare\", expected one of Circle, ellipse"),
        failures(
            Map.of(
                "shapes",
                List.of(
                    Map.of("type", "cirle", "radius", 1),
                    Map.of("typ", "circle"),
                    Map.of("type", "big_square", "z", "x"),
                    "circle",
                    Map.of("type", Map.of())),
                "rounds",
                Map.of(
                    "a", Map.of("type", "ellipse", "TYPE", "ellipse"),
                    "b", Map.of("type", "BigSquare"))),
            Drawing.class));
  }

  @Test
  void theChoices_areInTheFailure() {
    ConversionException wrong =
        assertThrows(
            ConversionException.class,
            () -> Conversions.standard().convert(Binding.node(Map.of("type", "x")), Shape.class));
    assertEquals(
        List.of("Circle", "ellipse", "BigSquare", "Named"), wrong.failures().get(0).choices());
  }

  sealed interface Expression permits Number2, Sum {}

  record Number2(int value) implements Expression {}

  record Sum(Expression left, Expression right) implements Expression {}

  @Test
  void sealedTypesOfThemselves_areMade() {
    Map<String, ?> two = Map.of("type", "number2", "value", 2);
    Map<String, ?> sum = Map.of("type", "sum", "left", two, "right", two);
    Sum four = new Sum(new Number2(2), new Number2(2));
    assertEquals(
        new Sum(four, new Number2(2)),
        bind(Map.of("type", "sum", "left", sum, "right", two), Expression.class));
    assertEquals(
        List.of(
            "left: there is no value, expected an object",
            "right.type: there is no value, " + "expected one of Number2, Sum"),
        failures(Map.of("type", "sum", "right", Map.of()), Expression.class));
  }

  sealed interface Alike permits Alike.AB, Alike.A_B {
    record AB() implements Alike {}

    record A_B() implements Alike {}
  }

  sealed interface Generic<T> permits GenericCase {}

  record GenericCase<T>(T t) implements Generic<T> {}

  sealed interface Unmade permits UnmadeCase {}

  record UnmadeCase(Thread thread) implements Unmade {}

  sealed interface Open permits OpenCase {}

  abstract static non-sealed class OpenCase implements Open {}

  @Test
  void whatCannotBeToldApartOrMade_isRefused() {
    assertEquals(
        "types: "
            + Alike.AB.class.getTypeName()
            + " and "
            + Alike.A_B.class.getTypeName()
            + " (expected: names that differ in more than case and separators)",
        refused(Alike.class));
    assertEquals(
        "type: "
            + Generic.class.getTypeName()
            + " (expected: a sealed type without type variables)",
        refused(new TypeRef<Generic<String>>() {}.type()));
    assertEquals(
        "SealedTypesTest.UnmadeCase.thread: type: java.lang.Thread (expected: a type that the"
            + " conversions make)",
        refused(Unmade.class));
    assertEquals(
        "SealedTypesTest.Open: type: "
            + OpenCase.class.getTypeName()
            + " (expected: a type that the conversions make)",
        refused(Open.class));
  }
}
