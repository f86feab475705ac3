package dev.gimbal.cli;

import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import java.util.Map;

/** Another source, of which something is noted on its way. */
abstract class TappedSource implements Source {

  private final Source source;

  TappedSource(Source source) {
    this.source = source;
  }

  /** A sink that notes what it passes on to another. */
  abstract Sink tap(Sink sink);

  @Override
  public final String name() {
    return source.name();
  }

  @Override
  public final boolean isOptional() {
    return source.isOptional();
  }

  @Override
  public final Map<String, String> labels() {
    return source.labels();
  }

  @Override
  public final Session open(Sink sink) {
    return source.open(tap(sink));
  }
}
