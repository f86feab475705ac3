package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplainTest {

  @TempDir Path folder;

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void explain_ofAValue_tellsWhoWonAndWhoLost() throws IOException {
    String low = write("low.properties", "port=80\n");
    String high = write("high.yaml", "port: 8080\n");

    Run run = Run.gimbal("explain", "port", "-s", low, "-s", high, "--set", "port=90");

    assertEquals(
        new Run(
            0,
            "port = 90\n  won: 90   at --set\n  lost: 8080   at "
                + high
                + ":1:7\n  lost: 80   at "
                + low
                + ":1:6\n",
            ""),
        run);
  }

  @Test
  void explain_ofARemovedValue_tellsWhoRemovedItAndExits1() throws IOException {
    String low = write("low.properties", "port=80\nhost=h\n");

    Run run = Run.gimbal("explain", "port", "-s", low, "--set", "port=null");

    assertEquals(
        new Run(
            1,
            "port = (absent)\n  removed: null   at --set\n  lost: 80   at " + low + ":1:6\n",
            "absent: port\n"),
        run);
  }

  @Test
  void explain_ofWhatSetLeftInAList_namesTheFile() throws IOException {
    Path low = Files.writeString(folder.resolve("low.properties"), "l[0].a=1\nl[1].a=2\n");

    Run run = Run.gimbal("explain", "l[1].a", "-s", low.toString(), "--set", "l[0].a=9");
    Run set = Run.gimbal("explain", "l[0].a", "-s", low.toString(), "--set", "l[0].a=9");

    assertEquals(new Run(0, "l[1].a = 2\n  won: 2   at " + low + ":2:8\n", ""), run);
    assertEquals(
        new Run(0, "l[0].a = 9\n  won: 9   at --set\n  lost: 1   at " + low + ":1:8\n", ""), set);
  }

  @Test
  void explain_ofNothing_asksWhatWasMeant() throws IOException {
    String low = write("low.properties", "port=80\n");

    assertEquals(
        new Run(1, "prot = (absent)\n", "absent: prot; did you mean port?\n"),
        Run.gimbal("explain", "prot", "-s", low));
  }

  @Test
  void explain_ofASecret_masksItUnlessRevealed() throws IOException {
    String low = write("low.properties", "password=p\n");

    assertEquals(
        new Run(0, "password = ***\n  won: ***   at " + low + ":1:10\n", ""),
        Run.gimbal("explain", "password", "-s", low));
    assertEquals(
        new Run(0, "password = p\n  won: p   at " + low + ":1:10\n", ""),
        Run.gimbal("explain", "password", "-s", low, "--reveal"));
  }
}
