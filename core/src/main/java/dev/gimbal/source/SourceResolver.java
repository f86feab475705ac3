package dev.gimbal.source;

import dev.gimbal.ConfigException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes sources from text: a path, or a URI whose scheme a {@link SourceProvider} knows. Built in
 * are {@code file:}, {@code dir:}, {@code env:} and {@code sys:}; {@code optional=true} is
 * understood for all.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class SourceResolver {

  private static final String OPTIONAL = "optional";

  private final List<SourceProvider> given;

  private SourceResolver(Collection<? extends SourceProvider> given) {
    this.given = List.copyOf(given);
  }

  /**
   * The given providers, which win, the built-in ones, and those on the class path or module path,
   * which are looked for when a scheme is none of the others.
   */
  public static SourceResolver installed(Collection<? extends SourceProvider> given) {
    return new SourceResolver(given);
  }

  /**
   * The source that a path or URI names. A plain path takes the same {@code ?} options as a URI
   * unless a file of that whole name exists; a folder is read as {@code dir:} reads it.
   *
   * @throws ConfigException GIM-014 when the text cannot be understood, with what is known
   */
  public Source create(String text) {
    String scheme = SourceSpec.schemeOf(text);
    SourceProvider provider = scheme.isEmpty() ? null : find(scheme);
    return provider == null ? plain(text) : make(provider, SourceSpec.parse(text));
  }

  private Source plain(String text) {
    if (exists(text)) {
      return make(BuiltInSources.INSTANCE, new SourceSpec(text, "", text, Map.of()));
    }
    String scheme = SourceSpec.schemeOf(text);
    int question = text.lastIndexOf('?');
    if (!scheme.isEmpty() && !exists(question < 0 ? text : text.substring(0, question))) {
      throw new SourceSpec(text, "", text, Map.of())
          .wrong(
              "no source knows "
                  + scheme
                  + ": and there is no such file (known: "
                  + String.join(":, ", schemes())
                  + ":)");
    }
    return make(BuiltInSources.INSTANCE, SourceSpec.plain(text));
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
    Map<String, String> options = new LinkedHashMap<>(spec.options());
    options.remove(OPTIONAL);
    Source source = created(provider, spec.withOptions(options));
    return optional ? source.optional() : source;
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
