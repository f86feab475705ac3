package dev.gimbal.source;

import dev.gimbal.format.Documents;
import dev.gimbal.format.Limits;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.Scalar;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The schemes of {@link #schemes}, and plain paths. */
final class BuiltInSources implements SourceProvider {

  static final BuiltInSources INSTANCE = new BuiltInSources();

  private static final List<String> WATCHED =
      List.of(
          "optional",
          "secret",
          "name",
          "format",
          "onMissing",
          "placeholders",
          "dottedKeys",
          "document",
          "poll",
          "still",
          "settle",
          "maxBytes",
          "maxDepth",
          "maxNodes");

  /** Options that say how a document is read. */
  static final List<String> DOCUMENT =
      List.of(
          "optional",
          "secret",
          "name",
          "format",
          "placeholders",
          "dottedKeys",
          "document",
          "maxBytes",
          "maxDepth",
          "maxNodes");

  private static final List<String> FIXED = List.of("optional", "secret");

  private BuiltInSources() {}

  @Override
  public Set<String> schemes() {
    return Set.of("file", "dir", "classpath", "http", "https", "env", "sys");
  }

  @Override
  public Source create(SourceSpec spec) {
    return switch (spec.scheme()) {
      case "env" -> {
        spec.requireOptions(FIXED);
        yield new EnvironmentSource(spec.location());
      }
      case "sys" -> {
        spec.requireOptions(FIXED);
        yield new SystemPropertiesSource(spec.location());
      }
      case "dir" -> directory(spec, path(spec));
      case "file" -> file(spec, path(spec));
      case "classpath" -> classpath(spec);
      case "http", "https" -> HttpSpec.source(spec);
      default -> plain(spec);
    };
  }

  private static Source plain(SourceSpec spec) {
    Path path = path(spec);
    return spec.option("as") != null || Files.isDirectory(path)
        ? directory(spec, path)
        : file(spec, path);
  }

  private static Source file(SourceSpec spec, Path path) {
    spec.requireOptions(WATCHED);
    return new FileSource(watched(spec, path));
  }

  private static Source directory(SourceSpec spec, Path path) {
    List<String> known = new ArrayList<>(WATCHED);
    known.add("as");
    spec.requireOptions(known);
    DirectorySource source = new DirectorySource(watched(spec, path));
    return "documents".equals(spec.word("as", "values", "documents"))
        ? source.as(DirectorySource.As.DOCUMENTS)
        : source;
  }

  private static Source classpath(SourceSpec spec) {
    spec.requireOptions(DOCUMENT);
    if (spec.location().isEmpty()) {
      throw spec.missing("no resource", "the name of a resource");
    }
    ClasspathSource source =
        new ClasspathSource(spec.location()).reading(reading(spec, Scalar.Template.ALL));
    String name = spec.option("name");
    source = name == null ? source : source.name(name);
    String format = spec.option("format");
    return format == null ? source : source.format(format);
  }

  /**
   * What the options say of how a document is read.
   *
   * @param most the placeholders that it may use at most
   */
  static UnaryOperator<ReadOptions> reading(SourceSpec spec, Scalar.Template most) {
    UnaryOperator<Limits> limits = limits(spec);
    Documents documents = documents(spec);
    String placeholders = spec.word("placeholders", "on", "off");
    String dottedKeys = spec.word("dottedKeys", "expand", "literal");
    return before -> {
      ReadOptions read = before.withLimits(limits.apply(before.limits()));
      if (placeholders != null) {
        read = read.withTemplate(placeholders.equals("on") ? most : Scalar.Template.NONE);
      }
      read = documents == null ? read : read.withDocuments(documents);
      return dottedKeys == null ? read : read.withExpandDottedKeys(dottedKeys.equals("expand"));
    };
  }

  /** Which documents of a file, or null where nothing is said. */
  private static @Nullable Documents documents(SourceSpec spec) {
    String value = spec.option("document");
    if (value == null || value.equals("all")) {
      return value == null ? null : Documents.ALL;
    }
    try {
      return Documents.number(Integer.parseInt(value));
    } catch (IllegalArgumentException e) {
      throw spec.unexpected("document", value, "all or an integer from 1", null);
    }
  }

  private static Path path(SourceSpec spec) {
    String location = spec.location();
    if (!spec.scheme().isEmpty() && location.startsWith("///")) {
      location = location.substring(2);
    }
    if (location.isEmpty()) {
      throw spec.missing("no path", "a path");
    }
    try {
      return Path.of(location);
    } catch (InvalidPathException e) {
      throw spec.missing("not a path: " + e.getReason(), "a path");
    }
  }

  private static WatchOptions watched(SourceSpec spec, Path path) {
    WatchOptions options = WatchOptions.of(path);
    options = options.withName(orElse(spec.option("name"), options.name()));
    options = options.withFormat(spec.option("format"));
    if ("clear".equals(spec.word("onMissing", "keep", "clear"))) {
      options = options.withOnMissing(OnMissing.CLEAR);
    }
    String placeholders = spec.word("placeholders", "on", "off");
    if (placeholders != null) {
      options = options.withPlaceholders(placeholders.equals("on"));
    }
    String dottedKeys = spec.word("dottedKeys", "expand", "literal");
    if (dottedKeys != null) {
      options = options.withDottedKeysExpand(dottedKeys.equals("expand"));
    }
    Documents documents = documents(spec);
    if (documents != null) {
      options = options.withReading(read -> read.withDocuments(documents));
    }
    options = options.withStillFor(orElse(spec.duration("still"), options.stillFor()));
    options = options.withSettleFor(orElse(spec.duration("settle"), options.settleFor()));
    Duration poll = spec.duration("poll");
    if (poll != null) {
      if (poll.isZero()) {
        throw spec.unexpected("poll", String.valueOf(spec.option("poll")), "> 0", null);
      }
      options = options.withPoll(poll);
    }
    return limited(spec, options);
  }

  private static WatchOptions limited(SourceSpec spec, WatchOptions options) {
    UnaryOperator<Limits> limits = limits(spec);
    return options.withReading(read -> read.withLimits(limits.apply(read.limits())));
  }

  /** What the options say of the limits. */
  static UnaryOperator<Limits> limits(SourceSpec spec) {
    Long bytes = spec.count("maxBytes", Long.MAX_VALUE);
    Long depth = spec.count("maxDepth", Integer.MAX_VALUE);
    Long nodes = spec.count("maxNodes", Integer.MAX_VALUE);
    return before -> {
      Limits limits = bytes == null ? before : before.withMaxBytes(bytes);
      limits = depth == null ? limits : limits.withMaxDepth(depth.intValue());
      return nodes == null ? limits : limits.withMaxNodes(nodes.intValue());
    };
  }

  static <T> T orElse(@Nullable T value, T otherwise) {
    return value == null ? otherwise : Objects.requireNonNull(value);
  }
}
