package dev.gimbal.cli;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Value;
import dev.gimbal.source.Labels;
import dev.gimbal.source.Source;
import dev.gimbal.source.SourceResolver;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/** The options of a command as they were given. */
final class Options {

  /** How long a source that hangs may hold up the end of a command. */
  static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

  private final ParseResult parsed;
  private final Terminal terminal;

  /** Made when it is first asked for, by the thread of the command. */
  private @Nullable KeyFile keyFile;

  /** Knows the labels that were given. */
  private final SourceResolver resolver;

  /**
   * @param terminal is told which sources a start waits for
   */
  Options(ParseResult parsed, Terminal terminal) {
    this.parsed = parsed;
    this.terminal = terminal;
    this.resolver = SourceResolver.installed(List.of(), labels());
  }

  private Labels labels() {
    Labels labels = Labels.ofProcess();
    for (String values : parsed.matchedOptionValue("--profile", List.<String>of())) {
      labels = labels.with(Labels.PROFILE, Labels.split(values));
    }
    for (String label : parsed.matchedOptionValue("--label", List.<String>of())) {
      int equals = label.indexOf('=');
      if (equals < 1) {
        throw new UsageException("--label: \"" + label + "\" (expected: NAME=VALUE)");
      }
      labels = labels.with(label.substring(0, equals), Labels.split(label.substring(equals + 1)));
    }
    return labels;
  }

  /** Makes sources of specs, with the labels that were given. */
  SourceResolver resolver() {
    return resolver;
  }

  boolean has(String option) {
    return parsed.hasMatchedOption(option);
  }

  boolean reveal() {
    return has("--reveal");
  }

  String output(String absent) {
    return parsed.matchedOptionValue("--output", absent);
  }

  /**
   * Whether lines of JSON are wanted rather than text.
   *
   * @throws UsageException when it is another form
   */
  boolean json() {
    String form = output("text");
    if (!form.equals("text") && !form.equals("json")) {
      throw new UsageException("--output: \"" + form + "\" (expected: text or json)");
    }
    return form.equals("json");
  }

  /** When output is to have colours. */
  String color() {
    return parsed.matchedOptionValue("--color", "auto");
  }

  /** The text of an option; empty where it is not given. */
  String text(String option) {
    return parsed.matchedOptionValue(option, "");
  }

  boolean hasArgument(int index) {
    return parsed.hasMatchedPositional(index);
  }

  String argument(int index) {
    return parsed.matchedPositionalValue(index, "");
  }

  /** Those of a command that takes one or more. */
  List<String> arguments() {
    return parsed.matchedPositionalValue(0, List.of());
  }

  /** The path that was asked for; the root without one. */
  ConfigPath path() {
    requireSources();
    return parsePath(parsed.matchedPositionalValue(0, ""));
  }

  static ConfigPath parsePath(String text) {
    try {
      return ConfigPath.parse(text);
    } catch (ConfigException e) {
      throw new UsageException(e.problems().get(0).message());
    }
  }

  List<String> sources() {
    return parsed.matchedOptionValue("--source", List.<String>of());
  }

  /**
   * What {@code --set} says.
   *
   * @throws UsageException when it cannot be understood
   */
  Assignments assignments() {
    return Assignments.parse(parsed.matchedOptionValue("--set", List.of()));
  }

  /**
   * Adds what {@code --secret} says.
   *
   * @throws UsageException when it is no path
   */
  Config.Builder marking(Config.Builder builder) {
    for (String pattern : parsed.matchedOptionValue("--secret", List.<String>of())) {
      parsePath(pattern);
      builder.secret(pattern);
    }
    return builder;
  }

  /** That of {@code --key-file}, which is given. */
  KeyFile keyFile() {
    if (keyFile == null) {
      keyFile = new KeyFile(Path.of(text("--key-file")));
    }
    return keyFile;
  }

  /** Whether keys were given. */
  boolean hasKeys() {
    return has("--key-file") || has("--key-store") || System.getenv(Keys.VARIABLE) != null;
  }

