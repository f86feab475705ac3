package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ListingTest {

  @Test
  void formats_listsEachWithItsExtensions() {
    assertEquals(
        new Run(
            0,
            """
            dotenv: dotenv, env
            hcl: hcl, nomad, tf, tfvars
            hocon: conf, hocon
            json: json
            jsonc: jsonc
            properties: properties
            toml: toml
            xml: xml
            yaml: yaml, yml
            """,
            ""),
        Run.gimbal("formats"));
  }

  @Test
  void formats_asJson_isOneLineForEach() {
    Run run = Run.gimbal("formats", "--output", "json");

    List<String> lines = run.out().lines().toList();
    assertEquals("{\"format\":\"yaml\",\"extensions\":[\"yaml\",\"yml\"]}", lines.get(8));
    assertEquals(9, lines.size());
    assertEquals(new Run(0, run.out(), ""), run);
  }

  @Test
  void sources_listsTheSchemes() {
    assertEquals(
        new Run(
            0,
            "classpath:\ndir:\nenv:\netcd:\nfile:\nhttp:\nhttps:\njdbc:\nnats:\npostgres:\npostgresql:\n"
                + "sys:\ntls:\n",
            ""),
        Run.gimbal("sources"));
  }

  @Test
  void sources_asJson_isOneLineForEach() {
    String schemes = Run.gimbal("sources").out();

    String expected = schemes.replaceAll("(\\w+):", "{\"scheme\":\"$1\"}");
    assertEquals(new Run(0, expected, ""), Run.gimbal("sources", "-o", "json"));
    assertEquals(13, schemes.lines().count());
  }

  /** JSON with comments is written as JSON. */
  @Test
  void get_printsEachFormat() {
    Set<String> forms = new TreeSet<>(Output.names());
    forms.removeAll(Set.of("raw"));
    Set<String> formats = new TreeSet<>();
    Run.gimbal("formats").out().lines().forEach(line -> formats.add(line.replaceFirst(":.*", "")));
    formats.remove("jsonc");

    assertEquals(formats, forms);
  }
}
