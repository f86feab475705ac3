package dev.gimbal.testing.backend;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * A real server for tests, on 127.0.0.1, with data of its own. It is new until {@link #start()};
 * then it runs or is down, as often as a test likes, on the same port and with the same data; after
 * {@link #close()} nothing of it is left.
 *
 * <p>Its processes also end when the JVM ends, even by {@code kill -9}; then only the folder stays.
 *
 * <p>Safe for use by many threads: what starts and ends it waits for one another. What fails does
 * so with an {@link AssertionError} that shows the end of the server's log; what a test must not do
 * at the time is an {@link IllegalStateException}.
 *
 * @since 0.1.0
 */
public interface Backend extends AutoCloseable {

  /**
   * Starts it and waits until it answers, up to 60 s. The first time it chooses a free port and
   * makes new data, which has some more time; later both are as they were.
   *
   * @throws IllegalStateException when it runs or is closed
   * @throws AssertionError when a program is missing, or when the server ends or does not answer in
   *     time; it is then down
   */
  void start();

  /**
   * Ends it at once, as by {@code kill -9} or a loss of power; what it wrote and did not sync may
   * be in its files or not. Does nothing when it is down already.
   */
  void kill();

  /**
   * Asks it to end and waits until it has, up to 60 s. Does nothing when it is down already.
   *
   * @throws AssertionError when it has not ended by then; it is then killed
   */
  void stop();

  /**
   * Stops it, if it runs, and starts it again.
   *
   * @throws IllegalStateException when it was never started or is closed
   */
  default void restart() {
    stop();
    start();
  }

  /** Whether it was started, and has not ended since. */
  boolean isRunning();

  /**
   * Where clients connect: 127.0.0.1 and the port, which stays the same.
   *
   * @throws IllegalStateException before the first start
   */
  InetSocketAddress address();

  /**
   * What it has written so far to its output and errors, over all starts; empty before the first.
   * After the end it is what was written last.
   */
  String log();

  /**
   * The folder of its data, which is temporary.
   *
   * @throws IllegalStateException before the first start, and after the end
   */
  Path data();

  /** Kills it and deletes its folder; later calls do nothing. */
  @Override
  void close();
}
