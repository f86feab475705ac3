package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  /** The keys of which values were read; null where that is not tracked. */
  final @Nullable Set<ConfigPath> reads;

  Counters(boolean trackReads) {
    reads = trackReads ? ConcurrentHashMap.newKeySet() : null;
  }
}
