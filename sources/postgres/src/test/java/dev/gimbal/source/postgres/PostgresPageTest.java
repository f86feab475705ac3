package dev.gimbal.source.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.source.SourceSpec;
import dev.gimbal.source.jdbc.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** The page shows code that compiles, the script of the jar, and all options. */
class PostgresPageTest {

  private static final Path ROOT = Path.of(System.getProperty("gimbal.root", "../.."));

  /** The page shows what stands here, without its indentation. */
  static String example(String password) {
    // tag::example
    try (Config config =
        Config.builder()
            .source(
                new PostgresSource("postgres://db.example:5432/shop")
                    .login("config_reader", password)
                    .table(Table.of("app.config").scope("application", "web"))
                    .sslMode("verify-full"))
            .build()) {
      String greeting = config.get("greeting").asString("hello");
      // end::example
      return greeting;
    }
  }

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/sources/postgres.md"));
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
    Path here =
        ROOT.resolve(
            "sources/postgres/src/test/java/dev/gimbal/source/postgres/PostgresPageTest.java");
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
  void script_ofThePage_isThatOfTheJar() throws IOException {
    assertEquals(List.of(Db.script()), blocks("sql"));
  }

  @Test
  void uri_ofThePage_isUnderstood() throws IOException {
    String uri =
        blocks("").stream().filter(b -> b.startsWith("postgres://")).findFirst().orElseThrow();
    PostgresSource made =
        (PostgresSource) new PostgresProvider().create(SourceSpec.parse(uri.strip()));
    assertEquals("postgres://db.example:5432/shop?table=app.config", made.name());
    assertEquals(new Table.Scope("application", "web"), made.options().table().scope());
    assertEquals("verify-full", made.options().tls().mode());
  }

  @Test
  void options_areAllInTheTable() throws IOException {
    ConfigException e =
        Assertions.assertThrows(
            ConfigException.class,
            () -> new PostgresProvider().create(SourceSpec.parse("postgres://h/d?x=1")));
    assertEquals(ErrorCode.SOURCE_SPEC, e.code());
    String known = e.getMessage().replaceAll("(?s).*\\(known: |\\).*", "");
    int looked = 0;
    for (String option : known.split(", ")) {
      assertTrue(
          page().lines().anyMatch(l -> l.startsWith("| ") && l.contains("`" + option + "`")),
          option);
      looked++;
    }
    assertTrue(looked > 20, known);
  }
}
