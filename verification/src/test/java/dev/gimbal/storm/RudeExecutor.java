package dev.gimbal.storm;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An executor of listeners that mostly works, and now and then refuses, fails, runs the task in the
 * caller, or takes it over and fails all the same.
 */
final class RudeExecutor implements Executor, AutoCloseable {

  private final Findings findings;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(4, task -> Storm.thread("storm-executor", task));

  RudeExecutor(Findings findings) {
    this.findings = findings;
  }

  @Override
  public void execute(Runnable task) {
    switch (ThreadLocalRandom.current().nextInt(64)) {
      case 0 -> {
        findings.did(Findings.Deed.REFUSED);
        throw new RejectedExecutionException("refused");
      }
      case 1 -> {
        findings.did(Findings.Deed.REFUSED);
        throw new IllegalStateException("failed");
      }
      case 2 -> {
        findings.did(Findings.Deed.REFUSED);
        threads.execute(task);
        throw new RejectedExecutionException("refused, though it is taken over");
      }
      case 3, 4, 5 -> task.run();
      default -> threads.execute(task);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
