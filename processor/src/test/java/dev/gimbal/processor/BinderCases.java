package dev.gimbal.processor;

import java.util.List;
import java.util.Map;

/** Sources of bound types, and documents for them. */
final class BinderCases {

  /** Types, each with documents for it. */
  static final Map<String, List<String>> TABLE =
      Map.ofEntries(
          Map.entry(
              "app.Server",
              List.of(
                  "{'port': 1, 'hosts': ['a', 'b'], 'level': 'loud', 'sizes': [1], 'raw': 'SGk='}",
                  "{'PORT': 1, 'hosts': 'a,b', 'max.conn': 7, 'note': 'x', 'raw': ''}",
                  "{'port': 'x', 'hosts': {}, 'level': 'none', 'sizes': ['y'], 'max.conn': 1.5}",
                  "{'port': 1, 'Port': 2, 'porta': 3}",
                  "{'port': 1, 'hosts': [], 'raw': '', 'max-conn': 'not read'}",
                  "{'port': 0, 'hosts': [], 'raw': ''}",
                  "{'port': -1, 'hosts': [], 'raw': ''}",
                  "{'port': -2, 'hosts': [], 'raw': ''}",
                  "{'port': null, 'hosts': [null], 'note': null}",
                  "{}",
                  "5")),
          Map.entry(
              "app.Nested",
              List.of(
                  "{'a': {'inner': {'x': 1}}, 'b': {'inner': {'y': 'z'}}, 'url': 1, 'URL': 2}",
                  "{'a': {'inner': {'x': 'n'}}, 'b': {'inner': {}}, 'Url': 1, 'URL': 2}",
                  "{'a': {}, 'b': 1, 'url': 1}")),
          Map.entry(
              "app.Pages",
              List.of(
                  "{'texts': {'items': ['a'], 'first': 'b', 'all': ['c']},"
                      + " 'numbers': {'items': [1], 'first': 2, 'all': [3], 'more': [[4]]},"
                      + " 'raw': {'items': [1], 'first': {'k': 2}, 'all': []},"
                      + " 'any': {'items': [1], 'first': 2, 'all': [5]}}",
                  "{'texts': {'items': [{}]}, 'numbers': {'items': ['x'], 'more': [['y']]}}")),
          Map.entry(
              "app.Getters",
              List.of(
                  "{'name': 'a', 'open': true, 'values': [1, 2], 'items': [3]}",
                  "{'name': 'a', 'open': 'x', 'port': 'y', 'next': 'z'}",
                  "{'name': 'a', 'open': true, 'port': 5, 'values': [], 'items': [], 'maybe': 'm'}",
                  "{'name': 'boom', 'open': true, 'values': [], 'items': []}",
                  "{}",
                  "[]")),
          Map.entry(
              "app.Bean",
              List.of(
                  "{}",
                  "{'size': 3, 'names': ['a'], 'level': 'INFO', 'inherited': 2, 'k': 1, 'held': 4}",
                  "{'size': 'x', 'names': {}, 'level': '?', 'inherited': 'y', 'held': 'w'}",
                  "{'size': -1}",
                  "{'size': null, 'Size': 2}")),
          Map.entry(
              "app.Auth",
              List.of(
                  "{'type': 'token', 'value': 'x'}",
                  "{'type': 'none'}",
                  "{'type': 'getters', 'user': 'u'}",
                  "{'type': 'token'}",
                  "{'type': 'other'}",
                  "{}")),
          Map.entry(
              "app.Tree",
              List.of("{'left': {'left': {}}, 'all': [{'left': {}}]}", "{'left': {'left': 1}}")),
          Map.entry(
              "app.Notes",
              List.of(
                  "{}",
                  "{'setter': 7, 'getter': 8, 'field': 9, 'a': 10, 'b': 11, 'c': 12}",
                  "{'d': 'x', 'on': 'y', 'time': 5}")),
          Map.entry("app.Broken", List.of("{'a': 1}", "{}")),
          Map.entry(
              "app.Nulls",
              List.of("{}", "{'a': 'x', 'c': [], 'e': 1}", "{'b': {}, 'd': [1], 'e': []}")));

