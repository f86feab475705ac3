package dev.gimbal.source;

import java.util.Map;

/** A source that the start does not wait for when it is absent or unreachable. */
record OptionalSource(Source source) implements Source {

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public Session open(Sink sink) {
    return source.open(sink);
  }

  @Override
  public boolean isOptional() {
    return true;
  }

  @Override
  public Map<String, String> labels() {
    return source.labels();
  }

  @Override
  public Source optional() {
    return this;
  }
}
