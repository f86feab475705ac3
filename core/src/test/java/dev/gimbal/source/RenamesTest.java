package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.source.Renames.Kind;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which orders of events mean that a file that was there was renamed over. */
class RenamesTest {

  private static final Path FOLDER = Path.of("/d");
  private static final Path FILE = FOLDER.resolve("a");
  private final Renames renames = new Renames();
  private long mark;

  @BeforeEach
  void watch() {
    renames.watched(FOLDER);
    mark = renames.mark();
  }

  private Set<Path> after(Kind... kinds) {
    for (Kind kind : kinds) {
      renames.record(kind, FILE);
    }
    return renames.since(mark);
  }

  @Test
  void created_withoutADeletion_isARename() {
    assertEquals(Set.of(FILE), after(Kind.CREATED));
  }

  @Test
  void writtenThenCreated_isARename() {
    assertEquals(Set.of(FILE), after(Kind.WRITTEN, Kind.CREATED));
  }

  @Test
  void createdThenWritten_mayStillBeWritten() {
    assertEquals(Set.of(), after(Kind.CREATED, Kind.WRITTEN));
  }

  @Test
  void deletedThenCreated_mayBeANewFile() {
    assertEquals(Set.of(), after(Kind.DELETED, Kind.CREATED));
    assertEquals(Set.of(), after(Kind.CREATED));
  }

  @Test
  void writtenOnly_isNone() {
    assertEquals(Set.of(), after(Kind.WRITTEN));
  }

  @Test
  void since_aLaterMark_forgetsWhatWasBefore() {
    renames.record(Kind.DELETED, FILE);
    renames.record(Kind.CREATED, FILE);
    mark = renames.mark();
    assertEquals(Set.of(), renames.since(mark));
    assertEquals(Set.of(FILE), after(Kind.CREATED));
    mark = renames.mark();
    assertEquals(Set.of(), renames.since(mark));
  }

  @Test
  void lostEvents_makeItUnknownUntilTheNextMark() {
    renames.lost();
    assertEquals(Set.of(), after(Kind.CREATED));
    mark = renames.mark();
    assertEquals(Set.of(FILE), after(Kind.CREATED));
  }

  @Test
  void folderWatchedSinceTheMark_mayHaveMissedADeletion() {
    renames.watched(FOLDER);
    assertEquals(Set.of(), after(Kind.CREATED));
  }

  @Test
  void folderNoLongerWatched_saysNothing() {
    renames.record(Kind.CREATED, FILE);
    renames.unwatched(FOLDER);
    assertEquals(Set.of(), renames.since(mark));
  }
}
