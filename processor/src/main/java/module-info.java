/** The annotation processor: what users and tools must know about bound types, as files. */
module dev.gimbal.processor {
  requires java.compiler;
  requires dev.gimbal.core;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  provides javax.annotation.processing.Processor with
      dev.gimbal.processor.SettingsProcessor,
      dev.gimbal.processor.ClaimingProcessor;
}
