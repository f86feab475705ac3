package dev.gimbal.source;

import dev.gimbal.Problem;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Fingerprint.Presence;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All files of a folder. In a Kubernetes volume they are those that the {@code ..data} link leads
 * to, all read through the one folder that it led to, and what stands beside the link.
 */
final class FolderTarget implements Target {

  private static final Path DATA = Path.of("..data");

  private final WatchOptions options;
  private final DirectorySource.As as;
  private final Sink sink;
  private final ReadOptions readOptions;

  FolderTarget(WatchOptions options, DirectorySource.As as, Sink sink) {
    this.options = options;
    this.as = as;
    this.sink = sink;
    this.readOptions = options.readOptions(sink.readOptions());
  }

  @Override
  public Look look() {
    Walk walk = new Walk();
    Fingerprint fingerprint;
    try {
      fingerprint = walk.fingerprint();
    } catch (TooLarge e) {
      fingerprint = Fingerprint.tooLarge(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      fingerprint = Fingerprint.unreadable(e);
    } catch (DirectoryIteratorException e) {
      fingerprint = Fingerprint.unreadable(Objects.requireNonNull(e.getCause()));
    }
    return new Look(fingerprint, walk.paths.folders());
  }

  /** More files or folders than a limit allows. */
  private static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge(String message) {
      super(message);
    }
  }

  /** One walk through the folder. */
  private final class Walk {

    final PathWalk paths = new PathWalk();
    private final Map<String, Fingerprint.Entry> files = new TreeMap<>();
    private final List<Path> inside = new ArrayList<>();
    private int seen;

    Fingerprint fingerprint() throws IOException {
      Path root = paths.resolve(options.path());
      if (root == null) {
        return Fingerprint.MISSING;
      }
      if (!Files.isDirectory(root)) {
        return Fingerprint.unreadable("it is not a directory");
      }
      Path data = root.resolve(DATA);
      Path volume = Files.isSymbolicLink(data) ? paths.resolve(data) : null;
      boolean isVolume = volume != null && Files.isDirectory(volume);
      Path base = isVolume ? Objects.requireNonNull(volume) : root;
      list(base, "", false);
      if (isVolume) {
        list(root, "", true);
      }
      return new Fingerprint(Presence.PRESENT, base, files, "", null);
    }

    private void list(Path folder, String prefix, boolean besideData) throws IOException {
      if (inside.contains(folder)) {
        throw new FileSystemLoopException(folder.toString());
      }
      if (inside.size() >= readOptions.limits().maxDepth()) {
        throw new TooLarge("nested deeper than maxDepth " + readOptions.limits().maxDepth());
      }
      inside.add(folder);
      paths.addWhole(folder);
      try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
        for (Path child : children) {
          String name = Objects.requireNonNull(child.getFileName()).toString();
          if (isShown(name) && !(besideData && leadsIntoData(child))) {
            add(child, name, prefix);
          }
        }
      }
      inside.remove(inside.size() - 1);
    }

    /** Neither hidden nor a backup copy, as editors name them. */
    private static boolean isShown(String name) {
      return !name.startsWith(".") && !name.endsWith("~");
    }

    private void add(Path child, String name, String prefix) throws IOException {
      try {
        addNow(child, name, prefix);
      } catch (DocumentFailure | TooLarge e) {
        throw e;
      } catch (IOException e) {
        throw new DocumentFailure(document(prefix + name), e);
      }
    }

    private void addNow(Path child, String name, String prefix) throws IOException {
      if (++seen > readOptions.limits().maxNodes()) {
        throw new TooLarge("more files than maxNodes " + readOptions.limits().maxNodes());
      }
      boolean link = Files.isSymbolicLink(child);
      Path real = link ? paths.resolve(child) : child;
      if (real == null || !Files.exists(real, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
      if (attributes.isDirectory() && as == DirectorySource.As.VALUES) {
        list(real, prefix + name + "/", false);
      } else if (attributes.isRegularFile() && isWanted(name)) {
        files.putIfAbsent(prefix + name, PathWalk.entry(real));
      }
    }

    /**
     * Whether this is the volume's own link to a file that was listed behind the {@code ..data}
     * link.
     */
    private boolean leadsIntoData(Path child) throws IOException {
      return Files.isSymbolicLink(child)
          && Files.readSymbolicLink(child).equals(DATA.resolve(child.getFileName()));
    }
  }

  private boolean isWanted(String name) {
    return as == DirectorySource.As.VALUES
        || options.format() != null
        || sink.formats().find(Formats.extension(name)) != null;
  }

  @Override
  public Reading read(Fingerprint seen) throws IOException {
    ByteLimit limit = new ByteLimit(options.name(), readOptions.limits().maxBytes());
    return Reading.of(seen, limit, this::document);
  }

  @Override
  public Parsed parse(Reading reading, @Nullable Parsed before) {
    return as == DirectorySource.As.VALUES
        ? Parsed.of(values(reading))
        : documents(reading, before == null ? Map.of() : before.parts());
  }

  private Document values(Reading reading) {
    FolderDocument document = new FolderDocument(options.name(), readOptions);
    for (Reading.Piece piece : reading.pieces()) {
      document.value(document(piece.name()), piece.name(), piece.bytes());
    }
    return document.build();
  }

  /** All documents; of 0 bytes, the content it had, else it is empty, and either is odd. */
  private Parsed documents(Reading reading, Map<String, Document> before) {
    FolderDocument document = new FolderDocument(options.name(), readOptions);
    boolean keep = options.onMissing() == OnMissing.KEEP;
    Map<String, Document> parts = new HashMap<>();
    List<Problem> odd = new ArrayList<>();
    for (Reading.Piece piece : reading.pieces()) {
      boolean hollow = piece.bytes().length == 0;
      Document part = hollow ? keep ? before.get(piece.name()) : null : parse(piece, reading);
      if (part != null) {
        document.merge(part);
        parts.put(piece.name(), part);
      }
      if (hollow && keep) {
        odd.add(SourceErrors.hollow(options, document(piece.name()), part != null));
      }
    }
    return new Parsed(document.build(), parts, odd);
  }

  private Document parse(Reading.Piece piece, Reading reading) {
    String format = options.format();
    Set<String> asked = ConcurrentHashMap.newKeySet();
    return sink.parse(
        new Content(
            document(piece.name()),
            format == null ? Formats.extension(piece.name()) : format,
            piece.bytes(),
            new Beside(reading, "", this::document, asked)),
        readOptions);
  }

  @Override
  public @Nullable String hollow(Reading reading) {
    return null; // its documents say it themselves
  }

  private String document(String name) {
    return options.path().resolve(name).toString();
  }
}
