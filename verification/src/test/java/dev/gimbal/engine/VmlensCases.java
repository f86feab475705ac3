package dev.gimbal.engine;

import com.vmlens.api.AllInterleavings;
import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.Value;
import dev.gimbal.Watcher;
import dev.gimbal.source.MemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What two or three threads do with one thing of the engine. Under the agent of vmlens, {@link
 * #main} does each of them in the interleavings of their synchronization, at most about a hundred,
 * and vmlens looks in each for two accesses to a field that nothing orders.
 */
enum VmlensCases {
  /** The loader's own cell: a volatile field. */
  CELL {
    @Override
    void run() throws InterruptedException {
      Cell cell = new Cell();
      Thread other = started(() -> cell.published = TWO);
      long version = cell.published.version();
      other.join();
      require(version == 1 || version == 2, version);
    }
  },
  CELL_TWIN {
    @Override
    void run() throws InterruptedException {
      SeededCells.Plain cell = new SeededCells.Plain(ONE);
      Thread other = started(() -> cell.publish(TWO));
      cell.current();
      other.join();
    }
  },
  FLAG_TWIN {
    @Override
    void run() throws InterruptedException {
      SeededMailboxes.PlainFlag mailbox = new SeededMailboxes.PlainFlag();
      Thread other = started(mailbox::close);
      mailbox.isClosed();
      other.join();
    }
  },
  MAILBOX_OFFER_OFFER {
    @Override
    void run() throws InterruptedException {
      Mailbox mailbox = new Mailbox();
      Thread other = started(() -> mailbox.offer(ONE));
      mailbox.offer(TWO);
      other.join();
      requireLast(mailbox.take());
    }
  },
  MAILBOX_OFFER_TAKE {
    @Override
    void run() throws InterruptedException {
      Mailbox mailbox = new Mailbox();
      mailbox.offer(ONE);
      Thread other = started(() -> mailbox.offer(TWO));
      PublishedSnapshot first = mailbox.take();
      other.join();
      PublishedSnapshot last = mailbox.take();
      require(first == TWO ? last == null : first == ONE && last == TWO, first + ", " + last);
    }
  },
  MAILBOX_OFFER_OFFER_TAKE {
    @Override
    void run() throws InterruptedException {
      Mailbox mailbox = new Mailbox();
      Thread other = started(() -> mailbox.offer(ONE));
      Thread third = started(() -> mailbox.offer(TWO));
      PublishedSnapshot first = mailbox.take();
      other.join();
      third.join();
      requireLast(first == TWO ? first : mailbox.take());
    }
  },
  MAILBOX_OFFER_TWIN {
    @Override
    void run() throws InterruptedException {
      SeededMailboxes.Blind mailbox = new SeededMailboxes.Blind();
      Thread other = started(() -> mailbox.offer(ONE));
      mailbox.offer(TWO);
      other.join();
      requireLast(mailbox.take());
    }
  },
  MAILBOX_OFFER_CLOSE {
    @Override
    void run() throws InterruptedException {
      Mailbox mailbox = new Mailbox();
      Thread other = started(() -> mailbox.offer(ONE));
      boolean closes = mailbox.close();
      other.join();
      require(closes && mailbox.isClosed() && mailbox.take() == null, mailbox);
    }
  },
  MAILBOX_CLOSE_TWIN {
    @Override
    void run() throws InterruptedException {
      SeededMailboxes.Reopening mailbox = new SeededMailboxes.Reopening();
      mailbox.offer(ONE);
      Thread other = started(mailbox::take);
      mailbox.close();
      other.join();
      require(mailbox.isClosed(), mailbox);
    }
  },
  INBOX_PUT_PUT {
    @Override
    void run() throws InterruptedException {
      Inbox inbox = new Inbox();
      Thread other = started(() -> inbox.put(Sayings.failed()));
      inbox.put(Sayings.failed());
      other.join();
      int all = inbox.takeAll().size();
      require(all == 2, all);
    }
  },
  INBOX_PUT_TAKE {
    @Override
    void run() throws InterruptedException {
      Inbox inbox = new Inbox();
      Thread other = started(() -> inbox.put(Sayings.failed()));
      int first = inbox.takeAll().size();
      other.join();
      int all = first + inbox.takeAll().size();
      require(all == 1, all);
    }
  },
  INBOX_TAKE_TWIN {
    @Override
    void run() throws InterruptedException {
      SeededInboxes.Torn inbox = new SeededInboxes.Torn();
      Thread other = started(() -> inbox.put(Sayings.failed()));
      int first = inbox.takeAll().size();
      other.join();
      int all = first + inbox.takeAll().size();
      require(all == 1, all);
    }
  },
  ASKED_SAY_GIVE_UP {
    @Override
    void run() throws InterruptedException {
      List<Said> said = new ArrayList<>();
      Asked asked = new Asked(said::add);
      Asked.Asker asker = asked.begin();
      Thread other = started(() -> asked.say(asker, Sayings.failed()));
      asked.giveUp(asker);
      other.join();
      require(said.size() == 1, said.size());
    }
  },
  /** G6: who registers and then reads, beside who publishes and then offers. */
  TRIE_ADD_OFFER {
    @Override
    void run() throws InterruptedException {
      Cell cell = new Cell();
      WatchTrie trie = new WatchTrie();
      LastReceiver receiver = new LastReceiver();
      Thread other = started(() -> publish(cell, trie));
      trie.add(PATH, receiver);
      receiver.offer(cell.published);
      other.join();
      require(receiver.version() == 2, receiver.version());
    }
  },
  TRIE_ADD_TWIN {
    @Override
    void run() throws InterruptedException {
      Cell cell = new Cell();
      WatchTrie trie = new WatchTrie();
      LastReceiver receiver = new LastReceiver();
      Thread other = started(() -> publish(cell, trie));
      receiver.offer(cell.published);
      trie.add(PATH, receiver);
      other.join();
      require(receiver.version() == 2, receiver.version());
    }
  },
  /** A whole Config: a write beside a read. */
  CONFIG_PUT_GET {
    @Override
    void run() throws InterruptedException {
      MemorySource memory = new MemorySource("memory");
      Config config = config(memory);
      Thread other = started(() -> memory.put(KEY, 2));
      int first = config.get(PATH).asInt();
      other.join();
      int last = config.get(PATH).asInt();
      require((first == 1 || first == 2) && last == 2, first + ", " + last);
    }
  },
  /** A whole Config: a write beside a read and the watch made from it. */
  CONFIG_PUT_WATCH {
    @Override
    void run() throws InterruptedException {
      MemorySource memory = new MemorySource("memory");
      Config config = config(memory);
      Thread other = started(() -> memory.put(KEY, 2));
      Value read = config.get(PATH);
      Watcher watcher = config.watch(read);
      other.join();
      int last = watcher.next(Duration.ZERO).orElse(read).asInt();
      require(last == 2, last);
    }
  };

  private static final String KEY = "version";
  private static final ConfigPath PATH = ConfigPath.of(KEY);
  private static final PublishedSnapshot ONE = Snapshots.of(1);
  private static final PublishedSnapshot TWO = Snapshots.of(2);

  /** The shape of the loader's cell. */
  private static final class Cell {
    volatile PublishedSnapshot published = ONE;
  }

  /** Does it once; throws an AssertionError when what came of it is wrong. */
  abstract void run() throws InterruptedException;

  /** Does each in its interleavings, and prints how many there were, or what was wrong in one. */
  public static void main(String[] args) throws InterruptedException {
    for (VmlensCases what : values()) {
      int times = 0;
      String came = "";
      try (AllInterleavings interleavings = new AllInterleavings(what.name())) {
        while (interleavings.hasNext()) {
          times++;
          what.run();
        }
      } catch (AssertionError e) {
        came = " wrong: " + e.getMessage();
      }
      System.out.println(what + " " + times + came);
    }
  }

  private static Thread started(Runnable task) {
    Thread thread = new Thread(task);
    thread.start();
    return thread;
  }

  private static void publish(Cell cell, WatchTrie trie) {
    cell.published = TWO;
    trie.offer(ONE.resolved(), TWO.resolved(), TWO);
  }

  private static Config config(MemorySource memory) {
    memory.put(KEY, 1);
    return Config.builder().source(memory).tasks(new InlineTasks()).watching(false).build();
  }

  private static void requireLast(PublishedSnapshot found) {
    require(found == TWO, found);
  }

  private static void require(boolean holds, Object found) {
    if (!holds) {
      throw new AssertionError(String.valueOf(found));
    }
  }
}
