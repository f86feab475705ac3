package dev.gimbal.engine;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Guard;
import dev.gimbal.ListMerge;
import dev.gimbal.ObjectValidator;
import dev.gimbal.Problem;
import dev.gimbal.Resource;
import dev.gimbal.TypeRef;
import dev.gimbal.UnknownKeys;
import dev.gimbal.Validator;
import dev.gimbal.bind.Conversions;
import dev.gimbal.bind.Converter;
import dev.gimbal.format.Format;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.secret.KeyProvider;
import dev.gimbal.source.Labels;
import dev.gimbal.source.Source;
import dev.gimbal.source.SourceProvider;
import dev.gimbal.source.SourceResolver;
import dev.gimbal.source.Tasks;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The one builder of Configs. Used by one thread. */
public final class EngineBuilder implements Config.Builder {

  /** What makes sources, in the order they were given. */
  private final List<SourceEntry> sources = new ArrayList<>();

  private Labels labels = Labels.ofProcess();

  private final List<Format> formats = new ArrayList<>();
  private final List<Converter<?>> converters = new ArrayList<>();
  private final List<SourceProvider> providers = new ArrayList<>();
  private final List<UserCheck> validators = new ArrayList<>();
  private final List<UserCheck> guards = new ArrayList<>();
  private final List<ObjectCheck> objectChecks = new ArrayList<>();
  private final List<WrittenResource> resources = new ArrayList<>();
  private final List<KeyProvider> keyProviders = new ArrayList<>();
  private final Map<String, ListMerge> listMerges = new HashMap<>();
  private final Map<String, UnknownKeys> unknownKeys = new LinkedHashMap<>();
  private final Map<String, Set<Type>> declared = new LinkedHashMap<>();
  private ReadOptions readOptions = ReadOptions.DEFAULT;
  private Duration startTimeout = Duration.ofSeconds(30);
  private Duration closeTimeout = Duration.ofSeconds(10);
  private Duration formatTimeout = Duration.ofSeconds(30);
  private Duration checkTimeout = Duration.ofSeconds(5);
  private Duration slowListenerAfter = Duration.ofSeconds(10);
  private @Nullable Executor executor;
  private @Nullable Tasks tasks;
  private int history = 16;
  private boolean watching = true;
  private boolean trackReads;
  private boolean decrypting = true;
  private final List<String> secretPatterns = new ArrayList<>();

  @Override
  public EngineBuilder source(Source source) {
    Objects.requireNonNull(source, "source");
    sources.add(SourceEntry.of(source));
    return this;
  }

  @Override
  public EngineBuilder source(String spec) {
    sources.add(SourceEntry.of(Objects.requireNonNull(spec, "spec")));
    return this;
  }

  @Override
  public EngineBuilder source(String text, Function<? super String, ? extends Source> make) {
    Objects.requireNonNull(make, "make");
    sources.add(SourceEntry.of(Objects.requireNonNull(text, "text"), make));
    return this;
  }

  @Override
  public EngineBuilder arguments(String... args) {
    LabelArguments taken = new LabelArguments(labels, args);
    source(taken.others());
    labels = taken.labels();
    return this;
  }

  @Override
  public EngineBuilder label(String label, String... values) {
    labels = labels.with(label, List.of(values));
    return this;
  }

  @Override
  public EngineBuilder format(Format format) {
    formats.add(format);
    return this;
  }

  @Override
  public EngineBuilder converter(Converter<?> converter) {
    converters.add(Objects.requireNonNull(converter, "converter"));
    return this;
  }

  @Override
  public EngineBuilder validator(String name, Validator validator) {
    Objects.requireNonNull(validator, "validator");
    validators.add(UserCheck.of(Objects.requireNonNull(name, "name"), validator));
    secretPatterns.addAll(validator.secrets());
    return this;
  }

  @Override
  public EngineBuilder objectValidator(String name, ObjectValidator validator) {
    Objects.requireNonNull(validator, "validator");
    objectChecks.add(ObjectCheck.of(Objects.requireNonNull(name, "name"), validator));
    return this;
  }

  @Override
  public EngineBuilder guard(String name, Guard guard) {
    Objects.requireNonNull(guard, "guard");
    guards.add(UserCheck.of(Objects.requireNonNull(name, "name"), guard));
    return this;
  }

  /** A resource whose path is not parsed yet. */
  private record WrittenResource(String path, Type type, Resource<Object> resource) {}

