package dev.gimbal.format.hocon;

import java.util.ArrayList;
import java.util.List;

/** The keys of a path while its tokens are read: dots outside quotes split. Used by one thread. */
final class HoconPath {

  private final List<String> keys = new ArrayList<>();
  private final StringBuilder key = new StringBuilder();

  /** Whether the key is there although it is empty: {@code ""}. */
  private boolean quoted;

  private boolean malformed;

  void quoted(String text) {
    key.append(text);
    quoted |= key.isEmpty();
  }

  void unquoted(String text) {
    int from = 0;
    for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
      key.append(text, from, dot);
      end();
      from = dot + 1;
    }
    key.append(text, from, text.length());
  }

  private void end() {
    malformed |= key.isEmpty() && !quoted;
    keys.add(key.toString());
    key.setLength(0);
    quoted = false;
  }

  /** The keys; none where an unquoted one is empty. */
  List<String> keys() {
    end();
    return malformed ? List.of() : keys;
  }
}
