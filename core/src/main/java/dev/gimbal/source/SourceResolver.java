package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import dev.gimbal.text.Nearest;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes sources from text: a path, or a URI whose scheme a {@link SourceProvider} knows. Built in
 * are {@code file:}, {@code dir:}, {@code env:} and {@code sys:}; {@code optional=true} and {@code
 * secret=true} are understood for all.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class SourceResolver {

  private static final String OPTIONAL = "optional";
  private static final String SECRET = "secret";

  private final List<SourceProvider> given;
  private final Labels labels;

  private SourceResolver(Collection<? extends SourceProvider> given, Labels labels) {
    this.given = List.copyOf(given);
    this.labels = labels;
  }

  /**
   * The given providers, which win, the built-in ones, and those on the class path or module path,
   * which are looked for when a scheme is none of the others.
   */
  public static SourceResolver installed(Collection<? extends SourceProvider> given) {
    return installed(given, Labels.of(variable -> null));
  }

  /** The same with labels for {@link #createAll}. */
  public static SourceResolver installed(
      Collection<? extends SourceProvider> given, Labels labels) {
    return new SourceResolver(given, labels);
  }

  /**
   * The source that a path or URI without labels names. A plain path takes the same {@code ?}
   * options as a URI unless a file of that whole name exists; a folder is read as {@code dir:}
   * reads it.
   *
   * @throws ConfigException GIM-014 when the text cannot be understood, with what is known, or
   *     holds a label
   */
  public Source create(String text) {
    Named named = named(text);
    if (named.labels().isEmpty()) {
      return named.source(Map.of());
    }
    throw named
        .spec()
        .wrong(
            "{"
                + named.labels().iterator().next()
                + "} is a label, and there are none for it here");
  }

  /**
   * The sources that a path or URI names: one for each value of the labels that it holds, the
   * highest layer last. A label without a value makes one that is absent and not awaited.
   *
   * @throws ConfigException GIM-014 when the text or a value cannot be understood
   */
  public List<Source> createAll(String text) {
    Named named = named(text);
    return createAll(named.labels(), named.location(), named.shown(), named::source);
  }

  /**
   * The sources that are made of a text: one for each value of the labels that it holds.
   *
   * @param text is given to {@code make} with values in place of labels, and braces for double ones
   * @throws ConfigException GIM-014 when the text or a value cannot be understood
   */
  public List<Source> createAll(String text, Function<? super String, ? extends Source> make) {
    LabelText parsed = labelText(text);
    return createAll(
        parsed.names(),
        parsed,
        text,
        values -> Objects.requireNonNull(make.apply(parsed.fill(values))));
  }

  private List<Source> createAll(
      Set<String> names, LabelText text, String shown, Function<Map<String, String>, Source> make) {
    if (names.isEmpty()) {
      return List.of(make.apply(Map.of()));
    }
    List<String> missing = names.stream().filter(label -> labels.values(label).isEmpty()).toList();
    if (!missing.isEmpty()) {
      return List.of(new UnlabelledSource(shown, missing));
    }
    List<Map<String, String>> all = List.of(Map.of());
    for (String label : names) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> before : all) {
        for (String value : labels.values(label)) {
          Map<String, String> values = new LinkedHashMap<>(before);
          values.put(label, value);
          longer.add(values);
        }
      }
      all = longer;
    }
    List<Source> sources = new ArrayList<>();
    all.forEach(values -> sources.add(new LabelledSource(make.apply(values), text, values)));
    return sources;
  }

  /**
   * What is wrong with the labels that were given: a name that is none, or a label that none of
   * some texts holds.
   *
   * @param specs paths and URIs
   * @param texts those of {@link #createAll(String, Function)}
   * @return nothing as well where one of them cannot be understood
   */
  public List<Problem> labelProblems(Collection<String> specs, Collection<String> texts) {
    Set<String> held = new TreeSet<>();
    try {
      for (String spec : specs) {
        held.addAll(named(spec).labels());
      }
      for (String text : texts) {
        held.addAll(labelText(text).names());
      }
    } catch (ConfigException told) {
      return List.of();
    }
    return labels.problems(held);
  }

  private static LabelText labelText(String text) {
    return LabelText.parse(text, new SourceSpec(text, "", text, Map.of())::wrong);
  }

  /** What a text names. A plain path that exists as a whole is that path, braces included. */
  private Named named(String text) {
    String scheme = SourceSpec.schemeOf(text);
    SourceProvider provider = scheme.isEmpty() ? null : find(scheme);
    if (provider != null) {
      return Named.of(provider, SourceSpec.parse(text));
    }
    if (exists(text)) {
      SourceSpec spec = new SourceSpec(text, "", text, Map.of());
      return new Named(
          BuiltInSources.INSTANCE, spec, new LabelText(List.of(text), List.of()), Map.of());
    }
    int question = text.lastIndexOf('?');
    if (!scheme.isEmpty() && !exists(question < 0 ? text : text.substring(0, question))) {
      List<String> known = schemes();
      String meant = Nearest.ofWord(scheme, known);
      throw new SourceSpec(text, "", text, Map.of())
          .unknown(
              "no source knows " + scheme + ": and there is no such file",
              scheme + ':',
              known.stream().map(name -> name + ':').toList(),
              meant == null ? null : meant + ':');
    }
    return Named.of(BuiltInSources.INSTANCE, SourceSpec.plain(text));
  }

  /**
   * A text with labels in it, taken apart.
   *
   * @param options those that may hold labels
   */
  private record Named(
      SourceProvider provider,
      SourceSpec spec,
      LabelText location,
      Map<String, LabelText> options) {

    /** Those that would be the same for several sources otherwise. */
    private static final List<String> LABELLED = List.of("name", "cache");

    static Named of(SourceProvider provider, SourceSpec spec) {
      String location = spec.location();
      boolean isPath = spec.scheme().equals("file") || spec.scheme().equals("dir");
      if (isPath && location.startsWith("///")) {
        location = location.substring(2);
      }
      Map<String, LabelText> options = new LinkedHashMap<>();
      for (String key : LABELLED) {
        String value = spec.option(key);
        if (value != null) {
          options.put(key, LabelText.parse(value, spec::wrong));
        }
      }
      return new Named(provider, spec, LabelText.parse(location, spec::wrong), options);
    }

    /** Each once, those of the location first. */
    Set<String> labels() {
      Set<String> labels = location.names();
      options.values().forEach(option -> labels.addAll(option.names()));
      return labels;
    }

    Source source(Map<String, String> values) {
      Map<String, String> filled = new LinkedHashMap<>(spec.options());
      options.forEach((key, option) -> filled.put(key, option.fill(values)));
      return make(
          provider, new SourceSpec(spec.text(), spec.scheme(), location.fill(values), filled));
    }

    /** What it is called where it names no source. */
    String shown() {
      String name = spec.option("name");
      return name == null ? spec.name() : name;
    }
  }

  private static boolean exists(String path) {
    try {
      return Files.exists(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static Source make(SourceProvider provider, SourceSpec spec) {
    boolean optional = "true".equals(spec.word(OPTIONAL, "true", "false"));
    boolean secret = "true".equals(spec.word(SECRET, "true", "false"));
    Map<String, String> options = new LinkedHashMap<>(spec.options());
    options.remove(OPTIONAL);
    options.remove(SECRET);
    Source source = created(provider, spec.withOptions(options));
    source = optional ? source.optional() : source;
    return secret ? source.secret() : source;
  }

  /** What a provider throws is about its source, and its words may hold a secret of the URI. */
  private static Source created(SourceProvider provider, SourceSpec spec) {
    String why;
    try {
      Source source = provider.create(spec);
      if (source != null) {
        return source;
      }
      why = "null";
    } catch (ConfigException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      why = e.getClass().getName();
    }
    throw spec.wrong("its provider " + provider.getClass().getName() + " gave " + why);
  }

  private @Nullable SourceProvider find(String scheme) {
    for (SourceProvider provider : given) {
      if (provider.schemes().contains(scheme)) {
        return provider;
      }
    }
    if (BuiltInSources.INSTANCE.schemes().contains(scheme)) {
      return BuiltInSources.INSTANCE;
    }
    return onPath().get(scheme);
  }

  /** The schemes of URIs that it knows, without the colon, sorted. */
  public List<String> schemes() {
    Set<String> schemes = new TreeSet<>(onPath().keySet());
    given.forEach(provider -> schemes.addAll(provider.schemes()));
    schemes.addAll(BuiltInSources.INSTANCE.schemes());
    return List.copyOf(schemes);
  }

  /** Providers by scheme; those of the context class loader win. */
  private static Map<String, SourceProvider> onPath() {
    Map<String, SourceProvider> providers = new LinkedHashMap<>();
    ClassLoader own = SourceProvider.class.getClassLoader();
    ServiceLoader.load(SourceProvider.class, own).forEach(p -> add(providers, p));
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null && context != own) {
      ServiceLoader.load(SourceProvider.class, context).forEach(p -> add(providers, p));
    }
    return providers;
  }

  private static void add(Map<String, SourceProvider> providers, SourceProvider provider) {
    provider.schemes().forEach(scheme -> providers.put(scheme, provider));
  }
}
