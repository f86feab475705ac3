package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class BucketTest {

  private static Bucket bucket(long first, long last, long messages, Duration maxAge) {
    ZonedDateTime created = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    return new Bucket(created, first, last, messages, maxAge);
  }

  @Test
  void oneThatGoesByAge_whileAnotherIsWritten_mayBeMissing() {
    Duration hour = Duration.ofHours(1);
    assertTrue(bucket(2, 3, 2, hour).mayLackSome(bucket(1, 2, 2, hour)));
    assertFalse(bucket(1, 3, 3, hour).mayLackSome(bucket(1, 2, 2, hour)));
  }

  @Test
  void oneThatIsWrittenAgain_isNotMissing() {
    Duration never = Duration.ZERO;
    assertFalse(bucket(2, 3, 2, never).mayLackSome(bucket(1, 2, 2, never)));
  }

  @Test
  void fewerThanBefore_orAllOthers_mayBeMissing() {
    Duration never = Duration.ZERO;
    assertTrue(bucket(2, 2, 1, never).mayLackSome(bucket(1, 2, 2, never)));
    assertTrue(bucket(3, 4, 2, never).mayLackSome(bucket(1, 2, 2, never)));
  }
}
