package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.Watchable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryEventsTest {

  @TempDir Path dir;
  private final RealTasks tasks = new RealTasks();
  private final Semaphore signals = new Semaphore(0);
  private DirectoryEvents events;
  private Path first;
  private Path second;

  @BeforeEach
  void open() throws IOException {
    events = DirectoryEvents.open(dir, "test", tasks, signals::release);
    first = Files.createDirectory(dir.resolve("first"));
    second = Files.createDirectory(dir.resolve("second"));
  }

  @AfterEach
  void close() {
    events.close();
    tasks.close();
  }

  private static Look.Folder folder(Path path, String... names) throws IOException {
    return new Look.Folder(Files.getAttribute(path, "unix:fileKey"), Set.of(names));
  }

  private void awaitSignal() throws InterruptedException {
    assertTrue(signals.tryAcquire(20, TimeUnit.SECONDS));
  }

  @Test
  void eventOfANameThatMatters_isASign_othersAreNot() throws Exception {
    events.watch(Map.of(first, folder(first, "a"), second, folder(second)));
    Files.createFile(first.resolve("b"));
    Files.createFile(second.resolve("any"));
    awaitSignal();
    Files.createFile(first.resolve("a"));
    awaitSignal();
    assertEquals(0, signals.availablePermits());
  }

  @Test
  void watch_saysWhetherSomethingIsNew() throws Exception {
    assertEquals(true, events.watch(Map.of(first, folder(first, "a"))));
    assertEquals(false, events.watch(Map.of(first, folder(first, "a"))));
    assertEquals(true, events.watch(Map.of(first, folder(first, "a", "b"))));
    assertEquals(false, events.watch(Map.of(first, folder(first, "b"))));
    assertEquals(true, events.watch(Map.of(first, folder(first))));
    assertEquals(false, events.watch(Map.of(first, folder(first, "c"))));
    assertEquals(
        true, events.watch(Map.of(first, folder(first, "c"), second, folder(second, "c"))));
  }

  @Test
  void renamedSince_tellsARenameFromADeletionAndANewFile() throws Exception {
    Files.createFile(first.resolve("a"));
    Files.createFile(first.resolve("b"));
    events.watch(Map.of(first, folder(first, "a", "b")));
    long mark = events.mark();
    Files.delete(first.resolve("a"));
    Files.createFile(first.resolve("a"));
    Files.createFile(dir.resolve("new"));
    Files.move(dir.resolve("new"), first.resolve("b"), StandardCopyOption.ATOMIC_MOVE);
    Set<Path> renamed = Set.of();
    while (renamed.isEmpty()) {
      awaitSignal();
      renamed = events.renamedSince(mark);
    }
    assertEquals(Set.of(first.resolve("b")), renamed);
    assertEquals(Set.of(), events.renamedSince(events.mark()));
  }

  @Test
  void folderNoLongerWanted_isNoLongerWatched() throws Exception {
    events.watch(Map.of(first, folder(first), second, folder(second)));
    events.watch(Map.of(second, folder(second)));
    Files.createFile(first.resolve("a"));
    Files.createFile(second.resolve("a"));
    awaitSignal();
    assertEquals(0, signals.availablePermits());
  }

  @Test
  void folderDeleted_isASign_andCanBeWatchedAgain() throws Exception {
    events.watch(Map.of(first, folder(first, "a")));
    Files.delete(first);
    awaitSignal();
    Files.createDirectory(first);
    assertEquals(true, events.watch(Map.of(first, folder(first, "a"))));
    Files.createFile(first.resolve("a"));
    awaitSignal();
  }

  @Test
  void folderThatWentBeforeItWasWatched_asksForAnotherLook() throws Exception {
    Look.Folder gone = folder(first);
    Files.delete(first);
    assertEquals(true, events.watch(Map.of(first, gone)));
  }

  @Test
  void folderMovedAway_isLeft_andWhatCameInItsPlaceIsWatched() throws Exception {
    events.watch(Map.of(first, folder(first)));
    Path away = dir.resolve("away");
    Files.move(first, away);
    Files.createDirectory(first);
    assertEquals(true, events.watch(Map.of(first, folder(first))));
    signals.drainPermits();
    try (WatchService other = dir.getFileSystem().newWatchService()) {
      away.register(other, StandardWatchEventKinds.ENTRY_CREATE);
      Files.createFile(away.resolve("a"));
      assertNotNull(other.poll(20, TimeUnit.SECONDS));
    }
    assertFalse(signals.tryAcquire(200, TimeUnit.MILLISECONDS), "the folder that was moved away");
    Files.createFile(first.resolve("a"));
    awaitSignal();
  }

  /** Whoever looks has begun to, so that it may not see what happens now. */
  @Test
  void eventDuringALook_isFollowedByAnotherLook() throws Exception {
    Semaphore looks = new Semaphore(0);
    Semaphore goOn = new Semaphore(0);
    try (WatchService other = dir.getFileSystem().newWatchService();
        DirectoryEvents looking =
            DirectoryEvents.open(
                dir,
                "looking",
                tasks,
                () -> {
                  looks.release();
                  goOn.acquireUninterruptibly();
                })) {
      first.register(other, StandardWatchEventKinds.ENTRY_CREATE);
      looking.watch(Map.of(first, folder(first)));
      Files.createFile(first.resolve("first"));
      for (int round = 0; round < 5; round++) {
        assertTrue(looks.tryAcquire(20, TimeUnit.SECONDS), "look " + round);
        looks.drainPermits();
        Files.createFile(first.resolve("round" + round));
        WatchKey seen = other.poll(20, TimeUnit.SECONDS);
        assertNotNull(seen);
        seen.pollEvents();
        seen.reset();
        goOn.release();
      }
      assertTrue(looks.tryAcquire(20, TimeUnit.SECONDS), "the last look");
      goOn.release(5);
    }
  }

  /** A key whose events were lost. */
  private static final class OverflownKey implements WatchKey {
    @Override
    public boolean isValid() {
      return true;
    }

    @Override
    public List<WatchEvent<?>> pollEvents() {
      return List.of(
          new WatchEvent<Object>() {
            @Override
            public Kind<Object> kind() {
              return StandardWatchEventKinds.OVERFLOW;
            }

            @Override
            public int count() {
              return 1;
            }

            @Override
            public Object context() {
              return null;
            }
          });
    }

    @Override
    public boolean reset() {
      return true;
    }

    @Override
    public void cancel() {}

    @Override
    public Watchable watchable() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  @Tag("class11")
  void lostEvents_areASign() {
    assertEquals(true, events.matters(new OverflownKey()));
  }

  @Test
  void pathWalk_findsEveryFolderWhereAChangeMayBegin() throws Exception {
    Path root = dir.toRealPath();
    Files.createFile(first.resolve("app.conf"));
    Files.createSymbolicLink(second.resolve("link"), Path.of("../current/app.conf"));
    Files.createSymbolicLink(dir.resolve("current"), Path.of("first"));
    PathWalk walk = new PathWalk();
    assertEquals(root.resolve("first/app.conf"), walk.resolve(root.resolve("second/link")));
    assertEquals(
        Map.of(
            root.resolve("second"),
            folder(second, "link"),
            root,
            folder(dir, "current", "first"),
            root.resolve("first"),
            folder(first, "app.conf")),
        walk.folders());
  }

  @Test
  void pathWalk_toNothing_findsTheNearestFolder() throws Exception {
    Path root = dir.toRealPath();
    PathWalk walk = new PathWalk();
    assertEquals(null, walk.resolve(root.resolve("first/later/app.conf")));
    assertEquals(Map.of(root.resolve("first"), folder(first, "later")), walk.folders());
  }
}
