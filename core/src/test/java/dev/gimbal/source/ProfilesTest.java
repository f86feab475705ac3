package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import dev.gimbal.SourceStatus;
import dev.gimbal.format.Format;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of {@code docs/spec/profiles.md}, row by row. */
class ProfilesTest {

  private static final Path PAGE =
      Path.of(System.getProperty("gimbal.root")).resolve("docs/spec/profiles.md");

  @TempDir Path dir;

  /** Reads {@code key: value}. */
  private static final class OneLine implements Format {
    @Override
    public String name() {
      return "yaml";
    }

    @Override
    public Set<String> extensions() {
      return Set.of("yaml");
    }

    @Override
    public void read(String text, TreeBuilder out) {
      new LinesFormat().read(text.replace(": ", "="), out);
    }

    @Override
    public String write(Node tree) {
      throw new UnsupportedOperationException();
    }
  }

  /** A row: a text, labels, variables, and what they make. */
  private record Row(String text, Map<String, String> given, Map<String, String> env, String made) {

    static List<Row> of(String heading) throws IOException {
      List<Row> rows = new ArrayList<>();
      boolean within = false;
      for (String line : Files.readAllLines(PAGE)) {
        if (line.startsWith("| text | given | environment |")) {
          within = line.equals("| text | given | environment | " + heading + " |");
        } else if (within && line.startsWith("| `")) {
          String[] cells = line.substring(1, line.length() - 1).split("\\|", -1);
          rows.add(new Row(bare(cells[0]), pairs(cells[1]), pairs(cells[2]), cells[3].strip()));
        }
      }
      return rows;
    }

    private static String bare(String cell) {
      return cell.strip().replaceAll("^`|`$", "");
    }

    private static Map<String, String> pairs(String cell) {
      Map<String, String> pairs = new HashMap<>();
      for (String pair : bare(cell).split(" ")) {
        if (!pair.isEmpty()) {
          pairs.put(pair.replaceAll("=.*", ""), pair.replaceAll("^[^=]*=", ""));
        }
      }
      return pairs;
    }

    Labels labels() {
      Labels labels = Labels.of(env::get);
      for (Map.Entry<String, String> label : given.entrySet()) {
        String values = label.getValue();
        labels =
            labels.with(
                label.getKey(), values.isEmpty() ? List.of() : List.of(values.split(",", -1)));
      }
      return labels;
    }

    SourceResolver resolver() {
      return SourceResolver.installed(List.of(), labels());
    }
  }

  @BeforeEach
  void files() throws IOException {
    for (String name :
        "app app-prod app-test app-eu app-prod-eu app-prod-us prod/app test/app {a} odd{"
            .split(" ")) {
      Path file = dir.resolve(name + ".yaml");
      Files.createDirectories(file.getParent());
      Files.writeString(file.resolveSibling(file.getFileName()), "who: " + name + "\n");
    }
  }

  /** The row's text, with paths in the folder of the test. */
  private String here(String text) {
    return text.matches("(env|https):.*")
        ? text
        : text.replaceFirst("^(file:|dir:)?", "$1" + dir + "/");
  }

  private String bare(String message) {
    return message.replace(dir + "/", "").replaceFirst("\n.*", "");
  }

  /** What a builder makes of a row: its layers, or the first line of what is wrong. */
  private String outcome(Row row) {
    SourceResolver resolver = row.resolver();
    String text = here(row.text());
    List<Problem> wrong = resolver.labelProblems(List.of(text), List.of());
    if (!wrong.isEmpty()) {
      return bare(wrong.get(0).toString());
    }
    try {
      Config.Builder builder = Config.builder().watching(false).format(new OneLine());
      resolver.createAll(text).forEach(builder::source);
      try (Config config = builder.build()) {
        return config.status().sources().stream()
            .map(status -> shown(status.name(), status.state() == SourceStatus.State.DOWN))
            .collect(Collectors.joining(" "));
      }
    } catch (ConfigException e) {
      return bare(e.getMessage());
    }
  }

  private String shown(String name, boolean down) {
    String quoted = "`" + bare(name) + "`";
    return down ? "(" + quoted + ")" : quoted;
  }

  @Test
  void cases_makeTheLayersThatThePageShows() throws IOException {
    assertAsShown(33, "layers");
  }

  @Test
  void wrongCases_failAsThePageShows() throws IOException {
    assertAsShown(14, "error");
  }

  private void assertAsShown(int count, String heading) throws IOException {
    List<Row> rows = Row.of(heading);
    List<String> shown = new ArrayList<>();
    List<String> made = new ArrayList<>();
    for (Row row : rows) {
      shown.add(row + " -> " + row.made());
      made.add(row + " -> " + outcome(row));
    }
    assertEquals(String.join("\n", shown), String.join("\n", made));
    assertEquals(count, rows.size());
  }

  @Test
  void addresses_areThoseThatThePageShows() throws IOException {
    List<Row> rows = Row.of("addresses");
    for (Row row : rows) {
      String made =
          row.resolver().createAll(row.text()).stream()
              .map(source -> shown(source.name(), source instanceof UnlabelledSource))
              .collect(Collectors.joining(" "));
      assertEquals(row.made(), made, row.text());
    }
    assertEquals(4, rows.size());
  }
}
