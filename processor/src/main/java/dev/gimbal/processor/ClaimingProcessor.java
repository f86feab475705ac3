package dev.gimbal.processor;

import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/**
 * Claims Gimbal's annotations and no others, and does nothing else: javac warns of those that
 * nobody claims, and {@link SettingsProcessor}, which sees all, cannot claim some. Called by the
 * compiler, on one thread.
 *
 * @since 0.1.0
 */
@SupportedAnnotationTypes("dev.gimbal.bind.*")
public final class ClaimingProcessor extends AbstractProcessor {

  /** For the compiler. */
  public ClaimingProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  @SuppressWarnings("DoNotClaimAnnotations") // they are for these processors alone
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    return true;
  }
}
