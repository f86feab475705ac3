package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import dev.gimbal.bind.Conversions;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.ManualTasks;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.Tasks;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How sources are opened, asked, removed and closed, on the calling thread. */
@Timeout(60)
class SourceControlTest {

  private static final Duration SHORT = Duration.ofMillis(20);

  private final AtOnce tasks = new AtOnce();
  private final List<MemoryLoader> loaders = new ArrayList<>();
  private final ToldSource source = new ToldSource(sink -> sink.document(revision(1), document(1)));

  @AfterEach
  void close() {
    tasks.hanging = List.of();
    loaders.forEach(MemoryLoader::close);
  }

  /** Tasks that run at once, but for those that hang or have no thread. */
  private static final class AtOnce implements Tasks {
    private final ManualTasks manual = new ManualTasks(name -> true);
    private final List<String> names = new ArrayList<>();
    private List<String> hanging = List.of();
    private List<String> refused = List.of();

    @Override
    public void execute(String name, Runnable task) {
      names.add(name);
      if (refused.contains(name)) {
        throw new IllegalStateException("no thread");
      }
      if (!hanging.contains(name)) {
        manual.execute(name, task);
      }
    }

    @Override
    public Cancellable schedule(String name, Duration delay, Runnable task) {
      names.add(name + " in " + delay.toMillis());
      return manual.schedule(name, delay, task);
    }

    @Override
    public long nanoTime() {
      return manual.nanoTime();
    }

    @Override
    public Instant now() {
      return manual.now();
    }

    @Override
    public double random() {
      return 0.5;
    }
  }

  private static Revision revision(long order) {
    return new Revision(order, "r" + order);
  }

  private static Document document(Object n) {
    return Document.of((ObjectNode) Nodes.of(Map.of("n", n), Scalar.Template.ALL));
  }

  private static ConfigException unreachable() {
    return new ConfigException(ErrorCode.SOURCE_FAILED, "unreachable");
  }

  private MemoryLoader open(Duration closeTimeout, Source... sources) {
    MemoryLoader loader = Loaders.open(tasks, closeTimeout, sources);
    loaders.add(loader);
    return loader;
  }

  private MemoryLoader open(Source... sources) {
    return open(Loaders.LIMIT, sources);
  }

  private static int n(MemoryLoader loader) {
    return new ConfigView(loader).get("n").asInt();
  }

  // ---- opening

  @Test
  void openSource_isKept_andClosedOnce() {
    MemoryLoader loader = open(source);
    assertEquals(List.of(1, 0), List.of(source.opens, source.closes));
    loader.sources().remove("it");
    assertEquals(List.of(1, 1), List.of(source.opens, source.closes));
    loader.close();
    assertEquals(1, tasks.names.stream().filter("close it"::equals).count());
    assertEquals(1, source.closes);
  }

  @Test
  void sourceThatCannotBeOpened_isOpenedAgain_afterTwiceTheTime() {
    int[] failures = {11};
    ToldSource late =
        new ToldSource(
            sink -> {
              if (failures[0]-- > 0) {
                throw unreachable();
              }
              sink.document(revision(1), document(1));
            });
    MemoryLoader loader = open();
    tasks.names.clear();
    loader.sources().add(List.of(late.optional()));
    tasks.manual.advance(600_000);
    List<String> waits = tasks.names.stream().filter(name -> name.contains(" in ")).toList();
    List<String> expected = new ArrayList<>();
    for (int millis : new int[] {75, 150, 300, 600, 1200, 2400, 4800, 9600, 19200, 22500, 22500}) {
      expected.add("it open in " + millis);
    }
    assertEquals(expected, waits);
    assertEquals(12, late.opens);
    assertEquals(1, n(loader));
  }

