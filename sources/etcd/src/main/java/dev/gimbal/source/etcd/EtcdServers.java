package dev.gimbal.source.etcd;

import dev.gimbal.source.Link;
import dev.gimbal.source.RemoteUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses one of the servers of a cluster, once. Each of several is tried for a short time, so that
 * one that leads nowhere does not keep from the others; then those that did not answer once more,
 * for all the time there is.
 *
 * <p>One that is not silent may be starting, or its name may have another address, which is slow.
 * It is tried before the silent ones and after each of them, so that it is kept waiting no longer
 * than one of them has.
 */
final class EtcdServers {

  /** How long one of several may say nothing before the next is tried. */
  static final Duration SHORT = Duration.ofSeconds(1);

  /** Connects to one server. */
  @FunctionalInterface
  interface Dial {

    /**
     * @param limit for connecting, with the first answers
     */
    Link to(EtcdOptions.Endpoint endpoint, Duration limit) throws IOException, InterruptedException;
  }

  private final List<EtcdOptions.Endpoint> endpoints;
  private final Duration limit;
  private final Dial dial;

  /** Why each was not taken when it was tried last. */
  private final Map<EtcdOptions.Endpoint, IOException> failures = new LinkedHashMap<>();

  /**
   * @param endpoints in the order in which they are tried
   * @param limit for each that is tried
   */
  EtcdServers(List<EtcdOptions.Endpoint> endpoints, Duration limit, Dial dial) {
    this.endpoints = endpoints.stream().distinct().toList();
    this.limit = limit;
    this.dial = dial;
  }

  /**
   * Tries them all.
   *
   * @throws IOException when none serves, with what each has said
   */
  Link choose() throws IOException, InterruptedException {
    boolean isShort = endpoints.size() > 1 && limit.compareTo(SHORT) > 0;
    Link made = first(endpoints, isShort ? SHORT : limit);
    if (made == null && isShort) {
      made = again();
    }
    if (made == null) {
      throw failure();
    }
    return made;
  }

  private @Nullable Link again() throws InterruptedException {
    List<EtcdOptions.Endpoint> silent = endpoints.stream().filter(this::isSilent).toList();
    Link made = first(refused(), limit);
    for (int i = 0; made == null && i < silent.size(); i++) {
      made = first(silent.subList(i, i + 1), limit);
      made = made == null ? first(refused(), limit) : made;
    }
    return made;
  }

  private boolean isSilent(EtcdOptions.Endpoint endpoint) {
    return EtcdFailure.isOfTime(failures.get(endpoint));
  }

  /** Who neither answered nor was silent, when it was tried last. */
  private List<EtcdOptions.Endpoint> refused() {
    return endpoints.stream()
        .filter(endpoint -> !isSilent(endpoint))
        .filter(endpoint -> !(failures.get(endpoint) instanceof RemoteUnavailableException))
        .toList();
  }

  private @Nullable Link first(List<EtcdOptions.Endpoint> tried, Duration each)
      throws InterruptedException {
    for (EtcdOptions.Endpoint endpoint : tried) {
      try {
        return dial.to(endpoint, each);
      } catch (IOException e) {
        failures.put(endpoint, e);
      }
    }
    return null;
  }

  private IOException failure() {
    List<IOException> all = List.copyOf(failures.values());
    if (all.size() == 1) {
      return all.get(0);
    }
    String message = all.stream().map(IOException::getMessage).collect(Collectors.joining("; "));
    boolean answers = all.stream().anyMatch(RemoteUnavailableException.class::isInstance);
    IOException failure =
        answers ? new RemoteUnavailableException(message, null) : new IOException(message);
    all.forEach(failure::addSuppressed);
    return failure;
  }
}
