package dev.gimbal.pit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Compares the mutants that a run of PIT left alive with the list of those that may live.
 *
 * <p>A mutant is known by its class, its method (lambdas by the method they stand in), what was
 * mutated and how, and which of several equal ones it is, in the order of the code; never by its
 * line. The comparison is stable where a run is not:
 *
 * <ul>
 *   <li>one that lives and is not listed fails the check;
 *   <li>a listed one that a failing test killed fails it, unless it is listed as one that lives
 *       sometimes, because its test depends on how threads meet;
 *   <li>a listed one that ran out of time or memory passes: a slow machine does that, too.
 * </ul>
 *
 * <p>It runs as one source file: {@code java Survivors.java REPORT LIST [LEAST]}.
 */
final class Survivors {

  /** The share of mutants that must be killed in each package, in percent. */
  static final int THRESHOLD = 85;

  private static final int COLUMNS = 7;

  private Survivors() {}

  /** What identifies a mutant. */
  record Mutant(String type, String method, String mutator, String description, int which) {
    @Override
    public String toString() {
      return String.join("\t", type, method, mutator, description, String.valueOf(which));
    }

    private String packageName() {
      return type.substring(0, type.lastIndexOf('.'));
    }
  }

  /** What came of a mutant. */
  enum Fate {
    /** A test failed. */
    KILLED,
    /** It ran out of time or memory, or could not be run. */
    ENDED,
    /** No test failed, or none reached it. */
    LIVED
  }

  /** The fates of all mutants of a report, in its order. */
  static Map<Mutant, Fate> read(InputStream report) throws IOException {
    NodeList mutations;
    try {
      mutations =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(report)
              .getElementsByTagName("mutation");
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("not a report: " + e.getMessage(), e);
    }
    Map<Mutant, Fate> fates = new TreeMap<>(Survivors::inOrder);
    Map<Mutant, List<Element>> equal = new HashMap<>();
    for (int i = 0; i < mutations.getLength(); i++) {
      Element mutation = (Element) mutations.item(i);
      equal.computeIfAbsent(mutant(mutation, 0), none -> new ArrayList<>()).add(mutation);
    }
    equal.forEach(
        (like, elements) -> {
          elements.sort(Survivors::byPlace);
          for (int i = 0; i < elements.size(); i++) {
            fates.put(mutant(elements.get(i), i + 1), fate(elements.get(i).getAttribute("status")));
          }
        });
    return fates;
  }

  private static int inOrder(Mutant one, Mutant other) {
    int byType = one.type.compareTo(other.type);
    return byType != 0 ? byType : one.toString().compareTo(other.toString());
  }

  private static int byPlace(Element one, Element other) {
    int byLine =
        Integer.compare(
            Integer.parseInt(text(one, "lineNumber")), Integer.parseInt(text(other, "lineNumber")));
    return byLine != 0
        ? byLine
        : Integer.compare(
            Integer.parseInt(text(one, "index")), Integer.parseInt(text(other, "index")));
  }

  private static Mutant mutant(Element mutation, int which) {
    String mutator = text(mutation, "mutator");
    return new Mutant(
        text(mutation, "mutatedClass"),
        text(mutation, "mutatedMethod").replaceFirst("^lambda\\$(.*)\\$\\d+$", "$1 lambda"),
        mutator.substring(mutator.lastIndexOf('.') + 1).replaceFirst("Mutator$", ""),
        text(mutation, "description")
            .replaceAll("lambda\\$(.*?)\\$\\d+", "$1 lambda")
            .replace("dev/gimbal/", ""),
        which);
  }

  private static String text(Element of, String name) {
    return of.getElementsByTagName(name).item(0).getTextContent();
  }

  private static Fate fate(String status) {
    return switch (status) {
      case "KILLED" -> Fate.KILLED;
      case "TIMED_OUT", "MEMORY_ERROR", "RUN_ERROR", "NON_VIABLE" -> Fate.ENDED;
      case "SURVIVED", "NO_COVERAGE" -> Fate.LIVED;
      default -> throw new IllegalArgumentException("status " + status);
    };
  }

