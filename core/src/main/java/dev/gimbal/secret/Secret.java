package dev.gimbal.secret;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that shows itself only to who asks for it: {@link #toString} is {@code ***}, so that a
 * record that has one can be logged as a whole. A bound type that has a member of this type, and a
 * {@code Live<Secret<String>>}, make what stands at its path a secret of the Config too (G11),
 * whatever its key.
 *
 * <p>It is not {@link java.io.Serializable}. Immutable, and as safe for use by many threads as its
 * value. Its text stays in memory, in the snapshots that hold it: what is not protected stands in
 * {@code docs/secrets.md}.
 *
 * @param <T> whatever a value is converted to, such as {@code String} or {@code byte[]}
 * @since 0.1.0
 */
public final class Secret<T> {

  private final T value;

  private Secret(T value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  /** A value as a secret. */
  public static <T> Secret<T> of(T value) {
    return new Secret<>(value);
  }

  /** The value itself. From here on it is the caller's to keep out of what is shown. */
  public T reveal() {
    return value;
  }

  /** Whether the other one is a secret whose value equals this one's; arrays by what they hold. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret<?> secret && Objects.deepEquals(value, secret.value);
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.deepHashCode(new Object[] {value});
  }

  /** {@code ***}. */
  @Override
  public String toString() {
    return SecretKeys.MASK;
  }
}
