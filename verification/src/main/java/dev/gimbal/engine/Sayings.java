package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.source.Revision;
import java.util.List;

/** What sources say, told apart by one digit each. */
final class Sayings {

  private static final ConfigException WHY = new ConfigException(ErrorCode.SOURCE_FAILED, "down");

  private Sayings() {}

  /** A document; its digit is its revision. */
  @SuppressWarnings("NullAway") // an inbox does not ask whose it is
  static Said document(int revision) {
    return new Input(null, Input.Kind.WHOLE, Revision.of(revision), was -> was);
  }

  /** What is no document; its digit is 9. */
  static Said failed() {
    return new Said.Failed(WHY);
  }

  /** The digits in their order. */
  static int digits(List<Said> said) {
    int digits = 0;
    for (Said each : said) {
      int digit = 9;
      if (each instanceof Input input && input.revision() != null) {
        digit = (int) input.revision().order();
      }
      digits = digits * 10 + digit;
    }
    return digits;
  }
}
