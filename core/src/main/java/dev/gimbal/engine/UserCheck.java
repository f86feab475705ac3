package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Guard;
import dev.gimbal.Problem;
import dev.gimbal.Snapshot;
import dev.gimbal.Validator;
import dev.gimbal.Verdict;
import dev.gimbal.text.Thrown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A guard or a validator with its name, whatever its code does. Immutable.
 *
 * @param name what messages call it
 */
record UserCheck(String name, Guard guard) {

  static UserCheck of(String name, Guard guard) {
    return new UserCheck("the guard \"" + name + "\"", guard);
  }

  static UserCheck of(String name, Validator validator) {
    return new UserCheck(
        "the validator \"" + name + "\"", (before, candidate) -> validator.validate(candidate));
  }

  /** What is wrong with a candidate, not placed yet. */
  List<Problem> problems(Snapshot before, Snapshot candidate) {
    return problems(name, () -> guard.check(before, candidate));
  }

  /** What code of a user says, whatever it does. */
  static List<Problem> problems(String name, Supplier<Verdict> check) {
    try {
      Verdict verdict = check.get();
      return verdict == null ? List.of(refused(name, "it gave null")) : refused(name, verdict);
    } catch (Throwable failed) { // code of a user may throw what nobody declares
      return failed instanceof ConfigException read && isOfAValue(read)
          ? read.problems()
          : List.of(refused(name, "it failed: " + Thrown.of(failed)));
    }
  }

  /** Whether it tells of a value that was read: what a getter throws is masked. */
  private static boolean isOfAValue(ConfigException thrown) {
    return !thrown.problems().isEmpty()
        && thrown.problems().stream()
            .allMatch(
                problem ->
                    problem.code() == ErrorCode.CONVERSION || problem.code() == ErrorCode.ABSENT);
  }

  private static Problem refused(String name, String why) {
    return Problem.of(ErrorCode.REFUSED, message(name, why));
  }

  /** How a refusal is told. */
  static String message(String name, String why) {
    return "refused by " + name + ": " + why;
  }

  private static List<Problem> refused(String name, Verdict verdict) {
    List<Problem> problems = new ArrayList<>();
    for (Verdict.Rejection rejection : verdict.rejections()) {
      String message = message(name, rejection.reason());
      problems.add(new Problem(ErrorCode.REFUSED, rejection.path(), message, null, null));
    }
    return problems;
  }
}
