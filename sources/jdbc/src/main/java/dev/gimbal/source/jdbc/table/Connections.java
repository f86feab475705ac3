package dev.gimbal.source.jdbc.table;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The connections of one link, which end with it, whatever they wait for. Safe for use by many
 * threads.
 */
public final class Connections implements AutoCloseable {

  /** Makes a connection; may block. */
  @FunctionalInterface
  public interface Opener {
    Connection open() throws SQLException;
  }

  /** Does something with a connection. */
  @FunctionalInterface
  public interface Use {
    void with(Connection lent) throws SQLException, IOException, InterruptedException;
  }

  /** What a new connection needs before its first use. */
  @FunctionalInterface
  public interface Setting {
    void on(Connection made) throws SQLException;
  }

  private final Opener opener;

  @GuardedBy("this")
  private final Set<Connection> open = new HashSet<>();

  @GuardedBy("this")
  private boolean closed;

  public Connections(Opener opener) {
    this.opener = opener;
  }

  /** Returns the connection, set. One that cannot be set is closed: nobody else knows of it yet. */
  public static Connection ready(Connection made, Setting setting) throws SQLException {
    try {
      setting.on(made);
      return made;
    } catch (SQLException | RuntimeException e) {
      try {
        made.close();
      } catch (SQLException broken) {
        e.addSuppressed(broken);
      }
      throw e;
    }
  }

  /** A new connection, until it is given back. */
  public Connection take() throws SQLException {
    Connection made = opener.open();
    boolean late;
    synchronized (this) {
      late = closed;
      if (!late) {
        open.add(made);
      }
    }
    if (late) {
      made.close();
      throw new SQLRecoverableException("closed", "08003");
    }
    return made;
  }

  /**
   * Lends a new connection for one use. What fails when it is closed afterwards is no failure: what
   * was committed must not look failed, or it would be done once more.
   */
  public void lend(Use use) throws SQLException, IOException, InterruptedException {
    Connection lent = take();
    try {
      use.with(lent);
    } finally {
      try {
        giveBack(lent);
      } catch (SQLException e) {
        // the use has said how it ended
      }
    }
  }

  /** Closes a connection, or gives it back to where it came from. */
  public void giveBack(Connection taken) throws SQLException {
    boolean mine;
    synchronized (this) {
      mine = open.remove(taken);
    }
    if (mine) {
      taken.close();
    }
  }

  /** Breaks all connections off. Whoever waits on one gets an exception. */
  @Override
  public void close() {
    List<Connection> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(open);
      open.clear();
    }
    for (Connection one : all) {
      try (one) { // closes it too: some abort nothing, and others keep something of it
        one.abort(Runnable::run);
      } catch (SQLException e) {
        // it is broken already, or cannot be: then its time runs out
      }
    }
  }
}
