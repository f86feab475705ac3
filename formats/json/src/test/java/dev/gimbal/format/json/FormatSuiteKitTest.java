package dev.gimbal.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Format;
import dev.gimbal.format.Formats;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.testing.FormatSuiteKit;
import dev.gimbal.tree.Node;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the kit, which needs a JSON format, fails for formats and suites with one bug each. */
class FormatSuiteKitTest {

  private static final String VALID = "read_validDocument_givesWhatItsJsonSays";
  private static final String WRITE =
      "write_validDocument_readsBackEqual_orSaysWhatItCannotExpress";
  private static final String INVALID = "read_invalidDocument_saysWhatIsWrongAndWhere";

  /** Properties, unless a bug is put over a method. */
  private static class Sound implements Format {
    final Format real = Objects.requireNonNull(Formats.installed(List.of()).find("properties"));

    @Override
    public String name() {
      return "seeded";
    }

    @Override
    public Set<String> extensions() {
      return Set.of("seeded");
    }

    @Override
    public void read(String text, TreeBuilder out) {
      real.read(text, out);
    }

    @Override
    public String write(Node tree) {
      return real.write(tree);
    }
  }

  private static final class Kit extends FormatSuiteKit {
    private final Bug bug;

    Kit(Bug bug) {
      this.bug = bug;
    }

    @Override
    protected Format format() {
      return bug.format;
    }

    @Override
    protected String suite() {
      return "/seeded";
    }

    @Override
    protected int validDocuments() {
      return 2 + bug.moreValid;
    }

    @Override
    protected int invalidDocuments() {
      return 2 + bug.moreInvalid;
    }

    void run(String check) throws Throwable {
      try {
        FormatSuiteKit.class.getMethod(check).invoke(this);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  /** A bug, and the check that sees it. */
  private record Bug(String name, String check, Format format, int moreValid, int moreInvalid) {

    Bug(String name, String check, Format format) {
      this(name, check, format, 0, 0);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private interface Reading {
    void read(String text, TreeBuilder out, Format real);
  }

  private static Bug reading(String name, String check, Reading reading) {
    return new Bug(
        name,
        check,
        new Sound() {
          @Override
          public void read(String text, TreeBuilder out) {
            reading.read(text, out, real);
          }
        });
  }

  private static Bug writing(String name, UnaryOperator<String> change) {
    return new Bug(
        name,
        WRITE,
        new Sound() {
          @Override
          public String write(Node tree) {
            return change.apply(real.write(tree));
          }
        });
  }

  static Stream<Bug> bugs() {
    return Stream.of(
        reading(
            "a value that is another",
            VALID,
            (text, out, real) -> real.read(text.replace("5432", "5433"), out)),
        reading("a value that is left out", VALID, (text, out, real) -> {}),
        reading(
            "a key that is another",
            VALID,
            (text, out, real) -> real.read(text.replace("name", "Name"), out)),
        reading(
            "a number in place of a string",
            VALID,
            (text, out, real) -> {
              if (text.startsWith("a=")) {
                out.beginObject(1, 1).key("a", 1, 1).number("1", 1, 3).end();
              } else {
                real.read(text, out);
              }
            }),
        reading(
            "a document that is refused",
            VALID,
            (text, out, real) -> {
              if (text.contains(":")) {
                throw out.malformed(1, 1, "no colons");
              }
              real.read(text, out);
            }),
        new Bug("a valid document that is gone", VALID, new Sound(), 1, 0),
        new Bug("a valid document too many", VALID, new Sound(), -1, 0),
        writing("a value that does not come back", text -> text.replace("5432", "5433")),
        writing("a key that does not come back", text -> text.replace("name", "nome")),
        writing(
            "another error than that it cannot be expressed",
            text -> {
              throw new ConfigException(ErrorCode.MALFORMED, "no");
            }),
        new Bug("a document that is gone and not written", WRITE, new Sound(), 1, 0),
        reading(
            "a malformed document that is taken",
            INVALID,
            (text, out, real) -> real.read(text.replace("\\u", ""), out)),
        reading("another place", INVALID, (text, out, real) -> real.read("\n" + text, out)),
        reading(
            "another message",
            INVALID,
            (text, out, real) -> {
              throw out.malformed(text.contains("xyz") ? 2 : 1, 3, "something is wrong");
            }),
        new Bug("an invalid document that is gone", INVALID, new Sound(), 0, 1));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void kit_ofAFormatOrSuiteWithABug_fails(Bug bug) throws Throwable {
    assertThrows(AssertionError.class, () -> new Kit(bug).run(bug.check), bug.name);
    new Kit(new Bug("none", bug.check, new Sound())).run(bug.check);
  }

  @Test
  void bugs_areSeenByEachCheck() {
    Set<String> checks = new TreeSet<>();
    Arrays.stream(FormatSuiteKit.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .map(Method::getName)
        .forEach(checks::add);
    assertEquals(checks, new TreeSet<>(bugs().map(Bug::check).toList()));
    assertEquals(3, checks.size());
    assertEquals(15, bugs().count());
  }
}
