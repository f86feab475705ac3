package dev.gimbal.source;

import dev.gimbal.format.Documents;
import dev.gimbal.format.Limits;
import dev.gimbal.format.ReadOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A folder: of values, one a file, or of documents that merge. Names that begin with a dot or end
 * with a tilde are skipped. All of it is one document, so that a swap of Kubernetes' {@code ..data}
 * link is one change. A document in it that has 0 bytes keeps its last content, or is empty if it
 * has none, and the source is DEGRADED, unless {@link #onMissing} says otherwise; the others count.
 *
 * <p>Immutable and safe for use by many threads; each {@code with}-like method returns a new
 * source. The file system is watched through events of the directories on the way (symbolic links
 * included), and looked at every 2 seconds besides.
 *
 * @since 0.1.0
 */
public final class DirectorySource implements Source {

  /** What the files of the folder are. */
  public enum As {
    /**
     * Each file is a string: its name is one literal key, folders nest, one final newline is
     * stripped.
     */
    VALUES,
    /**
     * Files whose extension a format has are documents; they merge at the root in the order of
     * their names, by the rules of layers. Folders are not descended.
     */
    DOCUMENTS
  }

  private final WatchOptions options;
  private final As as;

  public DirectorySource(Path path) {
    this(WatchOptions.of(path), As.VALUES);
  }

  DirectorySource(WatchOptions options) {
    this(options, As.VALUES);
  }

  DirectorySource(WatchOptions options, As as) {
    this.options = options;
    this.as = as;
  }

  /** What it is called in messages, status and origins; by default the path as it was given. */
  public DirectorySource name(String name) {
    return with(options.withName(name));
  }

  /** The name or extension of the format; by default the extension of each file says it. */
  public DirectorySource format(String format) {
    return with(options.withFormat(format));
  }

  /**
   * What it means when the folder is gone or a document in it has 0 bytes; by default the last
   * content stays.
   */
  public DirectorySource onMissing(OnMissing onMissing) {
    return with(options.withOnMissing(onMissing));
  }

  /**
   * How long a file that was changed in place must stand still before it is read. Default 50 ms, at
   * most 365 days. A file that was renamed into place is read at once.
   */
  public DirectorySource stillFor(Duration stillFor) {
    return with(options.withStillFor(stillFor));
  }

  /**
   * How long what is there must stay broken, empty or missing before that counts. Default 200 ms,
   * at most 365 days. Meanwhile readers keep what they had.
   */
  public DirectorySource settleFor(Duration settleFor) {
    return with(options.withSettleFor(settleFor));
  }

  /**
   * Looks this often, and uses no events of the file system: for network and other file systems
   * that have none. At most 365 days. By default events, and a look every 2 seconds.
   */
  public DirectorySource poll(Duration poll) {
    return with(options.withPoll(poll));
  }

  /** How it is read, in place of what the Config says. */
  public DirectorySource readOptions(ReadOptions readOptions) {
    return with(options.withReading(read -> readOptions));
  }

  /** Whether {@code ${...}} in strings is resolved. Default on. */
  public DirectorySource placeholders(boolean on) {
    return with(options.withPlaceholders(on));
  }

  /** Whether a dotted key in JSON or YAML stands for a path. Default off: it is literal. */
  public DirectorySource dottedKeysExpand(boolean expand) {
    return with(options.withDottedKeysExpand(expand));
  }

  /** Which of several YAML documents of each file are read. Default {@link Documents#ONLY}. */
  public DirectorySource documents(Documents documents) {
    return with(options.withReading(read -> read.withDocuments(documents)));
  }

  /** How large all files together may be. Default {@link Limits#DEFAULT}. */
  public DirectorySource limits(Limits limits) {
    return with(options.withReading(read -> read.withLimits(limits)));
  }

  /** What its files are; by default values. */
  public DirectorySource as(As newAs) {
    return new DirectorySource(options, newAs);
  }

  private DirectorySource with(WatchOptions newOptions) {
    return new DirectorySource(newOptions, as);
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
    return WatchedSession.open(options, new FolderTarget(options, as, sink), sink);
  }

  @Override
  public String toString() {
    return "directory " + options.path();
  }
}
