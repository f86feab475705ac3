/** The dotenv format. */
module dev.gimbal.format.dotenv {
  requires transitive dev.gimbal.core;
  requires static org.jspecify;

  exports dev.gimbal.format.dotenv;

  provides dev.gimbal.format.Format with
      dev.gimbal.format.dotenv.DotenvFormat;
}
