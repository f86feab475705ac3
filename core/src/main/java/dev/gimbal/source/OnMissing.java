package dev.gimbal.source;

/**
 * What a file or folder that has gone, or a file of 0 bytes, means for its layer.
 *
 * @since 0.1.0
 */
public enum OnMissing {
  /** The layer keeps its last content and the source is DEGRADED. The default. */
  KEEP,
  /** The layer becomes empty. */
  CLEAR
}
