package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Guard;
import dev.gimbal.Problem;
import dev.gimbal.Resource;
import dev.gimbal.Snapshot;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.Sources;
import dev.gimbal.TypeRef;
import dev.gimbal.Verdict;
import dev.gimbal.VetoException;
import dev.gimbal.source.ManualTasks;
import dev.gimbal.source.MemorySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What changes with the configuration or not at all: prepared, then committed or aborted. */
@Timeout(60)
class ResourcesTest {

  /** What a pool is made of. */
  record Pool(int size, String name) {}

  private final MemorySource memory = Sources.memory("memory");
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void releaseWhatIsStuck() {
    released.countDown();
  }

  /** Says what it is told, and vetoes values that are too large. */
  private final class Telling implements Resource<Object> {
    private final String name;
    private final Set<Object> tooMuch = ConcurrentHashMap.newKeySet();

    Telling(String name, Object... tooMuch) {
      this.name = name;
      this.tooMuch.addAll(List.of(tooMuch));
    }

    @Override
    public Prepared prepare(Object next) throws VetoException {
      told.add(name + " prepares " + next);
      if (tooMuch.contains(next)) {
        throw new VetoException(next + " is too much");
      }
      return new Prepared() {
        @Override
        public void commit() {
          told.add(name + " commits " + next);
        }

        @Override
        public void abort() {
          told.add(name + " aborts " + next);
        }
      };
    }
  }

  private static Config.Builder builder() {
    return Config.builder().closeTimeout(Duration.ofSeconds(5));
  }

  private List<String> told() {
    List<String> all = List.copyOf(told);
    told.clear();
    return all;
  }

  private static List<String> messages(ConfigException refused) {
    return refused.problems().stream().map(Problem::message).toList();
  }

  // ---- the two phases

  @Test
  void start_preparesAll_thenCommitsAll_inTheOrderOfTheBuilder() {
    memory.patch(p -> p.set("b", 1).set("a", 2).set("c", 3));
    Config.Builder builder =
        builder()
            .source(memory)
            .resource("b", Integer.class, new Telling("B"))
            .resource("a", Integer.class, new Telling("A"))
            .resource("c", Integer.class, new Telling("C"));
    try (Config config = builder.build()) {
      assertEquals(1, config.snapshot().version());
      assertEquals(
          List.of(
              "B prepares 1",
              "A prepares 2",
              "C prepares 3",
              "B commits 1",
              "A commits 2",
              "C commits 3"),
          told());
    }
    assertEquals(List.of(), told());
  }

  @Test
  void change_isCommittedBeforeAnybodySeesIt_andSeenWhenTheWriteReturns() {
    memory.put("pool", 1);
    AtomicReference<Config> opened = new AtomicReference<>();
    Resource<Integer> looks =
        next ->
            new Resource.Prepared() {
              @Override
              public void commit() {
                Config config = opened.get();
                told.add(
                    "commits "
                        + next
                        + " beside "
                        + (config == null ? "" : config.get("pool").asInt()));
              }

              @Override
              public void abort() {
                told.add("aborts");
              }
            };
    try (Config config = builder().source(memory).resource("pool", Integer.class, looks).build()) {
      opened.set(config);
      assertEquals(2, memory.put("pool", 2));
      assertEquals(2, config.get("pool").asInt());
    }
    assertEquals(List.of("commits 1 beside ", "commits 2 beside 1"), told());
  }

  @Test
  void veto_abortsAllInReverse_keepsTheSnapshot_tellsEverything_andTheRepairIsTaken() {
    memory.patch(p -> p.set("a", 1).set("b", 1).set("c", 1).set("d", 1));
    Config.Builder builder =
        builder()
            .source(memory)
            .resource("a", Integer.class, new Telling("A"))
            .resource("b", Integer.class, new Telling("B", 9))
            .resource("c", Integer.class, new Telling("C"))
            .resource("d", Integer.class, new Telling("D", 9));
    try (Config config = builder.build()) {
      told();
      Snapshot before = config.snapshot();
      ConfigException refused =
          assertThrows(
              ConfigException.class,
              () -> memory.patch(p -> p.set("a", 9).set("b", 9).set("c", 9).set("d", 9)));
      assertEquals(ErrorCode.REFUSED, refused.code());
      assertEquals(
          List.of(
              "b: refused by the resource: 9 is too much",
              "d: refused by the resource: 9 is too much"),
          refused.problems().stream().map(p -> p.path() + ": " + p.message()).toList());
      assertEquals(
          List.of(
              "A prepares 9",
              "B prepares 9",
              "C prepares 9",
              "D prepares 9",
              "C aborts 9",
              "A aborts 9"),
          told());
      assertSame(before, config.snapshot());
      memory.patch(p -> p.set("a", 2));
      assertEquals(List.of("A prepares 2", "A commits 2"), told());
    }
  }

