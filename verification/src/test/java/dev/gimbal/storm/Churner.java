package dev.gimbal.storm;

import dev.gimbal.Config;
import dev.gimbal.Subscription;
import dev.gimbal.Value;
import dev.gimbal.Watcher;
import dev.gimbal.WatcherStoppedException;
import dev.gimbal.storm.Findings.Broken;
import dev.gimbal.storm.Findings.Deed;
import dev.gimbal.tree.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Opens and stops watchers, subscriptions and views as fast as it can. Used by one thread. */
final class Churner {

  /** Opened at once, then stopped. */
  private static final int AT_ONCE = 8;

  /** Watchers and subscriptions of a round that stay until its end. */
  private static final int SURVIVORS = 100;

  /** Paths whose value the last write of each source changes. */
  private static final List<String> PATHS = List.of("", "s0", "s1.n", "s2.more", "copy.of0", "s0");

  private final Storm storm;
  private final Config config;
  private final Findings findings;
  private final SplittableRandom random;
  private final ExecutorService consumers =
      Executors.newFixedThreadPool(AT_ONCE, task -> Storm.thread("storm-consumer", task));

  Churner(Storm storm, long seed) {
    this.storm = storm;
    this.config = storm.config();
    this.findings = storm.findings();
    this.random = new SplittableRandom(seed);
  }

  void churn() {
    try {
      for (int round = 0; storm.isRaging(); round++) {
        switch (round % 4) {
          case 0, 1 -> watch();
          case 2 -> subscribe();
          default -> view();
        }
        if (round % 8 == 0 && storm.survivorCount() < SURVIVORS) {
          survive();
        }
      }
    } finally {
      consumers.shutdownNow();
    }
  }

  private String path() {
    return PATHS.get(random.nextInt(PATHS.size()));
  }

  private void pause() {
    if (random.nextBoolean()) {
      LockSupport.parkNanos(random.nextInt(300_000));
    }
  }

  // ---- watchers

  private void watch() {
    List<Watcher> watchers = new ArrayList<>();
    List<Future<?>> ends = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      String path = path();
      Watcher watcher = random.nextBoolean() ? config.watch(path) : config.watch(config.get(path));
      findings.did(Deed.WATCHER);
      watchers.add(watcher);
      Value start = watcher.current();
      ends.add(consumers.submit(() -> consume(path, watcher, start)));
    }
    pause();
    for (int i = 0; i < AT_ONCE; i++) {
      if (random.nextInt(8) == 0) {
        ends.get(i).cancel(true);
      }
      watchers.get(i).stop();
      refusesNext(watchers.get(i));
    }
    for (Future<?> end : ends) {
      await(end);
    }
  }

  /** Ends when the watcher is stopped or the thread interrupted. */
  private void consume(String path, Watcher watcher, Value start) {
    Value last = start;
    try {
      while (true) {
        Value next = watcher.next();
        findings.did(Deed.PULLED);
        look(path, last, next);
        last = next;
      }
    } catch (WatcherStoppedException | InterruptedException end) {
      // That is how it ends.
    } catch (RuntimeException | Error e) {
      findings.broken(Broken.UNHARMED, "next threw " + e);
    }
  }

  private void look(String path, Value last, Value next) {
    Node was = last.node();
    Node is = next.node();
    if (next.version() <= last.version()) {
      findings.broken(Broken.IN_ORDER, next.version() + " after " + last.version());
    }
    if (Objects.equals(was, is)) {
      findings.broken(Broken.IN_ORDER, "the same value twice in a row at \"" + path + "\"");
    }
    if (path.equals("s0")) {
      String fault = Written.fault(0, next);
      if (fault != null) {
        findings.broken(Broken.ATOMIC, fault);
      }
    }
  }

  private void refusesNext(Watcher stopped) {
    try {
      boolean present = stopped.next(Duration.ZERO).isPresent();
      findings.broken(Broken.STOP, "next after stop answers; a value: " + present);
    } catch (WatcherStoppedException expected) {
      // So it must be.
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void await(Future<?> end) {
    if (end.isCancelled()) {
      return;
    }
    try {
      end.get(Storm.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      findings.broken(Broken.STOP, "who waits in next was not woken by stop");
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  // ---- subscriptions

  private record Opened(StormListener listener, Subscription subscription) {}

  private Opened open(Config at, String relative, String absolute, boolean mortal) {
    StormListener listener = new StormListener(storm, config, absolute, mortal, random.nextLong());
    Subscription subscription = at.onChange(relative, listener);
    listener.opened(subscription);
    findings.did(Deed.SUBSCRIPTION);
    return new Opened(listener, subscription);
  }

  private void subscribe() {
    List<Opened> all = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      String path = path();
      all.add(open(config, path, path, true));
    }
    storm.mayBeClosed(all.get(0).subscription);
    pause();
    all.forEach(opened -> opened.listener.close(opened.subscription));
  }

  /** What was opened through a view ends with it. */
  private void view() {
    Config view = config.at("s1");
    List<Opened> all = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      all.add(open(view, "n", "s1.n", true));
    }
    Watcher watcher = view.watch("n");
    findings.did(Deed.WATCHER);
    Future<?> end = consumers.submit(() -> consume("s1.n", watcher, watcher.current()));
    pause();
    view.close();
    all.forEach(opened -> opened.listener.hasEnded());
    refusesNext(watcher);
    await(end);
  }

  private void survive() {
    String path = path();
    storm.survives(new Survivor.Pull(path, config.watch(config.get(path))));
    storm.survives(new Survivor.Push(open(config, path, path, false).listener));
  }
}
