package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** {@link WatchTrie} under jcstress. Each scenario stands above its twin. */
public final class WatchTrieRaces {

  private static final ConfigPath PATH = ConfigPath.of("version");

  private WatchTrieRaces() {}

  /** G6: whoever registers and then reads sees the snapshot or is offered it. */
  @JCStressTest
  @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "no gap")
  @State
  public static class NoGap {
    private final PublishedSnapshot first = Snapshots.of(1);
    private final PublishedSnapshot second = Snapshots.of(2);
    private final WatchTrie trie = new WatchTrie();
    private final LastReceiver receiver = new LastReceiver();
    private volatile PublishedSnapshot published = first;

    @Actor
    public void lane() {
      published = second;
      trie.offer(first.resolved(), second.resolved(), second);
    }

    @Actor
    public void watcher() {
      trie.add(PATH, receiver);
      receiver.offer(published);
    }

    @Arbiter
    public void end(I_Result r) {
      r.r1 = receiver.version();
    }
  }

  /** Reads before it registers. */
  @JCStressTest
  @Outcome(id = "2", expect = Expect.ACCEPTABLE)
  @State
  public static class NoGapReaderTwin {
    private final PublishedSnapshot first = Snapshots.of(1);
    private final PublishedSnapshot second = Snapshots.of(2);
    private final WatchTrie trie = new WatchTrie();
    private final LastReceiver receiver = new LastReceiver();
    private volatile PublishedSnapshot published = first;

    @Actor
    public void lane() {
      published = second;
      trie.offer(first.resolved(), second.resolved(), second);
    }

    @Actor
    public void watcher() {
      receiver.offer(published);
      trie.add(PATH, receiver);
    }

    @Arbiter
    public void end(I_Result r) {
      r.r1 = receiver.version();
    }
  }

  /** Offers before it publishes. */
  @JCStressTest
  @Outcome(id = "2", expect = Expect.ACCEPTABLE)
  @State
  public static class NoGapLaneTwin {
    private final PublishedSnapshot first = Snapshots.of(1);
    private final PublishedSnapshot second = Snapshots.of(2);
    private final WatchTrie trie = new WatchTrie();
    private final LastReceiver receiver = new LastReceiver();
    private volatile PublishedSnapshot published = first;

    @Actor
    public void lane() {
      trie.offer(first.resolved(), second.resolved(), second);
      published = second;
    }

    @Actor
    public void watcher() {
      trie.add(PATH, receiver);
      receiver.offer(published);
    }

    @Arbiter
    public void end(I_Result r) {
      r.r1 = receiver.version();
    }
  }

  /** G4: who is registered is ended by the close; who comes later is refused. */
  @JCStressTest
  @Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "registered, ended")
  @Outcome(id = "false, 0", expect = Expect.ACCEPTABLE, desc = "refused")
  @State
  public static class AddBesideClose {
    private final WatchTrie trie = new WatchTrie();
    private final LastReceiver receiver = new LastReceiver();

    @Actor
    public void watcher(ZI_Result r) {
      r.r1 = trie.add(PATH, receiver);
    }

    @Actor
    public void closer(ZI_Result r) {
      r.r2 = trie.close().size();
    }
  }

  /** The state stands beside the list. */
  @JCStressTest
  @Outcome(id = "true, 1", expect = Expect.ACCEPTABLE)
  @Outcome(id = "false, 0", expect = Expect.ACCEPTABLE)
  @State
  public static class AddBesideCloseTwin {
    private final SeededTries.ClosedBeside trie = new SeededTries.ClosedBeside();
    private final LastReceiver receiver = new LastReceiver();

    @Actor
    public void watcher(ZI_Result r) {
      r.r1 = trie.add(receiver);
    }

    @Actor
    public void closer(ZI_Result r) {
      r.r2 = trie.close().size();
    }
  }

  /** Neither of two registrations is lost, nor does a removal take another along. */
  @JCStressTest
  @Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "the third is gone, the two are there")
  @State
  public static class TwoChanges {
    private final PublishedSnapshot first = Snapshots.of(1);
    private final PublishedSnapshot second = Snapshots.of(2);
    private final WatchTrie trie = new WatchTrie();
    private final LastReceiver one = new LastReceiver();
    private final LastReceiver gone = new LastReceiver();

    public TwoChanges() {
      trie.add(PATH, gone);
    }

    @Actor
    public void adds() {
      trie.add(PATH, one);
    }

    @Actor
    public void removes() {
      trie.remove(PATH, gone);
    }

    @Arbiter
    public void end(II_Result r) {
      trie.offer(first.resolved(), second.resolved(), second);
      r.r1 = one.version();
      r.r2 = trie.receivers().size();
    }
  }

  /** Each change is a read and a write. */
  @JCStressTest
  @Outcome(id = "2", expect = Expect.ACCEPTABLE)
  @State
  public static class TwoChangesTwin {
    private final SeededTries.LosesOne trie = new SeededTries.LosesOne();

    @Actor
    public void one() {
      trie.add(new LastReceiver());
    }

    @Actor
    public void other() {
      trie.add(new LastReceiver());
    }

    @Arbiter
    public void end(I_Result r) {
      r.r1 = trie.receivers().size();
    }
  }
}
