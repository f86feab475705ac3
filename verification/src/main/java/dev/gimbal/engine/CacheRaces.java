package dev.gimbal.engine;

import dev.gimbal.Config;
import dev.gimbal.Live;
import dev.gimbal.Sources;
import dev.gimbal.source.MemorySource;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * What readers keep without a lock, the value that a {@link LiveHandle} gives and the slots of a
 * {@link ValueCache}, under jcstress: r1 what a reader sees during a write, r2 what the writer sees
 * after it, or what another reader sees, r3 what is seen at the end. Each scenario stands above its
 * twin.
 */
public final class CacheRaces {

  private static final String KEY = "n";

  private CacheRaces() {}

  private static MemorySource source() {
    MemorySource source = Sources.memory("memory");
    long version = source.put(KEY, 1);
    assert version == 0;
    return source;
  }

  private static Config config(MemorySource source) {
    return Config.builder().source(source).tasks(new InlineTasks()).build();
  }

  /** A handle answers one of the two values, and the new one when the write has returned. */
  @JCStressTest
  @Outcome(id = "[12], 2, 2", expect = Expect.ACCEPTABLE, desc = "whole, and never stale")
  @State
  public static class LiveValue {
    private final MemorySource source = source();
    private final Live<Integer> live = config(source).live(KEY, Integer.class);

    @Actor
    public void reader(III_Result r) {
      r.r1 = live.get();
    }

    @Actor
    public void writer(III_Result r) {
      source.put(KEY, 2);
      r.r2 = live.get();
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = live.get();
    }
  }

  /** A path that both read. */
  @JCStressTest
  @Outcome(id = "[12], 2, 2", expect = Expect.ACCEPTABLE, desc = "whole, and never stale")
  @State
  public static class CachedPath {
    private final MemorySource source = source();
    private final Config config = config(source);

    @Actor
    public void reader(III_Result r) {
      r.r1 = config.get(KEY).asInt();
    }

    @Actor
    public void writer(III_Result r) {
      source.put(KEY, 2);
      r.r2 = config.get(KEY).asInt();
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = config.get(KEY).asInt();
    }
  }

  /** Value and snapshot in a field each. */
  @JCStressTest
  @Outcome(id = "[23], 3, 3", expect = Expect.ACCEPTABLE)
  @State
  public static class CachedValueTwin {
    private final SeededCaches.TwoFields cache = new SeededCaches.TwoFields(Snapshots.of(1));

    public CachedValueTwin() {
      cache.publish(Snapshots.of(2));
    }

    @Actor
    public void reader(III_Result r) {
      r.r1 = cache.get();
    }

    @Actor
    public void writer(III_Result r) {
      cache.publish(Snapshots.of(3));
      r.r2 = cache.get();
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = cache.get();
    }
  }

  /** Two paths whose texts have equal hashes, so that both readers want the same slot. */
  @JCStressTest
  @Outcome(id = "1, 2, 12", expect = Expect.ACCEPTABLE, desc = "each its own value")
  @State
  public static class SharedSlot {
    private final Config config =
        Config.builder()
            .source(Sources.map("map", Map.of("Aa", 1, "BB", 2)))
            .tasks(new InlineTasks())
            .build();

    @Actor
    public void one(III_Result r) {
      r.r1 = config.get("Aa").asInt();
    }

    @Actor
    public void other(III_Result r) {
      r.r2 = config.get("BB").asInt();
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = 10 * config.get("Aa").asInt() + config.get("BB").asInt();
    }
  }

  /** Text and value in a field each. */
  @JCStressTest
  @Outcome(id = "65, 66, 65", expect = Expect.ACCEPTABLE)
  @State
  public static class SharedSlotTwin {
    private final SeededCaches.TextBesideValue cache = new SeededCaches.TextBesideValue();

    @Actor
    public void one(III_Result r) {
      r.r1 = cache.get("Aa");
    }

    @Actor
    public void other(III_Result r) {
      r.r2 = cache.get("BB");
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = cache.get("Aa");
    }
  }
}
