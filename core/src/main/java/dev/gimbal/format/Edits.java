package dev.gimbal.format;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.text.Excerpts;
import dev.gimbal.tree.DocumentText;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies an edit to the bytes of one document, step by step. After each step the text is read
 * again: it must say what it said before, with this one change. Used by one thread, once.
 */
final class Edits {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** The key of a value that is written alone. */
  private static final String ALONE = "value";

  private final Formats formats;
  private final Format format;
  private final DocumentEditor editor;
  private final String source;
  private final ReadOptions options;
  private final String name;

  /** The document before the next step, and what it says. */
  private String text;

  private Document document;

  /**
   * @throws ConfigException for everything that can be wrong with the document; GIM-028 when its
   *     format has no editor
   */
  Edits(Formats formats, Format format, String source, Content content, ReadOptions options) {
    this.formats = formats;
    this.format = format;
    this.source = source;
    this.options = options;
    this.name = content.document();
    this.editor =
        format
            .editor()
            .orElseThrow(() -> refusal(null, "the format " + format.name() + " has no editor"));
    this.document = formats.parse(source, content, options);
    this.text = Formats.decode(new TreeBuilder(source, name, options), content.bytes());
  }

  /** The bytes after the edit; the given ones when nothing differs. */
  byte[] apply(Edit edit, byte[] before) {
    requireExpected(edit.expected());
    String original = text;
    for (Patch.Op op : edit.patch().ops()) {
      step(op);
    }
    return text.equals(original) ? before : bytes(text, hasMark(before));
  }

  private void requireExpected(List<Edit.Expected> expected) {
    List<Problem> problems = new ArrayList<>();
    for (Edit.Expected one : expected) {
      Node found = Nodes.at(document.tree(), one.path());
      Node value = one.value();
      if (isSame(found, value)) {
        continue;
      }
      Node wanted = value == null ? null : wanted(one.path(), value);
      if (!isSame(found, wanted)) {
        Origin place = document.origins().find(source, one.path());
        problems.add(
            new Problem(
                ErrorCode.CONFLICT,
                one.path(),
                conflict(found, wanted),
                place == null ? whole() : place,
                null));
      }
    }
    if (!problems.isEmpty()) {
      throw excerpts(new ConfigException(problems, null));
    }
  }

  private static boolean isSame(@Nullable Node found, @Nullable Node wanted) {
    return found == null || wanted == null ? found == wanted : Nodes.sameValue(found, wanted);
  }

  /** What the format reads where it has written an expected value. */
  private Node wanted(ConfigPath path, Node value) {
    try {
      return asRead(path, value);
    } catch (ConfigException notExpressible) {
      return value; // no document says it
    }
  }

  /** What stands there and what was expected, by their kinds: values may be secrets. */
  private static String conflict(@Nullable Node found, @Nullable Node wanted) {
    String here = found == null ? "nothing" : kind(found);
    String expected = wanted == null ? "nothing" : kind(wanted);
    return here.equals(expected)
        ? "another value stands here, expected a certain one"
        : here + " stands here, expected " + expected;
  }

  private static String kind(Node node) {
    if (node instanceof Scalar scalar) {
      boolean number = scalar.kind() == Scalar.Kind.NUMBER;
      return scalar.kind() == Scalar.Kind.STRING ? "a text" : number ? "a number" : "a boolean";
    }
    return node instanceof NullNode ? "null" : node instanceof ListNode ? "a list" : "an object";
  }

  private void step(Patch.Op op) {
    ConfigPath path = op.path();
    if (path.isRoot()) {
      throw refusal(path, "the root is the whole document; name a value in it");
    }
    Node before = document.tree();
    if (op instanceof Patch.Set set) {
      Node value = asRead(path, set.value());
      if (!value.equals(Nodes.at(before, path))) {
        requireWay(path);
        requireEncryptedToo(path, Nodes.at(before, path), value);
        take(path, edited(path, value), Nodes.set(before, path, value), null);
      }
    } else if (Nodes.at(before, path) != null) {
      Node after = Nodes.remove(before, path);
      take(path, edited(path, null), after, withoutEmpty(after, path));
    }
  }

  private String edited(ConfigPath path, @Nullable Node value) {
    try {
      return value == null ? editor.unset(text, path) : editor.set(text, path, value);
    } catch (ConfigException e) {
      throw excerpts(named(e, path));
    } catch (RuntimeException | StackOverflowError e) {
      throw refusal(path, "the editor of " + format.name() + " failed: " + e.getClass().getName());
    }
  }

  /** Takes an edited text if it says one of the two. */
  private void take(ConfigPath path, String edited, Node wanted, @Nullable Node orElse) {
    Document after;
    try {
      byte[] bytes = bytes(edited, false);
      after = formats.parse(source, new Content(name, format.name(), bytes), options);
    } catch (ConfigException e) {
      throw refusal(path, "the change would leave a document that cannot be read", e);
    }
    if (!after.tree().equals(wanted) && !after.tree().equals(orElse)) {
      throw refusal(path, "the change would leave a document that says something else");
    }
    text = edited;
    document = after;
  }

