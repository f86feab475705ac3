package dev.gimbal.fuzz;

import dev.gimbal.Sources;
import dev.gimbal.source.EnvironmentSource;
import dev.gimbal.source.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sources made of lines: {@code NAME=value} is an environment variable, what begins with {@code --}
 * is an argument, and anything else is a part of the JSON document below them.
 */
record VariableLines(String document, Map<String, String> variables, List<String> args) {

  static VariableLines of(String text) {
    StringBuilder document = new StringBuilder();
    Map<String, String> variables = new HashMap<>();
    List<String> args = new ArrayList<>();
    for (String line : text.split("\n")) {
      int equals = line.indexOf('=');
      if (line.startsWith("--")) {
        args.add(line);
      } else if (equals > 0) {
        variables.put(line.substring(0, equals), line.substring(equals + 1));
      } else {
        document.append(line).append('\n');
      }
    }
    return new VariableLines(document.toString(), variables, args);
  }

  Source below() {
    return Sources.string("below", "json", document);
  }

  Source environment(String prefix) {
    return new EnvironmentSource(prefix, variables);
  }

  Source arguments() {
    return Sources.arguments(args.toArray(new String[0]));
  }
}
