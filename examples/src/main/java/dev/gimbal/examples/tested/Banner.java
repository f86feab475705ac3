package dev.gimbal.examples.tested;

import dev.gimbal.Config;
import dev.gimbal.Snapshot;
import dev.gimbal.Subscription;

/** The text above each page, put together once for each change. */
public final class Banner implements AutoCloseable {

  private final Config config;
  private final Subscription changes;
  private volatile String html = "";

  /** Follows {@code banner.text} and {@code banner.level}. */
  public Banner(Config config) {
    this.config = config;
    // Listen first, then look: a change in between is seen twice rather than never.
    changes = config.onChange("banner", change -> render());
    render();
  }

  private synchronized void render() {
    Snapshot now = config.snapshot();
    String text = now.get("banner.text").asString("");
    String level = now.get("banner.level").asString("info");
    html = text.isEmpty() ? "" : "<p class=" + level + ">" + text.replace("<", "&lt;") + "</p>";
  }

  public String html() {
    return html;
  }

  @Override
  public void close() {
    changes.close();
  }
}