  @Test
  void vetoAtTheStart_isToldByBuild_andNothingIsCommitted() {
    memory.patch(p -> p.set("a", 1).set("b", 9));
    Config.Builder builder =
        builder()
            .source(memory)
            .resource("a", Integer.class, new Telling("A"))
            .resource("b", Integer.class, new Telling("B", 9));
    ConfigException refused = assertThrows(ConfigException.class, builder::build);
    assertEquals(List.of("refused by the resource: 9 is too much"), messages(refused));
    assertEquals(List.of("A prepares 1", "B prepares 9", "A aborts 1"), told());
  }

  // ---- who is asked

  @Test
  void resource_isAskedOnlyAboutAnotherValue_ofItsOwn() {
    memory.patch(p -> p.set("pool.size", 1).set("pool.name", "x").set("other", 1));
    try (Config config =
        builder().source(memory).resource("pool", Pool.class, new Telling("P")).build()) {
      told();
      memory.put("other", 2);
      memory.put("pool.unread", "y");
      assertEquals("y", config.get("pool.unread").asString());
      assertEquals(List.of(), told());
      memory.put("pool.size", 2);
      assertEquals(
          List.of("P prepares Pool[size=2, name=x]", "P commits Pool[size=2, name=x]"), told());
    }
  }

  @Test
  void typeWithArguments_isTaken() {
    memory.put("hosts", List.of("a", "b"));
    try (Config config =
        builder()
            .source(memory)
            .resource("hosts", new TypeRef<List<String>>() {}, new Telling("H"))
            .build()) {
      assertEquals(List.of("H prepares [a, b]", "H commits [a, b]"), told());
      assertEquals(1, config.snapshot().version());
    }
  }

  @Test
  void severalAtOnePath_areAllAsked() {
    memory.put("pool", 1);
    Telling telling = new Telling("P");
    try (Config config =
        builder()
            .source(memory)
            .resource("pool", Integer.class, telling)
            .resource("pool", Integer.class, telling)
            .resource("pool", String.class, new Telling("S"))
            .build()) {
      assertEquals(
          List.of(
              "P prepares 1",
              "P prepares 1",
              "S prepares 1",
              "P commits 1",
              "P commits 1",
              "S commits 1"),
          told());
      assertEquals(1, config.snapshot().version());
    }
  }

  @Test
  void resource_isNotAskedAboutWhatFailsOtherwise() {
    memory.put("pool", 1);
    Guard refuses =
        (before, candidate) ->
            candidate.get("pool").asInt() == 7 ? Verdict.reject("no") : Verdict.accept();
    try (Config config =
        builder()
            .source(memory)
            .guard("refuses", refuses)
            .resource("pool", Integer.class, new Telling("P"))
            .build()) {
      told();
      assertThrows(ConfigException.class, () -> memory.put("pool", 7));
      assertThrows(ConfigException.class, () -> memory.put("pool", "seven"));
      assertEquals(List.of(), told());
      assertEquals(1, config.get("pool").asInt());
    }
  }

  @Test
  void absentValue_isNotAskedAbout_andOncePresentCannotBeTakenAway() {
    try (Config config =
        builder().source(memory).resource("pool", Integer.class, new Telling("P")).build()) {
      assertEquals(List.of(), told());
      memory.put("pool", 1);
      assertEquals(List.of("P prepares 1", "P commits 1"), told());
      ConfigException refused = assertThrows(ConfigException.class, () -> memory.remove("pool"));
      assertEquals(ErrorCode.ABSENT, refused.code());
      assertEquals(1, config.get("pool").asInt());
      assertEquals(List.of(), told());
    }
  }

