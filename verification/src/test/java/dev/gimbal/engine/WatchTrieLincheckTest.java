package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigPath;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link WatchTrie} under Lincheck: one thread publishes and then offers, another registers and
 * then reads. In every interleaving that it tries the receiver ends on the last version (G6).
 */
@Tag("race")
class WatchTrieLincheckTest {

  private static final int INVOCATIONS = 1_000;

  private static final ConfigPath PATH = ConfigPath.of("version");

  /** The shape of the loader's cell. */
  private static final class Cell {
    volatile PublishedSnapshot published = Snapshots.of(1);
  }

  /** No lambda: on JDK 25 Lincheck does not see that threads share what a lambda has captured. */
  private static final class Publishing extends Thread {
    private final Cell cell;
    private final WatchTrie trie;

    Publishing(Cell cell, WatchTrie trie) {
      this.cell = cell;
      this.trie = trie;
    }

    @Override
    public void run() {
      PublishedSnapshot before = cell.published;
      PublishedSnapshot next = Snapshots.of(2);
      cell.published = next;
      trie.offer(before.resolved(), next.resolved(), next);
    }
  }

  @Test
  @Tag("D7")
  @Tag("class6")
  void registerThenRead_besidePublishThenOffer_leavesNoGap() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          Cell cell = new Cell();
          WatchTrie trie = new WatchTrie();
          LastReceiver receiver = new LastReceiver();
          Thread lane = new Publishing(cell, trie);
          lane.start();
          trie.add(PATH, receiver);
          receiver.offer(cell.published);
          expectLast(lane, receiver);
        });
  }

  @Test
  void readThenRegisterTwin_isCaught() {
    assertThrows(
        LincheckAssertionError.class,
        () ->
            Lincheck.runConcurrentTest(
                INVOCATIONS,
                () -> {
                  Cell cell = new Cell();
                  WatchTrie trie = new WatchTrie();
                  LastReceiver receiver = new LastReceiver();
                  Thread lane = new Publishing(cell, trie);
                  lane.start();
                  receiver.offer(cell.published);
                  trie.add(PATH, receiver);
                  expectLast(lane, receiver);
                }));
  }

  private static void expectLast(Thread lane, LastReceiver receiver) {
    try {
      lane.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (receiver.version() != 2) {
      throw new AssertionError("a gap: version " + receiver.version());
    }
  }
}
