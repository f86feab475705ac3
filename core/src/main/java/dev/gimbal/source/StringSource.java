package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.format.Content;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A fixed document. Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class StringSource implements Source {

  private final String name;
  private final String format;
  private final String text;

  /**
   * @param name in messages, status and origins
   * @param format the name or extension of the text's format
   * @param text the document
   */
  public StringSource(String name, String format, String text) {
    this.name = Objects.requireNonNull(name, "name");
    this.format = Objects.requireNonNull(format, "format");
    this.text = Objects.requireNonNull(text, "text");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Session open(Sink sink) {
    FixedSession session = new FixedSession(this::answer);
    sink.tasks().execute(name, () -> session.reload(sink));
    return session;
  }

  private void answer(Sink sink, Revision revision) {
    try {
      Content content = new Content(name, format, text.getBytes(StandardCharsets.UTF_8));
      sink.document(revision, sink.parse(content, sink.readOptions()));
    } catch (ConfigException e) {
      sink.failed(e);
    }
  }

  @Override
  public String toString() {
    return "string " + name;
  }
}
