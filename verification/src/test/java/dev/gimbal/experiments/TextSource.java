package dev.gimbal.experiments;

import dev.gimbal.ConfigException;
import dev.gimbal.format.Content;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A source of JSON text, which a test gives it and which may be anything. */
final class TextSource implements Source {

  private final String name;
  private final AtomicLong revisions = new AtomicLong();
  private volatile String text;
  private volatile @Nullable Sink sink;

  TextSource(String name, String text) {
    this.name = name;
    this.text = text;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Session open(Sink to) {
    sink = to;
    to.tasks().execute(name, () -> hand(to));
    return new Session() {
      @Override
      public void reload(Sink answer) {
        hand(answer);
      }

      @Override
      public void close() {}
    };
  }

  /** Hands it over. Who asks for the Config's status then waits until it was dealt with. */
  void text(String newText) {
    text = newText;
    Sink to = sink;
    if (to != null) {
      hand(to);
    }
  }

  private void hand(Sink to) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      to.document(
          Revision.of(revisions.incrementAndGet()),
          to.parse(new Content(name + ".json", "json", bytes), to.readOptions()));
    } catch (ConfigException malformed) {
      to.failed(malformed);
    }
  }
}
