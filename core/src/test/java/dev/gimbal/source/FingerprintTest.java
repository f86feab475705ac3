package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.source.Fingerprint.Entry;
import dev.gimbal.source.Fingerprint.Presence;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What tells a file that came into place whole from one that is being written. */
class FingerprintTest {

  private static Entry entry(String real, int inode, long modified, long changed) {
    return new Entry(
        Path.of(real), inode, 1, FileTime.fromMillis(modified), FileTime.fromMillis(changed));
  }

  private static Fingerprint at(String base, Map<String, Entry> files) {
    return new Fingerprint(Presence.PRESENT, Path.of(base), files, "", null);
  }

  private static Fingerprint file(Entry entry) {
    return at(entry.realPath().toString(), Map.of("", entry));
  }

  private static final Fingerprint BEFORE = file(entry("/a", 1, 10, 10));

  @Test
  void replaced_byRename_whenANewInodeChangedAfterItsContent() {
    assertEquals(true, file(entry("/a", 2, 20, 21)).replaced(BEFORE, Set.of()));
  }

  @Test
  void replaced_not_whenANewInodeMayStillBeWritten() {
    assertEquals(false, file(entry("/a", 2, 20, 20)).replaced(BEFORE, Set.of()));
  }

  @Test
  void replaced_byARenameThatEventsTold_whereSomethingWas() {
    Set<Path> renamed = Set.of(Path.of("/a"));
    Fingerprint after = file(entry("/a", 2, 20, 20));
    assertEquals(true, after.replaced(BEFORE, renamed));
    assertEquals(false, after.replaced(BEFORE, Set.of(Path.of("/b"))));
    assertEquals(false, after.replaced(Fingerprint.MISSING, renamed));
    assertEquals(false, file(entry("/a", 1, 20, 20)).replaced(BEFORE, renamed));
  }

  @Test
  void replaced_not_whenTheSameInodeChanged() {
    assertEquals(false, file(entry("/a", 1, 20, 21)).replaced(BEFORE, Set.of()));
  }

  @Test
  void replaced_byALink_whateverItLeadsTo() {
    assertEquals(true, file(entry("/b", 2, 20, 20)).replaced(BEFORE, Set.of()));
  }

  @Test
  void replaced_byRename_whereNothingWas() {
    assertEquals(true, file(entry("/a", 2, 20, 21)).replaced(Fingerprint.MISSING, Set.of()));
    assertEquals(false, file(entry("/a", 2, 20, 20)).replaced(Fingerprint.MISSING, Set.of()));
  }

  @Test
  void replaced_aVolume_whenItsLinkLeadsElsewhere() {
    Fingerprint before = at("/v/1", Map.of("a", entry("/v/1/a", 1, 10, 10)));
    Fingerprint after = at("/v/2", Map.of("b", entry("/v/2/b", 2, 20, 20)));
    assertEquals(true, after.replaced(before, Set.of()));
  }

  @Test
  void replaced_aFolder_onlyWhenEachFileIs() {
    Entry a = entry("/d/a", 1, 10, 10);
    Entry b = entry("/d/b", 2, 10, 10);
    Entry renamed = entry("/d/b", 3, 20, 21);
    Entry written = entry("/d/b", 2, 20, 20);
    Entry linked = entry("/e/b", 4, 20, 20);
    Fingerprint before = at("/d", Map.of("a", a, "b", b));
    assertEquals(true, at("/d", Map.of("a", a, "b", renamed)).replaced(before, Set.of()));
    assertEquals(true, at("/d", Map.of("a", a, "b", linked)).replaced(before, Set.of()));
    assertEquals(false, at("/d", Map.of("a", a, "b", written)).replaced(before, Set.of()));
    assertEquals(false, at("/d", Map.of("a", a)).replaced(before, Set.of()));
  }

  @Test
  void isOlderThan_countsTheLatestFile() {
    Fingerprint both =
        at("/d", Map.of("a", entry("/d/a", 1, 100, 900), "b", entry("/d/b", 2, 300, 900)));
    assertEquals(true, both.isOlderThan(Duration.ofMillis(50), Instant.ofEpochMilli(350)));
    assertEquals(false, both.isOlderThan(Duration.ofMillis(50), Instant.ofEpochMilli(349)));
    assertEquals(false, both.isOlderThan(Duration.ofMillis(50), Instant.ofEpochMilli(200)));
  }
}
