package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Guard;
import dev.gimbal.Problem;
import dev.gimbal.Resource;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.Sources;
import dev.gimbal.Verdict;
import dev.gimbal.VetoException;
import dev.gimbal.source.ManualTasks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Resources of documents that were refused, and of versions that are gone back to. */
@Timeout(60)
class ResourcesPendingTest extends WithResources {

  // ---- pending documents

  /** What is merged from two layers is a new node each time. */
  @Test
  void slowVeto_ofAMergedObject_standsToo() {
    ManualTasks tasks = new ManualTasks(name -> true);
    ScriptedSource source = new ScriptedSource("s", Map.of("pool", Map.of("size", 1)));
    Resource<Pool> slow =
        next -> {
          told.add("prepares " + next.size());
          if (next.size() == 9) {
            tasks.advance(1_000);
            throw new VetoException("it is down");
          }
          return new Telling("P").prepare(next);
        };
    memory.put("pool.name", "x");
    try (Config config =
        source.attach(
            builder()
                .tasks(tasks)
                .source(memory)
                .source(source)
                .resource("pool", Pool.class, slow)
                .build())) {
      source.document(Map.of("pool", Map.of("size", 9)));
      told();
      memory.put("x", 1);
      assertEquals(List.of(), told());
      assertEquals(1, config.get("x").asInt());
    }
  }

  /** Its source has nothing new to say. */
  @Test
  void reload_triesWhatIsPending_thoughNobodySaysAnythingNew() {
    ScriptedSource source = new ScriptedSource("s", Map.of("pool", 1));
    Telling pool = new Telling("P", 9);
    try (Config config =
        source.attach(builder().source(source).resource("pool", Integer.class, pool).build())) {
      source.document(Map.of("pool", 9));
      assertEquals(State.DEGRADED, config.status().source("s").state());
      pool.tooMuch.clear();
      assertEquals(2, config.reload());
      assertEquals(9, config.get("pool").asInt());
      assertEquals(State.OK, config.status().source("s").state());
    }
  }

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
      source.document(Map.of("pool", 9)); // written again: asked about at once
      assertEquals(List.of("prepares 9"), told());
      memory.put("x", 4);
      assertEquals(List.of(), told());
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

  /** What goes on commits in the order of the builder, too; it is an object of two layers. */
  @Test
  void whatAPendingDocumentChangesToo_isPreparedAgain_andTheFirstIsAborted_theSameGoesOn() {
    ScriptedSource low =
        new ScriptedSource(
            "low", Map.of("same", Map.of("size", 0), "pool", Map.of("name", "a"), "x", 0));
    ScriptedSource mid =
        new ScriptedSource("mid", Map.of("same", Map.of("name", "s"), "pool", Map.of("size", 1)));
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
            .resource("pool", Pool.class, new Telling("P"))
            .resource("same", Pool.class, new Telling("S"))
            .build()) {
      low.attach(config);
      mid.attach(config);
      top.attach(config);
      mid.document(Map.of("same", Map.of("name", "s"), "pool", Map.of("size", 2)));
      top.document(Map.of("y", 9));
      told();
      low.document(Map.of("same", Map.of("size", 1), "pool", Map.of("name", "b"), "x", 1));
      assertEquals(
          List.of(
              "P prepares Pool[size=1, name=b]",
              "S prepares Pool[size=1, name=s]",
              "P prepares Pool[size=2, name=b]",
              "P aborts Pool[size=1, name=b]",
              "P commits Pool[size=2, name=b]",
              "S commits Pool[size=1, name=s]"),
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
}
