package dev.gimbal.format.yaml;

import dev.gimbal.ConfigPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A document that looks as people write them, and where each of its values stands in it. */
final class RandomYaml {

  /**
   * Where a value stands.
   *
   * @param entry where its key or its dash begins
   * @param key behind the colon or the dash
   * @param kind {@code scalar}, {@code text} of several lines, {@code block} or {@code flow}
   * @param inFlow whether it stands in brackets
   * @param alone whether nothing else stands in what holds it
   */
  record Span(int entry, int key, int begin, int end, String kind, boolean inFlow, boolean alone) {}

  private static final List<String> SCALARS =
      List.of(
          "80",
          "true",
          "null",
          "~",
          "",
          "plain text",
          "http://a.b/c#d",
          "'single'",
          "'it''s'",
          "\"double\"",
          "\"a\\tb\"",
          "-1.5e3",
          "0x1F",
          "!!str 5",
          "${env:HOME}",
          "a:b",
          "-x",
          "'multi\u0000  line'",
          "plain\u0000  more",
          "\"# no comment\"",
          "2020-01-02");

  private final Random random;
  private final String lineBreak;
  private final int step;
  private final int listStep;
  private final StringBuilder out = new StringBuilder();
  final Map<ConfigPath, Span> spans = new LinkedHashMap<>();
  final Map<ConfigPath, Boolean> holders = new LinkedHashMap<>();

  /** Where the entries of each map and list begin, with its merge key. */
  final Map<ConfigPath, NavigableSet<Integer>> entries = new HashMap<>();

  /** Behind the last value of each map and list that has one. */
  final Map<ConfigPath, Integer> ends = new LinkedHashMap<>();

  private int anchors;

  /** Names of anchors on scalars that were written, and those on maps. */
  private final List<String> scalarNames = new ArrayList<>();

  private final List<String> mapNames = new ArrayList<>();

  /** Where each anchor stands. */
  private final Map<String, ConfigPath> named = new LinkedHashMap<>();

  /** Where anchors stand that an alias or a merge key uses. */
  final Set<ConfigPath> shared = new LinkedHashSet<>();

  /** Maps that have a merge key. */
  final Set<ConfigPath> merging = new LinkedHashSet<>();

  private final boolean shares;

  /** Whether a block of text ended just now, which a comment could become part of. */
  private boolean behindText;

  final String text;

  /**
   * @param shares whether aliases and merge keys stand in it
   */
  RandomYaml(long seed, boolean shares) {
    this.shares = shares;
    random = new Random(seed);
    lineBreak = chance(4) ? "\r\n" : "\n";
    step = chance(3) ? 4 : 2;
    listStep = chance(2) ? 0 : step;
    comments(0);
    if (chance(5)) {
      out.append("---").append(chance(2) ? " # begin" : "").append(lineBreak);
    }
    map(ConfigPath.ROOT, 0, 0, false);
    if (chance(6)) {
      out.append("...").append(lineBreak);
    }
    String all = out.toString();
    text = chance(4) && all.endsWith(lineBreak) ? strip(all) : all;
  }

  private String strip(String all) {
    return all.substring(0, all.length() - lineBreak.length());
  }