  @Test
  void sourceThatIsMisused_saysSo_andFailsTheStart() {
    MemoryLoader loader = open();
    List<String> states = new ArrayList<>();
    new ConfigView(loader)
        .onStatus(
            status ->
                states.add(status.name() + ": " + status.reason().problems().get(0).message()));
    for (Throwable thrown :
        List.of(new IllegalStateException("open already"), new AssertionError("a bug"))) {
      ToldSource misused = new ToldSource(sink -> sneak(thrown));
      assertSame(
          thrown, assertThrows(Throwable.class, () -> loader.sources().add(List.of(misused))));
    }
    assertEquals(
        List.of(
            "it: the source failed to open: java.lang.IllegalStateException: open already",
            "it: the source failed to open: java.lang.AssertionError: a bug"),
        states);
  }

  private static void sneak(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }

  /** The others answer sooner, and nothing is wrong with that. */
  @Test
  void sourceThatAnswersLate_isWaitedFor() throws Exception {
    MemoryLoader loader = open();
    ToldSource late = new ToldSource(sink -> {});
    FutureTask<Long> adding =
        new FutureTask<>(() -> loader.sources().add(List.of(Sources.memory("soon"), late)));
    Threads.awaitParked(Threads.start(adding));
    TimeUnit.MILLISECONDS.sleep(1_200); // longer than a failed start waits for more problems
    assertFalse(adding.isDone());
    late.sink.document(revision(1), document(1));
    adding.get();
    assertEquals(1, n(loader));
  }

  @Test
  void addRemoveAndReload_fromInsideACheck_areRefused() {
    MemoryLoader loader = open();
    List<Executable> all =
        List.of(
            () -> loader.sources().add(List.of(source)),
            () -> loader.sources().remove("it"),
            () -> loader.sources().reload());
    for (Executable each : all) {
      Callbacks.Kind before = Callbacks.enter(Callbacks.Kind.CHECK);
      try {
        assertThrows(IllegalStateException.class, each);
      } finally {
        Callbacks.leave(before);
      }
    }
    assertEquals(0, source.opens);
  }

  // ---- reloading

  private void reloads(MemoryLoader loader, Consumer<Sink> answer, String problem) {
    source.atReload = answer;
    ConfigException failed = assertThrows(ConfigException.class, () -> loader.sources().reload());
    assertEquals(List.of(problem), failed.problems().stream().map(each -> each.message()).toList());
    assertEquals(State.DEGRADED, loader.status().source("it").state());
    assertEquals(problem, loader.status().source("it").reason().problems().get(0).message());
  }

  @Test
  void reloadThatThrows_isAFailure_andWhatItSaidBeforeCounts() {
    MemoryLoader loader = open(source);
    reloads(
        loader,
        sink -> {
          sink.document(revision(2), document(2));
          throw new IllegalArgumentException("a bug");
        },
        "the reload failed: java.lang.IllegalArgumentException: a bug");
    assertEquals(2, n(loader));
    assertEquals(1, loader.status().source("it").failures());
  }

  @Test
  void reloadWithoutAThread_isAFailure() {
    MemoryLoader loader = open(source);
    tasks.refused = List.of("reload it");
    reloads(
        loader,
        sink -> {},
        "the reload failed: java.lang.IllegalStateException: there is no thread for it");
  }

  @Test
  void reloadThatIsOvertaken_returnsTheVersionOfWhatOvertookIt() {
    MemoryLoader loader = open(source);
    source.atReload =
        sink -> {
          sink.document(revision(2), document(2));
          source.sink.document(revision(3), document(3));
        };
    assertEquals(3, loader.sources().reload());
    assertEquals(3, n(loader));
  }

  @Test
  void reloadThatFails_asItShould_saysWhy() {
    MemoryLoader loader = open(source);
    reloads(
        loader,
        sink -> {
          throw unreachable();
        },
        "unreachable");
  }

