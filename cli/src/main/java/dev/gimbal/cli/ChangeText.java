package dev.gimbal.cli;

import dev.gimbal.Change;
import dev.gimbal.Origin;
import dev.gimbal.Value;
import dev.gimbal.format.json.JsonFormat;
import dev.gimbal.tree.Node;

/** Writes a change for people: a line for what was, in red, and one for what is, in green. */
final class ChangeText implements ChangeForm {

  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  private final boolean reveal;
  private final boolean colored;

  ChangeText(boolean reveal, boolean colored) {
    this.reveal = reveal;
    this.colored = colored;
  }

  @Override
  public String text(Change change) {
    StringBuilder text = new StringBuilder("version " + change.version() + "\n");
    for (Change.Entry entry : change.changes()) {
      add(text, '-', entry.before());
      add(text, '+', entry.after());
    }
    return text.toString();
  }

  private void add(StringBuilder text, char sign, Value value) {
    Node shown = GetCommand.shown(value, reveal);
    if (shown != null) {
      String place = value.origin().map(Origin::toString).orElse("");
      String line = value.path() + ": " + new JsonFormat().writeCompact(shown) + "   at " + place;
      text.append(color(sign == '-' ? RED : GREEN)).append(sign).append(' ');
      text.append(Visible.inLine(line)).append(color(PLAIN)).append('\n');
    }
  }

  private String color(String sequence) {
    return colored ? sequence : "";
  }
}
