package dev.gimbal.testing;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Document;
import dev.gimbal.format.KeyTree;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A source that does what a test says, on the test's thread, and tells what was done with it.
 *
 * <p>What it is told before a Config opens it decides its first answer; if it is told nothing, it
 * does not answer. After it was closed it still hands over what it is told, which the Config
 * ignores.
 *
 * <p>Safe for use by many threads; what several threads tell it at once is handed over in the order
 * of its revisions or ignored by the Config.
 *
 * @since 0.1.0
 */
public final class ControllableSource implements Source {

  private final String name;
  private final Script script = new Script();

  /**
   * A source that has nothing to say yet.
   *
   * @param name unique in one Config
   */
  public ControllableSource(String name) {
    this.name = Objects.requireNonNull(name, "name");
  }

  // ---- what the source says

  /**
   * Its whole state. The map's own keys are paths in text form, keys of maps inside are literal.
   *
   * @throws IllegalArgumentException for a value that a tree cannot hold
   * @throws ConfigException GIM-001 for a key that is not a path
   */
  public ControllableSource document(Map<String, ?> values) {
    return give(script.document(null, Document.of(treeOf(values))));
  }

  /** Its whole state, with a revision of the test's choice. Later calls count on from there. */
  public ControllableSource document(Revision revision, Document document) {
    return give(script.document(revision, document));
  }

  /** Changes to its state, handed over as a patch. {@code changes} runs on the calling thread. */
  public ControllableSource patch(Consumer<Patch.Builder> changes) {
    Patch.Builder builder = Patch.builder();
    changes.accept(builder);
    return give(script.patch(builder.build()));
  }

  /** It answered, and there is nothing. */
  public ControllableSource absent() {
    ConfigException why = problem(ErrorCode.SOURCE_ABSENT, "the test says that there is nothing");
    return give(script.absent(any -> any.absent(why)));
  }

  /** It could not be read. */
  public ControllableSource failed(String message) {
    return failed(problem(ErrorCode.SOURCE_FAILED, message));
  }

  /** It could not be read, or what was read is malformed: the code says which. */
  public ControllableSource failed(ConfigException why) {
    return give(script.failed(any -> any.failed(why)));
  }

  /** It is well, but what it holds is odd. A Config that asks again still gets its last state. */
  public ControllableSource degraded(String message) {
    ConfigException why = problem(ErrorCode.SOURCE_FAILED, message);
    return give(script.once(any -> any.degraded(why)));
  }

  /** Lets any next document in, whatever its revision. */
  public ControllableSource reset() {
    return give(script.once(Sink::reset));
  }

  /** Changes its whole state and tells nobody: what a reload finds. */
  public ControllableSource prepare(Map<String, ?> values) {
    script.document(null, Document.of(treeOf(values)));
    return this;
  }

  private ControllableSource give(Script.Cue cue) {
    cue.give();
    return this;
  }

  private static ObjectNode treeOf(Map<String, ?> values) {
    KeyTree keys = new KeyTree();
    values.forEach(
        (key, value) -> keys.put(ConfigPath.parse(key), Nodes.of(value, Scalar.Template.ALL)));
    return keys.toNode();
  }

  private ConfigException problem(ErrorCode code, String message) {
    return new ConfigException(Problem.at(code, Origin.of(name), message));
  }

  // ---- how it misbehaves

  /** From now on {@link #open} blocks, interrupted or not, until {@link #letGo}. */
  public ControllableSource hangInOpen() {
    script.hang(true, false);
    return this;
  }

  /** From now on its session's {@code close} blocks, interrupted or not, until {@link #letGo}. */
  public ControllableSource hangInClose() {
    script.hang(false, true);
    return this;
  }

  /** Ends all blocking, present and future. */
  public ControllableSource letGo() {
    script.letGo();
    return this;
  }

  // ---- what was done with it

  /** Whether a Config has opened it and not closed it. */
  public boolean isOpen() {
    return script.phase() == Script.Phase.OPEN;
  }

  /** Whether a Config has closed it; true as soon as closing begins. */
  public boolean isClosed() {
    return script.phase() == Script.Phase.CLOSED;
  }

  /** How often it was asked to read again. */
  public int reloads() {
    return script.reloads();
  }

  /** How many threads are blocked inside it. */
  public int hanging() {
    return script.hanging();
  }

  // ---- Source

  @Override
  public String name() {
    return name;
  }

  /**
   * Gives the first answer, if there is one.
   *
   * @throws IllegalStateException when a Config has opened this source before
   */
  @Override
  public Session open(Sink to) {
    script.open(to, name).give();
    return new ControlledSession();
  }

  private final class ControlledSession implements Session {

    @Override
    public void reload(Sink to) {
      ConfigException why = problem(ErrorCode.SOURCE_FAILED, "the test has not said anything yet");
      script.reload(to, any -> any.failed(why)).give();
    }

    @Override
    public void close() {
      script.close();
    }
  }

  @Override
  public String toString() {
    return "controllable " + name;
  }
}
