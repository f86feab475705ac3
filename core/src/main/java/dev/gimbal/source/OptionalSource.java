package dev.gimbal.source;

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
  public Source optional() {
    return this;
  }
}
