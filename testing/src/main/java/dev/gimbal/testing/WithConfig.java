package dev.gimbal.testing;

import dev.gimbal.Config;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What is in the Config of a test: layers, each above the one before. First those of the class,
 * where what it extends and then what it implements comes before it, and what encloses it before
 * all; then those of the method; then what {@link TestConfig} sets. In one annotation: files, then
 * the text, then what it is without, then values, then what a setup adds.
 *
 * <p>It may stand on an annotation of one's own; that is below what stands beside it.
 *
 * <pre>{@code
 * @WithConfig(files = "orders.yaml", value = "retries=3")
 * class OrdersTest {
 *   @Test
 *   @WithConfig("retries=0")
 *   void failure_withoutRetries_isToldAtOnce(Config config) {}
 * }
 * }</pre>
 *
 * @see ConfigTest
 * @since 0.1.0
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(ConfigExtension.class)
public @interface WithConfig {

  /**
   * Entries such as {@code db.pool.max=20}: a path in text form and a text, each without blanks at
   * its ends. Of two for one path the later counts.
   */
  String[] value() default {};

  /**
   * Paths at which there is nothing, whatever is in the layers below, the files and the text of
   * this annotation among them. Its values are above: after {@code without = "db", value =
   * "db.url=x"} there is nothing in {@code db} but {@code url}.
   */
  String[] without() default {};

  /**
   * Documents on the class path of the test, such as {@code orders/app.yaml}; the format follows
   * from the extension.
   */
  String[] files() default {};

  /** A document. */
  String text() default "";

  /** The name or extension of the format of {@link #text}; {@code yaml} by default. */
  String format() default "yaml";

  /**
   * What else the builder is told: converters, formats, validators, guards, declared keys, or
   * sources, which are layers above those of this annotation. Each class has a constructor without
   * parameters, of any access, and is made anew for each Config.
   */
  Class<? extends Consumer<Config.Builder>>[] setup() default {};
}
