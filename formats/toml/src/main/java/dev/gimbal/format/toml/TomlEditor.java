package dev.gimbal.format.toml;

import dev.gimbal.ConfigPath;
import dev.gimbal.format.DocumentEditor;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;

/**
 * Changes a value in a TOML text.
 *
 * <p>Keeps no state between calls; used by many threads at once.
 */
final class TomlEditor implements DocumentEditor {

  @Override
  public String set(String text, ConfigPath path, Node value) {
    TomlPlace place = new TomlPlace(text, path);
    if (place.depth < path.size()) {
      return new TomlAddition(place).add(value);
    }
    if (place.isWritten(place.last())) {
      return new TomlAddition(place).replace(value);
    }
    TomlSpans.Section section = place.spans.section(place.last());
    boolean element = place.holder() instanceof TomlList;
    if (section != null && (element || value instanceof ObjectNode)) {
      return new TomlTables(place).replace(section, value);
    }
    TomlPlace without = new TomlPlace(new TomlRemoval(place).withoutIt(), path);
    return new TomlAddition(without).add(value);
  }

  @Override
  public String unset(String text, ConfigPath path) {
    TomlPlace place = new TomlPlace(text, path);
    return place.depth < path.size() ? text : new TomlRemoval(place).remove();
  }
}
