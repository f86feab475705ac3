package dev.gimbal.benchmarks.peers;

import dev.gimbal.LiveInt;
import dev.gimbal.benchmarks.Data;

/** Gimbal's handle of an int. */
public final class GimbalInt extends Gimbal {

  private LiveInt number;

  @Override
  public void openHandle(Data data) {
    open(data, true);
    number = config.liveInt(Data.HANDLE_KEY);
  }

  @Override
  public int handleGet() {
    return number.getAsInt();
  }
}
