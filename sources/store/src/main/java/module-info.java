/** What sources of stores of keys and values have in common. */
module dev.gimbal.source.store {
  requires transitive dev.gimbal.core;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.gimbal.source.store;
}
