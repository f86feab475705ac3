package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiffTest {

  @TempDir Path folder;

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private Run diff(int exit, String out) {
    return new Run(exit, out.replace("$", folder.toString() + "/"), "");
  }

  @Test
  void diff_ofEqualSources_printsNothingAndExits0() throws IOException {
    String yaml = write("a.yaml", "a: {b: x, c: [1, 2]}\nd: {}\n");
    String json = write("b.json", "{\"d\": {}, \"a\": {\"c\": [1, 2], \"b\": \"x\"}}");

    assertEquals(diff(0, ""), Run.gimbal("diff", yaml, json));
    assertEquals(diff(0, ""), Run.gimbal("diff", yaml, yaml));
  }

  @Test
  void diff_ofEmptySources_exits0() throws IOException {
    assertEquals(diff(0, ""), Run.gimbal("diff", write("a.json", "{}"), write("b.yaml", "\n")));
  }

  @Test
  void diff_ofDifferentSources_printsALineForEachPathAndExits1() throws IOException {
    String a = write("a.yaml", "port: 80\nhosts: [a, b]\nold: {x: 1}\nsame: s\nmade: {}\n");
    String b = write("b.yaml", "port: '80'\nhosts: [a]\nsame: s\nnew: true\nmade: {y: 1.10}\n");

    assertEquals(
        diff(
            1,
            """
            ~ hosts: ["a","b"] -> ["a"]   at $a.yaml:2:8 -> $b.yaml:2:8
            - made: {}   at $a.yaml:5:7
            + made.y: 1.10   at $b.yaml:5:11
            + new: true   at $b.yaml:4:6
            - old.x: 1   at $a.yaml:3:10
            ~ port: 80 -> "80"   at $a.yaml:1:7 -> $b.yaml:1:7
            """),
        Run.gimbal("diff", a, b));
  }

  @Test
  void diff_asJson_isOneLineForEachPath() throws IOException {
    String a = write("a.yaml", "x: 1\ny: 2\n");
    String b = write("b.yaml", "y: 3\nz: 4\n");

    assertEquals(
        diff(
            1,
            """
            {"path":"x","old":1,"new":null,"oldAt":"$a.yaml:1:4","newAt":null}
            {"path":"y","old":2,"new":3,"oldAt":"$a.yaml:2:4","newAt":"$b.yaml:1:4"}
            {"path":"z","old":null,"new":4,"oldAt":null,"newAt":"$b.yaml:2:4"}
            """),
        Run.gimbal("diff", a, b, "--output", "json"));
  }

  @Test
  void diff_ofSecrets_masksThemUnlessRevealed() throws IOException {
    String a = write("a.yaml", "password: old1\n");
    String b = write("b.yaml", "password: new1\ntokens: [t1]\n");

    assertEquals(
        diff(
            1,
            """
            ~ password: "***" -> "***"   at $a.yaml:1:11 -> $b.yaml:1:11
            + tokens: "***"   at $b.yaml:2:9
            """),
        Run.gimbal("diff", a, b));
    assertEquals(
        diff(
            1,
            """
            ~ password: "old1" -> "new1"   at $a.yaml:1:11 -> $b.yaml:1:11
            + tokens: ["t1"]   at $b.yaml:2:9
            """),
        Run.gimbal("diff", a, b, "--reveal"));
  }

  @Test
  void diff_ofWhatIsMarked_masksIt() throws IOException {
    String a = write("a.yaml", "pin: 1\nurl: ${db.password:old1}\nx: 1\n");
    String b = write("b.yaml", "pin: 2\nurl: ${db.password:new1}\nx: 1\n");

    assertEquals(
        diff(
            1,
            """
            ~ pin: "***" -> "***"   at $a.yaml:1:6 -> $b.yaml:1:6
            ~ url: "***" -> "***"   at $a.yaml:2:6 -> $b.yaml:2:6
            """),
        Run.gimbal("diff", a, b, "--secret", "pin"));
    assertEquals(
        diff(
            1,
            """
            ~ pin: "***" -> 2   at $a.yaml:1:6 -> $b.yaml:1:6
            ~ url: "***" -> "***"   at $a.yaml:2:6 -> $b.yaml:2:6
            """),
        Run.gimbal("diff", a + "?secret=true", b));
  }

  @Test
  void diff_ofPlaceholders_comparesThemAsTheyStand() throws IOException {
    String a = write("a.yaml", "url: http://${none}\n");
    String b = write("b.yaml", "url: ${env:NONE}\n");

    assertEquals(
        new Run(
            1,
            "~ url: \"http://${none}\" -> \"${env:NONE}\"   at " + a + ":1:6 -> " + b + ":1:6\n",
            ""),
        Run.gimbal("diff", a, b));
  }

  @Test
  void diff_ofALiteralAndAPlaceholder_tellsThemApart() throws IOException {
    String literal = Files.writeString(folder.resolve("a.env"), "A='${B}'\n").toString();
    String placeholder = Files.writeString(folder.resolve("b.env"), "A=${B}\n").toString();
    String escaped = Files.writeString(folder.resolve("c.yaml"), "A: $${B}\n").toString();

    String line =
        "~ A: \"$${B}\" -> \"${B}\"   at " + literal + ":1:3 -> " + placeholder + ":1:3\n";
    assertEquals(new Run(1, line, ""), Run.gimbal("diff", literal, placeholder));
    assertEquals(new Run(0, "", ""), Run.gimbal("diff", literal, escaped));
  }

  @Test
  void diff_ofAWrongSource_exits3() throws IOException {
    String a = write("a.yaml", "a: 1\n");
    String none = folder.resolve("none.yaml").toString();
    Run expected =
        new Run(3, "", "GIM-011 there is nothing at this path\n        at " + none + "\n");

    assertEquals(expected, Run.gimbal("diff", none, a));
    assertEquals(expected, Run.gimbal("diff", a, none));
    assertEquals(new Run(3, "", expected.err().repeat(2)), Run.gimbal("diff", none, none));
  }

  @Test
  void diff_ofAKeyThatSteersTheTerminal_showsIt() throws IOException {
    String a = write("a.json", "{}");
    String b = write("b.json", "{\"a\\u001b[1m\": \"x\\ny\"}");

    Run run = Run.gimbal("diff", a, b);

    assertEquals(diff(1, "+ \"a\\u001b[1m\": \"x\\ny\"   at $b.json:1:16\n"), run);
  }
}
