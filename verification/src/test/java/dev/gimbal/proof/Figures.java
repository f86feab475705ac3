package dev.gimbal.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * What the experiments counted, in {@code verification/proof/figures.tsv}, for {@code
 * docs/proof.md}. An experiment whose figure is exact fails when the file says something else; one
 * whose figure differs from run to run has a range there. With {@code -Dgimbal.forks=1
 * -Dgimbal.proof.write=true} the file is written instead: an exact figure is replaced, a range is
 * widened. What no experiment counts any more stays until the file is deleted. Used by many
 * threads.
 */
public final class Figures {

  /** Whose figure it is. */
  public enum Who {
    GIMBAL,
    TWIN
  }

  /**
   * One figure.
   *
   * @param part of an experiment that is done in several ways; empty if it is not
   * @param of how many rounds there were; 0 for something that is not counted in rounds
   * @param unit what is counted, where that is not rounds
   */
  record Figure(String id, Who who, String part, long low, long high, long of, String unit) {

    private static Figure parse(String line) {
      String[] cells = line.split("\t", -1);
      if (cells.length != 7) {
        throw new IllegalArgumentException("figures.tsv: " + line);
      }
      return new Figure(
          cells[0],
          Who.valueOf(cells[1]),
          cells[2],
          Long.parseLong(cells[3]),
          Long.parseLong(cells[4]),
          Long.parseLong(cells[5]),
          cells[6]);
    }

    private String key() {
      return id + "\t" + who + "\t" + part;
    }

    private String line() {
      return key() + "\t" + low + "\t" + high + "\t" + of + "\t" + unit;
    }

    private Figure widened(Figure other) {
      boolean alike = of == other.of && unit.equals(other.unit);
      return alike
          ? new Figure(
              id, who, part, Math.min(low, other.low), Math.max(high, other.high), of, unit)
          : this;
    }
  }

  private static final Figures STORED =
      new Figures(
          Path.of(System.getProperty("gimbal.root"), "verification", "proof", "figures.tsv"),
          Boolean.getBoolean("gimbal.proof.write"));

  private final Path file;
  private final boolean writes;

  @GuardedBy("this")
  private final TreeMap<String, Figure> figures = new TreeMap<>();

  Figures(Path file, boolean writes) {
    this.file = file;
    this.writes = writes;
    for (Figure figure : read(file)) {
      figures.put(figure.key(), figure);
    }
  }

  /** Those of the repository. */
  public static Figures stored() {
    return STORED;
  }

  private static List<Figure> read(Path file) {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream().map(Figure::parse).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A count that is the same in each run. */
  public void exact(String id, Who who, String part, long count, long of, String unit) {
    Figure figure = new Figure(id, who, part, count, count, of, unit);
    synchronized (this) {
      if (!writes) {
        assertEquals(figure, figures.get(figure.key()), "what docs/proof.md says; see Figures");
        return;
      }
      figures.put(figure.key(), figure);
      write();
    }
  }

  /** A count that differs from run to run. */
  public void range(String id, Who who, String part, long count, long of, String unit) {
    Figure figure = new Figure(id, who, part, count, count, of, unit);
    synchronized (this) {
      Figure before = figures.get(figure.key());
      if (!writes) {
        assertEquals(
            List.of(of, unit),
            before == null ? List.of() : List.of(before.of, before.unit),
            "what docs/proof.md says of " + figure.key() + "; see Figures");
        return;
      }
      figures.put(figure.key(), before == null ? figure : figure.widened(before));
      write();
    }
  }

  @GuardedBy("this")
  private void write() {
    try {
      Files.write(file, figures.values().stream().map(Figure::line).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that there are. */
  synchronized List<Figure> all() {
    return List.copyOf(figures.values());
  }

  /** All parts of an experiment as one text; empty when there is none. */
  synchronized String text(String id, Who who) {
    List<Figure> parts = new ArrayList<>();
    figures.values().stream().filter(f -> f.id.equals(id) && f.who == who).forEach(parts::add);
    return parts.isEmpty() ? "" : sum(parts);
  }

  private static String sum(List<Figure> parts) {
    String unit = parts.get(0).unit;
    if (parts.stream().anyMatch(part -> !part.unit.equals(unit))) {
      throw new IllegalStateException("parts of several units: " + parts);
    }
    long low = parts.stream().mapToLong(Figure::low).sum();
    long high = parts.stream().mapToLong(Figure::high).sum();
    long of = parts.stream().mapToLong(Figure::of).sum();
    String count = low == high ? grouped(low) : grouped(low) + " to " + grouped(high);
    return (of > 0 ? count + " of " + grouped(of) : count) + (unit.isEmpty() ? "" : " " + unit);
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
