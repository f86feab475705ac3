package dev.gimbal.source;

import dev.gimbal.ConfigException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a reading came to.
 *
 * @param kind what it is
 * @param digest of the content, {@link Reading.Digest#NONE} where there is none
 * @param filled the files of a document that hold something
 * @param parsed what GOOD and SHRUNK hold
 * @param why what the others are
 */
record Outcome(
    Kind kind,
    Reading.Digest digest,
    Set<String> filled,
    @Nullable Parsed parsed,
    @Nullable ConfigException why) {

  enum Kind {
    /** A document. */
    GOOD,
    /** A document, but something that was there is gone from it: it may be half written. */
    SHRUNK,
    /** A document of 0 bytes. */
    EMPTY,
    /** What was read is malformed. */
    BROKEN,
    MISSING,
    UNREADABLE
  }

  static Outcome of(Kind kind, Reading reading, Parsed parsed) {
    return new Outcome(kind, reading.digest(), reading.filled(), parsed, null);
  }

  static Outcome of(Kind kind, Reading.Digest digest, ConfigException why) {
    return new Outcome(kind, digest, Set.of(), null, why);
  }

  /** Without content. */
  static Outcome of(Kind kind, ConfigException why) {
    return new Outcome(kind, Reading.Digest.NONE, Set.of(), null, why);
  }

  boolean isDocument() {
    return parsed != null;
  }

  boolean isOf(Reading reading) {
    return digest.equals(reading.digest());
  }

  /** What is wrong with it; not for documents. */
  ConfigException problem() {
    return Objects.requireNonNull(why);
  }

  /** Whether telling one after the other would tell nothing new. */
  boolean sameAs(@Nullable Outcome other) {
    return other != null
        && isDocument() == other.isDocument()
        && (isDocument() || kind == other.kind)
        && digest.equals(other.digest)
        && (kind != Kind.UNREADABLE || message().equals(other.message()));
  }

  private String message() {
    return why == null ? "" : String.valueOf(why.getMessage());
  }
}