  @Test
  void sinkOfAReload_isTheSameAsTheSources_butForItsAnswers() {
    Settings settings =
        new Settings(
            Formats.installed(List.of()),
            ReadOptions.DEFAULT,
            Merger.Policies.NONE,
            Settings.Limits.all(Loaders.LIMIT),
            false,
            Conversions.standard(),
            16,
            Settings.UserCode.NONE,
            UnknownKeyCheck.Owned.NOTHING,
            List.of(),
            false,
            Decryption.Keys.NONE,
            null);
    MemoryLoader loader =
        new MemoryLoader(settings, tasks, null, null, Placeholders.Outside.PROCESS);
    loaders.add(loader);
    loader.sources().add(List.of(source));
    assertFalse(source.sink.watching());
    List<Long> versions = new ArrayList<>();
    source.atReload =
        sink -> {
          assertSame(settings.formats(), sink.formats());
          assertSame(settings.readOptions(), sink.readOptions());
          assertSame(source.sink.tasks(), sink.tasks());
          assertFalse(sink.watching());
          Content content = new Content("x.properties", "properties", new byte[] {'n', '=', '5'});
          sink.document(revision(2), sink.parse(content, sink.readOptions()));
          versions.add(sink.write(layer -> layer.with("n", Scalar.string("4"))));
        };
    assertEquals(3, loader.sources().reload());
    assertEquals(List.of(2L), versions);
    assertEquals(5, n(loader));
  }

  /** The step looks again whether the Config is closed. */
  @Test
  void reloadThatWaitsBehindTheEnd_isRefused_andPublishesNothing() throws Exception {
    MemoryLoader loader = open(source);
    source.atReload = sink -> sink.document(revision(2), document(2));
    Busy busy = new Busy(loader);
    FutureTask<Long> reload = new FutureTask<>(() -> loader.sources().reload());
    Threads.awaitParked(Threads.start(reload));
    FutureTask<Void> closing = new FutureTask<>(loader::close, null);
    Threads.awaitParked(Threads.start(closing));
    assertTrue(loader.isClosed());
    busy.end();
    ExecutionException refused = assertThrows(ExecutionException.class, reload::get);
    assertEquals("the Config is closed", refused.getCause().getMessage());
    closing.get();
    assertEquals(1, n(loader));
  }

  /** A step that lasts until it is told to end. */
  private static final class Busy {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final FutureTask<Void> task;

    Busy(MemoryLoader loader) throws InterruptedException {
      task = new FutureTask<>(() -> loader.lane().submit(this::last), null);
      Threads.start(task);
      entered.await();
    }

    private void last() {
      entered.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    void end() throws Exception {
      release.countDown();
      task.get();
    }
  }

  @Test
  void sourceThatCannotBeOpened_withoutATimerToTryAgain_failsTheStart() {
    DispatcherTest.Refusing noTimer =
        new DispatcherTest.Refusing(tasks, name -> false, "it open"::equals);
    ToldSource failing =
        new ToldSource(
            sink -> {
              throw unreachable();
            });
    try (Warnings warnings = new Warnings()) {
      ConfigException thrown =
          assertThrows(ConfigException.class, () -> Loaders.open(noTimer, failing));
      assertTrue(thrown.getMessage().contains("unreachable"), thrown::getMessage);
      assertEquals(
          List.of(
              "WARNING There is no timer to open the source it again"
                  + " <- java.lang.IllegalStateException: no timer for it open"),
          warnings.all());
    }
  }

  // ---- closing

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // less than the limits
  void reload_ofASourceThatHangs_endsWithIt(boolean removed) throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    source.atReload =
        sink -> {
          inside.countDown();
          untilZero(goOn);
        };
    EngineTasks threads = new EngineTasks();
    MemoryLoader loader = Loaders.open(threads, SHORT, source);
    FutureTask<Long> reload = new FutureTask<>(() -> loader.sources().reload());
    new Thread(reload).start();
    inside.await();
    if (removed) {
      loader.sources().remove("it");
      assertEquals(2, reload.get());
    } else {
      loader.close();
      Throwable cause = assertThrows(ExecutionException.class, reload::get).getCause();
      assertEquals("the Config is closed", cause.getMessage());
    }
    goOn.countDown();
    loader.close();
  }

