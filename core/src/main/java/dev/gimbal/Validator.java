package dev.gimbal;

import java.util.List;

/**
 * Tells what is wrong with a candidate, whatever was there before: a schema, for example. It is
 * asked about each candidate whose placeholders resolve, also when other checks fail, so that all
 * problems are told together. The rest is as for a {@link Guard}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Validator {

  /**
   * Looks at a candidate.
   *
   * @return everything that is wrong with it; not null
   */
  Verdict validate(Snapshot candidate);

  /**
   * What this knows to be secret, as {@link Config.Builder#secret} takes it. Asked once, when it is
   * added. None by default.
   */
  default List<String> secrets() {
    return List.of();
  }
}
