package dev.gimbal.bind;

import static dev.gimbal.bind.Binding.bind;
import static dev.gimbal.bind.Binding.failures;
import static dev.gimbal.bind.Binding.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Classes with setters. */
class BeansTest {

  private static final String INT = "an integer from -2147483648 to 2147483647";

  /** A superclass with a type variable. */
  public static class Base<T> {
    private T item;

    public T getItem() {
      return item;
    }

    public void setItem(T item) {
      this.item = item;
    }
  }

  /** Setters of all kinds. */
  public static class Pool extends Base<List<Integer>> {
    static final List<Pool> MADE = new ArrayList<>();
    private int maxSize = 10;
    private String url = "none";
    private boolean open;

    @Key("the-name")
    private String name = "n";

    private int steps;

    public Pool() {
      MADE.add(this);
    }

    public void setMaxSize(int maxSize) {
      if (maxSize < 1) {
        throw new IllegalArgumentException("max-size must be at least 1");
      }
      this.maxSize = maxSize;
    }

    public String getUrl() {
      return url;
    }

    public void setUrl(String url) {
      this.url = url;
    }

    public void setUrl(int port) {
      this.url = "localhost:" + port;
    }

    public boolean isOpen() {
      return open;
    }

    public Pool setOpen(boolean open) {
      this.open = open;
      return this;
    }

    public void setName(String name) {
      this.name = name;
    }

    @Default("3")
    public void setSteps(int steps) {
      this.steps = steps;
    }

    public void settle(int no) {
      throw new AssertionError(no);
    }

    public static void setNothing(int no) {
      throw new AssertionError(no);
    }
  }

  @Test
  void setters_takeWhatIsThere_andTheRestIsAsConstructed() {
    Pool pool = bind(Map.of("max_size", 5, "the-name", "x", "item", "1,2"), Pool.class);
    assertEquals(5, pool.maxSize);
    assertEquals("none", pool.url);
    assertEquals("x", pool.name);
    assertEquals(List.of(1, 2), pool.getItem());
    assertEquals(3, pool.steps);
    Pool other = bind(Map.of("url", "u", "open", true, "settle", 1, "nothing", 1), Pool.class);
    assertEquals(10, other.maxSize);
    assertEquals("u", other.url);
    assertEquals(true, other.open);
    assertNotSame(pool, other);
  }

  @Test
  void allThatIsWrong_isToldAtOnce_andNothingIsMade() {
    int before = Pool.MADE.size();
    assertEquals(
        List.of(
            "item[1]: found \"x\", expected " + INT,
            "maxSize: found \"y\", expected " + INT,
            "open: found 1, expected true or false"),
        failures(Map.of("maxSize", "y", "item", List.of(1, "x"), "open", 1), Pool.class));
    assertEquals(before, Pool.MADE.size());
  }

  @Test
  void whatASetterThrows_isAFailureOfTheObject() {
    assertEquals(
        List.of(
            "found an object, expected values that BeansTest.Pool takes (max-size must be at least"
                + " 1)"),
        failures(Map.of("maxSize", 0), Pool.class));
  }

  static class Nested {
    Pool pool = new Pool();
    Pool[] pools = {};

    public void setPool(Pool pool) {
      this.pool = pool;
    }

    public void setPools(Pool[] pools) {
      this.pools = pools;
    }
  }

  @Test
  void beansOfThePackage_holdOthers() {
    Nested nested =
        bind(Map.of("pool", Map.of("maxSize", 7), "pools", List.of(Map.of())), Nested.class);
    assertEquals(7, nested.pool.maxSize);
    assertEquals(10, nested.pools[0].maxSize);
    assertEquals(10, bind(Map.of(), Nested.class).pool.maxSize);
  }

  /** What the compiler makes bridges to in a public class. */
  static class Hidden<T> {
    @Key("the-count")
    @Default("7")
    private int count;

    private List<T> items = List.of();

    public void setCount(int count) {
      this.count = count;
    }

    public void setItems(List<T> items) {
      this.items = items;
    }
  }

  /** Public, as its superclass is not. */
  public static class Shown extends Hidden<Integer> {}

  /** Below one that has the bridges. */
  public static class Lower extends Shown {}

  @Test
  void settersOfASuperclassThatIsNotPublic_areThoseOfThePublicClass() {
    for (Class<? extends Shown> type : List.of(Shown.class, Lower.class)) {
      Shown shown = bind(Map.of("the-count", 3, "items", "1,2"), type);
      assertEquals(3, ((Hidden<Integer>) shown).count);
      assertEquals(List.of(1, 2), ((Hidden<Integer>) shown).items);
      assertEquals(7, ((Hidden<Integer>) bind(Map.of("count", 3), type)).count);
      assertEquals(
          List.of("items[0]: found \"x\", expected " + INT),
          failures(Map.of("items", List.of("x")), type));
    }
  }

  static final class NoSetters {}

  static final class NoConstructor {
    int a;

    NoConstructor(int a) {
      this.a = a;
    }

    public void setA(int a) {
      this.a = a;
    }
  }

  static final class Ambiguous {
    String a = "";

    public void setA(int a) {
      this.a = "int " + a;
    }

    public void setA(String a) {
      this.a = a;
    }
  }

  @Test
  void whatIsNoBean_isRefused() {
    String type = "type: " + BeansTest.class.getTypeName();
    String made = " (expected: a type that the conversions make)";
    assertEquals(type + "$NoSetters" + made, refused(NoSetters.class));
    assertEquals(type + "$NoConstructor" + made, refused(NoConstructor.class));
    assertEquals("type: java.util.Date" + made, refused(java.util.Date.class));
    assertEquals(
        Ambiguous.class.getTypeName() + ": two setters of a, and no getter says which",
        refused(Ambiguous.class));
  }
}
