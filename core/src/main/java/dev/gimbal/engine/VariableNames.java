package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.KeyReport;
import dev.gimbal.source.Variables;
import dev.gimbal.tree.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which names of one source set which keys, there or not. Immutable. */
final class VariableNames {

  private final String source;
  private final Variables variables;
  private final VariableTree tree;
  private final Map<ConfigPath, List<String>> names;

  VariableNames(String source, Variables variables, KnownKeys known, ObjectNode below) {
    this.source = source;
    this.variables = variables;
    this.tree = new VariableTree(source, variables, known, below);
    this.names = tree.names();
  }

  /** The name that sets a key, or would; null where none can. */
  KeyReport.@Nullable Variable of(ConfigPath path) {
    List<String> there = names.get(path);
    if (there != null) {
      return new KeyReport.Variable(source, variables.prefix() + there.get(0), true, List.of(path));
    }
    String name = name(path);
    List<ConfigPath> candidates = tree.candidates(VariableName.of(variables.style(), name));
    return candidates.contains(path)
        ? new KeyReport.Variable(source, variables.prefix() + name, false, candidates)
        : null;
  }

  private String name(ConfigPath path) {
    if (variables.style() == Variables.Style.PATH) {
      return path.toString();
    }
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < path.size(); i++) {
      name.append(i == 0 ? "" : "_");
      name.append(path.isIndex(i) ? Integer.toString(path.index(i)) : words(path.key(i)));
    }
    return name.toString();
  }

  /** {@code maxSize} and {@code max-size} are {@code MAX_SIZE}. */
  private static String words(String key) {
    return key.replaceAll("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})", "_")
        .replaceAll("[-_. ]+", "_")
        .toUpperCase(Locale.ROOT);
  }
}
