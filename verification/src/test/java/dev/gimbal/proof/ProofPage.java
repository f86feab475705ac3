package dev.gimbal.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes a page of {@code docs} of its template in {@code verification/proof}, where these stand for
 * something:
 *
 * <ul>
 *   <li>{@code {{Type}}} or {@code {{Type.method}}}: a test or a scenario, which must exist
 *   <li>{@code {{tests D9}}}: all tests with that tag, of which there must be one
 *   <li>{@code {{gimbal B1}}}, {@code {{twin B1}}}: figures of an experiment
 *   <li>{@code {{tla G6_NoGap}}}: a property of {@code Engine.tla}
 *   <li>{@code {{spin parking.latest}}}: a formula of a Spin model
 * </ul>
 */
final class ProofPage {

  private static final Pattern PLACE = Pattern.compile("\\{\\{(?:(\\w+) )?([\\w.-]+)\\}\\}");

  /** What the page begins with, after the name of its template. */
  private static final String NOTICE =
      ". Change that, then run\n"
          + "mvn -q -pl verification -am test -Dgimbal.checks=off -Dtest=ProofPageTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dgimbal.proof.write=true -->\n\n";

  private final Path models;
  private final TestIndex index;
  private final Figures figures;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> figuresUsed = new TreeSet<>();

  ProofPage(Path root, TestIndex index, Figures figures) {
    this.models = root.resolve("verification/models");
    this.index = index;
    this.figures = figures;
  }

  /**
   * The page.
   *
   * @param name the template's file
   * @throws IllegalArgumentException naming all that the template names and that is not there, and
   *     all figures that it does not name
   */
  String of(String name, String template) {
    String page = PLACE.matcher(template).replaceAll(m -> Matcher.quoteReplacement(filled(m)));
    figures
        .all()
        .forEach(
            figure -> {
              String used = figure.who() + " " + figure.id();
              if (!figuresUsed.contains(used)) {
                problems.add("nothing shows the figure " + used);
              }
            });
    if (page.contains("{{")) {
      problems.add("what is this: " + page.substring(page.indexOf("{{")).lines().findFirst().get());
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", new TreeSet<>(problems)));
    }
    return "<!-- Generated from verification/proof/" + name + NOTICE + rebased(page);
  }

  /** Links that lead from the template's folder lead from the page's. */
  private static String rebased(String page) {
    return page.replace("](../../docs/", "](").replace("](../../", "](../");
  }

  private String filled(MatchResult place) {
    String kind = place.group(1) == null ? "" : place.group(1);
    String name = place.group(2);
    return switch (kind) {
      case "" -> test(name);
      case "tests" -> tagged(name);
      case "gimbal" -> figure(name, Figures.Who.GIMBAL);
      case "twin" -> figure(name, Figures.Who.TWIN);
      case "tla" -> inModel("Engine.tla", name, "^" + name + " ==");
      case "spin" -> {
        int dot = name.indexOf('.');
        yield inModel(
            name.substring(0, dot) + ".pml", name, "^ltl " + name.substring(dot + 1) + " ");
      }
      default -> missing("a placeholder of this kind: " + place.group());
    };
  }

  private String missing(String what) {
    problems.add("there is not " + what);
    return "";
  }

  private String test(String name) {
    return index.find(name).map(ProofPage::link).orElseGet(() -> missing("a test " + name));
  }

  private static String link(TestIndex.Entry entry) {
    return "[`" + entry.name() + "`](../../" + entry.path() + ")";
  }

  private String tagged(String tag) {
    List<TestIndex.Entry> found = index.tagged(tag);
    return found.isEmpty()
        ? missing("a test with the tag " + tag)
        : found.stream().map(ProofPage::link).collect(Collectors.joining(", "));
  }

  private String figure(String id, Figures.Who who) {
    String text = figures.text(id, who);
    figuresUsed.add(who + " " + id);
    return text.isEmpty() ? missing("a figure " + who + " " + id) : text;
  }

  private String inModel(String file, String name, String definition) {
    try {
      String text = Files.readString(models.resolve(file));
      return Pattern.compile(definition, Pattern.MULTILINE).matcher(text).find()
          ? "[`" + name + "`](../../verification/models/" + file + ")"
          : missing("a property " + name + " in " + file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
