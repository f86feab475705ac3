package dev.gimbal.examples.live;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ConfigStatus;
import dev.gimbal.Origin;
import dev.gimbal.Snapshot;
import dev.gimbal.SourceStatus;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The page: every value of one snapshot with its origin, and how the sources are. Secrets are
 * masked, and all text is escaped. Used by one thread.
 */
final class ConfigPage {

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="refresh" content="2">
      <title>live-service</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem;
        padding: 0 1rem; color: #1d2733; background: #f6f7f9; }
      h1 { font-size: 1.4rem; margin: 0; }
      h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
      p { margin: .2rem 0; color: #5a6775; }
      b { color: #1d2733; }
      table { width: 100%; border-collapse: collapse; background: #fff; border: 1px solid #dde2e8; }
      th, td { text-align: left; padding: .4rem .8rem; border-top: 1px solid #e9edf1;
        vertical-align: top; overflow-wrap: anywhere; }
      th { font-weight: 600; background: #eef1f5; border-top: 0; }
      td { font-family: ui-monospace, monospace; font-size: .87rem; }
      .ok { color: #17703b; }
      .degraded, .down { color: #b3261e; }
      </style>
      </head>
      <body>
      """;

  private final Snapshot snapshot;
  private final ConfigStatus status;
  private final int workers;
  private final long served;
  private final StringBuilder out = new StringBuilder(HEAD);

  ConfigPage(Snapshot snapshot, ConfigStatus status, int workers, long served) {
    this.snapshot = snapshot;
    this.status = status;
    this.workers = workers;
    this.served = served;
  }

  String html() {
    out.append("<h1>").append(escape(snapshot.get("service.name").asString("service")));
    out.append("</h1>\n<p>version <b>").append(snapshot.version());
    out.append("</b> · pool of <b>").append(workers).append("</b>");
    int asked = snapshot.get("pool.size").asInt(workers);
    if (asked != workers) {
      out.append(" (pool.size says ").append(asked).append("; it is held within 1 to 64)");
    }
    out.append(" · requests served <b>").append(served).append("</b></p>\n");
    out.append("<h2>Configuration</h2>\n<table>\n");
    out.append("<tr><th>key</th><th>value</th><th>origin</th></tr>\n");
    values(ConfigPath.ROOT, snapshot.root().node());
    out.append("</table>\n<h2>Sources, the highest first</h2>\n<table>\n");
    out.append("<tr><th>source</th><th>state</th><th>since</th><th>reason</th></tr>\n");
    for (int i = status.sources().size() - 1; i >= 0; i--) {
      source(status.sources().get(i));
    }
    return out.append("</table>\n</body>\n</html>\n").toString();
  }

  private void values(ConfigPath path, @Nullable Node node) {
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      for (String key : object.keys()) {
        values(path.child(key), object.get(key));
      }
    } else if (node instanceof ListNode list && list.size() > 0) {
      for (int i = 0; i < list.size(); i++) {
        values(path.child(i), list.get(i));
      }
    } else if (node != null) {
      // What explain shows is masked, also where a placeholder took a secret elsewhere.
      String shown = snapshot.explain(path.toString()).value().orElse("");
      String origin = snapshot.get(path).origin().map(Origin::toString).orElse("");
      row("", path.toString(), shown, origin);
    }
  }

  private void source(SourceStatus source) {
    ConfigException reason = source.reason();
    String state = source.state().name().toLowerCase(Locale.ROOT);
    String why = reason == null ? "" : reason.getMessage();
    row(state, source.name(), state, source.since().toString(), why == null ? "" : why);
  }

  private void row(String style, String... cells) {
    out.append("<tr class=\"").append(style).append("\">");
    for (String cell : cells) {
      out.append("<td>").append(escape(cell)).append("</td>");
    }
    out.append("</tr>\n");
  }

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