  /** What the format reads where it has written a value: 20 may be a text there. */
  private Node asRead(ConfigPath path, Node value) {
    Node read;
    try {
      byte[] bytes = bytes(format.write(ObjectNode.EMPTY.with(ALONE, value)), false);
      Content alone = new Content(name, format.name(), bytes);
      read = formats.parse(source, alone, options).tree().get(ALONE);
    } catch (ConfigException e) {
      throw named(e, path);
    }
    if (read == null || read.hasTemplates() && !value.hasTemplates()) {
      String what = read == null ? "this value" : "a text that looks like a placeholder";
      String message = format.name() + " cannot express " + what;
      throw new ConfigException(
          new Problem(ErrorCode.NOT_EXPRESSIBLE, path, message, whole(), null));
    }
    return read;
  }

  /** A plain text in the place of an encrypted value is a secret left in the file. */
  private void requireEncryptedToo(ConfigPath path, @Nullable Node was, Node value) {
    if (EncryptedValue.isLost(was, value)) {
      throw refusal(
          path,
          was instanceof Scalar
              ? "an encrypted value stands here; set one that is encrypted too, or unset it before"
              : "encrypted values stand here, and a plain one would take the place of one; set what"
                  + " has them encrypted too, or unset it before");
    }
  }

  /** What stands on the way to a path must be able to hold what comes next. */
  private void requireWay(ConfigPath path) {
    Node node = document.tree();
    for (int i = 0; i < path.size(); i++) {
      ConfigPath here = path.prefix(i);
      if (node == null || node instanceof NullNode) {
        if (path.isIndex(i) && path.index(i) > 0) {
          throw refusal(path, "the list " + shown(here) + " does not exist: its first index is 0");
        }
        node = null;
        continue;
      }
      if (node instanceof Scalar) {
        throw refusal(path, "a single value stands at " + shown(here), here);
      }
      if (node instanceof ListNode list && path.isIndex(i)) {
        if (path.index(i) > list.size()) {
          String most = "index " + path.index(i) + ", expected 0 to " + list.size();
          throw refusal(path, "found " + most, here);
        }
      } else if (node instanceof ListNode || path.isIndex(i)) {
        throw refusal(
            path,
            (node instanceof ListNode ? "a list" : "an object") + " stands at " + shown(here),
            here);
      }
      node = Nodes.child(node, path, i);
    }
  }

  private static String shown(ConfigPath path) {
    return path.isRoot() ? "the root" : path.toString();
  }

  /** The tree without the objects and lists above a path that are empty: some formats have none. */
  private static Node withoutEmpty(Node tree, ConfigPath path) {
    Node pruned = tree;
    for (int size = path.size() - 1; size > 0; size--) {
      ConfigPath above = path.prefix(size);
      Node node = Nodes.at(pruned, above);
      boolean empty = node instanceof ObjectNode object && object.isEmpty();
      if (!empty && !(node instanceof ListNode list && list.size() == 0)) {
        return pruned;
      }
      pruned = Nodes.remove(pruned, above);
    }
    return pruned;
  }

  private static byte[] bytes(String text, boolean mark) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 3);
    if (mark) {
      out.writeBytes(BYTE_ORDER_MARK);
    }
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static boolean hasMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == BYTE_ORDER_MARK[0]
        && bytes[1] == BYTE_ORDER_MARK[1]
        && bytes[2] == BYTE_ORDER_MARK[2];
  }

  private Origin whole() {
    return new Origin(source, name, 0, 0);
  }

  /** What an editor or a writer said, about this path of this document. */
  private ConfigException named(ConfigException failure, ConfigPath path) {
    List<Problem> problems = new ArrayList<>();
    for (Problem problem : failure.problems()) {
      Origin said = problem.origin();
      Origin origin = said == null ? whole() : new Origin(source, name, said.line(), said.column());
      ConfigPath below = problem.path();
      boolean alone = below != null && below.startsWith(ConfigPath.of(ALONE));
      ConfigPath at = alone && below != null ? path.resolve(below.suffix(1)) : path;
      problems.add(
          new Problem(problem.code(), at, problem.message(), origin, null, problem.details()));
    }
    return new ConfigException(problems, null);
  }

  private ConfigException refusal(ConfigPath path, String message, ConfigPath at) {
    Origin place = document.origins().find(source, at);
    return excerpts(
        new ConfigException(
            new Problem(
                ErrorCode.NOT_EDITABLE, path, message, place == null ? whole() : place, null)));
  }

  private ConfigException refusal(@Nullable ConfigPath path, String message) {
    return refusal(path, message, (Throwable) null);
  }

  private ConfigException refusal(
      @Nullable ConfigPath path, String message, @Nullable Throwable cause) {
    Problem problem = new Problem(ErrorCode.NOT_EDITABLE, path, message, whole(), null);
    return new ConfigException(List.of(problem), cause);
  }

  private ConfigException excerpts(ConfigException failure) {
    DocumentText shown = new DocumentText(format.name(), text);
    return new Excerpts(origin -> shown, true).of(failure);
  }
}
