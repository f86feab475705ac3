package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When a file is read and when it counts, with a manual clock and a scripted file. */
class WatchedSessionTest extends WatchedSessionFixture {

  @Test
  void changedInPlace_isReadWhenStillForFiftyMillis() {
    WatchedSession session = openOnKnownFile();
    file.write("a=2");
    signal(session);
    tasks.advance(49);
    assertLater();
    tasks.advance(1);
    assertLater("document {a=2}");
  }

  @Test
  void changedInPlaceTwice_countsStillnessFromTheSecond() {
    WatchedSession session = openOnKnownFile();
    file.write("a=2");
    signal(session);
    tasks.advance(40);
    file.write("a=2\nb=2");
    signal(session);
    tasks.advance(49);
    assertLater();
    tasks.advance(1);
    assertLater("document {a=2, b=2}");
  }

  /** The twin of the one above: without stillness, the half-written file is seen. */
  @Test
  void changedInPlaceTwice_withoutStillness_showsTheTornDocument() {
    options = options.withStillFor(Duration.ZERO);
    WatchedSession session = openOnKnownFile();
    file.write("a=2");
    signal(session);
    tasks.advance(40);
    file.write("a=2\nb=2");
    signal(session);
    assertLater("document {a=2}", "document {a=2, b=2}");
  }

  @Test
  void renamedIntoPlace_isReadAtOnce() {
    WatchedSession session = openOnKnownFile();
    file.rename("a=2");
    signal(session);
    assertLater("document {a=2}");
  }

  @Test
  void linkThatLeadsElsewhere_isReadAtOnce() {
    WatchedSession session = openOnKnownFile();
    file.swapLink("/second", "a=2");
    signal(session);
    assertLater("document {a=2}");
  }

  @Test
  @Tag("class13")
  void linkSwappedDuringTheRead_onlyTheLastIsTold() {
    WatchedSession session = openOnKnownFile();
    file.swapLink("/second", "a=2");
    file.duringRead =
        () -> {
          file.duringRead = () -> {};
          file.swapLink("/third", "a=3");
        };
    signal(session);
    assertLater("document {a=3}");
  }

  @Test
  @Tag("class12")
  @Tag("class13")
  void changedDuringTheRead_isReadAgainWhenStill() {
    WatchedSession session = openOnKnownFile();
    file.write("a=2");
    file.duringRead =
        () -> {
          file.duringRead = () -> {};
          file.write("a=3");
        };
    signal(session);
    tasks.advance(50);
    assertLater();
    tasks.advance(50);
    assertLater("document {a=3}");
  }

  @Test
  @Tag("D36")
  @Tag("D45")
  void touched_tellsNothingAndParsesNothing() {
    WatchedSession session = openOnKnownFile();
    int parses = file.parses;
    file.touch();
    signal(session);
    tasks.advance(5_000);
    assertLater();
    assertEquals(parses, file.parses);
  }

  @Test
  @Tag("D19")
  @Tag("class12")
  void writtenWithinOneGranuleOfTheClock_isFoundByContent() {
    file.old("a=1");
    open();
    tasks.advance(1_999);
    file.writeUnnoticed("a=2");
    tasks.advance(1);
    assertLater();
    tasks.advance(50);
    assertLater("document {a=2}");
  }

  @Test
  void unchangedForLongerThanAGranule_isOnlyLookedAt() {
    openOnKnownFile();
    int reads = file.reads;
    int looks = file.looks;
    tasks.advance(20_000);
    assertEquals(reads, file.reads);
    assertEquals(looks + 10, file.looks);
  }

  @Test
  @Tag("class11")
  void lostEvent_isFoundByTheSafetyPoll() {
    openOnKnownFile();
    file.rename("a=2");
    tasks.advance(2_000);
    assertLater("document {a=2}");
  }

  @Test
  void poll_looksThatOften() {
    options = options.withPoll(Duration.ofMillis(500));
    openOnKnownFile();
    int looks = file.looks;
    tasks.advance(5_000);
    assertEquals(looks + 10, file.looks);
    file.rename("a=2");
    tasks.advance(500);
    assertLater("document {a=2}");
  }

  @Test
  @Tag("D40")
  @Tag("class18")
  void truncatedThenWritten_showsNothingBetween() {
    WatchedSession session = openOnKnownFile();
    file.write("");
    signal(session);
    tasks.advance(190);
    file.write("a=2");
    signal(session);
    tasks.advance(50);
    assertLater("document {a=2}");
  }

