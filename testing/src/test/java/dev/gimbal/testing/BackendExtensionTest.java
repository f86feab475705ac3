package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.testing.backend.Backend;
import dev.gimbal.testing.backend.BackendExtension;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long a server lives. */
class BackendExtensionTest {

  /** What was done to servers, in order. */
  private static final ConcurrentLinkedQueue<String> EVENTS = new ConcurrentLinkedQueue<>();

  /** No server at all, that tells what is done to it. */
  private static class Pretended implements Backend {
    private boolean runs;

    @Override
    public void start() {
      EVENTS.add("start");
      runs = true;
    }

    @Override
    public void kill() {
      EVENTS.add("kill");
      runs = false;
    }

    @Override
    public void stop() {
      EVENTS.add("stop");
      runs = false;
    }

    @Override
    public boolean isRunning() {
      return runs;
    }

    @Override
    public InetSocketAddress address() {
      return InetSocketAddress.createUnresolved("pretended", 1);
    }

    @Override
    public String log() {
      return "x".repeat(10_000) + "what it logged last";
    }

    @Override
    public Path data() {
      return Path.of("pretended");
    }

    @Override
    public void close() {
      EVENTS.add("close");
      runs = false;
    }

    @Override
    public String toString() {
      return "pretended";
    }
  }

  /** What happened since it was last asked. */
  private static List<String> events() {
    List<String> taken = new ArrayList<>();
    for (String event = EVENTS.poll(); event != null; event = EVENTS.poll()) {
      taken.add(event);
    }
    return taken;
  }

  private static void use(BackendExtension<Pretended> extension) {
    assertTrue(extension.server().isRunning());
    assertSame(extension.server(), extension.server());
    EVENTS.add("test");
  }

  static class ForTheClass {
    @RegisterExtension
    static final BackendExtension<Pretended> SERVER = BackendExtension.of(Pretended::new);

    @BeforeAll
    static void before() {
      assertTrue(SERVER.server().isRunning());
      EVENTS.add("before");
    }

    @RepeatedTest(2)
    void first() {
      use(SERVER);
    }

    @Nested
    class Inner {
      @Test
      void second() {
        use(SERVER);
      }
    }
  }

  @Test
  void serverOfAStaticField_isOneForTheClassAndItsNestedOnes() {
    SampleRun run = SampleRun.of(ForTheClass.class);
    assertEquals(List.of(), run.failures());
    assertEquals(List.of("start", "before", "test", "test", "test", "close"), events());
    assertEquals(
        "no test runs that this extension is registered for",
        assertThrows(IllegalStateException.class, ForTheClass.SERVER::server).getMessage());
  }

  static class ForEachTest {
    @RegisterExtension
    final BackendExtension<Pretended> server = BackendExtension.of(Pretended::new);

    @RepeatedTest(2)
    void first() {
      use(server);
    }
  }

  @Test
  void serverOfAnotherField_isOneForEachTest() {
    assertEquals(List.of(), SampleRun.of(ForEachTest.class).failures());
    assertEquals(List.of("start", "test", "close", "start", "test", "close"), events());
  }

  @TestInstance(Lifecycle.PER_CLASS)
  static class ForTheInstance {
    @RegisterExtension
    final BackendExtension<Pretended> server = BackendExtension.of(Pretended::new);

    @RepeatedTest(2)
    void first() {
      use(server);
    }
  }

  @Test
  void serverOfAnInstanceForTheClass_isOneForTheClass() {
    assertEquals(List.of(), SampleRun.of(ForTheInstance.class).failures());
    assertEquals(List.of("start", "test", "test", "close"), events());
  }

  static class LeavesItDown {
    @RegisterExtension
    static final BackendExtension<Pretended> SERVER = BackendExtension.of(Pretended::new);

    @RepeatedTest(2)
    void kills() {
      use(SERVER);
      SERVER.server().kill();
    }
  }

  @Test
  void serverThatATestLeftDown_runsInTheNextOne() {
    assertEquals(List.of(), SampleRun.of(LeavesItDown.class).failures());
    assertEquals(List.of("start", "test", "kill", "start", "test", "kill", "close"), events());
  }

  static class Shared {
    @RegisterExtension
    static final BackendExtension<Pretended> SERVER = BackendExtension.of(Pretended::new);

    @Test
    void first() {
      use(SERVER);
    }
  }

  static class SharesOne extends Shared {}

