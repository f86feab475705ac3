package dev.gimbal.format;

import dev.gimbal.Problem;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.OriginTable;
import java.util.List;

/**
 * A parsed document: its tree, where each value stands, and what was odd about it.
 *
 * @param tree the root object
 * @param origins the places of its values
 * @param warnings what {@code check} reports although the document is accepted
 * @since 0.1.0
 */
public record Document(ObjectNode tree, OriginTable origins, List<Problem> warnings) {

  public static final Document EMPTY =
      new Document(ObjectNode.EMPTY, OriginTable.none(), List.of());

  public Document {
    warnings = List.copyOf(warnings);
  }

  public static Document of(ObjectNode tree) {
    return new Document(tree, OriginTable.none(), List.of());
  }
}