  /** The twin of the one above: without settling, the moment of 0 bytes is reported. */
  @Test
  void truncatedThenWritten_withoutSettling_reportsTheMomentBetween() {
    options = options.withSettleFor(Duration.ZERO);
    WatchedSession session = openOnKnownFile();
    file.write("");
    signal(session);
    tasks.advance(190);
    file.write("a=2");
    signal(session);
    tasks.advance(50);
    assertLater("failed GIM-012", "document {a=2}");
  }

  @Test
  void shrunkToAComment_countsWhenSettled() {
    WatchedSession session = openOnKnownFile();
    file.write("# nothing");
    signal(session);
    tasks.advance(249);
    assertLater();
    tasks.advance(1);
    assertLater("document {}");
  }

  @Test
  @Tag("D38")
  @Tag("class18")
  void zeroBytesThatStay_keepTheLayer() {
    WatchedSession session = openOnKnownFile();
    file.write("");
    signal(session);
    tasks.advance(249);
    assertLater();
    tasks.advance(1);
    assertLater("failed GIM-012");
    assertEquals(
        "GIM-012 0 bytes; the last content stays ({} is how to say empty)\n        at app.conf",
        sink.problem().getMessage());
  }

  @Test
  void zeroBytesThatStay_withClear_areAnEmptyDocument() {
    options = options.withOnMissing(OnMissing.CLEAR);
    WatchedSession session = openOnKnownFile();
    file.write("");
    signal(session);
    tasks.advance(250);
    assertLater("document {}");
  }

  @Test
  void broken_countsWhenSettledAndIsSaidOnce() {
    WatchedSession session = openOnKnownFile();
    file.write("a");
    signal(session);
    tasks.advance(249);
    assertLater();
    tasks.advance(1);
    assertLater("failed GIM-004");
    tasks.advance(10_000);
    assertLater("failed GIM-004");
  }

  @Test
  @Tag("D41")
  @Tag("class18")
  void brokenThenFixedWithinTheSettleTime_isNeverReported() {
    WatchedSession session = openOnKnownFile();
    file.rename("a");
    signal(session);
    tasks.advance(199);
    file.rename("a=2");
    signal(session);
    assertLater("document {a=2}");
  }

  @Test
  void healedToTheContentOfBefore_isToldAgain() {
    WatchedSession session = openOnKnownFile();
    file.rename("a");
    signal(session);
    tasks.advance(200);
    file.rename("a=1");
    signal(session);
    assertLater("failed GIM-004", "document {a=1}");
    assertEquals(List.of(1L, 2L), sink.revisions());
  }

  @Test
  @Tag("D42")
  void deletedAndRecreated_showsNothingBetween() {
    WatchedSession session = openOnKnownFile();
    file.delete();
    signal(session);
    tasks.advance(199);
    file.write("a=2");
    signal(session);
    tasks.advance(50);
    assertLater("document {a=2}");
  }

  @Test
  void deletedForGood_keepsTheLayer() {
    WatchedSession session = openOnKnownFile();
    file.delete();
    signal(session);
    tasks.advance(199);
    assertLater();
    tasks.advance(1);
    assertLater("failed GIM-012");
    assertEquals(
        "GIM-012 it is gone; its last content stays\n        at app.conf",
        sink.problem().getMessage());
  }

  @Test
  void deletedForGood_withClear_isAbsent() {
    options = options.withOnMissing(OnMissing.CLEAR);
    WatchedSession session = openOnKnownFile();
    file.delete();
    signal(session);
    tasks.advance(200);
    assertLater("absent GIM-011");
  }

  @Test
  void deletedAndRecreatedWithTheSameContent_isToldAgain() {
    WatchedSession session = openOnKnownFile();
    file.delete();
    signal(session);
    tasks.advance(200);
    file.write("a=1");
    signal(session);
    tasks.advance(50);
    assertLater("failed GIM-012", "document {a=1}");
  }

  @Test
  void permissionLostAndBack_keepsTheLayerAndHeals() {
    WatchedSession session = openOnKnownFile();
    file.chmod(false);
    signal(session);
    tasks.advance(249);
    assertLater();
    tasks.advance(1);
    assertLater("failed GIM-012");
    assertEquals(
        "GIM-012 it cannot be read: permission denied\n        at app.conf",
        sink.problem().getMessage());
    file.chmod(true);
    signal(session);
    tasks.advance(50);
    assertLater("failed GIM-012", "document {a=1}");
  }

