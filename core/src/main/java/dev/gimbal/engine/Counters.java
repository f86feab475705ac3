package dev.gimbal.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What {@link dev.gimbal.ConfigStatus} counts, and which keys were read where that is tracked.
 * Written and read by any thread.
 */
final class Counters {
  final LongAdder delivered = new LongAdder();
  final LongAdder listenerFailures = new LongAdder();
  final LongAdder slowListeners = new LongAdder();
  final LongAdder refusedHandoffs = new LongAdder();

  /** How many watchers were made. */
  final AtomicInteger watchers = new AtomicInteger();

  /** The keys whose values were read, and as what; null where that is not tracked. */
  final @Nullable Set<Declaration.Key> reads;

  Counters(boolean trackReads) {
    reads = trackReads ? ConcurrentHashMap.newKeySet() : null;
  }
}
