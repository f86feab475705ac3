package dev.gimbal.cli;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.SourceStatus;
import dev.gimbal.Subscription;
import java.util.HashMap;
import java.util.Map;

/**
 * Says on standard error how sources fare: each state once, and each edit that is rejected, though
 * the next is wrong in the same way. Safe for use by many threads.
 */
final class StatusMessages {

  private static final String WELL = "";

  /** What was said of a source, and how often it had been wrong by then. */
  private record Said(String text, long wrong) {}

  private final Terminal terminal;

  /** What was said last of each source. */
  @GuardedBy("this")
  private final Map<String, Said> said = new HashMap<>();

  StatusMessages(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Tells which sources are odd, and which optional ones are there, but cannot be read. Of those
   * that are not there it says nothing.
   */
  static void tellUnwell(Config config, Terminal terminal) {
    for (SourceStatus status : config.status().sources()) {
      ConfigException reason = status.reason();
      boolean absent = reason == null || reason.code() == ErrorCode.SOURCE_ABSENT;
      switch (status.state()) {
        case DEGRADED -> terminal.message(text(status));
        case DOWN -> {
          if (!absent) {
            terminal.message(text(status));
          }
        }
        case OK -> {}
      }
    }
  }

  /** Tells how the sources are, then of each change. */
  static Subscription subscribe(Config config, Terminal terminal) {
    StatusMessages messages = new StatusMessages(terminal);
    Subscription subscription = config.onStatus(messages::tell);
    messages.begin(config);
    return subscription;
  }

  /** Tells how each source is of which no event has told. */
  private synchronized void begin(Config config) {
    for (SourceStatus status : config.status().sources()) {
      if (!said.containsKey(status.name())) {
        tell(status);
      }
    }
  }

  synchronized void tell(SourceStatus status) {
    String now = status.state() == SourceStatus.State.OK ? WELL : text(status);
    Said is = new Said(now, status.rejected() + status.failures());
    Said was = said.put(status.name(), is);
    if (now.equals(WELL)) {
      if (was != null && !was.text().equals(WELL)) {
        terminal.message("ok: " + Visible.inLine(status.name()));
      }
    } else if (!is.equals(was)) {
      terminal.message(now);
    }
  }

  /** {@code degraded: app.yaml: GIM-004 ...} and the place on a second line. */
  static String text(SourceStatus status) {
    String state = status.state() == SourceStatus.State.DOWN ? "down: " : "degraded: ";
    String name = Visible.inLine(status.name());
    return state + name + (status.reason() == null ? "" : ": " + reason(status));
  }

  /** Why it is not well. */
  static String reason(SourceStatus status) {
    ConfigException reason = status.reason();
    return reason == null ? Visible.inLine(status.name()) : Visible.text(reason);
  }
}
