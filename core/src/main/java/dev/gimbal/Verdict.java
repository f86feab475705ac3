package dev.gimbal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Guard} or a {@link Validator} says of a candidate: nothing against it, or what.
 *
 * <p>Immutable.
 *
 * @param rejections what is wrong; empty when nothing is
 * @since 0.1.0
 */
public record Verdict(List<Rejection> rejections) {

  private static final Verdict ACCEPT = new Verdict(List.of());

  public Verdict {
    rejections = List.copyOf(rejections);
  }

  /**
   * One thing that is wrong.
   *
   * @param path the key it is about, or null; its place is told
   * @param reason in words for whoever edits the configuration; it is shown as it is, so it must
   *     not hold a secret
   */
  public record Rejection(@Nullable ConfigPath path, String reason) {
    public Rejection {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** Nothing is wrong. */
  public static Verdict accept() {
    return ACCEPT;
  }

  /** The candidate as a whole is refused. */
  public static Verdict reject(String reason) {
    return new Verdict(List.of(new Rejection(null, reason)));
  }

  /**
   * The candidate is refused because of one key.
   *
   * @throws ConfigException GIM-001 when the text is not a path
   */
  public static Verdict reject(String path, String reason) {
    return new Verdict(List.of(new Rejection(ConfigPath.parse(path), reason)));
  }

  /** Both: what is wrong here, then what is wrong there. */
  public Verdict and(Verdict other) {
    List<Rejection> all = new ArrayList<>(rejections);
    all.addAll(other.rejections);
    return new Verdict(all);
  }

  /** Whether nothing is wrong. */
  public boolean isAccepted() {
    return rejections.isEmpty();
  }
}
