package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Origin;
import dev.gimbal.TypeRef;
import dev.gimbal.Value;
import dev.gimbal.bind.ConversionException;
import dev.gimbal.bind.Conversions;
import dev.gimbal.text.Excerpts;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one kind of value: a snapshot, a path, and the node that was found there. Immutable, but for
 * what it keeps of a conversion.
 */
final class SnapshotValue implements Value {

  private final PublishedSnapshot snapshot;

  /** What it was read by, below its view's prefix; null where it was read by a path. */
  private final @Nullable String text;

  /** Null where {@link #text} says it: few who read ask for it, and each time it is parsed then. */
  private final @Nullable ConfigPath path;

  private final @Nullable Node node;

  /**
   * As what the value was first read: an Integer, Long, Double, Boolean or Duration. Written by any
   * thread; it is immutable, and its class says what it is.
   */
  private @Nullable Object converted;

  private SnapshotValue(
      PublishedSnapshot snapshot,
      @Nullable String text,
      @Nullable ConfigPath path,
      @Nullable Node node) {
    this.snapshot = snapshot;
    this.text = text;
    this.path = path;
    this.node = node instanceof NullNode ? null : node;
  }

  static SnapshotValue of(PublishedSnapshot snapshot, ConfigPath path) {
    return new SnapshotValue(snapshot, null, path, Nodes.at(snapshot.resolved(), path));
  }

  /** What stands at the path of a text, below a prefix. */
  static SnapshotValue of(PublishedSnapshot snapshot, ConfigPath prefix, String text) {
    if (prefix.isRoot() && !snapshot.isTracked()) {
      return new SnapshotValue(snapshot, text, null, Nodes.at(snapshot.resolved(), text));
    }
    ConfigPath path = prefix.resolve(ConfigPath.parse(text));
    return new SnapshotValue(snapshot, text, path, Nodes.at(snapshot.resolved(), path));
  }

  /** What stands at this path in another snapshot. */
  SnapshotValue in(PublishedSnapshot other) {
    Node there;
    if (path != null) {
      there = Nodes.at(other.resolved(), path);
    } else {
      there = other.isSameAt(text(), snapshot) ? node : Nodes.at(other.resolved(), text());
    }
    SnapshotValue value = new SnapshotValue(other, text, path, there);
    if (value.node == node) {
      value.converted = converted;
    }
    return value;
  }

  /** What it was read by. */
  String text() {
    return Objects.requireNonNull(text);
  }

  boolean isOf(String other) {
    String mine = text;
    return mine != null && mine.hashCode() == other.hashCode() && mine.equals(other);
  }

  PublishedSnapshot snapshot() {
    return snapshot;
  }

  @Override
  public ConfigPath path() {
    return path == null ? ConfigPath.parse(text()) : path;
  }

  @Override
  public long version() {
    return snapshot.version();
  }

  @Override
  public boolean exists() {
    snapshot.noteRead(this, String.class); // the key, and none below it
    return node != null;
  }

  @Override
  public @Nullable Node node() {
    snapshot.noteRead(this, Object.class);
    return node;
  }

  /** The same, for the engine, which is no reader. */
  @Nullable Node found() {
    return node;
  }

  @Override
  public @Nullable Node masked() {
    return node == null ? null : new Secrecy(snapshot).mask(path(), node);
  }

  @Override
  public String asString() {
    try {
      return Conversions.toText(present(String.class));
    } catch (ConversionException e) {
      throw malformed(e);
    }
  }

  @Override
  public String asString(String defaultValue) {
    return node == null ? defaultValue : asString();
  }

  @Override
  public boolean asBoolean() {
    if (converted instanceof Boolean before) {
      return noted(before);
    }
    try {
      boolean read = Conversions.toBoolean(present(String.class));
      if (converted == null) {
        converted = read;
      }
      return read;
    } catch (ConversionException e) {
      throw malformed(e);
    }
  }

  @Override
  public boolean asBoolean(boolean defaultValue) {
    return node == null ? defaultValue : asBoolean();
  }

  @Override
  public int asInt() {
    if (converted instanceof Integer before) {
      return noted(before);
    }
    try {
      int read = Conversions.toInt(present(String.class));
      if (converted == null) {
        converted = read;
      }
      return read;
    } catch (ConversionException e) {
      throw malformed(e);
    }
  }

  @Override
  public int asInt(int defaultValue) {
    return node == null ? defaultValue : asInt();
  }

  @Override
  public long asLong() {
    if (converted instanceof Long before) {
      return noted(before);
    }
    try {
      long read = Conversions.toLong(present(String.class));
      if (converted == null) {
        converted = read;
      }
      return read;
    } catch (ConversionException e) {
      throw malformed(e);
    }
  }

  @Override
  public long asLong(long defaultValue) {
    return node == null ? defaultValue : asLong();
  }

  @Override
  public double asDouble() {
    if (converted instanceof Double before) {
      return noted(before);
    }
    try {
      double read = Conversions.toDouble(present(String.class));
      if (converted == null) {
        converted = read;
      }
      return read;
    } catch (ConversionException e) {
      throw malformed(e);
    }
  }

