package dev.gimbal.text;

import java.util.Set;

/** What foreign code threw, as messages tell it: without its words, which may hold a value. */
public final class Thrown {

  private static final Set<String> OURS =
      Set.of(
          "dev.gimbal",
          "dev.gimbal.bind",
          "dev.gimbal.champ",
          "dev.gimbal.engine",
          "dev.gimbal.format",
          "dev.gimbal.secret",
          "dev.gimbal.source",
          "dev.gimbal.text",
          "dev.gimbal.tree");

  private Thrown() {}

  /**
   * {@code java.lang.IllegalStateException at Guards.java:12}: the class, and the innermost place
   * that is neither the JDK's nor ours; the class alone where there is none.
   */
  public static String of(Throwable thrown) {
    String name = thrown.getClass().getName();
    try {
      for (StackTraceElement frame : thrown.getStackTrace()) {
        if (!isOfJdk(frame.getClassName()) && !isOurs(frame.getClassName())) {
          return name + " at " + place(frame);
        }
      }
    } catch (RuntimeException | Error itsOwnCodeFailed) {
      return name;
    }
    return name;
  }

  /**
   * What the log and causes have in its place: an exception whose message is its class, with its
   * stack trace, and without its words and causes.
   */
  public static Exception withoutMessage(Throwable thrown) {
    Exception named = new Exception(thrown.getClass().getName());
    try {
      named.setStackTrace(thrown.getStackTrace());
    } catch (RuntimeException | Error itsOwnCodeFailed) {
      named.setStackTrace(new StackTraceElement[0]);
    }
    return named;
  }

  /** Short, because messages are cut. */
  private static String place(StackTraceElement frame) {
    return frame.getFileName() == null || frame.getLineNumber() < 0
        ? frame.getClassName()
        : frame.getFileName() + ":" + frame.getLineNumber();
  }

  private static boolean isOfJdk(String type) {
    return type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.");
  }

  private static boolean isOurs(String type) {
    int dot = type.lastIndexOf('.');
    return dot > 0 && OURS.contains(type.substring(0, dot));
  }
}
