package dev.gimbal.testing.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.format.Document;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.Tasks;
import dev.gimbal.testing.ManualTasks;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CountedSourceTest {

  /** Says nothing but an empty document, and has tasks of a test. */
  private record Working(Consumer<Tasks> opened, Consumer<Tasks> reloaded) implements Source {

    @Override
    public String name() {
      return "working";
    }

    @Override
    public Session open(Sink sink) {
      opened.accept(sink.tasks());
      answer(sink, 1);
      return new Session() {
        @Override
        public void reload(Sink to) {
          reloaded.accept(to.tasks());
          answer(to, 2);
        }

        @Override
        public void close() {}
      };
    }

    private static void answer(Sink sink, int order) {
      ObjectNode empty = (ObjectNode) Nodes.of(Map.of(), Scalar.Template.ALL);
      sink.document(Revision.of(order), Document.of(empty));
    }
  }

  /** Set before a Config opens it. */
  private CountedSource source = counted(tasks -> {}, tasks -> {});

  private static CountedSource counted(Consumer<Tasks> opened, Consumer<Tasks> reloaded) {
    return new CountedSource(new Working(opened, reloaded));
  }

  private String counts() {
    return source.begun() + " begun, " + source.running() + " running";
  }

  @Test
  void tasksAndTimers_areCountedWhileTheyRun() {
    List<String> seen = new ArrayList<>();
    Runnable look = () -> seen.add(counts());
    source =
        counted(
            given -> {
              given.execute("at once", look);
              given.schedule("later", Duration.ofSeconds(1), look);
              given.schedule("never", Duration.ofSeconds(1), look).cancel();
            },
            given -> given.execute("again", look));
    ManualTasks tasks = new ManualTasks();
    try (Config config = tasks.start(Config.builder().source(source))) {
      tasks.runAll();
      assertEquals(List.of("1 begun, 1 running"), seen);
      tasks.advance(Duration.ofSeconds(2));
      config.reload();
      tasks.runAll();
    }
    assertEquals(List.of("1 begun, 1 running", "2 begun, 1 running", "3 begun, 1 running"), seen);
    assertEquals("3 begun, 0 running", counts());
  }

  @Test
  void task_thatThrows_hasEnded() throws InterruptedException {
    source =
        counted(
            given ->
                given.execute(
                    "failing",
                    () -> {
                      throw new IllegalStateException("as a test wants it");
                    }),
            given -> {});
    try (Config config = Config.builder().source(source).build()) {
      await("1 begun, 0 running"); // a task that has not begun when it is closed never does
      assertEquals(source.name(), config.status().sources().get(0).name());
    }
  }

  /** Also one of a virtual thread, which no list has. */
  @Test
  void task_thatDoesNotEnd_isFoundAfterTheEnd() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    source =
        counted(
            given ->
                given.execute(
                    "left",
                    () -> {
                      begun.countDown();
                      awaitWhateverComes(released);
                    }),
            given -> {});
    Config config = Config.builder().source(source).closeTimeout(Duration.ofMillis(10)).build();
    begun.await();
    config.close();
    assertEquals("1 begun, 1 running", counts());
    released.countDown();
    await("1 begun, 0 running");
  }

  /** As a task that swallows its interrupt. */
  private static void awaitWhateverComes(CountDownLatch released) {
    boolean over = false;
    while (!over) {
      try {
        over = released.await(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        over = false;
      }
    }
  }

  private void await(String expected) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!counts().equals(expected) && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertEquals(expected, counts());
  }

  // ---- all else

  /** Notes which methods are called, on whatever it makes. */
  private static final class Notes {

    private final Set<String> called = new TreeSet<>();
    private final List<Sink> sinks = new ArrayList<>();

    <T> T of(Class<T> type) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, args) -> {
                called.add(type.getSimpleName() + "." + method.getName());
                for (Object each : args == null ? new Object[0] : args) {
                  if (each instanceof Sink sink) {
                    sinks.add(sink);
                  }
                }
                return answer(method.getReturnType());
              }));
    }

    private Object answer(Class<?> type) {
      if (type.isInterface() && type != Map.class) {
        return of(type);
      }
      Map<Class<?>, Object> answers =
          Map.of(
              String.class,
              "text",
              boolean.class,
              true,
              long.class,
              7L,
              double.class,
              0.5,
              Instant.class,
              Instant.EPOCH,
              Map.class,
              Map.of("label", "value"));
      return answers.get(type);
    }
  }

  /** Those with a default as well. */
  private static void callAll(Class<?> type, Object on, Notes notes) throws Exception {
    for (Method method : type.getMethods()) {
      Object[] args = new Object[method.getParameterCount()];
      for (int i = 0; i < args.length; i++) {
        args[i] = method.getParameterTypes()[i] == Sink.class ? notes.of(Sink.class) : null;
      }
      Object answer = method.invoke(on, args);
      if (!method.getReturnType().isInterface()) {
        assertEquals(notes.answer(method.getReturnType()), answer);
      }
    }
  }

  @Test
  void everyMethod_reachesTheSource_itsSession_andTheTasks() throws Exception {
    Notes notes = new Notes();
    CountedSource all = new CountedSource(notes.of(Source.class));
    assertEquals("text", all.name());
    assertTrue(all.isOptional());
    assertEquals(Map.of("label", "value"), all.labels());
    callAll(Session.class, all.open(notes.of(Sink.class)), notes);
    assertEquals(2, notes.sinks.size());
    for (Sink sink : notes.sinks) {
      callAll(Tasks.class, sink.tasks(), notes);
    }
    assertEquals(
        Set.of(
            "Source.name",
            "Source.isOptional",
            "Source.labels",
            "Source.open",
            "Session.reload",
            "Session.edit",
            "Session.close",
            "Sink.tasks",
            "Tasks.execute",
            "Tasks.schedule",
            "Tasks.nanoTime",
            "Tasks.now",
            "Tasks.random"),
        notes.called);
    assertEquals(6, Source.class.getMethods().length, "and optional, secret, of itself");
    assertTrue(all.optional().isOptional());
  }
}
