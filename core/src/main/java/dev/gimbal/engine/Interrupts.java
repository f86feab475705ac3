package dev.gimbal.engine;

/** What is done with interrupts that are meant for somebody else. */
final class Interrupts {

  private Interrupts() {}

  /** Takes the current thread's interrupt back. */
  @SuppressWarnings("ThreadInterruptedStatic")
  static void clear() {
    boolean ignored = Thread.interrupted();
    assert !Thread.currentThread().isInterrupted() || ignored;
  }
}
