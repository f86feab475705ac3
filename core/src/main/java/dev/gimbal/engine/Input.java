package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Variables;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One ChangeSet on its way into a layer.
 *
 * @param session whose layer
 * @param kind what it does to the layer
 * @param revision the source's own; null for what has none
 * @param change from what was received before to what is received now; our code only
 * @param odd what is odd about it, or null
 */
record Input(
    SourceSession session,
    Kind kind,
    @Nullable Revision revision,
    UnaryOperator<LayerContent> change,
    @Nullable ConfigException odd)
    implements Said {

  /** What a ChangeSet does to its layer. */
  enum Kind {
    /** Replaces it, whatever was received before. */
    WHOLE,
    /** Changes it by path. */
    PATCH,
    /** Changes it at the application's wish: taken back when it is refused. */
    WRITE,
    /** Empties it, because the source has nothing. */
    ABSENT
  }

  Input(
      SourceSession session,
      Kind kind,
      @Nullable Revision revision,
      UnaryOperator<LayerContent> change) {
    this(session, kind, revision, change, null);
  }

  static Input document(
      SourceSession session,
      Revision revision,
      LayerContent content,
      @Nullable ConfigException odd) {
    return new Input(session, Kind.WHOLE, revision, was -> sharing(was, content), odd);
  }

  private static LayerContent sharing(LayerContent was, LayerContent content) {
    return was.variables() != null
        ? content
        : new LayerContent(
            (ObjectNode) Nodes.share(was.tree(), content.tree()),
            null,
            content.origins().sharing(was.origins()),
            content.warnings());
  }

  static Input variables(SourceSession session, Revision revision, Variables variables) {
    LayerContent content = LayerContent.of(variables);
    return new Input(
        session, Kind.WHOLE, revision, was -> variables.equals(was.variables()) ? was : content);
  }

  static Input patch(SourceSession session, Revision revision, Patch patch) {
    return new Input(
        session, Kind.PATCH, revision, was -> was.withTree(Nodes.apply(was.tree(), patch)));
  }

  static Input absent(SourceSession session) {
    return new Input(session, Kind.ABSENT, null, was -> LayerContent.EMPTY);
  }

  /**
   * What is received now.
   *
   * @throws ConfigException when a source's patch does not fit
   * @throws IllegalArgumentException when an application's write does not fit
   */
  LayerContent applyTo(LayerContent was) {
    try {
      return change.apply(was);
    } catch (IllegalArgumentException e) {
      if (isWrite()) {
        throw e;
      }
      String message = "the patch does not fit: " + e.getMessage();
      Problem problem = Problem.at(ErrorCode.PATCH, Origin.of(session.name()), message);
      throw new ConfigException(List.of(problem), e);
    }
  }

  boolean isWrite() {
    return kind == Kind.WRITE;
  }
}