  @Test
  void resourceOfATypeThatNothingMakes_isRefusedByBuild() {
    Config.Builder builder = builder().resource("pool", Thread.class, new Telling("P"));
    assertThrows(IllegalArgumentException.class, builder::build);
    Config.Builder noPath = builder().resource("a[", Integer.class, new Telling("P"));
    assertEquals(ErrorCode.PATH_SYNTAX, assertThrows(ConfigException.class, noPath::build).code());
  }

  // ---- what may go wrong

  @Test
  void prepareThatFails_isAVeto_whichShowsNothingOfTheValue() {
    memory.patch(p -> p.set("a", 1).set("b", 1));
    Resource<Integer> fails =
        next -> {
          if (next > 1) {
            throw new java.io.IOException("no route to secret " + next);
          }
          return new Telling("F").prepare(next);
        };
    Resource<Integer> none = next -> next > 1 ? null : new Telling("N").prepare(next);
    try (Config config =
        builder()
            .source(memory)
            .resource("a", Integer.class, fails)
            .resource("b", Integer.class, none)
            .build()) {
      ConfigException refused =
          assertThrows(ConfigException.class, () -> memory.patch(p -> p.set("a", 2).set("b", 2)));
      assertEquals(
          List.of(
              "refused by the resource: it failed: java.io.IOException",
              "refused by the resource: it gave null"),
          messages(refused));
      assertEquals(1, config.snapshot().version());
    }
  }

  @Test
  void slowPrepare_isARejection_andWhatItPreparesAllTheSameIsAborted() throws Exception {
    memory.patch(p -> p.set("a", 1).set("b", 1));
    AtomicReference<Thread> stuck = new AtomicReference<>();
    Telling telling = new Telling("B");
    Resource<Integer> slow =
        next -> {
          if (next == 13) {
            stuck.set(Thread.currentThread());
            Waiting.awaitStubbornly(released);
          }
          return telling.prepare(next);
        };
    try (Config config =
        builder()
            .source(memory)
            .checkTimeout(Duration.ofMillis(200))
            .resource("a", Integer.class, new Telling("A"))
            .resource("b", Integer.class, slow)
            .build()) {
      told();
      ConfigException late =
          assertThrows(ConfigException.class, () -> memory.patch(p -> p.set("a", 13).set("b", 13)));
      assertEquals(
          "GIM-018 b: the resource: it did not finish within 200ms",
          late.problems().get(0).toString().lines().findFirst().orElseThrow());
      assertNotSame(Thread.currentThread(), stuck.get());
      assertEquals(List.of("A prepares 13"), told());
      assertEquals(2, memory.put("b", 2));
      assertEquals(List.of("B prepares 2", "B commits 2"), told());
      released.countDown();
      Waiting.until(() -> told.size() == 3);
      assertEquals(List.of("B prepares 13", "B aborts 13", "A aborts 13"), told());
      assertEquals(2, config.get("b").asInt());
    }
  }

  @Test
  void closing_endsThePreparing_andWhatIsPreparedAllTheSameIsAborted() throws Exception {
    memory.put("pool", 1);
    CountDownLatch entered = new CountDownLatch(1);
    Telling telling = new Telling("P");
    Resource<Integer> slow =
        next -> {
          if (next == 2) {
            entered.countDown();
            Waiting.awaitStubbornly(released);
          }
          return telling.prepare(next);
        };
    Config config = builder().source(memory).resource("pool", Integer.class, slow).build();
    told();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread writer =
        new Thread(
            () -> {
              try {
                memory.put("pool", 2);
              } catch (RuntimeException e) {
                thrown.set(e);
              }
            });
    writer.start();
    entered.await();
    Thread closer = new Thread(config::close);
    closer.start();
    writer.join();
    assertEquals("the Config is closed", thrown.get().getMessage());
    released.countDown();
    closer.join();
    assertEquals(List.of("P prepares 2", "P aborts 2"), told());
    assertEquals(1, config.get("pool").asInt());
  }

