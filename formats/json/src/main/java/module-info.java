/** The JSON format. */
module dev.gimbal.format.json {
  requires transitive dev.gimbal.core;
  requires static org.jspecify;
  requires tools.jackson.core;

  exports dev.gimbal.format.json;

  provides dev.gimbal.format.Format with
      dev.gimbal.format.json.JsonFormat,
      dev.gimbal.format.json.JsoncFormat;
}
