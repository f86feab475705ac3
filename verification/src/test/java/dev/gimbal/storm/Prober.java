package dev.gimbal.storm;

import dev.gimbal.Config;
import dev.gimbal.Watcher;
import dev.gimbal.source.MemorySource;
import dev.gimbal.storm.Findings.Broken;
import dev.gimbal.storm.Findings.Deed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks for a gap (G6): opens watchers beside one write, after which no other comes that would hide
 * that somebody missed it.
 */
final class Prober {

  private static final int PROBES = 200;
  private static final int AT_MOST = 200;
  private static final String KEY = "probe.n";

  private final Config config;
  private final MemorySource source;
  private final Findings findings;

  Prober(Config config, MemorySource source, Findings findings) {
    this.config = config;
    this.source = source;
    this.findings = findings;
  }

  void probe() throws InterruptedException, TimeoutException {
    ExecutorService writer =
        Executors.newSingleThreadExecutor(task -> Storm.thread("storm-prober", task));
    try {
      for (int i = 1; i <= PROBES; i++) {
        int n = i;
        Future<Long> put = writer.submit(() -> source.put(KEY, n));
        List<Watcher> watchers = new ArrayList<>();
        do {
          watchers.add(config.watch(KEY));
        } while (!put.isDone() && watchers.size() < AT_MOST);
        put.get(Storm.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        for (Watcher watcher : watchers) {
          look(watcher, n);
        }
      }
    } catch (ExecutionException e) {
      findings.broken(Broken.UNHARMED, "a write threw " + e.getCause());
    } finally {
      writer.shutdown();
    }
  }

  private void look(Watcher watcher, long n) throws InterruptedException {
    findings.did(Deed.PROBED);
    long seen = watcher.next(Duration.ZERO).orElse(watcher.current()).asLong(Written.ABSENT);
    if (seen != n) {
      findings.broken(Broken.LATEST, "a gap: a watcher knows " + seen + ", written was " + n);
    }
    watcher.stop();
  }
}
