package dev.gimbal.source;

import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The Java system properties that begin with a prefix, which is taken off; all of them with an
 * empty one. Live: looked at every second. Keys and values that are not strings are left out.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class SystemPropertiesSource implements Source {

  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final int COPY_ATTEMPTS = 100;

  private final String prefix;
  private final Supplier<Properties> properties;

  public SystemPropertiesSource(String prefix) {
    this(prefix, System::getProperties);
  }

  SystemPropertiesSource(String prefix, Supplier<Properties> properties) {
    this.prefix = Objects.requireNonNull(prefix, "prefix");
    this.properties = properties;
  }

  /** {@code system properties}, followed by the prefix if there is one. */
  @Override
  public String name() {
    return prefix.isEmpty() ? "system properties" : "system properties " + prefix;
  }

  @Override
  public Session open(Sink sink) {
    Live session = new Live(sink);
    session.steps.run(session::look);
    return session;
  }

  private Variables read() {
    Map<String, String> values = new HashMap<>();
    copy(properties.get())
        .forEach(
            (property, value) -> {
              if (property.length() > prefix.length() && property.startsWith(prefix)) {
                values.put(property.substring(prefix.length()), value);
              }
            });
    return new Variables(Variables.Style.PATH, prefix, values, false);
  }

  /**
   * A copy, also while others write; {@code Properties} may be a subclass that does not allow it.
   */
  private static Map<String, String> copy(Properties from) {
    for (int attempt = 1; ; attempt++) {
      try {
        Map<String, String> copy = new HashMap<>();
        for (String property : from.stringPropertyNames()) {
          String value = from.getProperty(property);
          if (value != null) {
            copy.put(property, value);
          }
        }
        return copy;
      } catch (ConcurrentModificationException e) {
        if (attempt == COPY_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Compares and sends. Fields without a word belong to the steps, one at a time. */
  private final class Live implements Session {

    final Steps steps = Steps.of(name());
    private final Sink sink;
    private long revision;
    private @Nullable Variables sent;

    /** The next look. Written by steps, read by {@link #close}. */
    private volatile Tasks.@Nullable Cancellable next;

    /** Written by {@link #close}, read by steps. */
    private volatile boolean closed;

    Live(Sink sink) {
      this.sink = sink;
    }

    void look() {
      if (closed) {
        return;
      }
      try {
        send(read());
      } finally {
        again();
      }
    }

    private void send(Variables present) {
      if (!present.equals(sent)) {
        sent = present;
        sink.variables(Revision.of(++revision), present);
      }
    }

    private void again() {
      if (sink.watching()) {
        next = sink.tasks().schedule(name(), PERIOD, () -> steps.run(this::look));
        if (closed) {
          close();
        }
      }
    }

    @Override
    public void reload(Sink to) {
      Asker asker = new Asker(to);
      steps.run(() -> asker.answer(this::sendAnyway));
      asker.await();
    }

    /** The answer reaches the layer, so that the sink needs no other. */
    private void sendAnyway(Sink to) {
      Variables present = read();
      to.variables(Revision.of(++revision), present);
      sent = present;
    }

    @Override
    public void close() {
      closed = true;
      Tasks.Cancellable waiting = next;
      if (waiting != null) {
        waiting.cancel();
      }
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
