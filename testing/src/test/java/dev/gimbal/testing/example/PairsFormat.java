package dev.gimbal.testing.example;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Format;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Lines such as {@code port 8080}: a key, a blank, and the value up to the end of the line. */
public final class PairsFormat implements Format {

  @Override
  public String name() {
    return "pairs";
  }

  @Override
  public Set<String> extensions() {
    return Set.of("pairs");
  }

  @Override
  public void read(String text, TreeBuilder out) {
    out.beginObject(1, 1);
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      int blank = line.indexOf(' ');
      if (blank > 0) {
        String value = line.substring(blank + 1);
        out.key(line.substring(0, blank), number, 1);
        out.string(value, number, line.codePointCount(0, blank) + 2);
      } else if (!line.isBlank()) {
        throw out.malformed(number, 1, "found no key with a blank behind it, expected KEY VALUE");
      }
    }
    out.end();
  }

  @Override
  public String write(Node tree) {
    StringBuilder lines = new StringBuilder();
    ((ObjectNode) tree).forEach((key, child) -> lines.append(line(key, child)).append('\n'));
    return lines.toString();
  }

  private static String line(String key, Node child) {
    String line = child instanceof Scalar scalar ? key + ' ' + scalar.text() : "";
    boolean isText = child instanceof Scalar scalar && scalar.kind() == Scalar.Kind.STRING;
    boolean isOneLine = line.indexOf('\n') < 0 && line.indexOf('\r') < 0;
    boolean isUtf8 = StandardCharsets.UTF_8.newEncoder().canEncode(line);
    if (!isText || !isOneLine || !isUtf8 || key.isEmpty() || key.indexOf(' ') >= 0) {
      throw new ConfigException(ErrorCode.NOT_EXPRESSIBLE, key + " cannot be a line of its own");
    }
    return line;
  }
}
