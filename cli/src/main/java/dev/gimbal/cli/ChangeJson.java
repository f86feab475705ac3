package dev.gimbal.cli;

import dev.gimbal.Change;
import dev.gimbal.Origin;
import dev.gimbal.Value;

/** Writes a line of JSON for each value that changed. */
record ChangeJson(boolean reveal) implements ChangeForm {

  @Override
  public String text(Change change) {
    StringBuilder text = new StringBuilder();
    for (Change.Entry entry : change.changes()) {
      Value holder = entry.after().exists() ? entry.after() : entry.before();
      text.append(
          new JsonLine()
              .number("version", change.version())
              .text("path", entry.path().toString())
              .tree("old", GetCommand.shown(entry.before(), reveal))
              .tree("new", GetCommand.shown(entry.after(), reveal))
              .text("source", holder.origin().map(Origin::source).orElse("")));
      text.append('\n');
    }
    return text.toString();
  }
}
