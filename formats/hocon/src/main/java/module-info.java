/** The HOCON format. */
module dev.gimbal.format.hocon {
  requires transitive dev.gimbal.core;
  requires static org.jspecify;

  exports dev.gimbal.format.hocon;

  provides dev.gimbal.format.Format with
      dev.gimbal.format.hocon.HoconFormat;
}
