package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.format.Document;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What reading a {@link Link} came to. Immutable.
 *
 * @param kind what it is
 * @param revision the store's own, or null where it has none
 * @param document what is there, or null if there is nothing new
 * @param why there is no document, or what is odd about it; null otherwise
 * @param next when to read again, in place of {@link RemoteOptions#period}, or null
 * @since 0.1.0
 */
public record RemoteState(
    Kind kind,
    @Nullable Revision revision,
    @Nullable Document document,
    @Nullable ConfigException why,
    @Nullable Duration next) {

  /** What there is. */
  public enum Kind {
    /** A document. One whose revision is older than what was handed over is left out. */
    DOCUMENT,
    /** A document of another history, whatever its revision: a store that was set up anew. */
    RESTARTED,
    /** What was read before still holds: a link that has told a change since says a document. */
    UNCHANGED,
    /** There is nothing: the layer becomes empty. */
    ABSENT,
    /** Something is wrong; the layer stays. */
    FAILED
  }

  public RemoteState {
    Objects.requireNonNull(kind, "kind");
  }

  /** A document of a store that has revisions. */
  public static RemoteState of(Revision revision, Document document) {
    return new RemoteState(Kind.DOCUMENT, Objects.requireNonNull(revision), document, null, null);
  }

  /** A document of a store that has no revisions: it is newer than what was read before. */
  public static RemoteState of(Document document) {
    return new RemoteState(Kind.DOCUMENT, null, document, null, null);
  }

  /** A document of a store whose revisions begin anew. */
  public static RemoteState restarted(Revision revision, Document document) {
    return new RemoteState(Kind.RESTARTED, Objects.requireNonNull(revision), document, null, null);
  }

  /** This document, of which something is odd: status tells. */
  public RemoteState odd(ConfigException odd) {
    return new RemoteState(kind, revision, document, Objects.requireNonNull(odd), next);
  }

  /** What was read before still holds. */
  public static RemoteState unchanged() {
    return new RemoteState(Kind.UNCHANGED, null, null, null, null);
  }

  /** There is nothing: the layer becomes empty. */
  public static RemoteState absent(ConfigException why) {
    return new RemoteState(Kind.ABSENT, null, null, Objects.requireNonNull(why), null);
  }

  /** Something is wrong with what is there; the layer stays. */
  public static RemoteState failed(ConfigException why) {
    return new RemoteState(Kind.FAILED, null, null, Objects.requireNonNull(why), null);
  }

  /** The same, to be read again after this time. */
  public RemoteState next(Duration after) {
    return new RemoteState(kind, revision, document, why, Objects.requireNonNull(after));
  }

  /** The same with another document. */
  RemoteState holding(Document decrypted) {
    return new RemoteState(kind, revision, decrypted, why, next);
  }
}
