package dev.gimbal.engine;

import dev.gimbal.source.Revision;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One ChangeSet on its way into a layer.
 *
 * @param session whose layer
 * @param revision the source's own; null for an application's write
 * @param change from what was received before to what is received now; our code only
 */
record Input(
    SourceSession session, @Nullable Revision revision, UnaryOperator<LayerContent> change) {

  boolean isWrite() {
    return revision == null;
  }
}
