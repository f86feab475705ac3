package dev.gimbal.source;

import dev.gimbal.format.Content;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Fingerprint.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A document in a file. */
final class FileTarget implements Target {

  private static final FileTime EPOCH = FileTime.fromMillis(0);

  private final WatchOptions options;
  private final Sink sink;
  private final ReadOptions readOptions;

  FileTarget(WatchOptions options, Sink sink) {
    this.options = options;
    this.sink = sink;
    this.readOptions = options.reading().apply(sink.readOptions());
  }

  @Override
  public Look look() {
    PathWalk walk = new PathWalk();
    Fingerprint fingerprint;
    try {
      fingerprint = fingerprint(walk.resolve(options.path()));
    } catch (IOException e) {
      fingerprint = Fingerprint.unreadable(e);
    }
    return new Look(fingerprint, walk.folders());
  }

  private Fingerprint fingerprint(@Nullable Path real) throws IOException {
    if (real == null) {
      // a link such as /dev/stdin leads to a pipe without a path
      return Files.exists(options.path().toAbsolutePath()) ? stream() : Fingerprint.MISSING;
    }
    BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      return Fingerprint.unreadable("it is a directory");
    }
    return attributes.isRegularFile()
        ? new Fingerprint(Presence.PRESENT, real, Map.of("", PathWalk.entry(real)), "", null)
        : stream();
  }

  private Fingerprint stream() {
    Fingerprint.Entry entry = new Fingerprint.Entry(options.path(), null, 0, EPOCH, EPOCH);
    return new Fingerprint(Presence.STREAM, options.path(), Map.of("", entry), "", null);
  }

  @Override
  public Reading read(Fingerprint seen) throws IOException {
    ByteLimit limit = new ByteLimit(options.name(), readOptions.limits().maxBytes());
    Fingerprint.Entry entry = seen.files().get("");
    Path real = entry == null ? options.path() : entry.realPath();
    return Reading.of(List.of(new Reading.Piece("", limit.read(real, document()))));
  }

  @Override
  public Parsed parse(Reading reading, @Nullable Parsed before) {
    String format = options.format();
    Content content =
        new Content(
            document(),
            format == null ? Formats.extension(document()) : format,
            reading.pieces().get(0).bytes());
    return Parsed.of(sink.parse(content, readOptions));
  }

  @Override
  public @Nullable String hollow(Reading reading) {
    return reading.filled().isEmpty() ? document() : null;
  }

  private String document() {
    return options.path().toString();
  }
}
