package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckTest {

  @TempDir Path folder;

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void check_ofGoodSources_countsThem() throws IOException {
    String one = write("one.yaml", "a: 1\nb: [1, 2]\nc: {d: x, e: {}}\n");

    assertEquals(new Run(0, "ok: 1 source, 3 keys\n", ""), Run.gimbal("check", "-s", one));
  }

  @Test
  void check_ofSeveralBadSources_reportsAllAtOnce() throws IOException {
    String one = write("one.json", "{\"a\":1,\n\"a\":2}");
    String two = write("two.json", "[]");
    String good = write("good.json", "{}");

    assertEquals(
        new Run(
            3,
            "",
            "GIM-006 the key \"a\" stands twice, first at 1:2\n        at "
                + one
                + ":2:1\nGIM-007 the root is a list, expected an object or nothing\n        at "
                + two
                + ":1:1\n"),
        Run.gimbal("check", "-s", one, "-s", good, "-s", two));
  }

  @Test
  void check_ofEachStage_reportsAllOfThemOnce() throws IOException {
    String broken = write("broken.json", "{\"host\":\"h\",\"a\":1,\"a\":2,\"b\":1,\"b\":2}");
    String none = folder.resolve("none.yaml").toString();
    String good = write("good.yaml", "x: ${host}\ny: ${no}\nz: ${x}\n");

    Run run =
        Run.gimbal(
            "check",
            "-s",
            "etcd://u:hunter2@h/p",
            "-s",
            broken,
            "-s",
            none,
            "-s",
            good,
            "-s",
            good,
            "-s",
            "a.yaml?opt=1");

    assertEquals(
        new Run(
            3,
            "",
            """
            GIM-014 source "etcd://***@h/p": no source knows etcd: and there is no such file (known: classpath:, dir:, env:, file:, http:, https:, sys:)
            GIM-016 two sources are named "$good"; a name says which layer a value came from
            GIM-014 source "a.yaml?opt=1": unknown option opt (known: optional, name, format, onMissing, placeholders, dottedKeys, poll, still, settle, maxBytes, maxDepth, maxNodes)
            GIM-006 the key "a" stands twice, first at 1:13
                    at $broken:1:19
            GIM-006 the key "b" stands twice, first at 1:25
                    at $broken:1:31
            GIM-011 there is nothing at this path
                    at $none
            in the other sources:
            GIM-008 x: host is absent, and ${host} has no default
                    at $good:1:4
            GIM-008 y: no is absent, and ${no} has no default
                    at $good:2:4
            """
                .replace("$good", good)
                .replace("$broken", broken)
                .replace("$none", none)),
        run);
  }

  @Test
  void check_ofPlaceholdersAlone_reportsThemWithoutMore() throws IOException {
    String one = write("one.yaml", "x: ${no}\n");

    assertEquals(
        new Run(
            3,
            "",
            "GIM-008 x: no is absent, and ${no} has no default\n        at " + one + ":1:4\n"),
        Run.gimbal("check", "-s", one));
  }

  @Test
  void check_ofAnIndexIntoASourceThatIsWrong_reportsTheSourceOnly() throws IOException {
    String wrong = write("wrong.yaml", "list: [a, b\n");
    String good = write("good.yaml", "x: 1\n");

    Run run = Run.gimbal("check", "-s", wrong, "-s", good, "--set", "list[1]=c");

    assertEquals(
        new Run(
            3,
            "",
            "GIM-004 found the end of the document, expected ',' or ']' (while parsing a flow sequence"
                + " that begins at 1:7)\n        at "
                + wrong
                + ":2:1\n"),
        run);
  }

  @Test
  void check_ofOddProperties_warnsAndExits0() throws IOException {
    String odd = write("odd.properties", "a=1\na=2\n");

    assertEquals(
        new Run(
            0,
            "ok: 1 source, 1 key\n",
            "warning: GIM-006 the key \"a\" stands twice, first at 1:3; the last one wins\n"
                + "        at "
                + odd
                + ":2:3\n"),
        Run.gimbal("check", "-s", odd));
  }

  @Test
  void check_ofOptionalSources_warnsOfThoseThatAreNotReadThere() throws IOException {
    String good = write("good.yaml", "a: 1\n");
    String none = folder.resolve("none.yaml").toString();
    String unreadable = "file:" + folder;

    Run run =
        Run.gimbal(
            "check",
            "-s",
            good,
            "-s",
            none + "?optional=true",
            "-s",
            unreadable + "?optional=true");

    assertEquals(
        new Run(
            0,
            "ok: 3 sources, 1 key\n",
            """
            warning: optional: GIM-011 there is nothing at this path
                    at $none
            warning: optional: GIM-012 it cannot be read: it is a directory
                    at $folder
            """
                .replace("$none", none)
                .replace("$folder", folder.toString())),
        run);
  }

  @Test
  void check_ofANumberThatBeginsWithZero_warns() throws IOException {
    String file = write("mode.yaml", "mode: 0644\n");

    assertEquals(
        new Run(
            0,
            "ok: 1 source, 1 key\n",
            "warning: GIM-021 a number that begins with 0: YAML 1.2 reads it as decimal, tools for"
                + " YAML 1.1 as octal or as text; quote it, or drop the zero\n        at "
                + file
                + ":1:7\n"),
        Run.gimbal("check", "-s", file));
  }
}
