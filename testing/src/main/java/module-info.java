/**
 * For tests of applications, sources and formats: a Config for each test method and what it was
 * told, a controllable source, tasks under a test's control, and kits that show whether a format or
 * source keeps its contract.
 */
module dev.gimbal.testing {
  requires transitive dev.gimbal.core;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;
  requires static org.junit.jupiter.api;

  exports dev.gimbal.testing;
  exports dev.gimbal.testing.backend;
}
