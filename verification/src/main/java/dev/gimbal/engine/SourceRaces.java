package dev.gimbal.engine;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.source.MemorySource;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Writes beside what else may happen to a source, of a whole Config on tasks without threads, under
 * jcstress: what is there at the end. Each scenario stands above its twin.
 */
public final class SourceRaces {

  private SourceRaces() {}

  private static Config config(MemorySource... sources) {
    Config.Builder builder = Config.builder().tasks(new InlineTasks());
    for (MemorySource source : sources) {
      builder.source(source);
    }
    return builder.build();
  }

  private static MemorySource source(String name, int value) {
    MemorySource source = Sources.memory(name);
    long version = source.put(name, value);
    assert version == 0;
    return source;
  }

  /** A write while the source is opened is in the first document, or follows it. */
  @JCStressTest
  @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "written")
  @State
  public static class WriteBesideOpen {
    private final MemorySource source = source("n", 1);
    private final Config config = config();

    @Actor
    public void opener() {
      config.add(source);
    }

    @Actor
    public void writer() {
      source.put("n", 2);
    }

    @Arbiter
    public void end(I_Result r) {
      r.r1 = config.get("n").asInt();
    }
  }

  /** It is read first, and told where writes go afterwards. */
  @JCStressTest
  @Outcome(id = "2", expect = Expect.ACCEPTABLE)
  @State
  public static class WriteBesideOpenTwin {
    private final SeededSources.ReadThenListen source = new SeededSources.ReadThenListen(1);

    @Actor
    public void opener() {
      source.open();
    }

    @Actor
    public void writer() {
      source.put(2);
    }

    @Arbiter
    public void end(I_Result r) {
      r.r1 = source.published();
    }
  }

  /** A source that is added beside a write of another stays, and so does what was written. */
  @JCStressTest
  @Outcome(id = "2, 3", expect = Expect.ACCEPTABLE, desc = "both")
  @State
  public static class AddBesideWrite {
    private final MemorySource source = source("a", 1);
    private final MemorySource added = source("b", 3);
    private final Config config = config(source);

    @Actor
    public void adder() {
      config.add(added);
    }

    @Actor
    public void writer() {
      source.put("a", 2);
    }

    @Arbiter
    public void end(II_Result r) {
      r.r1 = config.get("a").asInt();
      r.r2 = config.get("b").asInt(0);
    }
  }

  /** Each makes the next state of the one before and writes it. */
  @JCStressTest
  @Outcome(id = "2, 3", expect = Expect.ACCEPTABLE)
  @State
  public static class AddBesideWriteTwin {
    private final SeededSources.Unsynchronized config = new SeededSources.Unsynchronized("a", 1);

    @Actor
    public void adder() {
      config.put("b", 3);
    }

    @Actor
    public void writer() {
      config.put("a", 2);
    }

    @Arbiter
    public void end(II_Result r) {
      r.r1 = config.get("a");
      r.r2 = config.get("b");
    }
  }

  /** A read with a default beside the first write leaves what was written. */
  @JCStressTest
  @Outcome(id = "0, 2", expect = Expect.ACCEPTABLE, desc = "the default, and it is kept nowhere")
  @Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "what was written")
  @State
  public static class DefaultBesideFirstWrite {
    private final MemorySource source = source("n", 1);
    private final Config config = config(source);

    @Actor
    public void reader(II_Result r) {
      r.r1 = config.get("first").asInt(0);
    }

    @Actor
    public void writer() {
      source.put("first", 2);
    }

    @Arbiter
    public void end(II_Result r) {
      r.r2 = config.get("first").asInt(1);
    }
  }

  /** Who reads what is not there puts his default there. */
  @JCStressTest
  @Outcome(id = "0, 2", expect = Expect.ACCEPTABLE)
  @Outcome(id = "2, 2", expect = Expect.ACCEPTABLE)
  @State
  public static class DefaultBesideFirstWriteTwin {
    private final SeededSources.KeepsDefaults config = new SeededSources.KeepsDefaults();

    @Actor
    public void reader(II_Result r) {
      r.r1 = config.get("first", 0);
    }

    @Actor
    public void writer() {
      config.put("first", 2);
    }

    @Arbiter
    public void end(II_Result r) {
      r.r2 = config.get("first", 1);
    }
  }
}