  @Override
  public <T> EngineBuilder resource(String path, Class<T> type, Resource<? super T> resource) {
    return resource(path, (Type) type, resource);
  }

  @Override
  public <T> EngineBuilder resource(String path, TypeRef<T> type, Resource<? super T> resource) {
    return resource(path, type.type(), resource);
  }

  @SuppressWarnings("unchecked") // it is given nothing but what converts to its type
  private EngineBuilder resource(String path, Type type, Resource<?> resource) {
    Objects.requireNonNull(resource, "resource");
    declare(path, type);
    resources.add(new WrittenResource(path, type, (Resource<Object>) resource));
    return this;
  }

  @Override
  public EngineBuilder sourceProvider(SourceProvider provider) {
    providers.add(provider);
    return this;
  }

  @Override
  public EngineBuilder keys(KeyProvider keys) {
    keyProviders.add(Objects.requireNonNull(keys, "keys"));
    return this;
  }

  @Override
  public EngineBuilder decrypting(boolean wanted) {
    decrypting = wanted;
    return this;
  }

  @Override
  public EngineBuilder listMerge(String path, ListMerge merge) {
    listMerges.put(path, merge);
    return this;
  }

  @Override
  public EngineBuilder secret(String pattern) {
    secretPatterns.add(Objects.requireNonNull(pattern, "pattern"));
    return this;
  }

  @Override
  public EngineBuilder unknownKeys(String prefix, UnknownKeys policy) {
    Objects.requireNonNull(policy, "policy");
    unknownKeys.put(Objects.requireNonNull(prefix, "prefix"), policy);
    return this;
  }

  @Override
  public EngineBuilder declare(String path, Class<?> type) {
    return declare(path, (Type) type);
  }

  @Override
  public EngineBuilder declare(String path, TypeRef<?> type) {
    return declare(path, type.type());
  }

  private EngineBuilder declare(String path, Type type) {
    Objects.requireNonNull(type, "type");
    declared.computeIfAbsent(path, p -> new LinkedHashSet<>()).add(type);
    return this;
  }

  @Override
  public EngineBuilder trackReads(boolean wanted) {
    trackReads = wanted;
    return this;
  }

  @Override
  public EngineBuilder readOptions(ReadOptions options) {
    readOptions = options;
    return this;
  }

  @Override
  public EngineBuilder startTimeout(Duration timeout) {
    startTimeout = positive("startTimeout", timeout);
    return this;
  }

  @Override
  public EngineBuilder closeTimeout(Duration timeout) {
    closeTimeout = positive("closeTimeout", timeout);
    return this;
  }

  @Override
  public EngineBuilder formatTimeout(Duration timeout) {
    formatTimeout = positive("formatTimeout", timeout);
    return this;
  }

  @Override
  public EngineBuilder checkTimeout(Duration timeout) {
    checkTimeout = positive("checkTimeout", timeout);
    return this;
  }

  @Override
  public EngineBuilder slowListenerAfter(Duration limit) {
    slowListenerAfter = positive("slowListenerAfter", limit);
    return this;
  }

