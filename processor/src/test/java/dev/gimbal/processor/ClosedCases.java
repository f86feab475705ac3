package dev.gimbal.processor;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Sources of bound types for a closed world, and documents for them. */
final class ClosedCases {

  /** Beside those of {@link BinderCases}. */
  private static final Map<String, List<String>> MORE =
      Map.of(
          "app.Arrays",
          List.of(
              "{'levels': 'info,loud', 'waits': ['1s'], 'names': 'a', 'grid': [[1], [2, 3]],"
                  + " 'items': [[{'x': 1}], []], 'lists': [[1]], 'some': [{'x': 2}],"
                  + " 'rows': [[0.5]], 'by': {'k': [{'x': 3}]}, 'flags': [true], 'held': {'of':"
                  + " ['h']}}",
              "{'levels': ['none'], 'waits': 'x', 'grid': [['y']], 'items': [[{'x': 'z'}]]}",
              "{}"),
          "app.Figure",
          List.of(
              "{'type': 'dot'}",
              "{'type': 'circle', 'radius': 2}",
              "{'type': 'ring', 'radius': 3, 'width': 1}",
              "{'type': 'cube', 'side': 4}",
              "{'type': 'round'}",
              "{'type': 'circle', 'radius': -1}"),
          "app.Child",
          List.of(
              "{'name': 'n', 'the-size': 3, 'marked': 'm'}",
              "{'name': 'n', 'size': 3}",
              "{'the-size': 'x', 'marked': {}}",
              "{}"),
          "app.Plain",
          List.of("{'x': 1, 'numbers': [2], 'inner': {'y': 'z'}}", "{'numbers': 'n'}"),
          "app.Joint",
          List.of("{'port': 5, 'name': 'n'}"),
          "app.Over",
          List.of("{'the-n': 3, 'all': [1, 2], 'own': 4}", "{'the-n': 'x', 'all': ['y']}", "{}"),
          "app.Outside",
          List.of(
              "{'hidden': {'x': 1}, 'pages': {'a': {'items': [{'x': 2}], 'first': {'x': 3}}},"
                  + " 'getters': {'y': 4}, 'colour': 'red', 'bean': {'z': 5}, 'many': [{'x': 6}],"
                  + " 'one': {'type': 'hidden', 'x': 7}}",
              "{'hidden': {'x': 'a'}, 'getters': {}, 'colour': 'blue', 'one': {'type': 'none'}}"));

  /** In the order of the names of the types. */
  static final Map<String, List<String>> TABLE = new TreeMap<>(MORE);

  static {
    TABLE.putAll(BinderCases.TABLE);
    TABLE.remove("app.Broken"); // what it says differs from the second time on
  }

  private static final String[] SOURCES = {
    """
    @Settings("arrays") record Arrays(
        @Default("info") Level[] levels, @Default("2s") java.time.Duration[] waits,
        @Default("") String[] names, @Default("") int[][] grid, @Default("") Item[][] items,
        @Default("") List<Integer>[] lists, Optional<Item[]> some,
        @Default("") List<double[]> rows, @Default("") Map<String, Item[]> by,
        @Default("") boolean[] flags, Held<String> held) {
      record Item(int x) {}
      record Held<T>(@Default("") T[] of) {}
    }
    """,
    """
    @Settings("figure") public sealed interface Figure {
      record Dot() implements Figure {}
      sealed interface Round extends Figure {}
      record Circle(int radius) implements Round {
        public Circle {
          if (radius < 0) throw new IllegalArgumentException("radius is negative");
        }
      }
      record Ring(int radius, int width) implements Round {}
      abstract sealed class Solid implements Figure {}
      final class Cube extends Solid {
        private int side;
        public void setSide(int side) { this.side = side; }
        public int getSide() { return side; }
      }
    }
    """,
    """
    public class Ancestor {
      @Key("the-size") @Default("7") private int size;
      public void setSize(int size) { this.size = size; }
      public int getSize() { return size; }
      @dev.gimbal.bind.Sensitive public void setCode(int code) {}
    }
    """,
    """
    public interface Marked {
      @Default("x") String marked = "constant";
      StringBuilder mark();
      @dev.gimbal.bind.Sensitive String getName();
      default void setMarked(String mark) { mark().append(mark); }
    }
    """,
    """
    @Settings("child") public class Child extends Ancestor implements Cloneable, Marked {
      private String name = "none";
      public void setCode(int code) {}
      private final StringBuilder mark = new StringBuilder();
      public void setName(String name) { this.name = name; }
      public String getName() { return name; }
      public StringBuilder mark() { return mark; }
    }
    """,
    """
    class Hid {
      @Key("the-n") @Default("7") private int n;
      private List<Integer> all = List.of();
      public void setN(int n) { this.n = n; }
      public int getN() { return n; }
      public void setAll(List<Integer> all) { this.all = all; }
      public List<Integer> getAll() { return all; }
    }
    """,
    """
    @Settings("over") public class Over extends Hid {
      private int own;
      public void setOwn(int own) { this.own = own; }
      public int getOwn() { return own; }
    }
    """,
    """
    @Settings("joint") public interface Joint {
      String name();
      default int port() { return 1; }
      default String join(String with) { return name() + with; }
    }
    """,
    """
    @Settings("plain") public interface Plain {
      @Default("3") int x();
      int[] numbers();
      Inner inner();
      interface Inner { @Default("i") String getY(); }
    }
    """,
    """
    @Settings("outside") public record Outside(
        Hidden hidden, Map<String, Holder<Hidden>> pages, Getters getters, Colour colour, Bean bean,
        @Default("") Hidden[] many, One one) {
      private record Hidden(int x) implements One {}
      record Holder<T>(List<T> items, T first) {}
      private interface Getters { int y(); }
      private enum Colour { RED, GREEN }
      static class Bean {
        private int z;
        private Optional<Hidden> hidden = Optional.empty();
        public void setZ(int z) { this.z = z; }
        public int getZ() { return z; }
        public void setHidden(Optional<Hidden> hidden) { this.hidden = hidden; }
      }
      private sealed interface One permits Hidden {}
    }
    """
  };

  private ClosedCases() {}

  static String[] sources() {
    return Stream.of(BinderCases.SOURCES, BinderCases.NULLS, SOURCES)
        .flatMap(Stream::of)
        .toArray(String[]::new);
  }
}
