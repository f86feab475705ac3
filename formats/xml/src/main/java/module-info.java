/** The XML format. */
module dev.gimbal.format.xml {
  requires transitive dev.gimbal.core;
  requires static org.jspecify;

  exports dev.gimbal.format.xml;

  provides dev.gimbal.format.Format with
      dev.gimbal.format.xml.XmlFormat;
}
