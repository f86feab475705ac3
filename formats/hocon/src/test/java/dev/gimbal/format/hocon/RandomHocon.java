package dev.gimbal.format.hocon;

import java.util.Random;

/**
 * Documents of every production of HOCON's grammar, small ones that mean something. One seed always
 * gives the same. Used by one thread.
 */
final class RandomHocon {

  private static final String[] SCALARS = {
    "1",
    "-0",
    "1.10",
    "007",
    "1.",
    "-.5",
    "1e5",
    "1.2.3",
    "10s",
    "-",
    "true",
    "truest",
    "null",
    "foo",
    "foo bar",
    "/x/y",
    "\"q\"",
    "\"\"",
    "\"a.b\"",
    "\"\"\"x\"y\"\"\"\"",
    "\"\\u0041\\n\"",
    "a'b",
    "x;y",
    "1 2",
    "true false",
    "[]",
    "{}",
    "(z)",
    "\u00e9",
    "a.b"
  };
  private static final String[] KEYS = {"a", "b", "c", "\"d.e\"", "1", "f g"};

  /** What substitutions name: it leads nowhere else, so that there is no circle. */
  private static final String BASE = "base { n = 1.10, t = x y, l = [1, z], o { p = 1, q = [] } }";

  private static final String[] PATHS = {
    "base.n", "base.t", "base.l", "base.o", "base", "base.o.p", "base.none"
  };

  private static final int DEPTH = 3;

  private final Random random;

  RandomHocon(long seed) {
    random = new Random(seed);
  }

  String document() {
    StringBuilder out = new StringBuilder();
    boolean braces = random.nextInt(4) == 0;
    out.append(braces ? "{\n" : "");
    out.append(BASE).append('\n');
    members(out, DEPTH);
    return out.append(braces ? "\n}" : "").toString();
  }

  private void members(StringBuilder out, int depth) {
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      out.append(" ".repeat(random.nextInt(3)));
      member(out, depth);
      boolean last = i == count - 1;
      switch (random.nextInt(last ? 5 : 4)) {
        case 0 -> out.append(",");
        case 1 -> out.append(" # c\n");
        case 2 -> out.append(" , // c\n\n");
        case 3 -> out.append("\n");
        default -> out.append(" ");
      }
    }
  }

  private void member(StringBuilder out, int depth) {
    if (depth == DEPTH && random.nextInt(8) == 0) {
      out.append("list += ");
      value(out, depth - 1);
      return;
    }
    path(out);
    switch (random.nextInt(8)) {
      case 0 -> {
        out.append(random.nextBoolean() ? " " : "\n");
        object(out, depth);
      }
      default -> {
        out.append(random.nextBoolean() ? " = " : ":");
        value(out, depth);
      }
    }
  }

  private void path(StringBuilder out) {
    int keys = random.nextInt(4) == 0 ? 2 : 1;
    for (int i = 0; i < keys; i++) {
      out.append(i > 0 ? "." : "").append(KEYS[random.nextInt(KEYS.length)]);
    }
  }

  private void object(StringBuilder out, int depth) {
    out.append('{');
    if (depth > 0 && random.nextInt(8) > 0) {
      members(out, depth - 1);
    }
    out.append('}');
  }

  private void list(StringBuilder out, int depth) {
    out.append('[');
    for (int i = random.nextInt(4); i > 0; i--) {
      value(out, depth - 1);
      out.append(random.nextBoolean() ? "," : "\n");
    }
    out.append(']');
  }

  private void value(StringBuilder out, int depth) {
    int pieces = random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1;
    int kind = random.nextInt(6);
    for (int i = 0; i < pieces; i++) {
      out.append(i > 0 && random.nextBoolean() ? " " : "");
      if (random.nextInt(4) == 0) {
        out.append(random.nextBoolean() ? "${?" : "${");
        out.append(PATHS[random.nextInt(PATHS.length)]).append('}');
      } else if (depth > 0 && kind < 2) {
        object(out, depth);
      } else if (depth > 0 && kind == 2) {
        list(out, depth);
      } else {
        out.append(SCALARS[random.nextInt(SCALARS.length)]);
      }
    }
  }
}
