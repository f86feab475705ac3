package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BatchTest {

  @TempDir Path folder;

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void batch_ofSeveralFiles_answersEachInOrder() throws IOException {
    String one = write("one.json", "{\"b\":[1.10,null],\"a\":{\"password\":\"p\"}}");
    String two = write("two.yaml", "a: 9007199254740993\n");

    Run run = Run.reading(two + "\n\n" + one + "\r\n" + two, "get", "--batch");

    String second = "{\"source\":\"" + two + "\",\"exit\":0,\"output\":{\"a\":9007199254740993}}";
    assertEquals(
        new Run(
            0,
            second
                + "\n{\"source\":\""
                + one
                + "\",\"exit\":0,\"output\":{\"a\":{\"password\":\"***\"},\"b\":[1.10,null]}}\n"
                + second
                + "\n",
            ""),
        run);
  }

  @Test
  void batch_ofMalformedAndMissingFiles_saysSoAndGoesOn() throws IOException {
    String bad = write("bad.json", "{\"a\":1,\"a\":2}");
    String missing = folder.resolve("none.json").toString();
    String good = write("good.json", "{}");

    Run run = Run.reading(bad + "\n" + missing + "\n" + good + "\n", "get", "--batch");

    assertEquals(
        new Run(
            0,
            "{\"source\":\""
                + bad
                + "\",\"exit\":3,\"error\":\"GIM-006 the key \\\"a\\\" stands twice, first at"
                + " 1:2\\n"
                + "        at "
                + bad
                + ":1:8\\n       1 | {\\\"a\\\":***\\n         |      ^\"}\n{\"source\":\""
                + missing
                + "\",\"exit\":3,\"error\":\"GIM-011 there is nothing at this path\\n        at "
                + missing
                + "\"}\n{\"source\":\""
                + good
                + "\",\"exit\":0,\"output\":{}}\n",
            ""),
        run);
  }

  @Test
  void batch_withAPath_answersItsTreeOr1() throws IOException {
    String one = write("one.json", "{\"a\":{\"b\":true}}");
    String two = write("two.json", "{}");

    Run run = Run.reading(one + "\n" + two + "\n", "get", "a.b", "--batch", "--output", "json");

    assertEquals(
        new Run(
            0,
            "{\"source\":\""
                + one
                + "\",\"exit\":0,\"output\":true}\n{\"source\":\""
                + two
                + "\",\"exit\":1,\"error\":\"absent: a.b\"}\n",
            ""),
        run);
  }

  @Test
  void batch_withSetAndReveal_appliesThemToEach() throws IOException {
    String one = write("one.json", "{\"token\":\"t\"}");

    Run run = Run.reading(one, "get", "--batch", "--set", "a=1", "--reveal");

    assertEquals(
        "{\"source\":\"" + one + "\",\"exit\":0,\"output\":{\"a\":1,\"token\":\"t\"}}\n",
        run.out());
  }
}
