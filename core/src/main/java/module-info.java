/** The engine, its SPI, binding and the built-in sources. */
module dev.gimbal.core {
  requires java.net.http;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.gimbal;
  exports dev.gimbal.bind;
  exports dev.gimbal.format;
  exports dev.gimbal.secret;
  exports dev.gimbal.source;
  exports dev.gimbal.tree;

  uses dev.gimbal.bind.Binders;
  uses dev.gimbal.bind.Converter;
  uses dev.gimbal.format.Format;
  uses dev.gimbal.secret.EncryptionAlgorithm;
  uses dev.gimbal.source.SourceProvider;
}
