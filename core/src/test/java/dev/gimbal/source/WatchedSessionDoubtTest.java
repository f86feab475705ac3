package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What a file of comments, a rename and a failure count for, after what was before. */
class WatchedSessionDoubtTest extends WatchedSessionFixture {

  /** Events that say what was renamed since a mark. */
  private static final class ScriptedEvents extends NoEvents {
    long mark = 1;
    final Map<Long, Set<Path>> renamed = new HashMap<>();

    @Override
    public long mark() {
      return mark;
    }

    @Override
    public Set<Path> renamedSince(long since) {
      return renamed.getOrDefault(since, Set.of());
    }
  }

  private void headerThenContent(WatchedSession session) {
    file.write("# header");
    signal(session);
    tasks.advance(130);
    file.write("# header\na=2");
    signal(session);
    tasks.advance(50);
  }

  @Test
  void deletedThenWrittenWithAHeaderFirst_neverShowsTheHeaderAlone() {
    WatchedSession session = openOnKnownFile();
    file.delete();
    signal(session);
    tasks.advance(600);
    headerThenContent(session);
    assertLater("failed GIM-012", "document {a=2}");
  }

  @Test
  void brokenThenWrittenWithAHeaderFirst_neverShowsTheHeaderAlone() {
    WatchedSession session = openOnKnownFile();
    file.write("a");
    signal(session);
    tasks.advance(600);
    headerThenContent(session);
    assertLater("failed GIM-004", "document {a=2}");
  }

  @Test
  void emptiedThenWrittenWithAHeaderFirst_neverShowsTheHeaderAlone() {
    WatchedSession session = openOnKnownFile();
    file.write("");
    signal(session);
    tasks.advance(600);
    headerThenContent(session);
    assertLater("failed GIM-012", "document {a=2}");
  }

  @Test
  void headerThatStaysAfterADeletion_countsWhenSettled() {
    WatchedSession session = openOnKnownFile();
    file.delete();
    signal(session);
    tasks.advance(600);
    file.write("# header");
    signal(session);
    tasks.advance(249);
    assertLater("failed GIM-012");
    tasks.advance(1);
    assertLater("failed GIM-012", "document {}");
  }

  @Test
  void deletedWithClear_aHeaderCountsAtOnce_sinceTheLayerHoldsNothing() {
    options = options.withOnMissing(OnMissing.CLEAR);
    WatchedSession session = openOnKnownFile();
    file.delete();
    signal(session);
    tasks.advance(200);
    file.write("# header");
    signal(session);
    tasks.advance(50);
    assertLater("absent GIM-011", "document {}");
  }

  @Test
  void zeroBytesAtTheStartThenGone_keepTheEmptyLayer() {
    file.old("");
    WatchedSession session = open();
    file.delete();
    signal(session);
    tasks.advance(200);
    assertEquals(List.of("document {}", "degraded GIM-012", "failed GIM-012"), sink.log());
  }

  @Test
  void renamedAsEventsTell_isReadAtOnce() {
    ScriptedEvents scripted = new ScriptedEvents();
    events = scripted;
    WatchedSession session = openOnKnownFile();
    scripted.renamed.put(scripted.mark, Set.of(Path.of("/first")));
    file.renameAtOnce("a=2");
    scripted.mark = 2;
    signal(session);
    assertLater("document {a=2}");
  }

  @Test
  void renamedAsEventsToldBefore_saysNothingOfTheNextNewFile() {
    ScriptedEvents scripted = new ScriptedEvents();
    events = scripted;
    WatchedSession session = openOnKnownFile();
    scripted.renamed.put(1L, Set.of(Path.of("/first")));
    scripted.mark = 2;
    file.renameAtOnce("a=2");
    signal(session);
    file.renameAtOnce("a=3");
    signal(session);
    tasks.advance(49);
    assertLater("document {a=2}");
    tasks.advance(1);
    assertLater("document {a=2}", "document {a=3}");
  }

  @Test
  void sameFileWrittenInPlace_isWaitedFor_whateverEventsTell() {
    ScriptedEvents scripted = new ScriptedEvents();
    events = scripted;
    WatchedSession session = openOnKnownFile();
    scripted.renamed.put(scripted.mark, Set.of(Path.of("/first")));
    file.write("a=2");
    signal(session);
    tasks.advance(49);
    assertLater();
    tasks.advance(1);
    assertLater("document {a=2}");
  }

  @Test
  void unreadable_isTriedAgainAfterPausesThatAreSpread() {
    random = 1;
    file.old("a=1");
    file.chmod(false);
    open();
    List<Integer> reads = new ArrayList<>();
    for (int pause : new int[] {50, 100, 200, 400, 800, 1000, 1000}) {
      tasks.advance(pause - 1);
      int before = file.reads;
      tasks.advance(1);
      reads.add(file.reads - before);
    }
    assertEquals(List.of(1, 1, 1, 1, 1, 1, 1), reads);
    random = 0.5;
    tasks.advance(1000);
    int before = file.reads;
    tasks.advance(1499);
    assertEquals(before, file.reads);
    tasks.advance(1);
    assertEquals(before + 1, file.reads);
  }

  // ---- no thread

  @Test
  void signThatFindsNoThread_isForgotten_andTheNextOneAsks() {
    WatchedSession session = openOnKnownFile();
    file.renameAtOnce("a=2");
    tasks.refuses = true;
    assertThrows(RejectedExecutionException.class, session::changed);
    tasks.refuses = false;
    signal(session);
    tasks.advance(1_000);
    assertLater("document {a=2}");
  }
}
