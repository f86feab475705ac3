package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Format;
import dev.gimbal.format.Formats;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That the kit fails for formats with one bug each. */
class FormatCompatibilityKitTest {

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

  private static final class Kit extends FormatCompatibilityKit {
    private final Format format;

    Kit(Format format) {
      this.format = format;
    }

    @Override
    protected Format format() {
      return format;
    }

    @Override
    protected String example() {
      return "name = x\ndb.port: 5432\n";
    }

    @Override
    protected Map<String, Object> exampleValues() {
      return Map.of("name", "x", "db", Map.of("port", "5432"));
    }

    @Override
    protected List<String> malformed() {
      return List.of("a=\\u12", "a=\\uxyz1", "a=1\nb=\\u");
    }

    @Override
    protected String nested(int depth) {
      return "a" + ".a".repeat(depth - 1) + "=1";
    }

    @Override
    protected ObjectNode writable(RandomTrees trees) {
      Map<String, Node> children = new HashMap<>();
      children.put("a" + trees.text(), Scalar.string(trees.text(), Scalar.Template.ALL));
      children.put("b", Scalar.string("1"));
      return ObjectNode.of(children);
    }
  }

  private static Arguments bug(String name, Format format, Consumer<FormatCompatibilityKit> test) {
    return Arguments.of(name, format, test);
  }

  static Stream<Arguments> bugs() {
    return Stream.of(
        bug(
            "an extension in upper case",
            new Sound() {
              @Override
              public Set<String> extensions() {
                return Set.of("seeded", "SEED");
              }
            },
            FormatCompatibilityKit::names_areLowerCase_andTheNameIsAnExtension),
        bug(
            "a value that is another",
            new Sound() {
              @Override
              public void read(String text, TreeBuilder out) {
                real.read(text.replace("5432", "5433"), out);
              }
            },
            FormatCompatibilityKit::read_example_givesItsValues),
        bug(
            "a place outside of the document",
            new Sound() {
              @Override
              public void read(String text, TreeBuilder out) {
                real.read("\n\n\n" + text, out);
              }
            },
            FormatCompatibilityKit::read_example_placesEachValueInsideTheDocument),
        bug(
            "malformed documents that are taken",
            new Sound() {
              @Override
              public void read(String text, TreeBuilder out) {
                real.read(text.replace("\\u", ""), out);
              }
            },
            FormatCompatibilityKit::read_malformedDocument_saysWhereInOneLine),
        bug(
            "an exception of its own",
            new Sound() {
              @Override
              public void read(String text, TreeBuilder out) {
                if (text.endsWith("db.")) {
                  throw new IllegalStateException("half a key");
                }
                real.read(text, out);
              }
            },
            FormatCompatibilityKit::read_truncatedExample_failsOnlyWithAPlace),
        bug(
            "line breaks of Windows that end nothing",
            new Sound() {
              @Override
              public void read(String text, TreeBuilder out) {
                real.read(text.replace("\r\n", "\\\n"), out);
              }
            },
            FormatCompatibilityKit::read_exampleWithOtherLineBreaks_givesTheSameKeys),
        bug(
            "a limit that is not kept",
            new Sound() {
              @Override
              public void read(String text, TreeBuilder out) {
                real.read(text.length() > 1000 ? "a=1" : text, out);
              }
            },
            FormatCompatibilityKit::read_nestedDeeperThanTheLimit_isRefused_howeverDeep),
        bug(
            "a document of which nothing counts",
            new Sound() {
              @Override
              public void read(String text, TreeBuilder out) {}
            },
            FormatCompatibilityKit::read_moreValuesThanTheLimit_isRefused),
        bug(
            "values that do not come back",
            new Sound() {
              @Override
              public String write(Node tree) {
                return real.write(tree).replace("x", "y");
              }
            },
            FormatCompatibilityKit::write_example_readsBackEqual),
        bug(
            "literals that it does not have",
            new Sound() {
              @Override
              public boolean hasLiterals() {
                return true;
              }
            },
            FormatCompatibilityKit
                ::write_literal_readsBackAsAPlaceholder_unlessTheFormatHasLiterals),
        bug(
            "blanks that do not come back",
            new Sound() {
              @Override
              public String write(Node tree) {
                return real.write(tree).replace("\\ ", " ");
              }
            },
            FormatCompatibilityKit::write_randomTree_readsBackEqual_orSaysWhatItCannotExpress),
        bug(
            "another error than that it cannot be expressed",
            new Sound() {
              @Override
              public String write(Node tree) {
                throw new ConfigException(ErrorCode.MALFORMED, "no");
              }
            },
            FormatCompatibilityKit::write_randomTree_readsBackEqual_orSaysWhatItCannotExpress));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bugs")
  void kit_ofAFormatWithABug_fails(
      String name, Format format, Consumer<FormatCompatibilityKit> test) {
    assertThrows(AssertionError.class, () -> test.accept(new Kit(format)), name);
    test.accept(new Kit(new Sound()));
  }

  /** State that is kept between calls shows up as soon as two threads read. */
  @Test
  void kit_ofAFormatThatKeepsState_fails() {
    AtomicInteger calls = new AtomicInteger();
    Format forgetful =
        new Sound() {
          @Override
          public void read(String text, TreeBuilder out) {
            real.read(calls.incrementAndGet() > 100 ? "" : text, out);
          }
        };
    assertThrows(Exception.class, () -> new Kit(forgetful).read_byManyThreadsAtOnce_givesTheSame());
    assertEquals(12, bugs().count());
  }
}
