package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {

  private final RecordingSink sink = new RecordingSink(new ManualTasks());
  private final Answers answers = new Answers(OnMissing.CLEAR, sink);

  private static Outcome missing(String message) {
    Problem problem = Problem.at(ErrorCode.SOURCE_ABSENT, Origin.of("it"), message);
    return Outcome.of(Outcome.Kind.MISSING, new ConfigException(problem));
  }

  @Test
  void answer_isAwaitedUntilItComes_byTheSinkAndThenByEachWhoAsks() {
    assertTrue(answers.isAwaited());
    answers.answer(missing("first"));
    assertFalse(answers.isAwaited());
    RecordingSink other = new RecordingSink(new ManualTasks());
    Asker asker = new Asker(other);
    answers.ask(asker);
    assertTrue(answers.isAwaited());
    answers.answer(missing("second"));
    assertFalse(answers.isAwaited());
    asker.await();
    answers.answer(missing("third"));
    assertEquals(List.of("absent GIM-011"), sink.log());
    assertEquals(List.of("absent GIM-011"), other.log());
  }
}
