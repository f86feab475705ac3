package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import dev.gimbal.source.Source;
import dev.gimbal.source.SourceResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a builder was given for one place in the order of layers: a source, or a text that names or
 * makes some. Immutable.
 *
 * @param text which may hold labels
 * @param make makes a source of a text without labels; null where the text is a path or URI
 */
record SourceEntry(
    @Nullable Source source,
    @Nullable String text,
    @Nullable Function<? super String, ? extends Source> make) {

  SourceEntry {
    if ((source == null) == (text == null)) {
      throw new IllegalArgumentException("a source, or a text that makes some");
    }
  }

  static SourceEntry of(Source source) {
    return new SourceEntry(source, null, null);
  }

  static SourceEntry of(String spec) {
    return new SourceEntry(null, spec, null);
  }

  static SourceEntry of(String text, Function<? super String, ? extends Source> make) {
    return new SourceEntry(null, text, make);
  }

  /**
   * The sources.
   *
   * @throws ConfigException GIM-014 when the text cannot be understood
   */
  List<Source> sources(SourceResolver resolver) {
    if (text == null) {
      return List.of(Objects.requireNonNull(source));
    }
    return make == null ? resolver.createAll(text) : resolver.createAll(text, make);
  }

  /** What is wrong with the labels that were given. */
  static List<Problem> labelProblems(List<SourceEntry> entries, SourceResolver resolver) {
    List<String> specs = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (SourceEntry entry : entries) {
      if (entry.text != null) {
        (entry.make == null ? specs : texts).add(entry.text);
      }
    }
    return resolver.labelProblems(specs, texts);
  }
}
