package dev.gimbal.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which other values of a label there are files or folders for. */
final class LabelFiles {

  /** How many names of a folder are looked at. */
  private static final int MOST_LOOKED_AT = 1000;

  /** Stands for the label; no path and no value holds it. */
  private static final String HOLE = "\uFFFF";

  private LabelFiles() {}

  /**
   * The values, sorted; none where the folder cannot be read.
   *
   * @param labels the values that the other labels keep
   */
  static List<String> values(LabelText text, Map<String, String> labels, String label) {
    Map<String, String> others = new LinkedHashMap<>(labels);
    others.put(label, HOLE);
    String path = text.fill(others);
    int hole = path.indexOf(HOLE);
    int slash = path.lastIndexOf('/', hole);
    int end = path.indexOf('/', hole);
    Pattern name = pattern(path.substring(slash + 1, end < 0 ? path.length() : end));
    List<String> values = new ArrayList<>();
    try (Stream<Path> names = Files.list(Path.of(path.substring(0, slash + 1)))) {
      names
          .limit(MOST_LOOKED_AT)
          .map(entry -> name.matcher(entry.getFileName().toString()))
          .filter(Matcher::matches)
          .map(matcher -> matcher.group("value"))
          .filter(Labels::isValue)
          .filter(value -> Files.exists(Path.of(path.replace(HOLE, value))))
          .sorted()
          .forEach(values::add);
    } catch (IOException | UncheckedIOException unreadable) {
      return List.of();
    }
    return values;
  }

  private static Pattern pattern(String segment) {
    String[] literals = segment.split(HOLE, -1);
    StringBuilder pattern = new StringBuilder(Pattern.quote(literals[0])).append("(?<value>.+)");
    for (int i = 1; i < literals.length; i++) {
      pattern.append(i == 1 ? "" : "\\k<value>").append(Pattern.quote(literals[i]));
    }
    return Pattern.compile(pattern.toString());
  }
}
