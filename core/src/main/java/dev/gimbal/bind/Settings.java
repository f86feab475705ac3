package dev.gimbal.bind;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a type that an application binds at a place of its configuration. Binding does not read it:
 * the annotation processor of {@code gimbal-processor} writes a JSON Schema, a reference and other
 * files for it when it is compiled.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Settings {

  /**
   * Where the type is bound: keys with dots between them, such as {@code server.pool}, each of
   * ASCII letters, digits, hyphens and underscores; empty for the whole configuration.
   */
  String value();
}
