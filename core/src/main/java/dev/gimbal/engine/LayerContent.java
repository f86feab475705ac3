package dev.gimbal.engine;

import dev.gimbal.Problem;
import dev.gimbal.format.Document;
import dev.gimbal.source.Variables;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.OriginTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a source holds: a tree, or variables whose tree is computed from the layers below.
 * Immutable.
 *
 * @param tree the tree; empty for variables
 * @param variables null for a tree
 */
record LayerContent(
    ObjectNode tree, @Nullable Variables variables, OriginTable origins, List<Problem> warnings) {

  static final LayerContent EMPTY = of(Document.EMPTY);

  static LayerContent of(Document document) {
    return new LayerContent(document.tree(), null, document.origins(), document.warnings());
  }

  static LayerContent of(Variables variables) {
    return new LayerContent(ObjectNode.EMPTY, variables, OriginTable.none(), List.of());
  }

  /** The same layer with another tree whose new values have no place. */
  LayerContent withTree(ObjectNode changed) {
    return changed == tree ? this : new LayerContent(changed, null, origins, warnings);
  }
}
