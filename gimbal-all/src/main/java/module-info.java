/** One module: core and all formats. */
module dev.gimbal {
  requires transitive dev.gimbal.core;
  requires transitive dev.gimbal.format.hcl;
  requires transitive dev.gimbal.format.hocon;
  requires transitive dev.gimbal.format.xml;
  requires transitive dev.gimbal.format.json;
  requires transitive dev.gimbal.format.toml;
  requires transitive dev.gimbal.format.dotenv;
  requires transitive dev.gimbal.format.yaml;
}
