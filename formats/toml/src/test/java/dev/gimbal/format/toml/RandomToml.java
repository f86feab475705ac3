package dev.gimbal.format.toml;

import dev.gimbal.ConfigPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A document that looks as people write them, and where each of its values stands in it. */
final class RandomToml {

  /**
   * Where a value stands.
   *
   * @param ownLine where its line begins, or -1 if it shares one
   * @param next where the line behind it begins
   */
  record Span(int begin, int end, int ownLine, int next) {}

  /**
   * A header with the lines below it, up to the last value.
   *
   * @param header behind its line, before the break
   * @param end the same of its last line
   */
  record Section(ConfigPath path, int begin, int header, int end) {}

  private static final List<String> SCALARS =
      List.of(
          "1",
          "0x1F",
          "true",
          "1.5e3",
          "\"basic \\\" \\u00e9 # no\"",
          "'literal \\'",
          "\"\"",
          "\"\"\"\u0000lines \"\" of\u0000text\"\"\"",
          "'''raw\u0000text'''",
          "1979-05-27",
          "12:30:00",
          "inf",
          "\"${env:HOME}\"");

  private final Random random;
  private final String lineBreak;
  private final StringBuilder out = new StringBuilder();
  final Map<ConfigPath, Span> spans = new LinkedHashMap<>();
  final Map<ConfigPath, Boolean> holders = new LinkedHashMap<>();
  final List<Section> sections = new ArrayList<>();

  /** Lists of tables. */
  final Set<ConfigPath> lists = new LinkedHashSet<>();

  final String text;

  RandomToml(long seed) {
    random = new Random(seed);
    lineBreak = chance(3) ? "\r\n" : "\n";
    gaps();
    holders.put(ConfigPath.ROOT, false);
    pairs(ConfigPath.ROOT, "r", "");
    boolean later = chance(3);
    for (String header : later ? List.of("a.b", "c", "a") : List.of("a", "a.b", "\"x y\".z", "c")) {
      if (!chance(4)) {
        section(ConfigPath.parse(header), "[" + header + "]");
      }
    }
    ConfigPath list = ConfigPath.of("list");
    int size = random.nextInt(3);
    for (int i = 0; i < size; i++) {
      lists.add(list);
      section(list.child(i), "[[list]]");
      if (chance(3)) {
        section(list.child(i).child("sub"), "[list.sub]");
      }
      int inner = chance(3) ? 1 + random.nextInt(2) : 0;
      for (int j = 0; j < inner; j++) {
        lists.add(list.child(i).child("in"));
        section(list.child(i).child("in").child(j), "[[list.in]]");
      }
      if (chance(3)) {
        section(list.child(i).child("deep").child("er"), "[list.deep.er]");
      }
    }
    boolean open = chance(4) && out.length() > 2;
    text = open ? out.substring(0, out.length() - lineBreak.length()) : out.toString();
  }

  private void section(ConfigPath path, String header) {
    gaps();
    String indent = chance(4) ? "  " : "";
    int begin = out.length();
    out.append(indent).append(header).append(comment());
    int end = out.length();
    out.append(lineBreak);
    holders.put(path, false);
    int last = pairs(path, "k", indent);
    sections.add(new Section(path, begin, end, Math.max(last, end)));
  }

  private boolean chance(int of) {
    return random.nextInt(of) == 0;
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String comment() {
    return any(List.of("", "", "", " # why", "\t# [x]", " "));
  }

  private void gaps() {
    while (chance(3)) {
      out.append(any(List.of("", "", "# note = 1", "  # [x"))).append(lineBreak);
    }
  }

  /** Returns where the last line ends, or 0. */
  private int pairs(ConfigPath table, String name, String indent) {
    int size = random.nextInt(4);
    int last = 0;
    for (int i = 0; i < size; i++) {
      gaps();
      int line = out.length();
      String key = any(List.of("", "", "d.e.", "\"q t\".")) + name + i;
      ConfigPath path = table.resolve(ConfigPath.parse(key));
      out.append(indent).append(key).append(any(List.of(" = ", "=", "\t=  ")));
      int begin = out.length();
      value(path, 0);
      int end = out.length();
      out.append(comment());
      last = out.length();
      out.append(lineBreak);
      spans.put(path, new Span(begin, end, line, out.length()));
    }
    return last;
  }

  private void value(ConfigPath path, int depth) {
    int what = random.nextInt(depth > 1 ? 5 : 8);
    if (what < 5) {
      String scalar = any(SCALARS);
      out.append(scalar.replace("\0", lineBreak));
      return;
    }
    boolean list = what < 7;
    holders.put(path, list);
    boolean lines = list && chance(2);
    out.append(list ? "[" : "{");
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      out.append(lines ? lineBreak + "  " : i > 0 || !list ? " " : "");
      boolean dotted = !list && chance(4);
      ConfigPath holder = dotted ? path.child("s") : path;
      ConfigPath child = list ? path.child(i) : holder.child("i" + i);
      out.append(list ? "" : (dotted ? "s.i" : "i") + i + " = ");
      int begin = out.length();
      value(child, depth + 1);
      spans.put(child, new Span(begin, out.length(), -1, -1));
      boolean comma = i < size - 1 || list && chance(3);
      out.append(comma ? "," : "").append(lines ? comment() : "");
    }
    out.append(lines ? lineBreak : size > 0 && !list ? " " : "").append(list ? "]" : "}");
  }
}
