/** The YAML format. */
module dev.gimbal.format.yaml {
  requires transitive dev.gimbal.core;
  requires static org.jspecify;

  exports dev.gimbal.format.yaml;

  provides dev.gimbal.format.Format with
      dev.gimbal.format.yaml.YamlFormat;
}
