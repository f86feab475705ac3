package dev.gimbal.source.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A pool of one connection, whose close gives it back, unless it was broken off. */
final class Pool {

  private final BlockingQueue<Connection> free = new LinkedBlockingQueue<>();

  Pool(Connection one) {
    free.add(one);
  }

  void giveBack(Connection one) {
    free.add(one);
  }

  /** Waits until it is free; nobody else has it then. */
  Connection take() throws InterruptedException {
    return free.poll(20, TimeUnit.SECONDS);
  }

  DataSource dataSource() {
    return (DataSource)
        Proxy.newProxyInstance(
            Pool.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "getConnection" -> borrowed();
                  case "getParentLogger" -> Logger.getGlobal();
                  default -> throw new SQLException(method.getName());
                });
  }

  private Connection borrowed() throws SQLException {
    try {
      Connection one = take();
      if (one == null) {
        throw new SQLException("none is free", "08001");
      }
      AtomicBoolean gone = new AtomicBoolean();
      return (Connection)
          Proxy.newProxyInstance(
              Pool.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (self, method, arguments) -> {
                switch (method.getName()) {
                  case "close" -> {
                    if (gone.compareAndSet(false, true)) {
                      free.add(one);
                    }
                    return null;
                  }
                  case "abort" -> {
                    if (gone.compareAndSet(false, true)) {
                      one.abort(Runnable::run);
                    }
                    return null;
                  }
                  case "equals" -> {
                    return self == arguments[0];
                  }
                  case "hashCode" -> {
                    return System.identityHashCode(self);
                  }
                  default -> {
                    try {
                      return method.invoke(one, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  }
                }
              });
    } catch (InterruptedException e) {
      throw new SQLException("interrupted", "08000", e);
    }
  }
}
