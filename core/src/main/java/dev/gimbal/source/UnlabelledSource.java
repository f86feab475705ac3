package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import java.util.List;
import java.util.StringJoiner;

/**
 * What stands for a text that holds a label without a value: no layer, but its status says why.
 *
 * @param missing the labels that have none
 */
record UnlabelledSource(String name, List<String> missing) implements Source {

  UnlabelledSource {
    missing = List.copyOf(missing);
  }

  @Override
  public boolean isOptional() {
    return true;
  }

  @Override
  public Source optional() {
    return this;
  }

  @Override
  public Session open(Sink sink) {
    FixedSession session = new FixedSession((to, revision) -> to.absent(why()));
    sink.tasks().execute(name, () -> session.reload(sink));
    return session;
  }

  private ConfigException why() {
    StringJoiner labels = new StringJoiner(" and ");
    missing.forEach(label -> labels.add("{" + label + "}"));
    String message = "no layer: no value is given for " + labels;
    return new ConfigException(Problem.at(ErrorCode.SOURCE_ABSENT, Origin.of(name), message));
  }
}
