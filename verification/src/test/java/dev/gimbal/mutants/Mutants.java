package dev.gimbal.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tables of mutants: one file for each source file, in which a mutant is
 *
 * <pre>
 * ## whatIsChanged
 * kind: the sort of bug
 * caught: the scenarios that catch it
 * {@literal @}@
 *  a line that stays
 * -a line that goes
 * +a line that comes
 * </pre>
 */
public final class Mutants {

  static final Path ROOT = Path.of(System.getProperty("gimbal.root"));
  private static final Path TABLES =
      ROOT.resolve("verification/src/test/resources/dev/gimbal/mutants");

  private Mutants() {}

  /** All mutants, by the names of their files. */
  public static List<Mutant> all() {
    List<Mutant> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(TABLES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".diff")).sorted().toList()) {
        String source = TABLES.relativize(file).toString().replaceFirst("\\.diff$", "");
        all.addAll(parse(source, Files.readAllLines(file)));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }

  /** One of them. */
  public static Mutant named(String name) {
    return all().stream().filter(mutant -> mutant.name().equals(name)).findFirst().orElseThrow();
  }

  static Path sourceFile(String source) {
    return ROOT.resolve("core/src/main/java/dev/gimbal").resolve(source + ".java");
  }

  static List<Mutant> parse(String source, List<String> lines) {
    List<Mutant> mutants = new ArrayList<>();
    String type = source.substring(source.lastIndexOf('/') + 1);
    int at = 0;
    while (at < lines.size()) {
      int end = at + 1;
      while (end < lines.size() && !lines.get(end).startsWith("## ")) {
        end++;
      }
      mutants.add(parseOne(source, type, lines.subList(at, end)));
      at = end;
    }
    return mutants;
  }

  private static Mutant parseOne(String source, String type, List<String> lines) {
    String name = type + "." + value(lines, "## ");
    String kind = value(lines, "kind: ");
    List<String> checks = List.of(value(lines, "caught: ").split(", "));
    List<Mutant.Hunk> hunks = new ArrayList<>();
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    boolean inside = false;
    for (String line : lines) {
      if (line.equals("@@")) {
        if (inside) {
          hunks.add(new Mutant.Hunk(before.toString(), after.toString()));
        }
        inside = true;
        before.setLength(0);
        after.setLength(0);
      } else if (inside && !line.isEmpty()) {
        add(line, before, after);
      }
    }
    hunks.add(new Mutant.Hunk(before.toString(), after.toString()));
    return new Mutant(name, kind, source, checks, List.copyOf(hunks));
  }

  private static void add(String line, StringBuilder before, StringBuilder after) {
    String text = line.substring(1) + "\n";
    switch (line.charAt(0)) {
      case '-' -> before.append(text);
      case '+' -> after.append(text);
      case ' ' -> {
        before.append(text);
        after.append(text);
      }
      default -> throw new IllegalArgumentException("not a line of a hunk: " + line);
    }
  }

  private static String value(List<String> lines, String key) {
    for (String line : lines) {
      if (line.startsWith(key)) {
        return line.substring(key.length()).strip();
      }
    }
    return "";
  }
}
