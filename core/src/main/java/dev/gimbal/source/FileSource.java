package dev.gimbal.source;

import dev.gimbal.format.Documents;
import dev.gimbal.format.Limits;
import dev.gimbal.format.ReadOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A document in a file. A file that is missing at the start is absent and joins when it appears;
 * one that goes later, or has 0 bytes, keeps its layer and is DEGRADED unless {@link #onMissing}
 * says otherwise; at the start a file of 0 bytes is an empty document, DEGRADED.
 *
 * <p>Immutable and safe for use by many threads; each {@code with}-like method returns a new
 * source. The file system is watched through events of the directories on the way (symbolic links
 * included), and looked at every 2 seconds besides.
 *
 * @since 0.1.0
 */
public final class FileSource implements Source {

  private final WatchOptions options;

  public FileSource(Path path) {
    this(WatchOptions.of(path));
  }

  FileSource(WatchOptions options) {
    this.options = options;
  }

  /** What it is called in messages, status and origins; by default the path as it was given. */
  public FileSource name(String name) {
    return with(options.withName(name));
  }

  /** The name or extension of the format; by default the extension of the path says it. */
  public FileSource format(String format) {
    return with(options.withFormat(format));
  }

  /** What it means when the file is gone or has 0 bytes; by default the last content stays. */
  public FileSource onMissing(OnMissing onMissing) {
    return with(options.withOnMissing(onMissing));
  }

  /**
   * How long a file that was changed in place must stand still before it is read. Default 50 ms, at
   * most 365 days. A file that was renamed into place is read at once.
   */
  public FileSource stillFor(Duration stillFor) {
    return with(options.withStillFor(stillFor));
  }

  /**
   * How long what is there must stay broken, empty or missing before that counts. Default 200 ms,
   * at most 365 days. Meanwhile readers keep what they had.
   */
  public FileSource settleFor(Duration settleFor) {
    return with(options.withSettleFor(settleFor));
  }

  /**
   * Looks this often, and uses no events of the file system: for network and other file systems
   * that have none. At most 365 days. By default events, and a look every 2 seconds.
   */
  public FileSource poll(Duration poll) {
    return with(options.withPoll(poll));
  }

  /** How it is read, in place of what the Config says. */
  public FileSource readOptions(ReadOptions readOptions) {
    return with(options.withReading(read -> readOptions));
  }

  /** Whether {@code ${...}} in strings is resolved. Default on. */
  public FileSource placeholders(boolean on) {
    return with(options.withPlaceholders(on));
  }

  /** Whether a dotted key in JSON or YAML stands for a path. Default off: it is literal. */
  public FileSource dottedKeysExpand(boolean expand) {
    return with(options.withDottedKeysExpand(expand));
  }

  /** Which of several YAML documents are read. Default {@link Documents#ONLY}. */
  public FileSource documents(Documents documents) {
    return with(options.withReading(read -> read.withDocuments(documents)));
  }

  /** How large the document may be. Default {@link Limits#DEFAULT}. */
  public FileSource limits(Limits limits) {
    return with(options.withReading(read -> read.withLimits(limits)));
  }

  private FileSource with(WatchOptions newOptions) {
    return new FileSource(newOptions);
  }

  WatchOptions options() {
    return options;
  }

  @Override
  public String name() {
    return options.name();
  }

  @Override
  public Session open(Sink sink) {
    return WatchedSession.open(options, new FileTarget(options, sink), sink);
  }

  @Override
  public String toString() {
    return "file " + options.path();
  }
}
