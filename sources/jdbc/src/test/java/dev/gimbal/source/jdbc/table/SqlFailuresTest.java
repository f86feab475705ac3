package dev.gimbal.source.jdbc.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.source.RemoteUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlFailuresTest {

  private static SQLException state(String state) {
    return new SQLException("said\nhunter2", state);
  }

  /** What may be committed must not be done once more. */
  @Test
  void conflict_isTriedAgain_butNotWhereTheEndIsUnknown() {
    List<String> states = List.of("40001", "40P01", "40003", "08006", "23505");
    assertEquals(
        List.of("40001", "40P01"),
        states.stream().filter(each -> SqlFailures.isConflict(state(each))).toList());
    assertEquals(
        List.of("40001", "40P01", "23505"),
        states.stream().filter(each -> SqlFailures.isUndone(state(each))).toList());
  }

  @Test
  void failure_saysWhetherItIsARefusal_andNoValue() {
    assertIs(false, "said (SQLSTATE 08006)", SqlFailures.reading(state("08006")));
    assertIs(
        true, "it cannot be reached: said (SQLSTATE 08006)", SqlFailures.writing(state("08006")));
    assertIs(
        true,
        "the database answers: it refuses a value (SQLSTATE 23514)",
        SqlFailures.writing(state("23514")));
    assertIs(
        true,
        "it cannot be reached: said (SQLSTATE 08006)",
        SqlFailures.beforeWriting(state("08006")));
    assertIs(
        true,
        "the database answers: said (SQLSTATE HY000)",
        SqlFailures.beforeWriting(state("HY000")));
    assertIs(
        true,
        "the database answers: it refuses a value (SQLSTATE 22023)",
        SqlFailures.beforeWriting(state("22023")));
    assertIs(
        true,
        "the database answers: it refuses a value (SQLSTATE HY000)",
        SqlFailures.writing(state("HY000")));
    assertIs(false, "said (SQLSTATE 40003)", SqlFailures.committing(state("40003")));
    assertIs(false, "it refuses a value (SQLSTATE none)", SqlFailures.committing(state(null)));
  }

  private static void assertIs(boolean refusal, String message, IOException found) {
    assertEquals(message, found.getMessage());
    assertEquals(refusal, found instanceof RemoteUnavailableException);
  }
}
