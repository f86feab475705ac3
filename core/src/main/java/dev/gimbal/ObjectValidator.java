package dev.gimbal;

/**
 * Tells what is wrong with an object that was made for a declared key, such as a bound record: by
 * constraints that stand in its class, for example. It is asked about each such object before it is
 * published, and when its key is declared; what getters make is not checked. The rest is as for a
 * {@link Guard}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ObjectValidator {

  /**
   * Looks at an object.
   *
   * @param object what was made; the empty one of {@code Optional} and the like included
   * @return everything that is wrong with it, not null; paths begin at the object, and are those of
   *     members: {@code maxSize} is found at {@code max-size} too. What is said of a secret is not
   *     told
   */
  Verdict validate(Object object);
}
