/** The HCL format. */
module dev.gimbal.format.hcl {
  requires transitive dev.gimbal.core;
  requires static org.jspecify;

  exports dev.gimbal.format.hcl;

  provides dev.gimbal.format.Format with
      dev.gimbal.format.hcl.HclFormat;
}