  private static Duration positive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + ": " + duration + " (expected: > 0s)");
    }
    return duration;
  }

  @Override
  public EngineBuilder history(int snapshots) {
    if (snapshots < 1) {
      throw new IllegalArgumentException("snapshots: " + snapshots + " (expected: >= 1)");
    }
    history = snapshots;
    return this;
  }

  @Override
  public EngineBuilder executor(Executor listeners) {
    executor = listeners;
    return this;
  }

  @Override
  public EngineBuilder tasks(Tasks given) {
    tasks = given;
    return this;
  }

  @Override
  public EngineBuilder watching(boolean wanted) {
    watching = wanted;
    return this;
  }

  @Override
  public Config build() {
    List<Problem> problems = new ArrayList<>();
    List<Source> resolved = resolve(problems);
    Merger.Policies policies = policies(problems);
    Conversions conversions = conversions(problems);
    UnknownKeyCheck.Owned owned = owned(problems);
    List<Declaration.Key> keys = keys(problems);
    SecretPaths secrets = secrets(problems);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems, null);
    }
    // An enum's own code runs here, on the caller's thread, and never later on the lane.
    for (Declaration.Key key : keys) {
      conversions.requireSupported(key.type());
    }
    Settings settings =
        new Settings(
            Formats.installed(formats),
            readOptions,
            policies,
            new Settings.Limits(
                startTimeout, closeTimeout, formatTimeout, checkTimeout, slowListenerAfter),
            watching,
            conversions,
            history,
            new Settings.UserCode(validators, guards, objectChecks, entries()),
            owned,
            keys,
            trackReads,
            new Decryption.Keys(decrypting, keyProviders),
            secrets);
    EngineTasks own = tasks == null ? new EngineTasks() : null;
    Tasks used = own == null ? Objects.requireNonNull(tasks) : own;
    MemoryLoader loader = new MemoryLoader(settings, used, own, executor, ProcessOutside.INSTANCE);
    boolean started = false;
    try {
      long version = loader.sources().add(resolved);
      assert version == 1;
      started = true;
    } finally {
      if (!started) {
        loader.close();
      }
    }
    return new ConfigView(loader);
  }

  private List<Source> resolve(List<Problem> problems) {
    List<Source> resolved = new ArrayList<>();
    Set<String> names = new HashSet<>();
    SourceResolver resolver = SourceResolver.installed(providers, labels);
    for (SourceEntry given : sources) {
      try {
        for (Source source : given.sources(resolver)) {
          if (!names.add(source.name())) {
            problems.add(
                Problem.of(
                    ErrorCode.DUPLICATE_SOURCE,
                    "two sources are named \""
                        + source.name()
                        + "\"; a name says which layer a value came from"));
          }
          resolved.add(source);
        }
      } catch (ConfigException e) {
        e.problems().stream().filter(p -> !problems.contains(p)).forEach(problems::add);
      }
    }
    problems.addAll(SourceEntry.labelProblems(sources, resolver));
    return resolved;
  }

  private Conversions conversions(List<Problem> problems) {
    try {
      return Conversions.installed(converters);
    } catch (ConfigException e) {
      problems.addAll(e.problems());
      return Conversions.standard();
    }
  }

  private UnknownKeyCheck.Owned owned(List<Problem> problems) {
    UnknownKeyCheck.Owned owned = UnknownKeyCheck.Owned.NOTHING;
    for (Map.Entry<String, UnknownKeys> entry : unknownKeys.entrySet()) {
      try {
        owned = owned.with(ConfigPath.parse(entry.getKey()), entry.getValue());
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    return owned;
  }

  private @Nullable SecretPaths secrets(List<Problem> problems) {
    SecretPaths secrets = null;
    for (String pattern : secretPatterns) {
      try {
        secrets = SecretPaths.with(secrets, SecretPaths.keys(ConfigPath.parse(pattern)));
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    return secrets;
  }

  private List<Declaration.Key> keys(List<Problem> problems) {
    List<Declaration.Key> keys = new ArrayList<>();
    for (Map.Entry<String, Set<Type>> entry : declared.entrySet()) {
      try {
        ConfigPath path = ConfigPath.parse(entry.getKey());
        for (Type type : entry.getValue()) {
          keys.add(new Declaration.Key(path, type));
        }
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    return List.copyOf(keys);
  }

  /** Once it is known that their paths are some. */
  private List<Resources.Entry> entries() {
    List<Resources.Entry> entries = new ArrayList<>();
    for (WrittenResource written : resources) {
      ConfigPath path = ConfigPath.parse(written.path());
      entries.add(
          new Resources.Entry(new Declaration.Key(path, written.type()), written.resource()));
    }
    return entries;
  }

  private Merger.Policies policies(List<Problem> problems) {
    Merger.Policies root = Merger.Policies.NONE;
    for (Map.Entry<String, ListMerge> entry : listMerges.entrySet()) {
      try {
        root = with(root, ConfigPath.parse(entry.getKey()), 0, entry.getValue());
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    return root;
  }

  private static Merger.Policies with(
      Merger.Policies policies, ConfigPath path, int i, ListMerge merge) {
    if (i == path.size()) {
      return new Merger.Policies(merge, policies.below());
    }
    if (path.isIndex(i)) {
      String found = "\"" + path + '"';
      throw new ConfigException(
          Problem.of(
                  ErrorCode.PATH_SYNTAX,
                  found + " has a list index; a list policy is for a path of keys")
              .withDetails(Problem.Details.of(found, "a path of keys", null)));
    }
    Map<String, Merger.Policies> below = new HashMap<>(policies.below());
    below.put(path.key(i), with(policies.child(path.key(i)), path, i + 1, merge));
    return new Merger.Policies(policies.here(), Map.copyOf(below));
  }
}
