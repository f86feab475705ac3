package dev.gimbal;

/**
 * What is done about keys that nothing declares: {@link Config.Builder#unknownKeys}.
 *
 * @since 0.1.0
 */
public enum UnknownKeys {
  /** A change that brings one is refused (GIM-026), like one that does not convert. */
  ERROR,
  /** They are logged when they come, and stand in {@link Config#warnings()}. */
  WARN,
  /** Nothing; so it is for prefixes that nothing else is said of. */
  IGNORE
}
