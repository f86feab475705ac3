package dev.gimbal.source.etcd;

import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Tasks;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;

/** A sink that has threads and options, and takes nothing; each task has a thread of its own. */
final class PlainSink {

  static final Tasks TASKS =
      new Tasks() {
        @Override
        public void execute(String name, Runnable task) {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          thread.start();
        }

        @Override
        public Cancellable schedule(String name, Duration delay, Runnable task) {
          return () -> {}; // it is over before
        }

        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public Instant now() {
          return Instant.now();
        }
      };

  private PlainSink() {}

  static Sink make() {
    return (Sink)
        Proxy.newProxyInstance(
            PlainSink.class.getClassLoader(),
            new Class<?>[] {Sink.class},
            (sink, method, arguments) ->
                switch (method.getName()) {
                  case "tasks" -> TASKS;
                  case "readOptions" -> ReadOptions.DEFAULT;
                  default -> throw new AssertionError(method);
                });
  }
}
