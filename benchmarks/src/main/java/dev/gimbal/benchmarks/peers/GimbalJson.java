package dev.gimbal.benchmarks.peers;

/** Gimbal with a file in another format. */
public final class GimbalJson extends Gimbal {
  @Override
  public String format() {
    return "json";
  }
}
