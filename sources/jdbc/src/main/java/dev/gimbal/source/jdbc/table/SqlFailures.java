package dev.gimbal.source.jdbc.table;

import dev.gimbal.source.RemoteUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;

/**
 * How failures of a database are told: without what may hold a value, and so without the driver's
 * exception as cause.
 */
public final class SqlFailures {

  /** Classes of SQLSTATE whose messages show values. */
  private static final Set<String> OF_DATA = Set.of("22", "23");

  /** Classes of SQLSTATE whose messages show none, also when values are written. */
  private static final Set<String> OF_NO_DATA =
      Set.of("08", "0A", "25", "28", "3D", "3F", "40", "42", "53", "57");

  /** Of the class of conflicts, but it may be committed. */
  private static final String UNKNOWN_COMPLETION = "40003";

  private SqlFailures() {}

  /** Why it cannot be connected or read. */
  public static IOException reading(SQLException e) {
    String message = read(e);
    return isOfConnection(e) ? new IOException(message) : refusal(message);
  }

  /** Why an edit has written nothing, and sent no value yet: it cannot connect or read. */
  public static IOException beforeWriting(SQLException e) {
    return unwritten(e, read(e));
  }

  /** Why nothing is written: before a commit the database takes back what was. */
  static IOException writing(SQLException e) {
    return unwritten(e, written(e));
  }

  /** Why a commit broke off that is not {@link #isUndone}: no refusal, since it may be written. */
  static IOException committing(SQLException e) {
    return new IOException(written(e));
  }

  private static IOException unwritten(SQLException e, String message) {
    return isOfConnection(e)
        ? new RemoteUnavailableException("it cannot be reached: " + message, null)
        : refusal(message);
  }

  private static IOException refusal(String message) {
    return new RemoteUnavailableException("the database answers: " + message, null);
  }

  private static String read(SQLException e) {
    return message(e, !OF_DATA.contains(kind(e)));
  }

  private static String written(SQLException e) {
    return message(e, OF_NO_DATA.contains(kind(e)));
  }

  private static String message(SQLException e, boolean shown) {
    String state = e.getSQLState() == null ? "none" : e.getSQLState();
    String said = shown ? line(e) : "it refuses a value";
    return said + " (SQLSTATE " + state + ")";
  }

  private static boolean isOfConnection(SQLException e) {
    return kind(e).equals("08");
  }

  private static String kind(SQLException e) {
    String state = e.getSQLState();
    return state == null || state.length() < 2 ? "" : state.substring(0, 2);
  }

  /** The first line; others may quote a statement. */
  private static String line(SQLException e) {
    String message = e.getMessage();
    return message == null
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").strip();
  }

  /** Whether others were in the way, so that the same may succeed when it is tried again. */
  static boolean isConflict(SQLException e) {
    return kind(e).equals("40") && !UNKNOWN_COMPLETION.equals(e.getSQLState());
  }

  /** Whether a constraint refused it, which may be for a row that others made. */
  static boolean isConstraint(SQLException e) {
    return kind(e).equals("23");
  }

  /** Whether nothing is written for sure, even if this is the answer to a commit. */
  static boolean isUndone(SQLException e) {
    return isConflict(e) || isConstraint(e);
  }
}
