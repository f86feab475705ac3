package dev.gimbal.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Events of folders, each a sign that something may have changed, whatever its kind; lost ones
 * (OVERFLOW) are a sign too. The kinds say which files were renamed into place ({@link Renames}).
 *
 * <p>{@link #watch} is called by one step at a time, {@link #close} by any thread; the loop runs on
 * a task of its own and ends when the service is closed.
 */
final class DirectoryEvents implements Events {

  /** What the loop rests after events, so that a busy folder does not keep a processor busy. */
  private static final long REST_MILLIS = 5;

  private static final WatchEvent.Kind<?>[] KINDS = {
    StandardWatchEventKinds.ENTRY_CREATE,
    StandardWatchEventKinds.ENTRY_DELETE,
    StandardWatchEventKinds.ENTRY_MODIFY
  };

  /** A folder that is watched. */
  private record Registration(Look.Folder folder, WatchKey key) {}

  private final WatchService service;
  private final Runnable changed;

  /** By path. Written by steps and, when a folder has gone, by the loop. */
  private final Map<Path, Registration> registrations = new ConcurrentHashMap<>();

  private final Renames renames = new Renames();

  private DirectoryEvents(WatchService service, Runnable changed) {
    this.service = service;
    this.changed = changed;
  }

  /**
   * Events of the file system of a path.
   *
   * @param changed called after events, on the loop's thread
   * @throws IOException when the system has no more of them
   * @throws UnsupportedOperationException when the file system has none
   */
  static DirectoryEvents open(Path path, String name, Tasks tasks, Runnable changed)
      throws IOException {
    DirectoryEvents events = new DirectoryEvents(path.getFileSystem().newWatchService(), changed);
    try {
      tasks.execute(name + " events", events::loop);
    } catch (RuntimeException | Error e) {
      events.close();
      throw e;
    }
    return events;
  }

  private void loop() {
    try {
      while (true) {
        if (matters(service.take())) {
          changed.run();
        }
        Thread.sleep(REST_MILLIS);
      }
    } catch (ClosedWatchServiceException e) {
      // closed: the loop ends
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes a folder's events; whether one of them matters. */
  boolean matters(WatchKey key) {
    Path path = null;
    Look.Folder folder = null;
    for (Map.Entry<Path, Registration> entry : registrations.entrySet()) {
      if (entry.getValue().key.equals(key)) {
        path = entry.getKey();
        folder = entry.getValue().folder;
      }
    }
    boolean matters = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      Object name = event.context();
      if (name == null) {
        renames.lost();
        matters = true;
      } else if (path == null || folder == null) {
        matters = true;
      } else if (folder.concerns(name.toString())) {
        renames.record(kind(event), path.resolve(name.toString()));
        matters = true;
      }
    }
    if (key.reset()) {
      return matters;
    }
    if (path != null && registrations.values().removeIf(all -> all.key.equals(key))) {
      renames.unwatched(path);
    }
    return true;
  }

  private static Renames.Kind kind(WatchEvent<?> event) {
    if (event.kind().equals(StandardWatchEventKinds.ENTRY_CREATE)) {
      return Renames.Kind.CREATED;
    }
    return event.kind().equals(StandardWatchEventKinds.ENTRY_DELETE)
        ? Renames.Kind.DELETED
        : Renames.Kind.WRITTEN;
  }

  @Override
  public long mark() {
    return renames.mark();
  }

  @Override
  public Set<Path> renamedSince(long mark) {
    return renames.since(mark);
  }

  @Override
  public boolean watch(Map<Path, Look.Folder> folders) throws IOException {
    cancelOthers(folders);
    boolean added = false;
    IOException failure = null;
    for (Map.Entry<Path, Look.Folder> wanted : folders.entrySet()) {
      Registration present = registrations.get(wanted.getKey());
      if (present != null && present.folder.covers(wanted.getValue())) {
        continue;
      }
      try {
        WatchKey key = wanted.getKey().register(service, KINDS);
        registrations.put(wanted.getKey(), new Registration(wanted.getValue(), key));
        renames.watched(wanted.getKey());
        added = true;
      } catch (ClosedWatchServiceException e) {
        return false;
      } catch (AccessDeniedException e) {
        // the look tells whether it matters; without events, the next look finds out
      } catch (NoSuchFileException | NotDirectoryException e) {
        added = true; // it went since it was looked at
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null && !added) {
      throw failure;
    }
    return added;
  }

  private void cancelOthers(Map<Path, Look.Folder> folders) {
    Iterator<Map.Entry<Path, Registration>> all = registrations.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Path, Registration> entry = all.next();
      Look.Folder wanted = folders.get(entry.getKey());
      Registration registration = entry.getValue();
      if (wanted == null || !wanted.inode().equals(registration.folder.inode())) {
        registration.key.cancel();
        all.remove();
        renames.unwatched(entry.getKey());
      }
    }
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
