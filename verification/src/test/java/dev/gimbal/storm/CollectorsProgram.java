package dev.gimbal.storm;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs tests in a JVM of its own, and prints how many passed. */
public final class CollectorsProgram {

  private CollectorsProgram() {}

  /**
   * Runs them.
   *
   * @param args the option of the JVM that must be on
   */
  public static void main(String[] args) {
    String on =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption(args[0])
            .getValue();
    if (!on.equals("true")) {
      throw new AssertionError(args[0] + " is off");
    }
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                selectClass(TenReadersTest.class),
                selectMethod(StormTest.class, "storm_breaksNoGuaranteeAndLeavesNothingBehind"))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    summary.printFailuresTo(new PrintWriter(System.out, true));
    System.out.println(
        args[0]
            + ": "
            + summary.getTestsFoundCount()
            + " tests, "
            + summary.getTestsSucceededCount()
            + " passed");
  }
}