  /** The mutants that may live, and whether they do so sometimes only. */
  static Map<Mutant, Boolean> list(List<String> lines) {
    Map<Mutant, Boolean> listed = new TreeMap<>(Survivors::inOrder);
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] columns = line.split("\t", -1);
      if (columns.length != COLUMNS
          || !List.of("always", "sometimes").contains(columns[5])
          || columns[6].isBlank()) {
        throw new IllegalArgumentException("not a survivor with its reason: " + line);
      }
      Mutant mutant =
          new Mutant(columns[0], columns[1], columns[2], columns[3], Integer.parseInt(columns[4]));
      if (listed.put(mutant, columns[5].equals("sometimes")) != null) {
        throw new IllegalArgumentException("listed twice: " + line);
      }
    }
    return listed;
  }

  /** What is wrong with a run, beside the list; nothing of classes that were not in it. */
  static List<String> problems(Map<Mutant, Fate> fates, Map<Mutant, Boolean> listed) {
    List<String> problems = new ArrayList<>();
    Set<String> types = new HashSet<>();
    fates.forEach(
        (mutant, fate) -> {
          types.add(mutant.type);
          if (fate == Fate.LIVED && !listed.containsKey(mutant)) {
            problems.add("lives, and is not listed: " + mutant);
          }
        });
    listed.forEach(
        (mutant, sometimes) -> {
          Fate fate = fates.get(mutant);
          if (fate == null && types.contains(mutant.type)) {
            problems.add("listed, and does not exist: " + mutant);
          } else if (fate == Fate.KILLED && !sometimes) {
            problems.add("listed, and was killed: " + mutant);
          }
        });
    return problems;
  }

  /** How many there were of each fate, in one package. */
  record Score(int killed, int ended, int lived) {
    int all() {
      return killed + ended + lived;
    }

    private Score plus(Fate fate) {
      return new Score(
          killed + (fate == Fate.KILLED ? 1 : 0),
          ended + (fate == Fate.ENDED ? 1 : 0),
          lived + (fate == Fate.LIVED ? 1 : 0));
    }

    boolean isEnough() {
      return (killed + ended) * 100 >= THRESHOLD * all();
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d mutants, %d killed by a failing test, %d by time or memory, %d alive: %.1f %% killed",
          all(),
          killed,
          ended,
          lived,
          100.0 * (killed + ended) / all());
    }
  }

  static Map<String, Score> scores(Map<Mutant, Fate> fates) {
    Map<String, Score> scores = new TreeMap<>();
    fates.forEach(
        (mutant, fate) ->
            scores.compute(
                mutant.packageName(),
                (name, score) -> (score == null ? new Score(0, 0, 0) : score).plus(fate)));
    return scores;
  }

  /**
   * @param args the report, the list, and how many mutants a whole run has at least: then each
   *     package must reach the threshold, and no class of the list may be missing
   */
  public static void main(String[] args) throws IOException {
    Map<Mutant, Fate> fates;
    try (InputStream report = Files.newInputStream(Path.of(args[0]))) {
      fates = read(report);
    }
    Map<Mutant, Boolean> listed = list(Files.readAllLines(Path.of(args[1])));
    List<String> problems = problems(fates, listed);
    Map<String, Score> scores = scores(fates);
    scores.forEach((name, score) -> System.out.println(name + ": " + score));
    if (args.length > 2) {
      problems.addAll(problemsOfAWholeRun(fates, listed, Integer.parseInt(args[2])));
    }
    problems.forEach(System.out::println);
    if (!problems.isEmpty()) {
      System.exit(1);
    }
    System.out.println("every one that lives is listed with its reason");
  }

  static List<String> problemsOfAWholeRun(
      Map<Mutant, Fate> fates, Map<Mutant, Boolean> listed, int least) {
    List<String> problems = new ArrayList<>();
    if (fates.size() < least) {
      problems.add(fates.size() + " mutants (expected: at least " + least + ")");
    }
    scores(fates)
        .forEach(
            (name, score) -> {
              if (!score.isEnough()) {
                problems.add(name + ": less than " + THRESHOLD + " % are killed");
              }
            });
    Set<String> types = new HashSet<>();
    fates.keySet().forEach(mutant -> types.add(mutant.type));
    listed.keySet().stream()
        .map(Mutant::type)
        .distinct()
        .filter(type -> !types.contains(type))
        .forEach(type -> problems.add("listed, and not in the run: " + type));
    return problems;
  }
}
