package dev.gimbal.format.hcl;

import static dev.gimbal.testing.FormatTester.place;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gimbal.format.Document;
import dev.gimbal.format.Format;
import dev.gimbal.format.Formats;
import dev.gimbal.format.Limits;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.testing.FormatTester;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HclReadTest {

  private final FormatTester hcl = new FormatTester(new HclFormat());

  @Test
  void format_isFoundAsAService() {
    List<String> names =
        ServiceLoader.load(Format.class).stream()
            .map(p -> p.get().name())
            .filter(name -> name.equals("hcl"))
            .toList();
    assertEquals(List.of("hcl"), names);
    assertEquals(Set.of("hcl", "tf", "tfvars", "nomad"), new HclFormat().extensions());
    assertEquals("hcl", Formats.installed(List.of(new HclFormat())).get("tfvars").name());
  }

  @Test
  void read_expressionsAndTemplates_areNoPlaceholders() {
    Document document =
        hcl.read("a = b.c\nd = \"${e}\"\nf = \"$${g}\"\nh = <<X\n${i}\nX\nj = [k]\n");
    assertFalse(document.tree().hasTemplates());
    assertEquals(Scalar.string("${b.c}"), document.tree().get("a"));
    assertEquals(Scalar.string("${e}"), document.tree().get("d"));
    assertEquals(Scalar.string("${g}"), document.tree().get("f"));
    assertEquals(Scalar.string("${i}\n"), document.tree().get("h"));
  }

  @Test
  void read_eachValue_hasItsOwnPlace() {
    Document document =
        hcl.read(
            """
            a = "x" # \uD83D\uDE00
            /* \uD83D\uDE00 */ b =  -1
            c = [true,
              d.e + 1, { f = null }]
            g "h" {
              i = <<X
            text
            X
            }
            j {}
            j { k = 1 }
            g "l" "m" {}
            """);
    assertEquals("1:1", place(document, ""));
    assertEquals("1:5", place(document, "a"));
    assertEquals("2:14", place(document, "b"));
    assertEquals("3:5", place(document, "c"));
    assertEquals("3:6", place(document, "c[0]"));
    assertEquals("4:3", place(document, "c[1]"));
    assertEquals("4:12", place(document, "c[2]"));
    assertEquals("4:18", place(document, "c[2].f"));
    assertEquals("5:1", place(document, "g"));
    assertEquals("5:1", place(document, "g.h"));
    assertEquals("6:7", place(document, "g.h.i"));
    assertEquals("10:1", place(document, "j"));
    assertEquals("10:1", place(document, "j[0]"));
    assertEquals("11:1", place(document, "j[1]"));
    assertEquals("11:9", place(document, "j[1].k"));
    assertEquals("12:1", place(document, "g.l"));
    assertEquals("12:1", place(document, "g.l.m"));
  }

  @Test
  void read_leadingZero_isWarnedOf() {
    assertEquals(
        List.of(
            "GIM-021 1:5 a number that begins with 0: HCL 2 reads it as decimal, HCL 1 as octal"),
        hcl.warnings("a = 0644\nb = 0\nc = 0.5\nd = 0x10\n"));
  }

  @Test
  void read_carriageReturnsInAHeredoc_stay() {
    assertEquals(Map.of("a", "x\r\n y\r\n"), hcl.map("a = <<-X\r\n  x\r\n   y\r\n  X\r\n"));
  }

  @Test
  void read_dottedKeys_areSplitWhereAsked() {
    Document expanded =
        hcl.read(
            "\"a.b\" = 1\na \"c.d\" { e = 2 }\n", ReadOptions.DEFAULT.withExpandDottedKeys(true));
    assertEquals("1:9", place(expanded, "a.b"));
    assertEquals("2:15", place(expanded, "a.c.d.e"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = %s[",
        "a = %s{b=",
        "a = %s(",
        "a = %sf(",
        "a = %sb[",
        "a = %sx ? ",
        "a = %s\"${",
        "a = %s[for x in ",
        "a = %s{for x in y : x => ",
        "a = %sf(<<X\n${",
        "%sa {\n",
        "%sa \"b\" {\n"
      })
  void read_depthBomb_namesTheLimit(String document) {
    String head = document.substring(0, document.indexOf("%s"));
    String level = document.substring(document.indexOf("%s") + 2);
    List<String> problems = hcl.problems(head + level.repeat(100_000));
    assertEquals(1, problems.size());
    assertEquals("GIM-005", problems.get(0).substring(0, 7));
    assertEquals("nested deeper than maxDepth 256", problems.get(0).replaceFirst("\\S+ \\S+ ", ""));
  }

  @Test
  void read_manyLabels_nestTooDeep() {
    assertEquals(
        List.of("GIM-005 1:516 nested deeper than maxDepth 256"),
        hcl.problems("a" + " b".repeat(100_000) + " {}"));
  }

  /** The reader has a limit of its own, so that the stack of an ordinary thread is enough. */
  @Test
  void read_deeperThanTheReaderGoes_isRefusedWhateverTheLimits() throws InterruptedException {
    ReadOptions options = ReadOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxDepth(1_000_000));
    String level = "\"${[f(\"${{a = ";
    AtomicReference<List<String>> problems = new AtomicReference<>(List.of());
    Thread ordinary =
        new Thread(
            null,
            () -> problems.set(hcl.problems("a = " + level.repeat(100_000), options)),
            "ordinary",
            1024 * 1024);
    ordinary.start();
    ordinary.join();
    assertEquals(1, problems.get().size());
    assertEquals(
        "nested deeper than 500, the most that HCL is read to",
        problems.get().get(0).replaceFirst("\\S+ \\S+ ", ""));
  }

  @Test
  void read_chains_areNotNested() {
    hcl.read("a = " + "b + ".repeat(100_000) + "c\n");
    hcl.read("a = " + "b ? c : ".repeat(100_000) + "d\n");
    hcl.read("a = " + "-".repeat(100_000) + "b\n");
    hcl.read("a = b" + ".c[0].*[*]".repeat(100_000) + "\n");
    hcl.read("a = \"" + "${b} %{ if c }x%{ endif } $${".repeat(100_000) + "\"\n");
  }

  @Test
  void read_largeDocuments_takeTimeInProportion() {
    String line = "a b = [1, \"${c(\"d\")}\", e.f] # g\n";
    StringBuilder blocks = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      blocks.append("a \"b").append(i).append("\" {\n  c = (d + [e][0])\n}\n");
    }
    assertEquals(20_000, ((Map<?, ?>) hcl.map(blocks.toString()).get("a")).size());
    String value = line.substring(line.indexOf('[')).repeat(20_000);
    assertEquals(1, hcl.map("a = f(\n" + value.replace("\n", "\n,") + "1)\n").size());
    assertEquals(1, hcl.map("a = <<-X\n" + "  x ${y} $${z}\n".repeat(50_000) + "X\n").size());
    assertEquals(0, hcl.map("# x\n/* y */\n".repeat(50_000)).size());
  }

  @Test
  void read_numberThatIsTooLong_namesTheLimit() {
    String message = "GIM-005 1:5 a number of 1000000 characters, more than 1000";
    assertEquals(List.of(message), hcl.problems("a = " + "1".repeat(1_000_000)));
    assertEquals(List.of(message), hcl.problems("a = 0x" + "f".repeat(999_998)));
  }

  @Test
  void read_moreValuesThanTheLimit_namesIt() {
    ReadOptions options = ReadOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxNodes(3));
    assertEquals(
        List.of("GIM-005 1:9 more values than maxNodes 3"), hcl.problems("a = [1, 2]", options));
    assertEquals(
        List.of("GIM-005 1:12 more values than maxNodes 3"),
        hcl.problems("a = [1, 2, 3, 4]", options));
    hcl.read("a = f([1, 2, 3, 4, 5])", options);
  }

  @Test
  void read_malformed_neverShowsAValue() {
    String secret = "hunter2";
    for (String text :
        List.of(
            "a = \"hunter2",
            "a = hunter2 hunter2",
            "a = \"hunter2\" \"x\"",
            "a = <<hunter2\nx",
            "a = <<X\nhunter2\n",
            "a = [hunter2",
            "a = \"${hunter2\"",
            "a = \"%{ hunter2 }\"",
            "a = 1hunter2",
            "a = \"\\hunter2\"")) {
      List<String> problems = hcl.problems(text);
      assertEquals(1, problems.size(), text);
      assertFalse(problems.get(0).contains(secret), problems.get(0));
    }
  }
}
