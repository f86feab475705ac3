package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Guard;
import dev.gimbal.Resource;
import dev.gimbal.Snapshot;
import dev.gimbal.Sources;
import dev.gimbal.TypeRef;
import dev.gimbal.Verdict;
import dev.gimbal.source.MemorySource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What changes with the configuration or not at all: prepared, then committed or aborted. */
@Timeout(60)
class ResourcesTest extends WithResources {

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
    java.io.IOException thrown = new java.io.IOException("no route to secret 2");
    Resource<Integer> fails =
        next -> {
          if (next > 1) {
            throw thrown;
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
              "refused by the resource: it failed: java.io.IOException at ResourcesTest.java:"
                  + thrown.getStackTrace()[0].getLineNumber(),
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
            .checkTimeout(Duration.ofSeconds(1))
            .resource("a", Integer.class, new Telling("A"))
            .resource("b", Integer.class, slow)
            .build()) {
      told();
      ConfigException late =
          assertThrows(ConfigException.class, () -> memory.patch(p -> p.set("a", 13).set("b", 13)));
      assertEquals(
          "GIM-018 b: the resource: it did not finish within 1s",
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

  /** It is not waited for, but what comes later comes after it. */
  @Test
  void commitThatTakesTooLong_isNotOvertakenByALaterOne() throws Exception {
    memory.patch(p -> p.set("a", 1).set("b", 1));
    Telling telling = new Telling("A");
    Resource<Integer> slow =
        next -> {
          Resource.Prepared quick = telling.prepare(next);
          return new Resource.Prepared() {
            @Override
            public void commit() {
              if (next == 2) {
                Waiting.awaitStubbornly(released);
              }
              quick.commit();
            }

            @Override
            public void abort() {
              quick.abort();
            }
          };
        };
    try (Config config =
        builder()
            .source(memory)
            .checkTimeout(Duration.ofSeconds(1))
            .resource("a", Integer.class, slow)
            .resource("b", Integer.class, new Telling("B"))
            .build()) {
      told();
      assertEquals(2, memory.patch(p -> p.set("a", 2).set("b", 2)));
      assertEquals(3, memory.patch(p -> p.set("a", 3).set("b", 3)));
      assertEquals(List.of("A prepares 2", "B prepares 2", "A prepares 3", "B prepares 3"), told());
      released.countDown();
      Waiting.until(() -> told.size() == 4);
      assertEquals(List.of("A commits 2", "B commits 2", "A commits 3", "B commits 3"), told());
      assertEquals(3, config.get("a").asInt());
    }
  }

  /** From inside a callback nobody waits; the end comes when the step is over. */
  @Test
  void closingFromInsideACommit_returns_andTheChangeStillHappens() {
    memory.put("a", 1);
    AtomicReference<Config> opened = new AtomicReference<>();
    Resource<Integer> closes =
        next ->
            new Resource.Prepared() {
              @Override
              public void commit() {
                if (next == 2) {
                  opened.get().close();
                }
                told.add("commits " + next);
              }

              @Override
              public void abort() {
                told.add("aborts " + next);
              }
            };
    try (Config config =
        builder()
            .checkTimeout(Duration.ofSeconds(50)) // longer than this test may take
            .closeTimeout(Duration.ofSeconds(50))
            .source(memory)
            .resource("a", Integer.class, closes)
            .build()) {
      opened.set(config);
      assertEquals(2, memory.put("a", 2));
      assertEquals(2, config.get("a").asInt());
    }
    assertEquals(List.of("commits 1", "commits 2"), told());
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
}