  static final String[] SOURCES = {
    "public enum Level { INFO, LOUD }",
    """
    @Settings("server") record Server(
        int port, List<String> hosts, @Default("INFO") Level level, @Default("1,2") int[] sizes,
        @Key("max.conn") @Default("5") long max, Optional<String> note, byte[] raw,
        @Default("\\"\\\\\\u00e9\\n${a}") String text, @Default("") Map<String, Level> levels) {
      Server {
        if (port == 0) throw new IllegalArgumentException("port is 0");
        if (port == -1) throw new IllegalStateException("port is -1");
        if (port == -2) throw new AssertionError("port is -2");
      }
    }
    """,
    """
    @Settings("nested") public record Nested(A a, B b, @Default("0") int url, @Default("0") int URL) {
      record A(Inner inner) { record Inner(int x) {} }
      record B(Inner inner) { protected record Inner(String y) {} }
    }
    """,
    """
    public record Page<T extends Object, U extends Integer>(
        List<? extends T> items, T first, T[] all, @Default("") List<List<U>>[] more,
        Optional<Page<T, U>> next) {}
    """,
    """
    @Settings("pages") @SuppressWarnings("rawtypes") record Pages(
        Page<String, Integer> texts, Page<Integer, Integer> numbers, Page raw, Page<?, ?> any) {}
    """,
    "interface Base<T> { T[] values(); List<T> getItems(); Object next(); }",
    """
    @Settings("getters") public interface Getters extends Base<Integer> {
      String name();
      boolean isOpen();
      default int port() { return name().length() + 1; }
      default String next() { return port() + name(); }
      default Optional<String> maybe() { return Optional.empty(); }
      @Default("7") int more();
      default String checked() throws java.io.IOException {
        if (name().equals("boom")) throw new java.io.IOException("boom");
        return "fine";
      }
      default String join(String with) { return name() + with; }
      static int fixed() { return 1; }
      int hashCode();
    }
    """,
    """
    class Parent<T> {
      private int inherited = 1;
      private T held;
      public void setInherited(int inherited) { this.inherited = inherited; }
      public int getInherited() { return inherited; }
      public void setHeld(T held) { this.held = held; }
      public T getHeld() { return held; }
    }
    """,
    """
    @Settings("bean") class Bean extends Parent<Long> {
      private int size = 4;
      private List<String> names = List.of("n");
      @Key("k") private int keyed;
      private Level level;
      Bean() {}
      Bean(int size) { this.size = size; }
      public void setSize(String text) { throw new AssertionError(); }
      public Bean setSize(int size) {
        if (size < 0) throw new IllegalArgumentException("too small");
        this.size = size;
        return this;
      }
      public int getSize() { return size; }
      public void setNames(List<String> names) { this.names = names; }
      public List<String> getNames() { return names; }
      @Default("3") public void setKeyed(int keyed) { this.keyed = keyed; }
      public int getKeyed() { return keyed; }
      public void setLevel(Level level) { this.level = level; }
      public Level getLevel() { return level; }
    }
    """,
    """
    @Settings("auth") sealed interface Auth {
      record Token(String value) implements Auth {}
      record None() implements Auth {}
      non-sealed interface Getters extends Auth { String user(); }
    }
    """,
    "@Settings(\"tree\") record Tree(Optional<Tree> left, @Default(\"\") List<Tree> all) {}",
    """
    @Settings("notes") @SuppressWarnings("serial") class Notes extends Date {
      @Key("field") @Default("1") private int a;
      private int b;
      @Default("2") private int c;
      private boolean on;
      private String d = "d";
      @Key("getter") @Default("3") public int getA() { return a; }
      @Key("setter") @Default("4") public void setA(int a) { this.a = a; }
      @Default("5") public int getB() { return b; }
      @Key("setter") @Default("6") public void setB(int b) { this.b = b; }
      public int getC() { return c; }
      @Key("getter") public void setC(int c) { this.c = c; }
      @Default("true") public boolean isOn() { return on; }
      @Default("false") public boolean getOn() { return on; }
      public void setOn(boolean on) { this.on = on; }
      public void setD(String d) { this.d = d; }
      public void setD(int[] d) { throw new AssertionError(); }
      public String getD() { return d; }
      @Default("static") public static int[] isD() { return null; }
    }
    """,
    """
    @Settings("broken") record Broken(int a) {
      static final int FIXED = 1 / Integer.parseInt("0");
    }
    """,
  };

  /** With annotations that no processor knows. */
  static final String[] NULLS = {
    """
    package notes;
    import java.lang.annotation.*;
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE_USE, ElementType.RECORD_COMPONENT})
    public @interface Nullable {}
    """,
    """
    package notes.kept;
    import java.lang.annotation.*;
    @Retention(RetentionPolicy.CLASS) public @interface Nullable {}
    """,
    """
    package notes.methods;
    import java.lang.annotation.*;
    @Retention(RetentionPolicy.RUNTIME) @Target(ElementType.METHOD) public @interface Nullable {}
    """,
    """
    @Settings("nulls") record Nulls(
        @notes.Nullable String a, @notes.kept.Nullable String b, String @notes.Nullable [] c,
        @notes.Nullable String[] d, @notes.methods.Nullable Integer e, @notes.Nullable int f) {}
    """,
  };

  private BinderCases() {}
}
