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
}
