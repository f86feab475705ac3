package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Guard;
import dev.gimbal.Problem;
import dev.gimbal.Snapshot;
import dev.gimbal.Validator;
import dev.gimbal.Verdict;
import java.util.ArrayList;
import java.util.List;

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
    try {
      Verdict verdict = guard.check(before, candidate);
      return verdict == null ? List.of(refused("it gave null")) : refused(verdict);
    } catch (ConfigException read) {
      return read.problems(); // of a value that it read; these are masked
    } catch (RuntimeException | AssertionError | VirtualMachineError | LinkageError failed) {
      return List.of(refused("it failed: " + failed.getClass().getName()));
    }
  }

  private Problem refused(String why) {
    return Problem.of(ErrorCode.REFUSED, "refused by " + name + ": " + why);
  }

  private List<Problem> refused(Verdict verdict) {
    List<Problem> problems = new ArrayList<>();
    for (Verdict.Rejection rejection : verdict.rejections()) {
      String message = refused(rejection.reason()).message();
      problems.add(new Problem(ErrorCode.REFUSED, rejection.path(), message, null, null));
    }
    return problems;
  }
}
