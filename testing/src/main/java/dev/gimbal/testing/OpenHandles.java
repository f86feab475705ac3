package dev.gimbal.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What was opened and not closed, and where. Used by any thread. */
final class OpenHandles {

  /** Classes whose frames are not where something was opened. */
  private static final Set<String> OWN =
      Set.of(
          OpenHandles.class.getName(),
          Opening.class.getName(),
          TrackedConfig.class.getName(),
          TestConfig.class.getName());

  /** In the order of opening. */
  @GuardedBy("this")
  private final Set<Opening> open = new LinkedHashSet<>();

  /** One that was opened. Its stack is that of who opened it. */
  static final class Opening extends Throwable {

    private static final long serialVersionUID = 1;

    /** What it was opened through, which ends it when it is closed; null for a Config. */
    private final transient @Nullable TrackedConfig through;

    private final String kind;

    /** Written by who opened it, once the Config gave it a name; read when it is told. */
    private volatile String name;

    private Opening(String kind, String name, @Nullable TrackedConfig through) {
      this.kind = kind;
      this.name = name;
      this.through = through;
      StackTraceElement[] frames = getStackTrace();
      int own = 0;
      while (own < frames.length && OWN.contains(frames[own].getClassName())) {
        own++;
      }
      setStackTrace(List.of(frames).subList(own, frames.length).toArray(StackTraceElement[]::new));
    }

    void named(String newName) {
      name = newName;
    }

    boolean isThrough(TrackedConfig config) {
      return through != null && through.isWithin(config);
    }

    @Override
    public String getMessage() {
      return kind + " " + name;
    }

    /** Class, method, file and line, as a stack trace shows them. */
    String where() {
      StackTraceElement[] frames = getStackTrace();
      if (frames.length == 0) {
        return "a place that the JVM does not tell";
      }
      StackTraceElement at = frames[0];
      String file = Objects.requireNonNullElse(at.getFileName(), "unknown file");
      String line = at.getLineNumber() < 0 ? "" : ":" + at.getLineNumber();
      return at.getClassName() + "." + at.getMethodName() + "(" + file + line + ")";
    }

    @Override
    public String toString() {
      return getMessage() + " was opened here";
    }
  }

  /**
   * Call it before opening: what ends meanwhile is then not taken for open. The caller's stack says
   * where.
   */
  Opening opening(String kind, String name, @Nullable TrackedConfig through) {
    Opening opening = new Opening(kind, name, through);
    synchronized (this) {
      open.add(opening);
    }
    return opening;
  }

  synchronized void closed(Opening opening) {
    open.remove(opening);
  }

  synchronized void closedIf(Predicate<? super Opening> ended) {
    open.removeIf(ended);
  }

  synchronized List<Opening> all() {
    return new ArrayList<>(open);
  }
}
