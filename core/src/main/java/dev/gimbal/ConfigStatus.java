package dev.gimbal;

import java.util.List;
import java.util.OptionalLong;

/**
 * How a Config is.
 *
 * @param version the current snapshot's
 * @param pinned the version that a {@linkplain History#rollback rollback} went back to and that is
 *     shown under this one, as long as it is pinned
 * @param closed whether {@link Config#close()} was called
 * @param sources in the order of their layers, the lowest first
 * @param subscriptions open ones
 * @param watchers open ones
 * @param delivered calls of listeners that returned
 * @param listenerFailures calls of listeners that threw
 * @param slowListeners calls that took longer than the watchdog allows
 * @param refusedHandoffs times that an executor refused a task; each was tried again
 * @since 0.1.0
 */
public record ConfigStatus(
    long version,
    OptionalLong pinned,
    boolean closed,
    List<SourceStatus> sources,
    int subscriptions,
    int watchers,
    long delivered,
    long listenerFailures,
    long slowListeners,
    long refusedHandoffs) {

  public ConfigStatus {
    sources = List.copyOf(sources);
  }

  /** The status of a source by name. */
  public SourceStatus source(String name) {
    return sources.stream()
        .filter(source -> source.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no source \"" + name + "\""));
  }
}
