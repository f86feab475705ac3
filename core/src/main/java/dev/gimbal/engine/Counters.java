package dev.gimbal.engine;

import java.util.concurrent.atomic.LongAdder;

/** What {@link dev.gimbal.ConfigStatus} counts. Written and read by any thread. */
final class Counters {
  final LongAdder delivered = new LongAdder();
  final LongAdder listenerFailures = new LongAdder();
  final LongAdder slowListeners = new LongAdder();
  final LongAdder refusedHandoffs = new LongAdder();
}
