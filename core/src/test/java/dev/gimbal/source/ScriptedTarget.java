package dev.gimbal.source;

import dev.gimbal.format.Content;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Fingerprint.Presence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;

/** A file that exists only in a test. */
final class ScriptedTarget implements Target {

  private final Sink sink;
  private final ManualTasks tasks;
  private String link = "/first";
  private int inode = 1;
  private FileTime modified = FileTime.fromMillis(0);
  private FileTime changed = FileTime.fromMillis(0);
  private String content;
  private boolean readable = true;

  int looks;
  int reads;
  int parses;
  Runnable duringRead = () -> {};
  Runnable duringLook = () -> {};

  ScriptedTarget(RecordingSink sink, ManualTasks tasks) {
    this.sink = sink;
    this.tasks = tasks;
  }

  private FileTime now() {
    return FileTime.from(tasks.now());
  }

  /** A file that has been there for an hour. */
  ScriptedTarget old(String text) {
    content = text;
    return this;
  }

  /** Writes into the file that is there, or makes a new one. */
  void write(String text) {
    inode = content == null ? inode + 1 : inode;
    content = text;
    modified = now();
    changed = now();
  }

  /** Writes within the granule of the last time stamps. */
  void writeUnnoticed(String text) {
    content = text;
  }

  void touch() {
    modified = now();
    changed = now();
  }

  /** Puts a file that was written a moment before in place of this one. */
  void rename(String text) {
    content = text;
    inode++;
    modified = FileTime.from(tasks.now().minusMillis(5));
    changed = now();
  }

  /** Puts a file that was written this moment in place of this one: the times do not tell. */
  void renameAtOnce(String text) {
    content = text;
    inode++;
    modified = now();
    changed = now();
  }

  void swapLink(String to, String text) {
    link = to;
    inode++;
    content = text;
    modified = now();
    changed = now();
  }

  void delete() {
    content = null;
  }

  void chmod(boolean canRead) {
    readable = canRead;
    changed = now();
  }

  @Override
  public Look look() {
    looks++;
    duringLook.run();
    if (content == null) {
      return new Look(Fingerprint.MISSING, Map.of());
    }
    Path real = Path.of(link);
    Fingerprint.Entry entry =
        new Fingerprint.Entry(real, inode, content.length(), modified, changed);
    return new Look(new Fingerprint(Presence.PRESENT, real, Map.of("", entry), "", null), Map.of());
  }

  @Override
  public Reading read(Fingerprint seen) throws IOException {
    reads++;
    if (!readable) {
      throw new AccessDeniedException(link);
    }
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    duringRead.run();
    return Reading.of(List.of(new Reading.Piece("", bytes)));
  }

  @Override
  public Parsed parse(Reading reading, Parsed before) {
    parses++;
    byte[] bytes = reading.pieces().get(0).bytes();
    return Parsed.of(sink.parse(new Content("app.conf", "lines", bytes), ReadOptions.DEFAULT));
  }

  @Override
  public String hollow(Reading reading) {
    return reading.filled().isEmpty() ? "app.conf" : null;
  }
}
