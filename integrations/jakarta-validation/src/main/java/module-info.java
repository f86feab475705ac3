/** Jakarta Bean Validation of bound objects. */
module dev.gimbal.validation {
  requires transitive dev.gimbal.core;
  requires static org.jspecify;
  requires transitive jakarta.validation;

  exports dev.gimbal.validation;
}
