package dev.gimbal.processor;

import org.jspecify.annotations.Nullable;

/**
 * A key of a bound type.
 *
 * @param name the key, or the Java name
 * @param exact whether no other spelling is read
 * @param form what the value is read from
 * @param javaType the type, with the binary names of classes
 * @param mayBeAbsent whether something stands for it where there is no default: null, or what the
 *     type itself has
 * @param defaultText the text of its default, or null
 * @param secret whether it, or something in it, is a secret by its annotations or its type
 * @param description what it is for, in one line; may be empty
 */
record Property(
    String name,
    boolean exact,
    Form form,
    String javaType,
    boolean mayBeAbsent,
    @Nullable String defaultText,
    boolean secret,
    String description) {

  Property asExact() {
    return new Property(name, true, form, javaType, mayBeAbsent, defaultText, secret, description);
  }
}
