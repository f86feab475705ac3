package dev.gimbal.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class whose methods may take a {@link dev.gimbal.Config}, a {@link TestConfig}, or a value
 * by {@link ConfigValue}. Each test method has a Config of its own, which is closed after it;
 * {@link WithConfig} says what is in it. Nothing is shared between tests; neither the environment
 * nor system properties are read, unless what {@link WithConfig} brings asks for them. So tests may
 * run in parallel.
 *
 * <p>What a test, or the code that it tests, opens on its Config and does not close fails the test.
 * On a method, on a class for its methods and nested classes, or on what the class extends or
 * implements; the nearest one counts.
 *
 * @since 0.1.0
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(ConfigExtension.class)
public @interface ConfigTest {

  /** What becomes of a test that left something open; {@link Leaks#FAIL} by default. */
  Leaks leaks() default Leaks.FAIL;

  /** What becomes of a test that left a subscription, a watcher or a Config open. */
  enum Leaks {
    /** The test fails, with the name of each and the line that opened it. */
    FAIL,
    /** They are closed in silence. */
    ALLOWED
  }
}
