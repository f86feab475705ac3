package dev.gimbal.benchmarks.peers;

import dev.gimbal.Live;
import dev.gimbal.benchmarks.Data;
import java.time.Duration;

/** Gimbal's handle of a bound record. */
public final class GimbalRecord extends Gimbal {

  /** What is below {@code svc1.pool}. */
  public record Pool(int max, String name, boolean enabled, Duration timeout) {}

  private Live<Pool> pool;

  @Override
  public void openHandle(Data data) {
    open(data, true);
    pool = config.live("svc1.pool", Pool.class);
  }

  @Override
  public int handleGet() {
    return pool.get().max();
  }
}
