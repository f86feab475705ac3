package dev.gimbal.source.nats;

import dev.gimbal.Config;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The sink of a Config that is open, for tests of what a session is made of. */
final class Borrowed implements AutoCloseable {

  private final Config config;
  private volatile @Nullable Sink sink;

  Borrowed(Source source) {
    this.config = Config.builder().source(new Lending(source)).build();
  }

  Sink sink() {
    return Objects.requireNonNull(sink);
  }

  @Override
  public void close() {
    config.close();
  }

  private final class Lending implements Source {
    private final Source source;

    Lending(Source source) {
      this.source = source;
    }

    @Override
    public String name() {
      return source.name();
    }

    @Override
    public Session open(Sink lent) {
      sink = lent;
      return source.open(lent);
    }
  }
}
