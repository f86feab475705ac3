package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
                + ":2:1\n       2 | \"a\":***\n         | ^\n"
                + "GIM-007 the root is a list, expected an object or nothing\n        at "
                + two
                + ":1:1\n       1 | []\n         | ^\n"),
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
            "vault://u:hunter2@h/p",
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
            GIM-014 source "vault://***@h/p": no source knows vault: and there is no such file (known: classpath:, dir:, env:, etcd:, file:, http:, https:, jdbc:, nats:, postgres:, postgresql:, sys:, tls:)
            GIM-016 two sources are named "$good"; a name says which layer a value came from
            GIM-014 source "a.yaml?opt=1": unknown option opt (known: optional, secret, name, format, onMissing, placeholders, dottedKeys, document, poll, still, settle, maxBytes, maxDepth, maxNodes)
            GIM-006 the key "a" stands twice, first at 1:13
                    at $broken:1:19
                   1 | {"host":***
                     |         ^
            GIM-006 the key "b" stands twice, first at 1:25
                    at $broken:1:31
                   1 | {"host":***
                     |         ^
            GIM-011 there is nothing at this path
                    at $none
            in the other sources:
            GIM-008 x: host is absent, and ${host} has no default
                    at $good:1:4
                   1 | x: ***
                     |    ^
            GIM-008 y: no is absent, and ${no} has no default
                    at $good:2:4
                   2 | y: ***
                     |    ^
            """
                .replace("$good", good)
                .replace("$broken", broken)
                .replace("$none", none)),
        run);
  }

  @Test
  void check_ofAnIncludedDocument_showsItsLine() throws IOException {
    write("more.conf", "b = ${no}\n");
    String one = write("one.conf", "include \"more.conf\"\n");

    assertEquals(
        "GIM-004 nothing stands at no in the document; \"${?\" allows that\n        at "
            + folder.resolve("more.conf")
            + ":1:5\n       1 | b = ***\n         |     ^\n",
        Run.gimbal("check", "-s", one).err());
  }

  @Test
  void check_ofPlaceholdersAlone_reportsThemWithoutMore() throws IOException {
    String one = write("one.yaml", "x: ${no}\n");

    assertEquals(
        new Run(
            3,
            "",
            "GIM-008 x: no is absent, and ${no} has no default\n        at "
                + one
                + ":1:4\n       1 | x: ***\n         |    ^\n"),
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
            "GIM-004 unexpected end of the document, expected ',' or ']' of the list that begins at"
                + " 1:7\n        at "
                + wrong
                + ":2:1\n       1 | list: ***\n         |       ^ begins here\n       2 |\n         | ^\n"),
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
                + ":2:3\n       2 | a=***\n         |   ^\n"),
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
                + ":1:7\n       1 | mode: ***\n         |       ^\n"),
        Run.gimbal("check", "-s", file));
  }

  @Test
  void check_withReveal_showsTheLinesWithTheirValues() throws IOException {
    String file = write("app.yaml", "db:\n\tpassword: hunter2\n");
    String place = "        at " + file + ":2:1\n";

    String masked = Run.gimbal("check", "-s", file).err();
    String revealed = Run.gimbal("check", "-s", file, "--reveal").err();

    assertEquals(
        place + "       2 | \tpassword: ***\n         | ^\n",
        masked.substring(masked.indexOf('\n') + 1));
    assertEquals(
        place + "       2 | \tpassword: hunter2\n         | ^\n",
        revealed.substring(revealed.indexOf('\n') + 1));
  }

  @Test
  void check_ofMoreThan100Problems_showsTheFirst100Lines() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 103; i++) {
      text.append('k').append(i).append(": ${no}\n");
    }
    String many = write("many.yaml", text.toString());

    Run run = Run.gimbal("check", "-s", many);

    assertEquals(103, run.err().lines().filter(line -> line.startsWith("GIM-008 ")).count());
    assertEquals(100, run.err().lines().filter(line -> line.endsWith("^")).count());
    assertEquals(3, run.exit());
  }

  /** Where XML is broken, what looks like an element may be a part of a text. */
  @Test
  void check_ofXml_showsNamesWhereItIsWellFormed() throws IOException {
    String broken = write("broken.xml", "<db>\n  <pin>a & b</pin>\n</db>\n");
    String good = write("good.xml", "<db>\n  <pin>${no}</pin>\n</db>\n");

    List<String> ofBroken = Run.gimbal("check", "-s", broken).err().lines().toList();
    List<String> ofGood = Run.gimbal("check", "-s", good).err().lines().toList();

    assertEquals("       2 | ***", ofBroken.get(2));
    assertEquals(List.of("       2 |   <pin***", "         |       ^"), ofGood.subList(2, 4));
  }

  /** Who fails is asked once; only what is left is opened again. */
  @Test
  void check_ofAWrongSource_readsItOnce() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    server.start();
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/a.yaml";
      Run run = Run.gimbal("check", "-s", address, "-s", write("b.yaml", "b: 1\n"));
      String told = "GIM-012 the server answered 500\n        at " + address + "\n";
      assertEquals(new Run(3, "", told), run);
    } finally {
      server.stop(0);
    }
    assertEquals(1, requests.get());
  }

  @Test
  void check_ofStandardInput_showsItsLine() throws Exception {
    ProcessBuilder builder = GimbalProcess.builder("check", "-s", "/dev/stdin?format=yaml");
    builder.redirectInput(new File(write("in", "a: 1\na: 2\n")));
    try (GimbalProcess check = GimbalProcess.start(builder)) {
      assertEquals(
          """
          GIM-006 the key "a" stands twice, first at 1:1
                  at /dev/stdin:2:1
                 2 | a: ***
                   | ^
          """,
          check.restOfMessages());
      assertEquals(3, check.exit());
    }
  }

  @Test
  void check_bySchema_reportsAllThatDoesNotFollowIt() throws IOException {
    String app = write("app.yaml", "server:\n  port: 80a\n  name: x\n");
    String schema =
        write(
            "app.schema.yaml",
            "properties: {server: {required: [host], properties: {port: {type: integer}}}}\n");

    assertEquals(
        new Run(
            3,
            "",
            "GIM-024 server: refused by the validator \""
                + schema
                + "\": required property 'host' not found\n        at "
                + app
                + ":2:3\n       2 |   port: ***\n         |   ^\n"
                + "GIM-024 server.port: refused by the validator \""
                + schema
                + "\": string found, integer expected\n        at "
                + app
                + ":2:9\n       2 |   port: ***\n         |         ^\n"),
        Run.gimbal("check", "-s", app, "--schema", schema));
    assertEquals(
        new Run(0, "ok: 1 source, 3 keys\n", ""),
        Run.gimbal(
            "check",
            "-s",
            app,
            "--schema",
            schema,
            "--set",
            "server.port=80",
            "--set",
            "server.host=h"));
  }

  @Test
  void check_bySchema_thatIsNone_tellsWhere() throws IOException {
    String app = write("app.yaml", "a: 1\n");
    String schema = write("app.schema.json", "{\"type\": \"strng\"}");

    Run run = Run.gimbal("check", "-s", app, "--schema", schema);
    assertEquals(3, run.exit());
    assertEquals(true, run.err().startsWith("GIM-004 type: "), run.err());
    assertEquals(true, run.err().contains("at " + schema + ":1:10"), run.err());
    assertEquals(
        "GIM-011 there is no schema at this path\n        at " + folder.resolve("no.json") + "\n",
        Run.gimbal("check", "-s", app, "--schema", folder.resolve("no.json").toString()).err());
  }
}