  @Test
  void commitThatThrows_isNoVeto_andTheOthersCommit() {
    memory.patch(p -> p.set("a", 1).set("b", 1).set("c", 1));
    Resource<Integer> throwing =
        next ->
            new Resource.Prepared() {
              @Override
              public void commit() {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("broken");
              }

              @Override
              public void abort() {
                throw new IllegalStateException("broken too");
              }
            };
    Telling last = new Telling("C", 9);
    try (Config config =
        builder()
            .source(memory)
            .resource("a", Integer.class, new Telling("A"))
            .resource("b", Integer.class, throwing)
            .resource("c", Integer.class, last)
            .build()) {
      assertEquals(List.of("A prepares 1", "C prepares 1", "A commits 1", "C commits 1"), told());
      assertThrows(
          ConfigException.class, () -> memory.patch(p -> p.set("a", 2).set("b", 2).set("c", 9)));
      assertEquals(List.of("A prepares 2", "C prepares 9", "A aborts 2"), told());
      assertEquals(1, config.snapshot().version());
    }
  }

  @Test
  void writingFromInsideAResource_isRefused() {
    memory.put("pool", 1);
    MemorySource other = Sources.memory("other");
    List<String> refused = new CopyOnWriteArrayList<>();
    Runnable write =
        () -> {
          IllegalStateException e =
              assertThrows(IllegalStateException.class, () -> other.put("x", 1));
          refused.add(e.getMessage());
        };
    Resource<Integer> writes =
        next -> {
          if (next == 1) {
            return new Telling("W").prepare(next);
          }
          write.run();
          return new Resource.Prepared() {
            @Override
            public void commit() {
              write.run();
            }

            @Override
            public void abort() {
              write.run();
            }
          };
        };
    try (Config config =
        builder()
            .source(memory)
            .source(other)
            .resource("pool", Integer.class, writes)
            .resource("pool", Integer.class, new Telling("T", 3))
            .build()) {
      memory.put("pool", 2);
      assertThrows(ConfigException.class, () -> memory.put("pool", 3));
      assertEquals(2, config.get("pool").asInt());
    }
    String text = "a write from inside a format or check";
    assertEquals(List.of(text, text, text, text), refused);
  }

  // ---- pending documents

  /** A document whose resource takes long to veto must not cost each change elsewhere as much. */
  @Test
  void slowVeto_standsForTenTimesAsLongAsItTook_orUntilAReload() throws Exception {
    ManualTasks tasks = new ManualTasks(name -> true);
    ScriptedSource source = new ScriptedSource("s", Map.of("pool", 1));
    Resource<Integer> slow =
        next -> {
          told.add("prepares " + next);
          if (next == 9) {
            tasks.advance(1_000);
            throw new VetoException("it is down");
          }
          return new Telling("P").prepare(next);
        };
    try (Config config =
        source.attach(
            builder()
                .tasks(tasks)
                .source(source)
                .source(memory)
                .resource("pool", Integer.class, slow)
                .build())) {
      told();
      source.document(Map.of("pool", 9));
      assertEquals(List.of("prepares 9"), told());
      memory.put("x", 1);
      tasks.advance(9_999);
      memory.put("x", 2);
      assertEquals(List.of(), told());
      assertEquals(State.DEGRADED, config.status().source("s").state());
      tasks.advance(1);
      memory.put("x", 3);
      assertEquals(List.of("prepares 9"), told());
      assertEquals(3, config.get("x").asInt());
      assertThrows(ConfigException.class, () -> memory.put("pool", 9));
      assertEquals(List.of("prepares 9"), told()); // another node, which is asked about at once
      source.document(Map.of("pool", 9)); // written again: asked about at once
      assertEquals(List.of("prepares 9"), told());
    }
  }

