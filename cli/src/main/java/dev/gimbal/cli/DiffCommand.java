package dev.gimbal.cli;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.Sources;
import dev.gimbal.Value;
import dev.gimbal.format.json.JsonFormat;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code gimbal diff}: what two sources say differently. */
final class DiffCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.bare(
            "diff",
            "Prints a line for each path at which two sources differ: + added, - removed, ~"
                + " changed. Placeholders are compared as they stand, and so are encrypted values unless"
                + " keys are given.",
            "Examples:",
            "  gimbal diff staging.yaml production.yaml",
            "  gimbal diff app.properties dir:/etc/app --output json",
            "",
            "Exit codes: 0 equal; 1 different; 2 usage; 3 configuration error;",
            Syntax.EXIT_CODES_OF_FAILURES);
    spec.usageMessage()
        .customSynopsis(
            "gimbal diff A B [--secret PATTERN ...] [--key-file FILE] [--key-store FILE]%n"
                + "           [--output FORMAT] [--reveal]");
    spec.addPositional(Syntax.argument(0, "A", "A path or a URI, as for --source of get."));
    spec.addPositional(Syntax.argument(1, "B", "The same."));
    spec.addOption(Syntax.secret());
    Keys.options(spec);
    spec.addOption(
        Syntax.output(
            "text, or json: lines of {\"path\":PATH,\"old\":X,\"new\":Y,\"oldAt\":PLACE,"
                + "\"newAt\":PLACE}, where null stands for absent. By default text.",
            "text",
            "json"));
    return Syntax.reveal(spec);
  }

  @Override
  public int run(Options options, Terminal terminal) {
    boolean json = options.json();
    List<Problem> problems = new ArrayList<>();
    try (Config before = open(options.argument(0), options, terminal, problems);
        Config after = open(options.argument(1), options, terminal, problems)) {
      if (before == null || after == null) {
        throw new ConfigException(problems, null);
      }
      StatusMessages.tellUnwell(before, terminal);
      StatusMessages.tellUnwell(after, terminal);
      Map<String, Difference> differences = differences(before, after);
      for (Difference difference : differences.values()) {
        terminal.line(json ? difference.json(options) : difference.text(options));
      }
      return differences.isEmpty() ? ExitCode.OK : ExitCode.DIFFERENT;
    }
  }

  /** One of both, or null with what is wrong with it. */
  private static @Nullable Config open(
      String spec, Options options, Terminal terminal, List<Problem> problems) {
    try {
      return WholeDocument.open(
          Sources.of(spec), terminal, builder -> decrypting(options, options.marking(builder)));
    } catch (ConfigException e) {
      problems.addAll(e.problems());
      return null;
    }
  }

  private static Config.Builder decrypting(Options options, Config.Builder builder) {
    if (options.hasKeys()) {
      Keys.providers(options).forEach(builder.decrypting(true)::keys);
    }
    return builder;
  }

  /** What differs, by the text of its path. */
  private static Map<String, Difference> differences(Config before, Config after) {
    Map<String, Value> old = leaves(before);
    Map<String, Value> now = leaves(after);
    Map<String, Difference> differences = new TreeMap<>();
    old.forEach((path, value) -> differences.put(path, new Difference(path, value, null)));
    now.forEach(
        (path, value) -> {
          Value was = old.get(path);
          if (was != null && text(value.node()).equals(text(was.node()))) {
            differences.remove(path);
          } else {
            differences.put(path, new Difference(path, was, value));
          }
        });
    return differences;
  }

  /** What it says, whether it is marked as a secret or not. */
  private static String text(@Nullable Node node) {
    return node == null ? "" : new JsonFormat().writeCompact(node);
  }

  private static Map<String, Value> leaves(Config config) {
    Map<String, Value> leaves = new TreeMap<>();
    addLeaves(config, ConfigPath.ROOT, config.root().node(), leaves);
    return leaves;
  }

  /** Adds the scalars, lists and empty objects at or below a path; a root without keys is none. */
  private static void addLeaves(
      Config config, ConfigPath path, @Nullable Node node, Map<String, Value> leaves) {
    if (node instanceof ObjectNode object && (object.size() > 0 || path.isRoot())) {
      object.forEach((key, child) -> addLeaves(config, path.child(key), child, leaves));
    } else {
      leaves.put(path.toString(), config.get(path));
    }
  }

  /**
   * One path at which they differ.
   *
   * @param before null where only the second has it
   * @param after null where only the first has it
   */
  private record Difference(String path, @Nullable Value before, @Nullable Value after) {

    String text(Options options) {
      String values =
          DiffCommand.text(shown(before, options))
              + arrow()
              + DiffCommand.text(shown(after, options));
      String places = place(before) + arrow() + place(after);
      return sign() + " " + Visible.inLine(path + ": " + values + "   at " + places);
    }

    String json(Options options) {
      return new JsonLine()
          .text("path", path)
          .tree("old", shown(before, options))
          .tree("new", shown(after, options))
          .tree("oldAt", before == null ? null : Scalar.string(place(before)))
          .tree("newAt", after == null ? null : Scalar.string(place(after)))
          .toString();
    }

    private char sign() {
      return before == null ? '+' : after == null ? '-' : '~';
    }

    private String arrow() {
      return before == null || after == null ? "" : " -> ";
    }

    private static @Nullable Node shown(@Nullable Value value, Options options) {
      return value == null ? null : GetCommand.shown(value, options);
    }

    private static String place(@Nullable Value value) {
      return value == null ? "" : value.origin().map(Origin::toString).orElse("");
    }
  }
}
