/** A validator by a JSON Schema. */
module dev.gimbal.jsonschema {
  requires transitive dev.gimbal.core;
  requires static org.jspecify;
  requires com.ethlo.time; // for formats of dates; the next one takes it only if it is there
  requires com.networknt.schema;
  requires tools.jackson.databind;

  exports dev.gimbal.jsonschema;
}
