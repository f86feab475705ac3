package dev.gimbal.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Has receivers hold a newer snapshot now and then: who waits for long keeps no old one. */
final class Renewal {

  /** So many versions pass until receivers are renewed, a while later. */
  static final int AFTER = 64;

  static final Duration PERIOD = Duration.ofSeconds(10);

  private final Timers timers;
  private final WatchTrie watchers;
  private final Supplier<PublishedSnapshot> published;

  /** The version at which it was last found that receivers are to be renewed. The lane's. */
  private long found;

  /** Whether the timer for that is set. Set by the lane, cleared by the timer. */
  private final AtomicBoolean isSet = new AtomicBoolean();

  Renewal(Timers timers, WatchTrie watchers, Supplier<PublishedSnapshot> published) {
    this.timers = timers;
    this.watchers = watchers;
    this.published = published;
  }

  /** Sets the timer if it is time. Called by the lane, when a version was published. */
  void published(long version) {
    if (version - found < AFTER || !isSet.compareAndSet(false, true)) {
      return;
    }
    try {
      timers.schedule("renew", PERIOD, this::renew);
      found = version;
    } catch (RuntimeException | Error noTimer) {
      isSet.set(false); // the next version asks again
    }
  }

  /** On the timer's thread. */
  private void renew() {
    isSet.set(false);
    PublishedSnapshot now = published.get();
    watchers.receivers().forEach(receiver -> receiver.renew(now));
  }
}
