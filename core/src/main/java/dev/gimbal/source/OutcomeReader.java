package dev.gimbal.source;

import dev.gimbal.ConfigException;
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
      case UNREADABLE -> failed(Kind.UNREADABLE, SourceErrors.unreadable(options, seen.problem()));
      case TOO_LARGE -> failed(Kind.BROKEN, SourceErrors.tooLarge(options, seen.problem()));
      case STREAM -> {
        Outcome told = answers.told();
        yield told == null ? readContent(seen) : new Attempt(null, told);
      }
      case PRESENT -> readContent(seen);
    };
  }

  private ConfigException missing() {
    return answers.keepsLayer() ? SourceErrors.gone(options) : SourceErrors.absent(options);
  }

  private static Attempt failed(Kind kind, ConfigException why) {
    return new Attempt(null, Outcome.of(kind, why));
  }

  private Attempt readContent(Fingerprint seen) {
    try {
      return new Attempt(target.read(seen), null);
    } catch (IOException e) {
      String reason = SourceErrors.reason(e);
      return failed(Kind.UNREADABLE, SourceErrors.unreadable(options, reason));
    } catch (ConfigException e) {
      return failed(Kind.BROKEN, e);
    }
  }

  /**
   * What an attempt came to; parsed only if its content is new.
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
      return last;
    }
    if (last != null && settling.isAtBase() && !last.digest().equals(Digest.NONE)) {
      settling.stirred(now);
      return null;
    }
    Outcome suspect = settling.suspect();
    return suspect != null && suspect.isOf(reading) ? suspect : parse(reading, last);
  }

  private Outcome parse(Reading reading, @Nullable Outcome last) {
    String hollow = target.hollow(reading);
    if (hollow != null) {
      String effect =
          answers.keepsLayer() ? "the last content stays" : "taken as an empty document";
      ConfigException why = SourceErrors.hollow(options, hollow, effect);
      return Outcome.of(Kind.EMPTY, reading.digest(), why);
    }
    try {
      Document document = target.parse(reading);
      boolean shrunk = last != null && isShrunk(reading, document, last);
      return Outcome.of(shrunk ? Kind.SHRUNK : Kind.GOOD, reading, document);
    } catch (ConfigException e) {
      return Outcome.of(Kind.BROKEN, reading.digest(), e);
    }
  }

  /** Whether files or all values of the last document are gone, and not by a swap of the whole. */
  private boolean isShrunk(Reading reading, Document document, Outcome last) {
    Document before = last.document();
    boolean emptied = document.tree().isEmpty() && before != null && !before.tree().isEmpty();
    return emptied || !settling.cameWhole() && !reading.filled().containsAll(answers.filled());
  }
}
