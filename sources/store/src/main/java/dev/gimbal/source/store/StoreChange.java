package dev.gimbal.source.store;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One key of a store that has another value now, or none.
 *
 * @param key as the store has it
 * @param value its bytes, not copied; null when the key is gone
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent") // equal by content
public record StoreChange(String key, byte @Nullable [] value) {

  // Written out, as NullAway does not see that the component may be null.
  public StoreChange(String key, byte @Nullable [] value) {
    this.key = Objects.requireNonNull(key, "key");
    this.value = value;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof StoreChange other
        && key.equals(other.key)
        && Arrays.equals(value, other.value);
  }

  @Override
  public int hashCode() {
    return key.hashCode() * 31 + Arrays.hashCode(value);
  }

  /** Without the value, which may be a secret. */
  @Override
  public String toString() {
    return (value == null ? "no " : "") + key;
  }
}
