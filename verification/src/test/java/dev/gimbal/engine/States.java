package dev.gimbal.engine;

import dev.gimbal.SourceStatus;
import java.time.Instant;

/** States of sources, told apart by a number. */
final class States {

  private States() {}

  static SourceStatus of(String name, int number) {
    String revision = Integer.toString(number);
    return new SourceStatus(
        name, SourceStatus.State.OK, null, Instant.EPOCH, revision, number, 0, 0);
  }
}
