package dev.gimbal.storm;

import dev.gimbal.Change;
import dev.gimbal.ChangeListener;
import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Subscription;
import dev.gimbal.storm.Findings.Broken;
import dev.gimbal.storm.Findings.Deed;
import dev.gimbal.tree.Node;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A listener that looks at each change it is told, and then behaves badly now and then. */
final class StormListener implements ChangeListener {

  private final Storm storm;
  private final Config config;
  private final String path;

  /** Whether it may end itself. */
  private final boolean mortal;

  /** Used inside calls, which never overlap. */
  private final SplittableRandom random;

  private final AtomicBoolean inside = new AtomicBoolean();

  /** Its subscription; null until that is made. Written by who opened it. */
  private volatile @Nullable Subscription self;

  /** Whether its close has returned to somebody who was in no callback, or to itself. */
  private volatile boolean over;

  /** What it was last told. Written by calls. */
  private volatile @Nullable Change last;

  /**
   * @param path absolute
   * @param mortal whether it may end itself
   */
  StormListener(Storm storm, Config config, String path, boolean mortal, long seed) {
    this.storm = storm;
    this.config = config;
    this.path = path;
    this.mortal = mortal;
    this.random = new SplittableRandom(seed);
  }

  String path() {
    return path;
  }

  @Nullable Change last() {
    return last;
  }

  void opened(Subscription subscription) {
    self = subscription;
  }

  /** Ends it from outside of callbacks. */
  void close(Subscription subscription) {
    subscription.close();
    hasEnded();
  }

  /** Called when its end has returned to somebody who is in no callback. */
  void hasEnded() {
    over = true;
    if (inside.get()) {
      storm.findings().broken(Broken.STOP, "a call at \"" + path + "\" goes on after close");
    }
  }

  @Override
  public void onChange(Change change) throws Exception {
    Findings findings = storm.findings();
    findings.did(Deed.CALLED);
    if (over || storm.isClosed()) {
      findings.broken(Broken.STOP, "a call at \"" + path + "\" began after the end");
    }
    if (!inside.compareAndSet(false, true)) {
      findings.broken(Broken.IN_ORDER, "two calls at once at \"" + path + "\"");
    }
    storm.callBegins();
    try {
      if (Thread.interrupted()) {
        findings.broken(Broken.UNHARMED, "a call began with somebody's interrupt");
      }
      look(change, findings);
      last = change;
      if (storm.isRaging()) {
        misbehave(findings);
      }
    } finally {
      inside.set(false);
      storm.callEnds();
    }
  }

  private void look(Change change, Findings findings) {
    Change before = last;
    if (before != null && change.version() <= before.version()) {
      findings.broken(Broken.IN_ORDER, change.version() + " after " + before.version());
    }
    Node is = change.after().node();
    Node was = change.before().node();
    if (Objects.equals(is, was)) {
      findings.broken(Broken.IN_ORDER, "told of no change at \"" + path + "\"");
    }
    if (before != null && !Objects.equals(was, before.after().node())) {
      findings.broken(Broken.IN_ORDER, "the change begins elsewhere than the last one ended");
    }
    if (config.snapshot().version() < change.version()) {
      findings.broken(Broken.IN_ORDER, "the current version is less than the change's");
    }
    if (random.nextInt(16) == 0) {
      storm.look(change.snapshot());
    }
  }

  private void misbehave(Findings findings) throws Exception {
    switch (random.nextInt(256)) {
      case 0, 1, 2, 3 -> {
        findings.did(Deed.THREW);
        throw new IllegalStateException("a listener's own failure");
      }
      case 4, 5 -> {
        findings.did(Deed.THREW);
        throw new Exception("a listener's own checked failure");
      }
      case 6 -> {
        findings.did(Deed.THREW);
        throw new AssertionError("a listener's own error");
      }
      case 7, 8, 9 -> {
        findings.did(Deed.BLOCKED);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1, 8)));
      }
      case 10, 11, 12 -> {
        findings.did(Deed.INTERRUPTED);
        Thread.currentThread().interrupt();
      }
      case 13, 14, 15 -> storm.echo();
      case 16, 17, 18 -> {
        findings.did(Deed.SUBSCRIBED);
        try (Subscription inner = config.onChange(path, change -> {})) {
          LockSupport.parkNanos(1_000);
        }
      }
      case 19, 20, 30, 31, 32, 33 -> closeItself(findings);
      case 21, 22 -> storm.closeAnother();
      case 23 -> reload(findings);
      default -> {}
    }
  }

  private void closeItself(Findings findings) {
    Subscription subscription = self;
    if (mortal && subscription != null) {
      findings.did(Deed.CLOSED_ITSELF);
      subscription.close();
      over = true;
    }
  }

  private void reload(Findings findings) {
    if (random.nextInt(8) == 0) {
      findings.did(Deed.RELOADED);
      try {
        config.reload();
      } catch (ConfigException sourceRemovedMeanwhile) {
        // The others count.
      }
    }
  }
}