  /** A Config of the sources that were given. */
  Config open(boolean watching) {
    return open(watching, UnaryOperator.identity());
  }

  private Config open(boolean watching, UnaryOperator<Source> changed) {
    return open(watching, changed, UnaryOperator.identity());
  }

  /**
   * The same, with each source as it is changed.
   *
   * @param more adds to the builder
   */
  Config open(boolean watching, UnaryOperator<Source> changed, UnaryOperator<Config.Builder> more) {
    requireSources();
    return open(sources(), name -> true, watching, changed, more);
  }

  private void requireSources() {
    if (sources().isEmpty() && !has("--set") && !has("--batch")) {
      throw new UsageException("where from? --source is missing" + meant());
    }
    if (!has("--batch")) {
      resolver
          .labelProblems(sources(), List.of())
          .forEach(
              problem -> {
                throw new UsageException(problem.message());
              });
    }
  }

  /** A hint for who gave a source in place of a path; else nothing. */
  private String meant() {
    String given = parsed.matchedPositionalValue(0, "");
    return isUri(given) || isFile(given) ? "; did you mean --source " + given + "?" : "";
  }

  private static boolean isUri(String text) {
    return text.matches("[a-z][a-z0-9+.-]*:.*");
  }

  static boolean isFile(String text) {
    try {
      return !text.isEmpty() && Files.exists(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** A Config of some sources, below what {@code --set} says. */
  Config open(List<String> specs, boolean watching) {
    return open(specs, watching, UnaryOperator.identity());
  }

  /** The same, with each source as it is changed. */
  Config open(List<String> specs, boolean watching, UnaryOperator<Source> changed) {
    return open(specs, name -> true, watching, changed);
  }

  /**
   * The same, with each source as it is changed.
   *
   * @param names which of the sources that the specs make
   */
  Config open(
      List<String> specs,
      Predicate<String> names,
      boolean watching,
      UnaryOperator<Source> changed) {
    return open(specs, names, watching, changed, UnaryOperator.identity());
  }

  private Config open(
      List<String> specs,
      Predicate<String> names,
      boolean watching,
      UnaryOperator<Source> changed,
      UnaryOperator<Config.Builder> more) {
    try (Progress progress = new Progress(terminal)) {
      UnaryOperator<Source> awaiting = watching ? progress::telling : progress::awaiting;
      Config.Builder builder = Config.builder().watching(watching).closeTimeout(CLOSE_TIMEOUT);
      marking(builder);
      if (hasKeys()) {
        Keys.providers(this).forEach(builder::keys);
      }
      for (String spec : specs) {
        add(builder, spec, names, source -> awaiting.apply(changed.apply(source)));
      }
      return start(more.apply(builder));
    }
  }

  private Config start(Config.Builder builder) {
    Assignments assignments = assignments();
    if (assignments.isEmpty()) {
      return builder.build();
    }
    if (!assignments.changeElements()) {
      return builder.source(assignments.layer(path -> null)).build();
    }
    Config config = builder.build();
    try {
      config.add(assignments.layer(path -> marked(config.get(path))));
      return config;
    } catch (RuntimeException e) {
      config.close();
      throw e;
    }
  }

  /** The node of a value, in which what placeholders made of secrets is marked as such. */
  private static @Nullable Node marked(Value value) {
    Node node = value.node();
    Node masked = value.masked();
    return node == null
        ? null
        : Nodes.mapScalars(
            node,
            (path, scalar) -> scalar.equals(Nodes.at(masked, path)) ? scalar : scalar.asSecret());
  }

  /** Of a spec that cannot be understood the builder tells, with all else that is wrong. */
  private void add(
      Config.Builder builder, String spec, Predicate<String> names, UnaryOperator<Source> changed) {
    List<Source> sources;
    try {
      sources = resolver.createAll(spec);
    } catch (ConfigException e) {
      builder.source(
          "",
          text -> {
            throw e;
          });
      return;
    }
    for (Source source : sources) {
      if (names.test(source.name())) {
        builder.source(changed.apply(source));
      }
    }
  }
}
