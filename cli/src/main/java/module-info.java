/** The {@code gimbal} command. */
module dev.gimbal.cli {
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;
  requires dev.gimbal.core;
  requires dev.gimbal.format.hcl;
  requires dev.gimbal.format.hocon;
  requires dev.gimbal.format.xml;
  requires dev.gimbal.format.json;
  requires dev.gimbal.format.toml;
  requires dev.gimbal.format.dotenv;
  requires dev.gimbal.format.yaml;
  requires dev.gimbal.jsonschema;
  requires dev.gimbal.secret.nacl;
  requires info.picocli;

  exports dev.gimbal.cli;
}