  @Test
  void vetoedDocument_isPending_untilAChangeElsewhereLetsItThrough() {
    ScriptedSource lower =
        new ScriptedSource("lower", Map.of("pool", Map.of("size", 1, "name", "a")));
    ScriptedSource upper = new ScriptedSource("upper", Map.of());
    Telling pool = new Telling("P", new Pool(9, "a"));
    try (Config config =
        builder().source(lower).source(upper).resource("pool", Pool.class, pool).build()) {
      lower.attach(config);
      upper.attach(config);
      told();
      lower.document(Map.of("pool", Map.of("size", 9, "name", "a")));
      Problem veto = config.status().source("lower").reason().problems().get(0);
      assertEquals("refused by the resource: Pool[size=9, name=a] is too much", veto.message());
      assertEquals(1, config.get("pool.size").asInt());
      upper.document(Map.of("pool", Map.of("name", "b")));
      assertEquals(9, config.get("pool.size").asInt());
      assertEquals(State.OK, config.status().source("lower").state());
      assertEquals(
          List.of(
              "P prepares Pool[size=9, name=a]",
              "P prepares Pool[size=9, name=b]",
              "P commits Pool[size=9, name=b]"),
          told());
    }
  }

  @Test
  void pendingDocumentThatIsVetoedStill_isLeftOut_andTheNewOneIsTaken() {
    ScriptedSource lower = new ScriptedSource("lower", Map.of("a", 1));
    ScriptedSource upper = new ScriptedSource("upper", Map.of("b", 1));
    try (Config config =
        builder()
            .tasks(new ManualTasks(name -> true)) // a veto takes no time
            .source(lower)
            .source(upper)
            .resource("b", Integer.class, new Telling("B"))
            .resource("a", Integer.class, new Telling("A", 9))
            .build()) {
      lower.attach(config);
      upper.attach(config);
      lower.document(Map.of("a", 9));
      told();
      upper.document(Map.of("b", 2));
      assertEquals(Map.of("a", 1L, "b", 2L), config.asMap());
      assertEquals(
          List.of("B prepares 2", "A prepares 9", "B aborts 2", "B prepares 2", "B commits 2"),
          told());
    }
  }

  @Test
  void whatAPendingDocumentChangesToo_isPreparedAgain_andTheFirstIsAborted_theSameGoesOn() {
    ScriptedSource low =
        new ScriptedSource("low", Map.of("same", 0, "pool", Map.of("name", "a"), "x", 0));
    ScriptedSource mid = new ScriptedSource("mid", Map.of("pool", Map.of("size", 1)));
    ScriptedSource top = new ScriptedSource("top", Map.of("y", 0));
    Guard pairs = // a pending mid waits for x=1, and top never passes
        (before, candidate) ->
            candidate.get("y").asInt() == 9
                    || candidate.get("pool.size").asInt() == 2 && candidate.get("x").asInt() == 0
                ? Verdict.reject("not yet")
                : Verdict.accept();
    try (Config config =
        builder()
            .source(low)
            .source(mid)
            .source(top)
            .guard("pairs", pairs)
            .resource("same", Integer.class, new Telling("S"))
            .resource("pool", Pool.class, new Telling("P"))
            .build()) {
      low.attach(config);
      mid.attach(config);
      top.attach(config);
      mid.document(Map.of("pool", Map.of("size", 2)));
      top.document(Map.of("y", 9));
      told();
      low.document(Map.of("same", 1, "pool", Map.of("name", "b"), "x", 1));
      assertEquals(
          List.of(
              "S prepares 1",
              "P prepares Pool[size=1, name=b]",
              "P prepares Pool[size=2, name=b]",
              "P aborts Pool[size=1, name=b]",
              "S commits 1",
              "P commits Pool[size=2, name=b]"),
          told());
      assertEquals(State.DEGRADED, config.status().source("top").state());
      assertEquals(2, config.get("pool.size").asInt());
    }
  }

