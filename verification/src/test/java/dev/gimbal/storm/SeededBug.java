package dev.gimbal.storm;

import dev.gimbal.Change;
import dev.gimbal.ChangeListener;
import dev.gimbal.Config;
import dev.gimbal.Snapshot;
import dev.gimbal.Subscription;
import dev.gimbal.Watcher;
import dev.gimbal.WatcherStoppedException;
import dev.gimbal.storm.Findings.Broken;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A bug around a Config, which a storm must see. */
enum SeededBug {
  /**
   * Hands changes to listeners through a queue of one that drops the newest. Its reader is as slow
   * as can be: it comes back when a change has been dropped, however fast the machine is.
   */
  DROPS_THE_NEWEST(Broken.LATEST) {
    @Override
    @Nullable Object call(Seed seed, Method method, Object[] args) throws Throwable {
      if (!isListening(method, args)) {
        return seed.proceed(method, args);
      }
      ChangeListener listener = (ChangeListener) args[1];
      AtomicBoolean full = new AtomicBoolean();
      return seed.listen(
          args[0],
          change -> {
            if (full.compareAndSet(false, true)) {
              seed.later(() -> tell(listener, change));
            } else {
              full.set(false);
            }
          });
    }
  },
  /** Calls a listener on a thread of its own, for which nobody waits. */
  CALLS_AFTER_CLOSE(Broken.STOP) {
    @Override
    @Nullable Object call(Seed seed, Method method, Object[] args) throws Throwable {
      if (!isListening(method, args)) {
        return seed.proceed(method, args);
      }
      ChangeListener listener = (ChangeListener) args[1];
      return seed.listen(args[0], change -> seed.later(() -> tell(listener, change)));
    }
  },
  /** A stopped watcher answers what it had. */
  ANSWERS_AFTER_STOP(Broken.STOP) {
    @Override
    @Nullable Object call(Seed seed, Method method, Object[] args) throws Throwable {
      if (!method.getName().equals("watch")) {
        return seed.proceed(method, args);
      }
      Watcher watcher = (Watcher) seed.proceed(method, args);
      return proxy(
          Watcher.class,
          (called, with) -> {
            try {
              return called.invoke(watcher, with);
            } catch (InvocationTargetException e) {
              if (e.getCause() instanceof WatcherStoppedException && with != null) {
                return Optional.of(watcher.current());
              }
              throw e.getCause();
            }
          });
    }
  },
  /** Tells each listener of one change in sixteen twice. */
  SAYS_IT_TWICE(Broken.IN_ORDER) {
    @Override
    @Nullable Object call(Seed seed, Method method, Object[] args) throws Throwable {
      if (!isListening(method, args)) {
        return seed.proceed(method, args);
      }
      ChangeListener listener = (ChangeListener) args[1];
      AtomicInteger calls = new AtomicInteger();
      return seed.listen(
          args[0],
          change -> {
            listener.onChange(change);
            if (calls.incrementAndGet() % 16 == 0) {
              listener.onChange(change);
            }
          });
    }
  },
  /** A snapshot that reads the present each time. */
  MIXES_VERSIONS(Broken.ATOMIC) {
    @Override
    @Nullable Object call(Seed seed, Method method, Object[] args) throws Throwable {
      if (!method.getName().equals("snapshot")) {
        return seed.proceed(method, args);
      }
      return proxy(
          Snapshot.class,
          (called, with) -> {
            Thread.yield();
            return called.invoke(seed.config.snapshot(), with);
          });
    }
  },
  /** Gives a listener's interrupt to the next one. */
  PASSES_INTERRUPTS_ON(Broken.UNHARMED) {
    @Override
    @Nullable Object call(Seed seed, Method method, Object[] args) throws Throwable {
      if (!isListening(method, args)) {
        return seed.proceed(method, args);
      }
      ChangeListener listener = (ChangeListener) args[1];
      return seed.listen(
          args[0],
          change -> {
            if (seed.interrupted.getAndSet(false)) {
              Thread.currentThread().interrupt();
            }
            try {
              listener.onChange(change);
            } finally {
              seed.interrupted.compareAndSet(false, Thread.currentThread().isInterrupted());
            }
          });
    }
  },
  /** Its close does nothing. */
  CLOSES_NOTHING(Broken.LEFT_BEHIND) {
    @Override
    @Nullable Object call(Seed seed, Method method, Object[] args) throws Throwable {
      return method.getName().equals("close") ? null : seed.proceed(method, args);
    }
  },
  /** Keeps all watchers. */
  KEEPS_WATCHERS(Broken.LEFT_BEHIND) {
    @Override
    @Nullable Object call(Seed seed, Method method, Object[] args) throws Throwable {
      Object result = seed.proceed(method, args);
      if (result instanceof Watcher watcher) {
        seed.kept.add(watcher);
      }
      return result;
    }
  };

  /** What its storm must see. */
  final Broken breaks;

  SeededBug(Broken breaks) {
    this.breaks = breaks;
  }

  /** What a Config with this bug does when it is called. */
  abstract @Nullable Object call(Seed seed, Method method, Object[] args) throws Throwable;

  private static boolean isListening(Method method, Object[] args) {
    return method.getName().equals("onChange") && args[0] instanceof String;
  }

  private static void tell(ChangeListener listener, Change change) {
    try {
      listener.onChange(change);
    } catch (Exception | AssertionError itsOwn) {
      // A listener of the storm may throw.
    }
  }

  @FunctionalInterface
  private interface Handler {
    @Nullable Object call(Method method, Object @Nullable [] args) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Handler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> handler.call(method, args)));
  }

  /** One Config with a bug, and what the bug needs. */
  static final class Seed implements AutoCloseable {
    private final SeededBug bug;
    private final ExecutorService threads =
        Executors.newCachedThreadPool(task -> Storm.thread("storm-seed", task));
    private final Queue<Watcher> kept = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private volatile @Nullable Config config;

    Seed(SeededBug bug) {
      this.bug = bug;
    }

    Config wrap(Config sound) {
      config = sound;
      return proxy(Config.class, (method, args) -> bug.call(this, method, args));
    }

    @Nullable Object proceed(Method method, Object @Nullable [] args) throws Throwable {
      try {
        return method.invoke(config, args);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    Subscription listen(Object path, ChangeListener listener) {
      return config.onChange((String) path, listener);
    }

    void later(Runnable task) {
      threads.execute(task);
    }

    /** The Config that it wraps is done with. */
    void forget() {
      config = null;
    }

    @Override
    public void close() {
      threads.shutdown();
      kept.clear();
    }
  }
}
