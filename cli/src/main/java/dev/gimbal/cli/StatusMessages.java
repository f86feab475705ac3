package dev.gimbal.cli;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.SourceStatus;
import dev.gimbal.Subscription;
import java.util.HashMap;
import java.util.Map;

/** Says on standard error how sources fare, each state once. Safe for use by many threads. */
final class StatusMessages {

  private static final String WELL = "";

  private final Terminal terminal;

  /** What was said last of each source that was not well. Guarded by this. */
  private final Map<String, String> said = new HashMap<>();

  private StatusMessages(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Tells how the sources are, then of each change. */
  static Subscription subscribe(Config config, Terminal terminal) {
    StatusMessages messages = new StatusMessages(terminal);
    Subscription subscription = config.onStatus(messages::tell);
    for (SourceStatus status : config.status().sources()) {
      messages.tell(status);
    }
    return subscription;
  }

  private synchronized void tell(SourceStatus status) {
    String now = status.state() == SourceStatus.State.OK ? WELL : text(status);
    String before = said.getOrDefault(status.name(), WELL);
    if (now.equals(before)) {
      return;
    }
    said.put(status.name(), now);
    terminal.message(now.equals(WELL) ? "ok: " + status.name() : now);
  }

  /** {@code degraded: app.yaml: GIM-004 ...} and the place on a second line. */
  static String text(SourceStatus status) {
    ConfigException reason = status.reason();
    String state = status.state() == SourceStatus.State.DOWN ? "down: " : "degraded: ";
    return state + status.name() + (reason == null ? "" : ": " + Terminal.text(reason));
  }
}
