package dev.gimbal.source;

import dev.gimbal.format.Document;
import dev.gimbal.interleavings.Points;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;

/**
 * A file in a folder, put in place whole by a link, and the events of its folder. Who begins to
 * watch hears of what changes from then on.
 */
final class ExploredFile implements Target, Events.Factory {

  private static final Path FOLDER = Path.of("/folder");
  private static final Map<Path, Look.Folder> FOLDERS =
      Map.of(FOLDER, new Look.Folder(1, java.util.Set.of()));

  private final FileTime old = FileTime.fromMillis(-3_600_000);
  volatile int content = 1;
  volatile boolean watched;
  int opened;
  int closed;
  private Runnable changed = () -> {};

  /** Puts another content in place. */
  void change(int next) {
    content = next;
    if (watched) {
      Points.spawn("event", changed);
    }
  }

  @Override
  public Look look() {
    Path base = FOLDER.resolve(Integer.toString(content));
    Fingerprint.Entry entry = new Fingerprint.Entry(base, null, 1, old, old);
    return new Look(
        new Fingerprint(Fingerprint.Presence.PRESENT, base, Map.of("", entry), "", null), FOLDERS);
  }

  @Override
  public Reading read(Fingerprint seen) {
    return Reading.of(List.of(new Reading.Piece("", new byte[] {(byte) content})));
  }

  @Override
  public Parsed parse(Reading reading, Parsed before) {
    String key = Integer.toString(reading.pieces().get(0).bytes()[0]);
    return Parsed.of(Document.of(ObjectNode.EMPTY.with(key, Scalar.number(key))));
  }

  @Override
  public String hollow(Reading reading) {
    return null;
  }

  @Override
  public Events open(Runnable changed) {
    opened++;
    this.changed = changed;
    return new Events() {
      @Override
      public boolean watch(Map<Path, Look.Folder> folders) {
        boolean first = !watched;
        watched = true;
        return first;
      }

      @Override
      public void close() {
        closed++;
        watched = false;
      }
    };
  }
}
