/** One module: core, JSON and YAML. */
module dev.gimbal {
  requires transitive dev.gimbal.core;
  requires transitive dev.gimbal.format.json;
  requires transitive dev.gimbal.format.yaml;
}
