package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.SourceStatus;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.Sources;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.source.ManualTasks;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Sink;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a source says through its sink, on the calling thread. */
@Timeout(60)
class SourceSessionTest {

  private final ManualTasks tasks =
      new ManualTasks(
          name -> name.startsWith("open") || name.startsWith("close") || name.startsWith("reload"));
  private final MemorySource memory = Sources.memory("memory");
  private final MemoryLoader loader = Loaders.open(tasks, memory);
  private final ConfigView config = new ConfigView(loader);

  @AfterEach
  void close() {
    loader.close();
  }

  private static Document document(Object n) {
    return Document.of((ObjectNode) Nodes.of(Map.of("n", n), Scalar.Template.ALL));
  }

  private static ConfigException odd(String message) {
    return new ConfigException(ErrorCode.SOURCE_FAILED, message);
  }

  private ToldSource add(Consumer<Sink> atOpen) {
    ToldSource source = new ToldSource(atOpen);
    config.add(source);
    return source;
  }

  private ToldSource add() {
    return add(sink -> sink.document(new Revision(1, "1"), document(1)));
  }

  private SourceStatus status() {
    return config.status().source("it");
  }

  // ---- before the layer is there

  @Test
  void writeFromInsideOpen_isInTheLayer_andNoVersionShowsItYet() {
    List<Long> versions = new ArrayList<>();
    add(
        sink -> {
          sink.document(new Revision(1, "1"), document(1));
          versions.add(sink.write(layer -> layer.with("m", Scalar.string("written"))));
        });
    assertEquals(List.of(0L), versions);
    assertEquals("written", config.get("m").asString());
    assertEquals(1, config.get("n").asInt());
  }

  @Test
  void oddDocumentFromInsideOpen_isInTheLayer_andTheStateSaysWhatIsOdd() {
    ConfigException odd = odd("odd");
    add(sink -> sink.document(new Revision(1, "1"), document(1), odd));
    assertEquals(1, config.get("n").asInt());
    assertEquals(State.DEGRADED, status().state());
    assertSame(odd, status().reason());
  }

  @Test
  void patchThatDoesNotFit_fromInsideOpen_isToldToWhoListens() {
    List<String> states = new ArrayList<>();
    config.onStatus(status -> states.add(status.name() + " " + status.rejected()));
    Patch patch = Patch.builder().set("a[3]", 1).build();
    ConfigException refused =
        assertThrows(
            ConfigException.class, () -> add(sink -> sink.patch(new Revision(1, "1"), patch)));
    assertEquals(ErrorCode.PATCH, refused.problems().get(0).code());
    tasks.run();
    assertEquals(List.of("it 1"), states);
  }

  // ---- what is said

  @Test
  void documentOfTheSameRevision_isNotTaken() {
    ToldSource source = add();
    source.sink.document(new Revision(1, "1"), document(2));
    assertEquals(1, config.get("n").asInt());
    source.sink.document(new Revision(2, "2"), document(3));
    assertEquals(3, config.get("n").asInt());
    source.sink.reset();
    source.sink.document(new Revision(1, "1"), document(4));
    assertEquals(4, config.get("n").asInt());
  }

  @Test
  void documentThatRepeatsTheOneBefore_keepsItsNodes() {
    LayerContent was = LayerContent.of(document(Map.of("a", 1)));
    LayerContent equal = LayerContent.of(document(Map.of("a", 1)));
    SourceSession session = loader.sources().sessions().get(0);
    Input again = Input.document(session, new Revision(2, "2"), equal, null);
    assertSame(was.tree(), again.applyTo(was).tree());
  }

  @Test
  void degraded_isTheState_andTheLayerStays() {
    ToldSource source = add();
    ConfigException odd = odd("odd");
    source.sink.degraded(odd);
    assertEquals(State.DEGRADED, status().state());
    assertSame(odd, status().reason());
    assertEquals(1, config.get("n").asInt());
  }

  @Test
  void sourceThatAnsweredToAReload_andThenFails_isDegraded_notDown() {
    ToldSource source =
        new ToldSource(sink -> sink.absent(new ConfigException(ErrorCode.SOURCE_ABSENT, "none")));
    config.add(source.optional());
    source.sink.failed(odd("down"));
    assertEquals(State.DOWN, status().state());
    source.atReload = sink -> sink.document(new Revision(1, "1"), document(1));
    config.reload();
    assertEquals(State.OK, status().state());
    source.sink.failed(odd("down"));
    assertEquals(State.DEGRADED, status().state());
  }