  static class SharesToo extends Shared {}

  @Test
  void serverOfASuperclass_isANewOneForEachClass() {
    assertEquals(List.of(), SampleRun.of(SharesOne.class, SharesToo.class).failures());
    assertEquals(List.of("start", "test", "close", "start", "test", "close"), events());
  }

  static class OneOfTheRun {
    @RegisterExtension
    static final BackendExtension<Pretended> SERVER =
        BackendExtension.shared("pretended", Pretended::new);

    @Test
    void first() {
      use(SERVER);
    }
  }

  static class AnotherOfTheRun {
    @RegisterExtension
    static final BackendExtension<Pretended> SERVER =
        BackendExtension.shared("pretended", Pretended::new);

    @Test
    void kills() {
      use(SERVER);
      SERVER.server().kill();
    }
  }

  static class LastOfTheRun extends OneOfTheRun {}

  static class OfAnotherName {
    @RegisterExtension
    static final BackendExtension<Pretended> SERVER =
        BackendExtension.shared("other", Pretended::new);

    @Test
    void first() {
      use(SERVER);
    }
  }

  @Test
  void serverThatIsShared_isOneForTheRun_byItsName() {
    SampleRun run = SampleRun.of(OneOfTheRun.class, AnotherOfTheRun.class, LastOfTheRun.class);
    assertEquals(List.of(), run.failures());
    List<String> expected =
        List.of("start", "test", "close", "test", "kill", "close", "start", "test", "close");
    assertEquals(expected, events(), "each class makes one, and two are closed at once");
    assertThrows(IllegalStateException.class, OneOfTheRun.SERVER::server);
    assertEquals(List.of(), SampleRun.of(OneOfTheRun.class, OfAnotherName.class).failures());
    assertEquals(List.of("start", "test", "start", "test", "close", "close"), events());
  }

  private static final class Foreign extends Pretended {}

  static class OfAnotherKind {
    @RegisterExtension
    static final BackendExtension<Foreign> SERVER =
        BackendExtension.shared("pretended", Foreign::new);

    @Test
    void first() {
      SERVER.server().start();
    }
  }

  @Test
  void serverThatIsShared_ofAnotherKind_failsTheClass() {
    SampleRun run = SampleRun.of(OneOfTheRun.class, OfAnotherKind.class);
    assertEquals(
        "the name pretended is that of "
            + Pretended.class.getName()
            + " in this run, not of "
            + Foreign.class.getName(),
        run.message("OfAnotherKind"));
    assertEquals(1, run.passed());
    assertEquals(List.of("start", "test", "close", "close"), events());
  }

  static class AtTheSameTime {
    @RegisterExtension
    static final BackendExtension<Pretended> SERVER = BackendExtension.of(Pretended::new);

    /** All tests are in it at once. */
    private static final CountDownLatch INSIDE = new CountDownLatch(4);

    @RepeatedTest(4)
    void first() throws InterruptedException {
      INSIDE.countDown();
      INSIDE.await();
      use(SERVER);
    }
  }

  @Test
  void testsAtTheSameTime_shareTheServer() {
    assertEquals(List.of(), SampleRun.inParallel(4, AtTheSameTime.class).failures());
    assertEquals(List.of("start", "test", "test", "test", "test", "close"), events());
  }

  static class Fails {
    @RegisterExtension
    static final BackendExtension<Pretended> SERVER = BackendExtension.of(Pretended::new);

    @Test
    void passes() {}

    @Test
    void fails() {
      throw new AssertionError("meant");
    }
  }

  @Test
  void testThatFails_reportsTheEndOfTheLog() {
    SampleRun run = SampleRun.of(Fails.class);
    assertEquals(List.of("fails"), run.failures());
    assertEquals(
        Map.of("log of pretended", "x".repeat(8192 - 19) + "what it logged last"), run.reported());
    assertEquals(List.of("start", "close"), events());
  }

  static class DoesNotStart {
    @RegisterExtension
    static final BackendExtension<Backend> SERVER =
        BackendExtension.of(
            () -> {
              throw new AssertionError("no such server");
            });

    @Test
    void first() {}
  }

  @Test
  void serverThatCannotBeMade_failsTheClass() {
    SampleRun run = SampleRun.of(DoesNotStart.class);
    assertEquals("no such server", run.message("DoesNotStart"));
    assertEquals(0, run.passed());
  }
}