  private static void untilZero(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      Thread.onSpinWait(); // whatever interrupts it
    }
  }

  @Test
  void tasksOfASourceThatHangsInClose_end() {
    MemoryLoader loader = open(SHORT, source);
    List<String> ran = new ArrayList<>();
    source.sink.tasks().schedule("poll", Duration.ofSeconds(1), () -> ran.add("poll"));
    tasks.hanging = List.of("close it");
    loader.sources().remove("it");
    source.sink.tasks().execute("read", () -> ran.add("read"));
    tasks.manual.advance(1_000);
    assertEquals(List.of(), ran);
  }

  @Test
  void sourceThatThrowsInClose_isReported() {
    MemoryLoader loader = open(source);
    source.atClose =
        () -> {
          throw new IllegalStateException("a bug");
        };
    try (Warnings warnings = new Warnings()) {
      loader.close();
      loader.close();
      assertEquals(
          List.of(
              "WARNING Closing the source it failed"
                  + " <- java.lang.Exception: java.lang.IllegalStateException"),
          warnings.all());
    }
  }

  @Test
  void sourceThatHangsInClose_isNamed() {
    MemoryLoader loader = open(SHORT, source);
    tasks.hanging = List.of("close it");
    try (Warnings warnings = new Warnings()) {
      loader.sources().remove("it");
      assertEquals(
          List.of("WARNING These sources did not close within 20ms: [it]"), warnings.all());
    }
  }

  @Test
  void sourceThatHangsInClose_isNamedWithTheWholeLimit_alsoWhenTheConfigCloses() {
    MemoryLoader loader = open(SHORT, source);
    tasks.hanging = List.of("close it");
    try (Warnings warnings = new Warnings()) {
      loader.close();
      assertEquals(
          List.of("WARNING These sources did not close within 20ms: [it]"), warnings.all());
    }
  }

  @Test
  void stepThatHangs_isReported_andTheEndGoesOn() throws Exception {
    MemoryLoader loader = open(SHORT, source);
    Busy busy = new Busy(loader);
    try (Warnings warnings = new Warnings()) {
      loader.close();
      assertEquals(
          List.of("WARNING Closing, but a step has not ended: a resource commits, or it is a bug"),
          warnings.all());
    }
    assertEquals(1, source.closes);
    busy.end();
  }

  @Test
  void listenerThatHangs_isLeftBehind_andStatusListenersEnd() throws Exception {
    MemoryLoader loader = open(SHORT, source);
    ConfigView config = new ConfigView(loader);
    tasks.hanging = List.of("dispatch");
    Subscription status = config.onStatus(state -> {});
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    PushSubscription push =
        (PushSubscription)
            config.onChange(
                "n",
                change -> {
                  entered.countDown();
                  release.await();
                });
    source.sink.document(revision(2), document(2));
    FutureTask<Void> run = new FutureTask<>(push, null);
    Threads.start(run);
    entered.await();
    try (Warnings warnings = new Warnings()) {
      loader.close();
      assertEquals(
          List.of(
              "WARNING " + push.name() + " was closed, but its listener has not ended within 20ms"),
          warnings.all());
    }
    assertEquals(Set.of(), loader.deliveries());
    assertTrue(((StatusSubscription) status).isClosed());
    release.countDown();
    run.get();
  }

  @Test
  void closeFromInsideACallback_isEndedByADaemon() throws Exception {
    MemoryLoader loader = open(source);
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    Thread[] closer = new Thread[1];
    source.atClose =
        () -> {
          closer[0] = Thread.currentThread();
          closing.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    Callbacks.Kind before = Callbacks.enter(Callbacks.Kind.LISTENER);
    try {
      loader.close();
    } finally {
      Callbacks.leave(before);
    }
    closing.await();
    assertEquals("gimbal-close", closer[0].getName());
    assertTrue(closer[0].isDaemon());
    release.countDown();
    closer[0].join();
    assertFalse(closer[0].isAlive());
  }
}
