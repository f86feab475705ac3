package dev.gimbal.source.store;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.KeyTree;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Sink;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the values of keys. Immutable and safe for use by many threads. */
final class StoreValues {

  private final StoreKeys keys;
  private final String name;
  private final String place;
  private final ReadOptions options;

  StoreValues(StoreKeys keys, String name, String place, ReadOptions options) {
    this.keys = keys;
    this.name = name;
    this.place = place;
    this.options = options;
  }

  String name() {
    return name;
  }

  ReadOptions options() {
    return options;
  }

  Content content(byte[] value) {
    return keys.content(place, value);
  }

  Document document(Sink sink, byte[] value) {
    return sink.parse(content(value), options);
  }

  /**
   * What was read.
   *
   * @param count how many keys it is of
   * @param bytes of their values
   */
  record Read(ObjectNode tree, int count, long bytes) {}

  /** The tree that all keys together give. */
  Read tree(Map<String, byte[]> entries) {
    KeyTree tree = new KeyTree(options.limits());
    long bytes = 0;
    int nodes = 0;
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      String key = entry.getKey();
      List<String> parts = keys.covers(key) ? parts(key) : null;
      if (parts != null) {
        bytes += entry.getValue().length;
        nodes++;
        requireWithin(nodes, bytes);
        tree.put(path(parts), scalar(key, entry.getValue()));
      }
    }
    return new Read(tree.toNode(), nodes, bytes);
  }

  /** The parts of a key, or null for one that has none, or an empty one. */
  private @Nullable List<String> parts(String key) {
    List<String> parts = KeyParts.of(keys, key);
    if (parts != null && parts.size() > options.limits().maxDepth()) {
      String most = "more than maxDepth " + options.limits().maxDepth();
      throw error(ErrorCode.LIMIT, "the key " + key + " has " + parts.size() + " parts, " + most);
    }
    return parts;
  }

  private static ConfigPath path(List<String> parts) {
    ConfigPath path = ConfigPath.of(parts.get(0));
    for (String part : parts.subList(1, parts.size())) {
      int index = KeyParts.index(part);
      path = index < 0 ? path.child(part) : path.child(index);
    }
    return path;
  }

  /** Throws GIM-005 for more keys, or bytes of their values, than may be. */
  void requireWithin(int count, long bytes) {
    requireWithin("maxBytes", bytes, options.limits().maxBytes());
    requireWithin("maxNodes", count, options.limits().maxNodes());
  }

  private void requireWithin(String limit, long found, long most) {
    if (found > most) {
      throw error(
          ErrorCode.LIMIT,
          "the keys below " + keys.prefix() + " are more than " + limit + " " + most);
    }
  }

  void apply(TreeChange change, StoreChange one) {
    List<String> parts = parts(one.key());
    if (parts != null) {
      byte[] value = one.value();
      change.apply(parts, value == null ? null : scalar(one.key(), value));
    }
  }

  /** A value as keys say it: its scalars are texts. */
  Node texts(Node value) {
    return Nodes.mapScalars(
        value, (path, scalar) -> Scalar.string(scalar.text(), options.template()));
  }

  /** A value as text. */
  Scalar scalar(String key, byte[] value) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
      return Scalar.string(text, options.template());
    } catch (CharacterCodingException e) {
      throw error(ErrorCode.MALFORMED, "the value of the key " + key + " is not UTF-8");
    }
  }

  ConfigException error(ErrorCode code, String message) {
    return new ConfigException(Problem.at(code, new Origin(name, place, 0, 0), message));
  }

  ConfigException error(ErrorCode code, ConfigPath path, String message) {
    return new ConfigException(
        new Problem(code, path, message, new Origin(name, place, 0, 0), null));
  }
}
