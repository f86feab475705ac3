/**
 * For tests of applications and of sources: a controllable source, and tasks under a test's
 * control.
 */
module dev.gimbal.testing {
  requires transitive dev.gimbal.core;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.gimbal.testing;
}