  @Test
  void reload_asksAgainAtOnce_whereTheDocumentIsAsItWas(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a.properties"), "pool=1\n");
    AtomicBoolean down = new AtomicBoolean(true);
    Resource<Integer> slow =
        next -> {
          if (next == 9 && down.get()) {
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos()); // its veto stands for 10 s
            throw new VetoException("it is down");
          }
          return new Telling("P").prepare(next);
        };
    try (Config config =
        builder()
            .watching(false)
            .source(Sources.file(file))
            .resource("pool", Integer.class, slow)
            .build()) {
      Files.writeString(file, "pool=9\n");
      assertThrows(ConfigException.class, config::reload);
      assertEquals(1, config.get("pool").asInt());
      down.set(false);
      config.reload();
      assertEquals(9, config.get("pool").asInt());
    }
  }

  // ---- history

  @Test
  void rollbackAndRelease_prepareLikeAnyChange_andMayBeVetoed() {
    ScriptedSource source = new ScriptedSource("s", Map.of("pool", 1));
    Telling pool = new Telling("P");
    try (Config config =
        source.attach(
            builder()
                .tasks(new ManualTasks(name -> true))
                .source(source)
                .resource("pool", Integer.class, pool)
                .build())) {
      source.document(Map.of("pool", 2));
      told();
      assertEquals(3, config.history().rollback(1));
      assertEquals(List.of("P prepares 1", "P commits 1"), told());
      source.document(Map.of("pool", 3));
      config.live("other", Integer.class, 0); // a declaration shows nothing while it is pinned
      assertEquals(List.of(), told());
      pool.tooMuch.add(3);
      assertEquals(4, config.history().release());
      assertEquals(List.of("P prepares 3", "P prepares 2", "P commits 2", "P prepares 3"), told());
      assertEquals(State.DEGRADED, config.status().source("s").state());
      pool.tooMuch.add(1);
      assertThrows(ConfigException.class, () -> config.history().rollback(1));
      assertEquals(OptionalLong.empty(), config.history().pinned());
      assertEquals(2, config.get("pool").asInt());
    }
  }

  // ---- what holds whatever happens

  /** Half of all values are vetoed, by one of two, while others write and the end comes. */
  @Test
  void eachThatPrepared_isToldOneOfTheTwo_once_whateverHappens() throws Exception {
    for (int round = 0; round < 50; round++) {
      MemorySource source = Sources.memory("m" + round);
      source.patch(p -> p.set("a", 0).set("b", 0));
      List<Told> first = new CopyOnWriteArrayList<>();
      List<Told> second = new CopyOnWriteArrayList<>();
      Config config =
          builder()
              .source(source)
              .resource("a", Integer.class, counting(first, 2))
              .resource("b", Integer.class, counting(second, 3))
              .build();
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int start = i;
        Thread writer = new Thread(() -> writeUntilClosed(source, start));
        writer.start();
        writers.add(writer);
      }
      int rounds = round;
      Waiting.until(() -> first.size() > rounds % 7);
      config.close();
      for (Thread writer : writers) {
        writer.join();
      }
      Waiting.until(() -> first.stream().allMatch(Told::isOver));
      Waiting.until(() -> second.stream().allMatch(Told::isOver));
      assertTrue(first.stream().allMatch(each -> each.ends == 1));
      assertTrue(second.stream().allMatch(each -> each.ends == 1));
      assertEquals(config.get("a").asInt(), lastCommitted(first));
      assertEquals(config.get("b").asInt(), lastCommitted(second));
    }
  }

  private static int lastCommitted(List<Told> all) {
    return all.stream().filter(each -> each.committed).reduce((a, b) -> b).orElseThrow().value;
  }

  private static void writeUntilClosed(MemorySource source, int start) {
    for (int n = start; ; n++) {
      int value = n;
      try {
        source.patch(p -> p.set("a", value).set("b", value));
      } catch (ConfigException vetoed) {
        continue;
      } catch (IllegalStateException closed) {
        return;
      }
    }
  }

  private static Resource<Integer> counting(List<Told> all, int vetoes) {
    return next -> {
      if (next % vetoes == 1) {
        throw new VetoException("one over");
      }
      Told told = new Told(next);
      all.add(told);
      return told;
    };
  }

  private static final class Told implements Resource.Prepared {
    private final int value;
    private volatile int ends;
    private volatile boolean committed;

    Told(int value) {
      this.value = value;
    }

    @Override
    public synchronized void commit() {
      committed = true;
      ends++;
    }

    @Override
    public synchronized void abort() {
      ends++;
    }

    boolean isOver() {
      return ends > 0;
    }
  }
}
