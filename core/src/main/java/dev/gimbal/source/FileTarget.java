package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Fingerprint.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A document in a file, and those that it includes. Which these are shows when it is parsed: then
 * they are looked at and read as well, all at one point in time. What is wrong with one of them is
 * told where it is included, so that the document can always be mended.
 *
 * <p>Used in the steps of its session only, one at a time.
 */
final class FileTarget implements Target {

  private static final FileTime EPOCH = FileTime.fromMillis(0);

  private final WatchOptions options;
  private final Sink sink;
  private final ReadOptions readOptions;

  /** What the document asked for when it was parsed last, by names beside it. */
  private Set<String> included = Set.of();

  /** Whether the last parsing asked for more than was read. */
  private boolean wantsMore;

  /** Whether what was read last came from a pipe, beside which nothing stands. */
  private boolean stream;

  /** Whether a regular file has been seen. */
  private boolean wasFile;

  FileTarget(WatchOptions options, Sink sink) {
    this.options = options;
    this.sink = sink;
    this.readOptions = options.readOptions(sink.readOptions());
  }

  @Override
  public void edit(Edit edit, Consumer<Document> check) {
    String name = options.path().toString();
    String format = options.format() == null ? Formats.extension(name) : options.format();
    new FileEdit(sink.formats(), options.path())
        .format(format)
        .readOptions(readOptions)
        .apply(
            edit, after -> check.accept(sink.parse(new Content(name, format, after), readOptions)));
  }

  @Override
  public Look look() {
    PathWalk walk = new PathWalk();
    Fingerprint fingerprint;
    try {
      fingerprint = fingerprint(walk);
    } catch (IOException e) {
      fingerprint = Fingerprint.unreadable(e);
    }
    return new Look(fingerprint, walk.folders());
  }

  private Fingerprint fingerprint(PathWalk walk) throws IOException {
    Path real = walk.resolve(options.path());
    if (real == null) {
      // a link such as /dev/stdin leads to a pipe without a path
      return Files.exists(options.path().toAbsolutePath()) ? stream() : Fingerprint.MISSING;
    }
    BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      return Fingerprint.unreadable("it is a directory");
    }
    if (!attributes.isRegularFile()) {
      String refusal = PathWalk.isNamedPipe(real) ? refusalOfPipe() : null;
      return refusal == null ? stream() : Fingerprint.unreadable(refusal);
    }
    wasFile = true;
    Map<String, Fingerprint.Entry> files = new HashMap<>();
    files.put("", PathWalk.entry(real));
    for (String name : included) {
      Fingerprint.Entry entry = included(name, walk);
      if (entry != null) {
        files.put(name, entry);
      }
    }
    return new Fingerprint(Presence.PRESENT, real, files, "", null);
  }

  /** Reading one waits until something writes to it, so that it must be meant. */
  private @Nullable String refusalOfPipe() {
    if (wasFile) {
      return "it is a named pipe, where a regular file was";
    }
    return options.format() == null
        ? "it is a named pipe, no regular file; one is read where its format is given"
        : null;
  }

  /** What is seen of a file that is included; null if there is none. */
  private Fingerprint.@Nullable Entry included(String name, PathWalk walk) {
    Path path;
    try {
      path = options.path().resolveSibling(name);
    } catch (InvalidPathException noNameHere) {
      return null;
    }
    try {
      Path real = walk.resolve(path);
      return real == null || !Files.isRegularFile(real) ? null : PathWalk.entry(real);
    } catch (IOException e) {
      return unseen(path); // reading it says why
    }
  }

  private Fingerprint stream() {
    return new Fingerprint(
        Presence.STREAM, options.path(), Map.of("", unseen(options.path())), "", null);
  }

  private static Fingerprint.Entry unseen(Path path) {
    return new Fingerprint.Entry(path, null, 0, EPOCH, EPOCH);
  }

  @Override
  public Reading read(Fingerprint seen) throws IOException {
    ByteLimit limit = new ByteLimit(options.name(), readOptions.limits().maxBytes());
    wantsMore = false;
    stream = seen.presence() == Presence.STREAM;
    List<Reading.Piece> pieces = new ArrayList<>();
    for (Map.Entry<String, Fingerprint.Entry> file : new TreeMap<>(seen.files()).entrySet()) {
      pieces.add(piece(file.getKey(), file.getValue().realPath(), limit));
    }
    return Reading.of(pieces);
  }

  private Reading.Piece piece(String name, Path real, ByteLimit limit) throws IOException {
    try {
      return new Reading.Piece(name, limit.read(real, document(name)));
    } catch (IOException e) {
      if (name.isEmpty()) {
        throw e;
      }
      return Reading.Piece.failed(name, SourceErrors.reason(e));
    } catch (ConfigException e) {
      if (name.isEmpty()) {
        throw e;
      }
      return Reading.Piece.failed(name, e.problems().get(0).message());
    }
  }

  @Override
  public Parsed parse(Reading reading, @Nullable Parsed before) {
    String format = options.format();
    Set<String> asked = ConcurrentHashMap.newKeySet();
    Content content =
        new Content(
            document(),
            format == null ? Formats.extension(document()) : format,
            reading.pieces().get(0).bytes(),
            stream ? null : new Beside(reading, "", this::document, asked));
    try {
      return Parsed.of(sink.parse(content, readOptions));
    } finally {
      wantsMore = !included.containsAll(asked);
      included = Set.copyOf(asked);
    }
  }

  @Override
  public boolean wantsMore() {
    return wantsMore;
  }

  @Override
  public @Nullable String hollow(Reading reading) {
    return reading.filled().contains("") ? null : document();
  }

  private String document() {
    return options.path().toString();
  }

  private String document(String name) {
    return name.isEmpty() ? document() : options.path().resolveSibling(name).toString();
  }
}