  @Override
  public double asDouble(double defaultValue) {
    return node == null ? defaultValue : asDouble();
  }

  private <T> T noted(T before) {
    snapshot.noteRead(this, String.class);
    return before;
  }

  @Override
  public BigDecimal asDecimal() {
    return as(BigDecimal.class);
  }

  @Override
  public BigDecimal asDecimal(BigDecimal defaultValue) {
    return node == null ? defaultValue : asDecimal();
  }

  @Override
  public Duration asDuration() {
    if (converted instanceof Duration before) {
      snapshot.noteRead(this, Duration.class);
      return before;
    }
    Duration read = as(Duration.class);
    if (converted == null) {
      converted = read;
    }
    return read;
  }

  @Override
  public Duration asDuration(Duration defaultValue) {
    return node == null ? defaultValue : asDuration();
  }

  @Override
  public <E extends Enum<E>> E asEnum(Class<E> type) {
    return as(type);
  }

  @Override
  public <E extends Enum<E>> E asEnum(E defaultValue) {
    return node == null ? defaultValue : as(defaultValue.getDeclaringClass());
  }

  @Override
  public List<String> asList() {
    try {
      return Conversions.toList(present(List.class));
    } catch (ConversionException e) {
      throw malformed(e);
    }
  }

  @Override
  public List<String> asList(List<String> defaultValue) {
    return node == null ? defaultValue : asList();
  }

  @Override
  public Map<String, @Nullable Object> asMap() {
    try {
      return node == null ? Map.of() : Conversions.toMap(present(Object.class));
    } catch (ConversionException e) {
      throw malformed(e);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // what is made is of the type that was asked for
  public <T> T as(Class<T> type) {
    return (T) as((Type) type);
  }

  @Override
  public <T> T as(Class<T> type, T defaultValue) {
    requireSupported(type);
    return node == null ? defaultValue : as(type);
  }

  @Override
  public <T> Optional<T> asOptional(Class<T> type) {
    requireSupported(type);
    return node == null ? Optional.empty() : Optional.of(as(type));
  }

  @Override
  @SuppressWarnings("unchecked") // what is made is of the type that was asked for
  public <T> T as(TypeRef<T> type) {
    return (T) as(type.type());
  }

  @Override
  public <T> T as(TypeRef<T> type, T defaultValue) {
    requireSupported(type.type());
    return node == null ? defaultValue : as(type);
  }

  @Override
  public <T> Optional<T> asOptional(TypeRef<T> type) {
    requireSupported(type.type());
    return node == null ? Optional.empty() : Optional.of(as(type));
  }

  /** The value as a type; what stands for absent in that type where there is nothing. */
  Object as(Type type) {
    try {
      return convert(type);
    } catch (ConversionException e) {
      throw malformed(e, type);
    }
  }

  /** The same for who tells what does not convert with what else is wrong. */
  Object convert(Type type) throws ConversionException {
    Conversions conversions = snapshot.conversions();
    if (node == null) {
      conversions.requireSupported(type);
      Object absent = conversions.absent(type);
      if (absent != null) {
        return absent;
      }
      throw absent(conversions.expected(type));
    }
    return conversions.convert(present(type), type);
  }

  private void requireSupported(Type type) {
    snapshot.conversions().requireSupported(type);
  }

  @Override
  public List<String> children() {
    snapshot.noteRead(this, String.class); // the key, and none below it
    return node instanceof ObjectNode object ? object.keys() : List.of();
  }

  @Override
  public Value get(String subPath) {
    ConfigPath below = ConfigPath.parse(subPath);
    return new SnapshotValue(snapshot, null, path().resolve(below), Nodes.at(node, below));
  }

  @Override
  public Optional<ConfigPath> meant() {
    return node == null
        ? Optional.ofNullable(ValueProblems.meant(snapshot, path()))
        : Optional.empty();
  }

  @Override
  public Optional<Origin> origin() {
    return node == null ? Optional.empty() : Optional.ofNullable(Origins.winner(snapshot, path()));
  }

  /** The node, which is read as a type; a null where there is none, which no getter takes. */
  private Node present(Type type) {
    if (node == null) {
      return NullNode.NULL;
    }
    snapshot.noteRead(this, type);
    return node;
  }

  private ConfigException absent(String expected) {
    return new ConfigException(ValueProblems.absent(snapshot, path(), expected));
  }

  private ConfigException malformed(ConversionException problem) {
    return malformed(problem, String.class);
  }

  private ConfigException malformed(ConversionException problem, Type asked) {
    if (node == null) {
      return absent(problem.failures().get(0).expected());
    }
    Excerpts excerpts = ProblemPlaces.excerpts(snapshot);
    return new ConfigException(
        ValueProblems.conversion(snapshot, path(), node, problem, asked).stream()
            .map(excerpts::of)
            .toList(),
        null);
  }

  /** {@code server.port = 8080}; a secret is masked. */
  @Override
  public String toString() {
    String key = path().isRoot() ? "(root)" : path().toString();
    if (node == null) {
      return key + " (absent)";
    }
    return key + " = " + new Secrecy(snapshot).show(path(), node);
  }
}
