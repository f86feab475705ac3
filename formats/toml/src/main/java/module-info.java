/** The TOML format. */
module dev.gimbal.format.toml {
  requires transitive dev.gimbal.core;
  requires static org.jspecify;

  exports dev.gimbal.format.toml;

  provides dev.gimbal.format.Format with
      dev.gimbal.format.toml.TomlFormat;
}