  @Test
  void lowestSourceThatWasRefused_heals_alsoWhenAnotherWasAddedMeanwhile() {
    loader.close();
    MemoryLoader fresh = Loaders.open(tasks);
    ConfigView view = new ConfigView(fresh);
    ToldSource source = new ToldSource(sink -> sink.document(new Revision(1, "1"), document(1)));
    view.add(source);
    source.sink.document(new Revision(2, "2"), document("${absent}"));
    assertEquals(State.DEGRADED, view.status().source("it").state());
    MemorySource other = Sources.memory("other");
    view.add(other);
    assertEquals(State.DEGRADED, view.status().source("it").state());
    other.put("absent", 7);
    assertEquals(7, view.get("n").asInt());
    assertEquals(State.OK, view.status().source("it").state());
    fresh.close();
  }

  // ---- parse

  @Test
  void parse_readsWithTheFormatsThereAre_marksTheThread_andLeavesNoTimer() {
    ToldSource source = add();
    assertSame(loader.settings().formats(), source.sink.formats());
    assertTrue(source.sink.watching());
    Document parsed = source.sink.parse(content("n=5"), source.sink.readOptions());
    assertEquals(Map.of("n", "5"), Nodes.toJava(parsed.tree()));
    assertFalse(Callbacks.inside());
    assertEquals(List.of(), tasks.names());
    ConfigException malformed =
        assertThrows(
            ConfigException.class,
            () -> source.sink.parse(content("n=\\u12"), source.sink.readOptions()));
    assertEquals(ErrorCode.MALFORMED, malformed.problems().get(0).code());
    assertFalse(Callbacks.inside());
    assertFalse(Thread.interrupted());
  }

  @Test
  void sinkOfASourceThatWasRemoved_takesNothing_andKeepsNobodyWaiting() {
    ToldSource source = add();
    SourceSession session = loader.sources().sessions().get(1);
    config.remove("it");
    assertFalse(session.inbox().put(new Said.Reset()));
    source.sink.document(new Revision(2, "2"), document(2));
    assertFalse(config.get("n").exists());
  }

  @Test
  void parse_ofASourceThatWasClosedMeanwhile_leavesItsThreadInterrupted_butNoOther() {
    ToldSource source = add();
    boolean[] interrupted = new boolean[1];
    SessionTasks own = (SessionTasks) source.sink.tasks();
    own.run(
        () -> {
          config.remove("it");
          source.sink.parse(content("n=5"), source.sink.readOptions());
          interrupted[0] = Thread.interrupted();
        });
    assertTrue(interrupted[0]);
    source.sink.parse(content("n=5"), source.sink.readOptions());
    assertFalse(Thread.interrupted());
  }

  private static Content content(String text) {
    return new Content("x.properties", "properties", text.getBytes(StandardCharsets.UTF_8));
  }

  // ---- write

  @Test
  void write_fromInsideACheck_isRefused() {
    Callbacks.Kind before = Callbacks.enter(Callbacks.Kind.CHECK);
    try {
      assertThrows(IllegalStateException.class, () -> memory.put("n", 1));
    } finally {
      Callbacks.leave(before);
    }
    assertFalse(config.get("n").exists());
  }

  /** The write looks again once it is its turn. */
  @Test
  void write_thatWaitsBehindTheRemovalOfItsSource_isRefused() throws Exception {
    ToldSource source = add();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Thread busy =
        Threads.start(
            new FutureTask<>(
                () ->
                    loader
                        .lane()
                        .<Boolean>call(
                            () -> {
                              entered.countDown();
                              return await(release);
                            })));
    entered.await();
    FutureTask<Long> removal = new FutureTask<>(() -> config.remove("it"));
    Threads.awaitParked(Threads.start(removal));
    FutureTask<Long> write =
        new FutureTask<>(() -> source.sink.write(layer -> layer.with("n", Scalar.string("lost"))));
    Threads.awaitParked(Threads.start(write));
    release.countDown();
    busy.join();
    removal.get();
    ExecutionException refused = assertThrows(ExecutionException.class, write::get);
    assertEquals("the source \"it\" is closed or was removed", refused.getCause().getMessage());
    assertFalse(config.get(ConfigPath.of("n")).exists());
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
