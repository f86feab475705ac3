package dev.gimbal.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.source.SourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page shows code that compiles, the table of the tests, and all options. */
class JdbcPageTest {

  private static final Path ROOT = Path.of(System.getProperty("gimbal.root", "../.."));

  /** The page shows what stands here, without its indentation. */
  static String example(String password) {
    // tag::example
    try (Config config =
        Config.builder()
            .source(
                new JdbcSource(
                        "jdbc:mariadb://db.example/shop",
                        Map.of("user", "config_reader", "password", password))
                    .table(Table.of("config").versionColumn("version"))
                    .poll(Duration.ofSeconds(2)))
            .build()) {
      String greeting = config.get("greeting").asString("hello");
      // end::example
      return greeting;
    }
  }

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/sources/jdbc.md"));
  }

  private static List<String> blocks(String kind) throws IOException {
    Matcher block =
        Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(page());
    List<String> blocks = new ArrayList<>();
    while (block.find()) {
      if (block.group(1).equals(kind)) {
        blocks.add(block.group(2));
      }
    }
    return blocks;
  }

  @Test
  void code_ofThePage_isCompiled() throws IOException {
    Path here = ROOT.resolve("sources/jdbc/src/test/java/dev/gimbal/source/jdbc/JdbcPageTest.java");
    String code =
        Files.readString(here)
            .lines()
            .dropWhile(line -> !line.endsWith("// tag::example"))
            .skip(1)
            .takeWhile(line -> !line.endsWith("// end::example"))
            .map(line -> line.substring(4) + "\n")
            .collect(Collectors.joining());
    assertEquals(List.of(code), blocks("java"));
  }

  @Test
  void table_ofThePage_isThatOfTheTests() throws IOException {
    assertEquals(List.of(MariaDb.TABLE + ";\n"), blocks("sql"));
  }

  @Test
  void uri_ofThePage_isUnderstood() throws IOException {
    String uri = blocks("").stream().filter(b -> b.startsWith("jdbc:")).findFirst().orElseThrow();
    assertEquals(
        "jdbc:mariadb://db.example/shop?table=config",
        new JdbcProvider().create(SourceSpec.parse(uri.strip())).name());
  }

  @Test
  void options_areAllInTheTable() throws IOException {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> new JdbcProvider().create(SourceSpec.parse("jdbc:x://h/d?x=1")));
    String known = e.getMessage().replaceAll("(?s).*\\(known: |\\).*", "");
    int looked = 0;
    for (String option : known.split(", ")) {
      boolean listed =
          page().lines().anyMatch(l -> l.startsWith("| ") && l.contains("`" + option + "`"));
      assertTrue(listed, option);
      looked++;
    }
    assertTrue(looked > 20, known);
  }
}
