package dev.gimbal.format;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.text.Excerpts;
import dev.gimbal.tree.DocumentText;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.OriginTable;
import dev.gimbal.tree.Scalar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Receives a document's values in order and builds its tree, its origins and its warnings. It
 * enforces the limits, refuses keys that stand twice, marks strings with placeholders, and splits
 * dotted keys where the source asked for it. Lines and columns count from 1, columns in characters.
 *
 * <p>A format whose documents nest calls {@code beginObject}, {@code key}, the values and {@code
 * end}; one whose keys are paths calls {@link #entry}. Used by one thread, for one document.
 *
 * @since 0.1.0
 */
public final class TreeBuilder {

  private final DocumentProblems problems;
  private final ReadOptions options;
  private final @Nullable Neighbours neighbours;

  /** Names the format of what is read; null: as the content does. */
  private final @Nullable Formats formats;

  private final OriginTable.Builder origins = OriginTable.builder();

  /** The keys, each once. */
  private final Map<String, Key> keys = new HashMap<>();

  /** What was decoded, by document. */
  private final Map<String, DocumentText> texts = new HashMap<>();

  /** The innermost object or list that is not closed. */
  private @Nullable Frame open;

  /** What {@link #entry} has collected. */
  private @Nullable KeyPlace entries;

  private @Nullable Node root;
  private int rootLine = 1;
  private int rootColumn = 1;
  private int nodes;

  /** Of the documents that were included. */
  private long includedBytes;

  /**
   * @param source the source's name, for messages
   * @param document the document's name, for messages
   */
  public TreeBuilder(String source, String document, ReadOptions options) {
    this(source, document, options, null, null);
  }

  TreeBuilder(String source, Content content, ReadOptions options, Formats formats) {
    this(source, content.document(), options, content.neighbours(), formats);
  }

  private TreeBuilder(
      String source,
      String document,
      ReadOptions options,
      @Nullable Neighbours neighbours,
      @Nullable Formats formats) {
    this.problems = new DocumentProblems(source, document);
    this.options = options;
    this.neighbours = neighbours;
    this.formats = formats;
    origins.document(document);
  }

  /**
   * Opens an object; its members follow until {@link #end}.
   *
   * @throws ConfigException GIM-005 when it is nested too deep, or one value too many
   */
  public TreeBuilder beginObject(int line, int column) {
    return begin(true, line, column);
  }

  /**
   * Opens a list; its elements follow until {@link #end}.
   *
   * @throws ConfigException GIM-005 when it is nested too deep, or one value too many
   */
  public TreeBuilder beginList(int line, int column) {
    return begin(false, line, column);
  }

  private TreeBuilder begin(boolean object, int line, int column) {
    Frame parent = open;
    long hash = place(line, column);
    int depth = parent == null ? 1 : parent.valueDepth() + 1;
    if (depth > options.limits().maxDepth()) {
      throw tooDeep(line, column);
    }
    open =
        object && options.expandDottedKeys()
            ? new Frame(parent, hash, depth, objectPlace(parent, line, column))
            : new Frame(parent, object, hash, depth);
    open.line = line;
    open.column = column;
    return this;
  }

  /** The place that an object fills, shared with the keys that lead to the same path. */
  private KeyPlace objectPlace(@Nullable Frame parent, int line, int column) {
    KeyPlace place =
        parent == null || parent.place == null
            ? new KeyPlace(keys)
            : descend(parent.place, parent.path, line, column);
    place.object = true;
    if (place.value == null) {
      place.line = line;
      place.column = column;
    }
    return place;
  }

  /** Counts the next value, records where it stands, and returns the hash of its path. */
  private long place(int line, int column) {
    Frame parent = open;
    if (parent == null) {
      rootLine = line;
      rootColumn = column;
    }
    count(line, column);
    long hash = parent == null ? OriginTable.rootHash() : parent.valueHash();
    origins.put(hash, line, column);
    return hash;
  }

  /**
   * Names the next value of the open object. A key that the object has is an error of the document:
   * it is thrown with others of its kind, at the end or with the first error of another kind.
   *
   * @throws ConfigException GIM-005 when the path that a dotted key stands for is nested too deep;
   *     GIM-006 with both places of each key that stands twice, when there are many
   */
  public TreeBuilder key(String key, int line, int column) {
    Frame frame = open;
    if (frame == null || !frame.object) {
      throw new IllegalStateException("a key stands in an object only");
    }
    if (!frame.name(Key.shared(keys, key), line, column)) {
      problems.twice(key, line, column, frame.firstPlace());
    }
    if (frame.place != null) {
      ConfigPath path = KeyPlace.path(key);
      if (frame.depth + path.size() - 1 > options.limits().maxDepth()) {
        throw tooDeep(line, column);
      }
      frame.leadTo(path);
    }
    return this;
  }

  /**
   * A string, marked if it holds placeholders that {@link ReadOptions#template} allows.
   *
   * @throws ConfigException GIM-005 when it is one value too many
   */
  public TreeBuilder string(String text, int line, int column) {
    return scalar(Scalar.string(text, options.template()), line, column);
  }

  /**
   * A string that holds no placeholders, whatever its text, as where quotes of the format say so.
   *
   * @throws ConfigException GIM-005 when it is one value too many
   */
  public TreeBuilder literal(String text, int line, int column) {
    return scalar(Scalar.string(text), line, column);
  }

  /**
   * A number by its text as JSON writes it; the text is kept.
   *
   * @throws ConfigException GIM-005 when it has more than {@link Limits#MAX_NUMBER_LENGTH}
   *     characters, or is one value too many
   */
  public TreeBuilder number(String text, int line, int column) {
    if (text.length() > Limits.MAX_NUMBER_LENGTH) {
      throw tooLongNumber(text.length(), line, column);
    }
    return scalar(Scalar.number(text), line, column);
  }

  /**
   * A boolean.
   *
   * @throws ConfigException GIM-005 when it is one value too many
   */
  public TreeBuilder bool(boolean value, int line, int column) {
    return scalar(Scalar.bool(value), line, column);
  }

  /** Null: a tombstone in an object, an element in a list, nothing at the root. */
  public TreeBuilder nullValue(int line, int column) {
    return scalar(NullNode.NULL, line, column);
  }

  private TreeBuilder scalar(Node scalar, int line, int column) {
    place(line, column);
    add(scalar, line, column);
    return this;
  }

  /** Closes the object or list opened last. */
  public TreeBuilder end() {
    Frame frame = open;
    if (frame == null) {
      throw new IllegalStateException("nothing is open");
    }
    open = frame.parent;
    if (frame.place == null) {
      add(frame.node(), frame.line, frame.column);
    } else if (open == null || open.place == null) {
      add(frame.place.toObject(frame.hash, origins), frame.line, frame.column);
    } else {
      open.valueIsThere();
    }
    return this;
  }

  private void add(Node node, int line, int column) {
    Frame frame = open;
    if (frame == null) {
      root = node;
    } else if (frame.place == null) {
      frame.add(node);
    } else {
      put(frame, frame.place, node, line, column);
      frame.valueIsThere();
    }
  }

  private void put(Frame frame, KeyPlace from, Node node, int line, int column) {
    KeyPlace place = descend(from, frame.path, line, column);
    if (place.value == null) {
      place.value = node;
      place.line = line;
      place.column = column;
    } else if (!frame.repeats) {
      long first = Frame.pack(place.line, place.column);
      problems.twice(frame.path.toString(), line, column, first);
    }
  }

  /** The place at a path below another; what is made on the way counts. */
  private KeyPlace descend(KeyPlace from, ConfigPath path, int line, int column) {
    int before = from.made();
    KeyPlace place = from.descend(path, line, column);
    nodes += Math.max(0, from.made() - before - 1);
    return place;
  }

  /**
   * A string by a key that is a path, in a document that is a flat list of such keys. Dots split,
   * {@code [0]} indexes, quotes keep; a key that is no path stands for itself. Of two for one path
   * the later wins, and a warning names both.
   *
   * @throws ConfigException GIM-005 when the path is too deep, or makes one place too many
   */
  public void entry(String key, String text, int line, int column) {
    entry(key, Scalar.string(text, options.template()), line, column);
  }

  /**
   * An {@link #entry} whose string holds no placeholders, whatever its text.
   *
   * @throws ConfigException GIM-005 when the path is too deep, or makes one place too many
   */
  public void literalEntry(String key, String text, int line, int column) {
    entry(key, Scalar.string(text), line, column);
  }

  private void entry(String key, Scalar string, int line, int column) {
    ConfigPath path = KeyPlace.path(key);
    if (path.size() > options.limits().maxDepth()) {
      throw tooDeep(line, column);
    }
    KeyPlace top = entries;
    if (top == null) {
      top = new KeyPlace(keys);
      entries = top;
      count(line, column);
    }
    KeyPlace place = descend(top, path, line, column);
    if (place.value == null) {
      count(line, column);
    } else {
      problems.overwritten(key, line, column, Frame.pack(place.line, place.column));
    }
    place.value = string;
    place.line = line;
    place.column = column;
  }

  private void count(int line, int column) {
    if (++nodes > options.limits().maxNodes()) {
      throw tooMany(line, column);
    }
  }

  /** The error for a document that has more values than its limit. */
  public ConfigException tooMany(int line, int column) {
    String message = "more values than maxNodes " + options.limits().maxNodes();
    return error(ErrorCode.LIMIT, line, column, message);
  }

  /** The error for a document that nests deeper than its limit. */
  public ConfigException tooDeep(int line, int column) {
    String message = "nested deeper than maxDepth " + options.limits().maxDepth();
    return error(ErrorCode.LIMIT, line, column, message);
  }

  /** The error for a number that is longer than {@link Limits#MAX_NUMBER_LENGTH}. */
  public ConfigException tooLongNumber(int length, int line, int column) {
    String message = "a number of " + length + " characters, more than " + Limits.MAX_NUMBER_LENGTH;
    return error(ErrorCode.LIMIT, line, column, message);
  }

  /**
   * A key that stands twice, found by a format that puts its values in order before it gives them
   * here. It is told as {@link #key} tells it; the format keeps one of the two values.
   *
   * @param key the key, or the path that leads to it
   * @param firstLine where it stands first
   * @throws ConfigException GIM-006 with both places of each key that stands twice, when there are
   *     many
   */
  public void twice(String key, int line, int column, int firstLine, int firstColumn) {
    problems.twice(key, line, column, Frame.pack(firstLine, firstColumn));
  }

  /** Something that is accepted, but that {@code check} reports. */
  public void warn(ErrorCode code, int line, int column, String message) {
    problems.warn(code, line, column, message);
  }

  /** An error of this document with its place, after the keys that were found to stand twice. */
  public ConfigException error(ErrorCode code, int line, int column, String message) {
    return problems.error(code, line, column, message);
  }

  /**
   * A malformed document, at a place.
   *
   * @param message {@code found ..., expected ...} or {@code unexpected ..., expected ...}, whose
   *     parts are those of the problem's {@link dev.gimbal.Problem.Details details}; any other text
   *     has no more parts than what it says behind {@code , expected}
   */
  public ConfigException malformed(int line, int column, String message) {
    return error(ErrorCode.MALFORMED, line, column, message);
  }

  /**
   * A malformed document, in which a list, a text in quotes or the like is not closed.
   *
   * @param beginLine where that begins, whose line is shown above the one of the place
   */
  public ConfigException malformed(
      int line, int column, String message, int beginLine, int beginColumn) {
    return problems.malformed(line, column, message, problems.origin(beginLine, beginColumn));
  }

  /** What the document may include; null: nothing. */
  public @Nullable Neighbours neighbours() {
    return neighbours;
  }

  /**
   * A document that is included.
   *
   * @param from the neighbours of the document that includes it
   * @param name as the document says it
   * @param line where it is included
   * @return null if there is none of this name
   * @throws ConfigException GIM-004 when the name leads elsewhere than to the same place, or what
   *     stands there cannot be read; GIM-005 when all that is included has more bytes than one
   *     document may have
   */
  public @Nullable Content include(Neighbours from, String name, int line, int column) {
    if (!isBesideOrBelow(name)) {
      throw malformed(
          line, column, "found an include of another place, expected a name beside or below");
    }
    try {
      Content content = from.find(name);
      includedBytes += content == null ? 0 : content.bytes().length;
      if (includedBytes > options.limits().maxBytes()) {
        String message = "includes of more than maxBytes " + options.limits().maxBytes();
        throw error(ErrorCode.LIMIT, line, column, message);
      }
      return content;
    } catch (IOException e) {
      throw malformed(line, column, "what is included cannot be read: " + e.getMessage());
    }
  }

  /** Whether no part leads up or to the root of any file system. */
  private static boolean isBesideOrBelow(String name) {
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || hasRoot(part)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasRoot(String part) {
    return part.indexOf('\\') >= 0 || part.indexOf(':') >= 0 || part.indexOf('\0') >= 0;
  }

  /**
   * The text of a document that is included; what is told from now on stands in it.
   *
   * @throws ConfigException GIM-004 with the place in it when it is not UTF-8
   */
  public String text(Content included) {
    in(included.document());
    return decode(included);
  }

  /** The text of a document, which is kept for the lines that problems are about. */
  String decode(Content content) {
    Format known = formats == null ? null : formats.find(content.format());
    String format = known == null ? content.format() : known.name();
    try {
      String text = Formats.decode(this, content.bytes());
      texts.put(content.document(), new DocumentText(format, text));
      return text;
    } catch (ConfigException e) {
      String text = new String(content.bytes(), StandardCharsets.UTF_8);
      String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
      texts.put(content.document(), new DocumentText(format, bare));
      throw e;
    }
  }

  /** What ended the reading, with the lines that it is about. */
  ConfigException withExcerpts(ConfigException failure) {
    return new Excerpts(origin -> texts.get(origin.document()), false).of(failure);
  }

  /** What is told from now on stands in this document: the one that is read, or an included one. */
  public TreeBuilder in(String document) {
    if (problems.enter(document)) {
      origins.document(document);
    }
    return this;
  }

  /** The document that what is told stands in. */
  public String document() {
    return problems.document();
  }

  /** How the document is read. */
  public ReadOptions options() {
    return options;
  }

  /**
   * The document.
   *
   * @throws ConfigException GIM-006 with all keys that stand twice; GIM-007 when the root is
   *     neither an object nor empty
   */
  public Document finish() {
    for (Map.Entry<String, DocumentText> text : texts.entrySet()) {
      origins.text(text.getKey(), text.getValue());
    }
    Node tree = entries == null ? root : entries.toObject(OriginTable.rootHash(), origins);
    if (tree == null || tree instanceof NullNode) {
      return new Document(ObjectNode.EMPTY, origins.build(), problems.warnings());
    }
    if (!(tree instanceof ObjectNode object)) {
      String found = tree instanceof ListNode ? "a list" : "a single value";
      throw problems.root(rootLine, rootColumn, found);
    }
    problems.requireNone();
    return new Document(object, origins.build(), problems.warnings());
  }
}
