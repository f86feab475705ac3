package dev.gimbal.testing;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.TestInstance;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Classes of tests that JUnit ran inside a test, and how they ended. Surefire leaves nested classes
 * out, so that those that are meant to fail do so only here.
 */
final class SampleRun implements TestExecutionListener {

  /** How each ended: what it threw, by the method's or class's name. */
  private final Map<String, Throwable> failures = new TreeMap<>();

  /** What tests reported, by the keys of the entries. */
  private final Map<String, String> reported = new TreeMap<>();

  private int passed;
  private int aborted;
  private int failed;

  private SampleRun() {}

  static SampleRun of(Class<?>... classes) {
    return with(Map.of(), classes);
  }

  static SampleRun inParallel(int threads, Class<?>... classes) {
    return with(
        Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "" + threads),
        classes);
  }

  private static SampleRun with(Map<String, String> parameters, Class<?>... classes) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Arrays.stream(classes).map(type -> selectClass(type)).toList())
            .configurationParameters(parameters)
            .configurationParameter(
                TestInstance.Lifecycle.DEFAULT_LIFECYCLE_PROPERTY_NAME, "per_method")
            .build();
    SampleRun run = new SampleRun();
    LauncherFactory.create().execute(request, run);
    return run;
  }

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      passed += result.getStatus() == Status.SUCCESSFUL ? 1 : 0;
      aborted += result.getStatus() == Status.ABORTED ? 1 : 0;
    }
    if (result.getStatus() == Status.FAILED) {
      failed++;
      failures.put(name(test), result.getThrowable().orElseThrow());
    }
  }

  @Override
  public synchronized void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    reported.putAll(entry.getKeyValuePairs());
  }

  synchronized Map<String, String> reported() {
    return Map.copyOf(reported);
  }

  private static String name(TestIdentifier test) {
    return test.getSource().orElse(null) instanceof ClassSource source
        ? source.getJavaClass().getSimpleName()
        : test.getDisplayName().replaceAll("\\(.*", "");
  }

  synchronized int passed() {
    return passed;
  }

  synchronized int aborted() {
    return aborted;
  }

  synchronized int failed() {
    return failed;
  }

  synchronized List<String> failures() {
    return List.copyOf(failures.keySet());
  }

  synchronized Throwable failure(String name) {
    return Objects.requireNonNull(failures.get(name), () -> name + " of " + failures);
  }

  /** What the one that failed said. */
  String message(String name) {
    return Objects.requireNonNull(failure(name).getMessage(), name);
  }
}
