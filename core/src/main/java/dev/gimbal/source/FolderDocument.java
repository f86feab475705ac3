package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Document;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.OriginTable;
import dev.gimbal.tree.Scalar;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes one document of the files of a folder. Used by one thread, for one document. */
final class FolderDocument {

  private final String source;
  private final ReadOptions options;
  private final OriginTable.Builder origins = OriginTable.builder();
  private final List<Problem> warnings = new ArrayList<>();
  private final Folder root = new Folder();
  private ObjectNode merged = ObjectNode.EMPTY;
  private int nodes;

  private static final class Folder {
    final Map<String, Node> values = new HashMap<>();
    final Map<String, Folder> folders = new HashMap<>();

    ObjectNode toNode() {
      folders.forEach((name, folder) -> values.put(name, folder.toNode()));
      return ObjectNode.of(values);
    }
  }

  FolderDocument(String source, ReadOptions options) {
    this.source = source;
    this.options = options;
  }

  /**
   * Adds a file as a value.
   *
   * @param document what messages call the file
   * @param name its path below the folder; each part is one literal key
   * @throws ConfigException GIM-004 with the place when it is not UTF-8
   */
  void value(String document, String name, byte[] bytes) {
    String[] keys = name.split("/", -1);
    Folder folder = root;
    for (int i = 0; i < keys.length - 1; i++) {
      folder = folder.folders.computeIfAbsent(keys[i], key -> new Folder());
    }
    String text = stripNewline(decode(document, bytes));
    folder.values.put(keys[keys.length - 1], Scalar.string(text, options.template()));
    origins.document(document).put(ConfigPath.of(keys), 1, 1);
  }

  private static String stripNewline(String text) {
    if (!text.endsWith("\n")) {
      return text;
    }
    return text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
  }

  private String decode(String document, byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult result = decoder.decode(in, text, true);
    text.flip(); // a character that is cut off at the end is an error of this one call too
    if (result.isError()) {
      throw malformed(document, text, bytes[in.position()]);
    }
    String decoded = text.toString();
    return decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
  }

  private ConfigException malformed(String document, CharSequence before, byte found) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < before.length(); i++) {
      boolean newline = before.charAt(i) == '\n';
      line += newline ? 1 : 0;
      column = newline ? 1 : column + 1;
    }
    Origin origin = new Origin(source, document, line, column);
    String there = String.format("the byte 0x%02X", found & 0xFF);
    return new ConfigException(
        Problem.at(ErrorCode.MALFORMED, origin, "found " + there + ", expected UTF-8")
            .withDetails(Problem.Details.of(there, "UTF-8", null)));
  }

  /**
   * Adds a document; it wins over those before.
   *
   * @throws ConfigException GIM-005 when all documents together have too many values
   */
  void merge(Document document) {
    nodes += count(document.tree());
    if (nodes > options.limits().maxNodes()) {
      throw new ConfigException(
          ErrorCode.LIMIT,
          "source \""
              + source
              + "\": more values in all documents than maxNodes "
              + options.limits().maxNodes());
    }
    merged = merge(merged, document.tree());
    origins.putAll(document.origins());
    warnings.addAll(document.warnings());
  }

  /** Objects merge by key, deeply; everything else replaces. Tombstones stay, for lower layers. */
  private static ObjectNode merge(ObjectNode lower, ObjectNode upper) {
    if (lower.isEmpty()) {
      return upper;
    }
    ObjectNode[] result = {lower};
    upper.forEach(
        (key, node) -> {
          Node below = lower.get(key);
          result[0] =
              result[0].with(
                  key,
                  below instanceof ObjectNode a && node instanceof ObjectNode b
                      ? merge(a, b)
                      : node);
        });
    return result[0];
  }

  private static int count(Node node) {
    int[] count = {1};
    if (node instanceof ObjectNode object) {
      object.forEach((key, child) -> count[0] += count(child));
    } else if (node instanceof ListNode list) {
      list.elements().forEach(child -> count[0] += count(child));
    }
    return count[0];
  }

  Document build() {
    ObjectNode tree = merged.isEmpty() ? root.toNode() : merged;
    return new Document(tree, origins.build(), warnings);
  }
}
