package dev.gimbal.source;

import dev.gimbal.format.Format;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.Node;
import java.util.Set;

/** Lines {@code key=value}; {@code key=~} is null; {@code #} begins a comment. */
final class LinesFormat implements Format {

  @Override
  public String name() {
    return "lines";
  }

  @Override
  public Set<String> extensions() {
    return Set.of("lines", "conf");
  }

  @Override
  public void read(String text, TreeBuilder out) {
    out.beginObject(1, 1);
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i];
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      if (equals < 0) {
        throw out.malformed(i + 1, 1, "expected key=value");
      }
      out.key(line.substring(0, equals), i + 1, 1);
      String value = line.substring(equals + 1);
      if (value.equals("~")) {
        out.nullValue(i + 1, equals + 2);
      } else {
        out.string(value, i + 1, equals + 2);
      }
    }
    out.end();
  }

  @Override
  public String write(Node tree) {
    throw new UnsupportedOperationException();
  }
}
