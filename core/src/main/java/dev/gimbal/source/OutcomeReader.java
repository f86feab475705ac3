package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import dev.gimbal.format.Document;
import dev.gimbal.source.Outcome.Kind;
import dev.gimbal.source.Reading.Digest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a target and says what that came to. Used by one step at a time. */
final class OutcomeReader {

  private final WatchOptions options;
  private final Target target;
  private final Settling settling;
  private final Answers answers;

  OutcomeReader(WatchOptions options, Target target, Settling settling, Answers answers) {
    this.options = options;
    this.target = target;
    this.settling = settling;
    this.answers = answers;
  }

  /** What was read, and what went wrong if nothing was. */
  record Attempt(@Nullable Reading reading, @Nullable Outcome failure) {}

  Attempt read(Fingerprint seen) {
    return switch (seen.presence()) {
      case MISSING -> failed(Kind.MISSING, missing());
      case UNREADABLE -> failed(Kind.UNREADABLE, unreadable(seen.document(), seen.problem()));
      case TOO_LARGE -> failed(Kind.BROKEN, SourceErrors.tooLarge(options, seen.problem()));
      case STREAM -> {
        Outcome told = answers.told();
        yield told == null ? readContent(seen) : new Attempt(null, told);
      }
      case PRESENT -> readContent(seen);
    };
  }

  private ConfigException missing() {
    return answers.keepsLayer(Kind.MISSING)
        ? SourceErrors.gone(options)
        : SourceErrors.absent(options);
  }

  private ConfigException unreadable(@Nullable String document, String reason) {
    return SourceErrors.unreadable(options, document, reason);
  }

  private static Attempt failed(Kind kind, ConfigException why) {
    return new Attempt(null, Outcome.of(kind, why));
  }

  private Attempt readContent(Fingerprint seen) {
    try {
      return new Attempt(target.read(seen), null);
    } catch (IOException e) {
      return failed(Kind.UNREADABLE, unreadable(SourceErrors.document(e), SourceErrors.reason(e)));
    } catch (ConfigException e) {
      return failed(Kind.BROKEN, e);
    }
  }

  /**
   * What an attempt came to; parsed only if its content is new, or was broken and somebody asks:
   * what was missing outside, such as a key, may be there now.
   *
   * @return null if the content differs although the fingerprint does not: somebody is writing
   */
  @Nullable Outcome outcome(Attempt attempt, long now) {
    Reading reading = attempt.reading();
    if (reading == null) {
      return attempt.failure();
    }
    Outcome last = answers.told();
    if (last != null && last.isOf(reading)) {
      boolean again = last.kind() == Kind.BROKEN && answers.isAwaited();
      return again ? parse(reading) : last;
    }
    if (last != null && settling.isAtBase() && !last.digest().equals(Digest.NONE)) {
      settling.stirred(now);
      return null;
    }
    Outcome suspect = settling.suspect();
    return suspect != null && suspect.isOf(reading) ? suspect : parse(reading);
  }

  private Outcome parse(Reading reading) {
    String hollow = target.hollow(reading);
    if (hollow != null) {
      Problem why = SourceErrors.hollow(options, hollow, answers.keepsLayer(Kind.EMPTY));
      return Outcome.of(Kind.EMPTY, reading.digest(), new ConfigException(why));
    }
    try {
      Parsed held = answers.held();
      Parsed parsed = target.parse(reading, held);
      boolean shrunk = held != null && isShrunk(reading, parsed.document(), held.document());
      return Outcome.of(shrunk ? Kind.SHRUNK : Kind.GOOD, reading, parsed);
    } catch (ConfigException e) {
      return Outcome.of(Kind.BROKEN, reading.digest(), e);
    }
  }

  /**
   * Whether files or all values of what the layer holds are gone, and not by a swap of the whole.
   */
  private boolean isShrunk(Reading reading, Document document, Document before) {
    boolean emptied = document.tree().isEmpty() && !before.tree().isEmpty();
    return emptied || !settling.cameWhole() && !reading.filled().containsAll(answers.filled());
  }
}
