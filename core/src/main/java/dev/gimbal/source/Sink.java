package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;

/**
 * Takes what a source hands over. Calls from several threads are put in one order; each returns
 * once the engine has taken the change over. After the session closed, all calls are ignored.
 *
 * @since 0.1.0
 */
public interface Sink {

  /**
   * Parses a document, and decrypts what is encrypted in it, each with the format deadline (30 s by
   * default).
   *
   * @throws ConfigException for everything that can be wrong with the document, with the place
   */
  Document parse(Content content, ReadOptions options);

  /**
   * Decrypts what {@link #parse} did not make, with the format deadline. {@link #document} and
   * {@link #patch} do so too, but what they refuse does not come back: a source that notes what it
   * has told, and does not send it again, calls this before. Values that are marked as secrets are
   * left as they are.
   *
   * @throws ConfigException GIM-027 with each value that does not decrypt
   */
  default Document decrypt(Document document) {
    return document;
  }

  /**
   * Decrypts what a change sets, as {@link #decrypt(Document)} does.
   *
   * @throws ConfigException GIM-027 with each value that does not decrypt
   */
  default Patch decrypt(Patch patch) {
    return patch;
  }

  /** The source's whole state. It replaces the layer; equal subtrees are shared with it. */
  void document(Revision revision, Document document);

  /**
   * A document that is well but odd, such as one with a file of 0 bytes: {@link #document} and
   * {@link #degraded} in one, so that no state between them is told.
   */
  default void document(Revision revision, Document document, ConfigException odd) {
    document(revision, document);
    degraded(odd);
  }

  /** Changes to the layer, applied together. */
  void patch(Revision revision, Patch patch);

  /**
   * Names and values from outside that stand for keys by their name, such as environment variables.
   * The layer's tree is computed at each step from these, the declared keys and the layers below.
   */
  void variables(Revision revision, Variables variables);

  /**
   * An application's own write: applied, checked and published before it returns.
   *
   * @return the version that shows it; the current version if nothing changed; 0 while the Config
   *     has not taken the layer in
   * @throws ConfigException when the result is refused; the write is then taken back
   * @throws IllegalStateException when the session or the Config is closed, or from inside a check
   */
  long write(Write write);

  /** Makes the layer's next tree from its present one. Runs on the lane: no user code. */
  @FunctionalInterface
  interface Write {
    ObjectNode apply(ObjectNode layer);
  }

  /** The source answered, and there is nothing: the layer becomes empty. */
  void absent(ConfigException why);

  /** The source could not be read, or what was read is malformed: the layer stays, status tells. */
  void failed(ConfigException why);

  /**
   * The source is well, but what it holds is odd (a file of 0 bytes): status DEGRADED until the
   * next good document. The layer stays.
   */
  void degraded(ConfigException why);

  /** Lets any next document in, whatever its revision. */
  void reset();

  /** Threads, timers and the clock: the only ones a session uses. They end with the session. */
  Tasks tasks();

  /** The formats this Config knows. */
  Formats formats();

  /** How documents are read unless the source says otherwise. */
  ReadOptions readOptions();

  /** Whether changes are wanted. If not, one answer is enough. */
  boolean watching();
}
