package dev.gimbal.format;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;

/**
 * What an editor says of a place that it cannot change. Keeps no state.
 *
 * @since 0.1.0
 */
public final class NotEditable {

  private NotEditable() {}

  /**
   * GIM-028 at a character of a text. Whoever called the editor adds the document's name.
   *
   * @param message what stands there, without any value
   */
  public static ConfigException at(String text, int offset, String message) {
    TextCursor cursor = new TextCursor(text).moveTo(offset);
    Origin place = new Origin("", "", cursor.line(), cursor.column());
    return new ConfigException(Problem.at(ErrorCode.NOT_EDITABLE, place, message));
  }
}
