package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import dev.gimbal.source.Source;
import dev.gimbal.source.SourceResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a builder was given for one place in the order of layers. Immutable.
 *
 * @param text which may hold labels, or null for a source
 * @param make the sources that it stands for
 * @param isSpec whether the text is a path or URI
 */
record SourceEntry(
    @Nullable String text, Function<SourceResolver, List<Source>> make, boolean isSpec) {

  static SourceEntry of(Source source) {
    return new SourceEntry(null, resolver -> List.of(source), false);
  }

  static SourceEntry of(String spec) {
    return new SourceEntry(spec, resolver -> resolver.createAll(spec), true);
  }

  static SourceEntry of(String text, Function<? super String, ? extends Source> make) {
    return new SourceEntry(text, resolver -> resolver.createAll(text, make), false);
  }

  /**
   * The sources.
   *
   * @throws ConfigException GIM-014 when the text cannot be understood
   */
  List<Source> make(SourceResolver resolver) {
    return make.apply(resolver);
  }

  /** What is wrong with the labels that were given. */
  static List<Problem> labelProblems(List<SourceEntry> entries, SourceResolver resolver) {
    List<String> specs = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (SourceEntry entry : entries) {
      if (entry.text != null) {
        (entry.isSpec ? specs : texts).add(entry.text);
      }
    }
    return resolver.labelProblems(specs, texts);
  }
}