  private boolean chance(int of) {
    return random.nextInt(of) == 0;
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private void comments(int indent) {
    while (!behindText && chance(4)) {
      String line = any(List.of("", "", "# note: [x", "  # {b: 1}", "#"));
      out.append(line.isEmpty() || chance(3) ? "" : " ".repeat(indent))
          .append(line)
          .append(lineBreak);
    }
  }

  private void endLine() {
    out.append(any(List.of("", "", "", " # why", "  \t# \"x\"", " "))).append(lineBreak);
  }

  /** Writes the lines of a map; returns the end of its last value. */
  private int map(ConfigPath path, int indent, int depth, boolean compact) {
    holders.put(path, false);
    int size = 1 + random.nextInt(4);
    int merge = shares && !mapNames.isEmpty() && chance(2) ? random.nextInt(size + 1) : -1;
    int end = 0;
    for (int i = 0; i < size; i++) {
      boolean first = i == 0 && compact;
      if (i == merge) {
        out.append(first ? "" : " ".repeat(indent));
        merge(path);
        first = false;
      }
      if (i > 0) {
        comments(indent);
      }
      out.append(first ? "" : " ".repeat(indent));
      String name = any(List.of("a", "port", "server", "name", "x.y", "list", "b c")) + i;
      int entry = out.length();
      String quote = any(List.of("", "", "", "\"", "'"));
      out.append(quote).append(name).append(quote).append(chance(9) ? " :" : ":");
      end = value(path.child(name), entry, indent, depth, false, size == 1 && merge < 0);
    }
    if (merge == size) {
      out.append(" ".repeat(indent));
      end = merge(path);
    }
    return end;
  }

  private int merge(ConfigPath path) {
    merging.add(path);
    entries.computeIfAbsent(path, any -> new TreeSet<>()).add(out.length());
    String first = any(mapNames);
    String second = any(mapNames);
    shared.add(named.get(first));
    out.append("<<: ");
    if (chance(3)) {
      shared.add(named.get(second));
      out.append("[*").append(first).append(", *").append(second).append("]");
    } else {
      out.append("*").append(first);
    }
    int end = out.length();
    ends.merge(path, end, Math::max);
    behindText = false;
    endLine();
    return end;
  }

  /** An alias of a scalar or a map that stands before, or nothing. */
  private String alias() {
    List<String> names = chance(2) ? scalarNames : mapNames;
    if (!shares || names.isEmpty() || !chance(4)) {
      return "";
    }
    String name = any(names);
    shared.add(named.get(name));
    return "*" + name;
  }

  private int list(ConfigPath path, int indent, int depth, boolean compact) {
    holders.put(path, true);
    int size = 1 + random.nextInt(3);
    int end = 0;
    for (int i = 0; i < size; i++) {
      boolean first = i == 0 && compact;
      if (i > 0) {
        comments(indent);
      }
      out.append(first ? "" : " ".repeat(indent));
      int entry = out.length();
      out.append("-");
      end = value(path.child(i), entry, indent, depth, true, size == 1);
    }
    return end;
  }

  private int value(
      ConfigPath path, int entry, int indent, int depth, boolean element, boolean alone) {
    behindText = false;
    int key = out.length();
    int what = random.nextInt(depth > 2 ? 7 : 11);
    String kind;
    int begin;
    int end;
    if (what < 5) {
      String alias = alias();
      String plain = any(SCALARS).replace("\0", lineBreak + " ".repeat(indent + 1));
      String scalar = alias.isEmpty() ? plain : alias;
      out.append(scalar.isEmpty() ? "" : any(List.of(" ", " ", "  ")));
      if (alias.isEmpty() && !scalar.isEmpty() && !scalar.startsWith("!") && chance(8)) {
        String name = "n" + anchors++;
        out.append("&").append(name).append(" ");
        scalarNames.add(name);
        named.put(name, path);
      }
      begin = out.length() + (scalar.startsWith("!!") ? 6 : 0);
      out.append(scalar);
      end = out.length();
      endLine();
      kind = "scalar";
    } else if (what == 5) {
      out.append(' ');
      begin = out.length();
      out.append(any(List.of("|", ">", "|-", ">-", "|+"))).append(chance(3) ? " # text" : "");
      boolean keeps = out.substring(begin).startsWith("|+");
      String inner = lineBreak + " ".repeat(indent + step);
      out.append(inner).append("first: line # no");
      out.append(chance(2) ? lineBreak : "").append(inner).append("second");
      end = out.length();
      out.append(lineBreak);
      if (keeps && chance(2)) {
        end = out.length();
        out.append(lineBreak);
      }
      kind = "text";
      behindText = true;
    } else if (what == 6) {
      out.append(' ');
      begin = out.length();
      flow(path, depth, indent);
      end = out.length();
      endLine();
      kind = "flow";
    } else {
      boolean list = what > 8;
      String name = shares && chance(3) ? "m" + anchors++ : "";
      boolean compact = element && name.isEmpty() && chance(2);
      int inner = indent + (element ? 2 : list ? listStep : step);
      if (compact) {
        out.append(' ');
      } else {
        out.append(name.isEmpty() ? "" : " &" + name);
        endLine();
        comments(inner);
        out.append(" ".repeat(inner));
      }
      begin = out.length();
      end = list ? list(path, inner, depth + 1, true) : map(path, inner, depth + 1, true);
      kind = "block";
      if (!name.isEmpty() && !list) {
        mapNames.add(name);
        named.put(name, path);
      }
    }
    put(path, new Span(entry, key, begin, end, kind, false, alone));
    return end;
  }

  private void put(ConfigPath path, Span span) {
    spans.put(path, span);
    ends.merge(path.parent(), span.end(), Math::max);
    entries.computeIfAbsent(path.parent(), any -> new TreeSet<>()).add(span.entry());
  }

  private void flow(ConfigPath path, int depth, int indent) {
    boolean list = chance(2);
    holders.put(path, list);
    boolean lines = chance(3);
    String inner = lineBreak + " ".repeat(indent + step + 1);
    out.append(list ? "[" : "{");
    int size = random.nextInt(4);
    String quote = chance(3) ? "\"" : "";
    for (int i = 0; i < size; i++) {
      out.append(i > 0 ? "," : "").append(i > 0 && lines && chance(3) ? " # of it: [" : "");
      out.append(lines ? inner : i > 0 ? " " : "");
      int entry = out.length();
      ConfigPath child = list ? path.child(i) : path.child("k" + i);
      if (!list) {
        out.append(quote).append("k").append(i).append(quote).append(": ");
      }
      int key = out.length();
      int begin = out.length();
      boolean nested = depth < 3 && chance(4);
      if (nested) {
        flow(child, depth + 1, indent + step);
      } else {
        String alias = alias();
        String plain = any(List.of("1", "true", "'a, b'", "\"]\"", "plain x", "null"));
        out.append(alias.isEmpty() ? plain : alias);
      }
      String kind = nested ? "flow" : "scalar";
      Span span = new Span(entry, key, begin, out.length(), kind, true, size == 1);
      put(child, span);
    }
    out.append(size > 0 && chance(5) ? "," : "")
        .append(size > 0 && lines && chance(3) ? " # }" : "");
    out.append(lines && size > 0 ? lineBreak + " ".repeat(indent + 1) : "");
    out.append(list ? "]" : "}");
  }
}