  @Test
  void unreadable_isTriedAgainWithGrowingPauses() {
    file.old("a=1");
    file.chmod(false);
    open();
    assertEquals(List.of("failed GIM-012"), sink.log());
    List<Integer> reads = new ArrayList<>();
    for (int pause : new int[] {100, 200, 400, 800, 1600, 2000, 2000}) {
      tasks.advance(pause - 1);
      int before = file.reads;
      tasks.advance(1);
      reads.add(file.reads - before);
    }
    assertEquals(List.of(1, 1, 1, 1, 1, 1, 1), reads);
    int before = file.reads;
    tasks.advance(200_000);
    assertEquals(before + 100, file.reads);
    assertEquals(List.of("failed GIM-012"), sink.log());
  }

  @Test
  void swappedVolume_countsAtOnceAlsoWhenAFileIsGoneFromIt(@TempDir Path dir) throws IOException {
    Files.writeString(Files.createDirectory(dir.resolve("..1")).resolve("a"), "1");
    Files.writeString(dir.resolve("..1/b"), "1");
    Files.writeString(Files.createDirectory(dir.resolve("..2")).resolve("a"), "2");
    Files.createSymbolicLink(dir.resolve("..data"), Path.of("..1"));
    options = WatchOptions.of(dir);
    WatchedSession session =
        new WatchedSession(
            options,
            new FolderTarget(options, DirectorySource.As.VALUES, sink),
            sink,
            changed -> new NoEvents(),
            () -> 0);
    session.changed();
    tasks.advance(50);
    assertEquals(List.of("document {a=1, b=1}"), sink.log());
    Files.createSymbolicLink(dir.resolve("..tmp"), Path.of("..2"));
    Files.move(dir.resolve("..tmp"), dir.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    signal(session);
    assertEquals(List.of("document {a=1, b=1}", "document {a=2}"), sink.log());
  }

  @Test
  void withoutEvents_theSafetyPollFindsChanges() {
    file.old("a=1");
    WatchedSession session =
        new WatchedSession(
            options,
            file,
            sink,
            changed -> {
              throw new IOException("the limit of instances is reached");
            },
            () -> 0);
    session.changed();
    tasks.run();
    file.rename("a=2");
    tasks.advance(2_000);
    assertLater("document {a=2}");
    session.close();
    assertEquals(0, tasks.waiting());
  }

  static Stream<Runnable> failures() {
    return Stream.of(
        () -> {
          throw new IllegalStateException("boom");
        },
        () -> {
          throw new StackOverflowError();
        },
        () -> {
          throw new OutOfMemoryError("Java heap space");
        },
        () -> {
          throw new AssertionError("wrong");
        },
        () -> {
          throw new NoClassDefFoundError("lib/Parser");
        });
  }

  @ParameterizedTest
  @MethodSource("failures")
  @Tag("D35")
  @Tag("class10")
  void lookThatThrows_isReportedAndDoesNotEndTheWatch(Runnable failure) {
    WatchedSession session = openOnKnownFile();
    file.duringLook = failure;
    signal(session);
    assertLater("failed GIM-012");
    file.duringLook = () -> {};
    file.rename("a=2");
    tasks.advance(2_000);
    assertLater("failed GIM-012", "document {a=2}");
  }

  @Test
  void close_whileAReadHangs_returns() throws InterruptedException {
    WatchedSession session = openOnKnownFile();
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    file.duringRead =
        () -> {
          reading.countDown();
          awaitQuietly(release);
        };
    file.rename("a=2");
    Thread thread = new Thread(() -> signal(session));
    thread.start();
    reading.await();
    session.close();
    assertTrue(thread.isAlive());
    release.countDown();
    thread.join();
    assertEquals(0, tasks.waiting());
  }

  @Test
  @Tag("D36")
  void closed_leavesNoTimerAndLooksNoMore() {
    WatchedSession session = openOnKnownFile();
    session.close();
    int looks = file.looks;
    session.changed();
    tasks.advance(10_000);
    assertEquals(looks, file.looks);
    assertEquals(0, tasks.waiting());
    assertFalse(sink.log().isEmpty());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
