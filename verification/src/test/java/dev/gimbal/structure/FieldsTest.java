package dev.gimbal.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.tree.ClassNode;

/**
 * That each field is what the code needs to be safe: final, volatile, guarded, or in a table with
 * the reason why it need not be. The compiled classes and the tables are compared in both
 * directions.
 */
class FieldsTest {

  private static final List<ClassNode> CORE = Compiled.core();

  /** Guards that an annotation cannot name: of another object, or taken by {@code tryLock}. */
  private static final Map<String, String> MORE_GUARDS =
      Map.of(
          "engine.PullWatcher.taken", "consumers",
          "engine.Asked.Asker.done", "this",
          "engine.Asked.Asker.overtaken", "this",
          "engine.Asked.Asker.kept", "this");

  private static final Pattern SHARED_MAKER =
      Pattern.compile(
          ": .*(Atomic|Concurrent|newKeySet|LongAdder|CopyOnWrite|synchronizedSet|Completable)");
  private static final Pattern PAGE_CELL = Pattern.compile("`((?:\\w+\\.)+\\w+)`");

  /** The entries of a table; each stands below the reason why it is safe. */
  private static List<String> table(String name) throws IOException {
    Path file =
        Path.of(System.getProperty("gimbal.root"), "verification/src/test/resources")
            .resolve("dev/gimbal/structure")
            .resolve(name);
    List<String> entries = new ArrayList<>();
    boolean reason = false;
    for (String line : Files.readAllLines(file)) {
      boolean entry = line.startsWith("  ");
      assertTrue(reason || !entry, () -> "without a reason: " + line);
      reason = !line.isBlank() && !line.startsWith("#");
      if (entry) {
        entries.add(line.strip());
      }
    }
    assertEquals(entries.size(), Set.copyOf(entries).size(), name + " names a field twice");
    return entries;
  }

  private static void assertSame(List<String> expected, Set<String> actual) {
    assertEquals(String.join("\n", new TreeSet<>(expected)), String.join("\n", actual));
  }

  @Test
  void fieldsThatAreNotFinal_areTheOnesInTheTable() throws IOException {
    List<String> table = table("changing-fields.txt");
    assertSame(table, Fields.changing(CORE));
    assertTrue(table.size() >= 130, "fields in the table: " + table.size());
    int fields = Fields.names(CORE).size();
    assertTrue(fields >= 650, "fields: " + fields);
  }

  @Test
  void fieldsThatTheirClassMade_areMadeAsInTheTable() throws IOException {
    List<String> table = table("made-fields.txt");
    assertSame(table, Fields.made(CORE));
    assertTrue(table.size() >= 110, "fields in the table: " + table.size());
  }

  /** Cells that many threads share without a lock. The page names each, and no other field. */
  @Test
  void sharedCells_areOnThePageOfConcurrency() throws IOException {
    Set<String> shared = new TreeSet<>();
    for (String entry : table("changing-fields.txt")) {
      if (entry.endsWith(": volatile")) {
        shared.add(nameOf(entry));
      }
    }
    for (String entry : table("made-fields.txt")) {
      if (SHARED_MAKER.matcher(entry).find()) {
        shared.add(nameOf(entry));
      }
    }
    assertTrue(shared.size() >= 50, "shared cells: " + shared.size());
    String page =
        Files.readString(Path.of(System.getProperty("gimbal.root"), "docs/concurrency.md"));
    Set<String> named = new TreeSet<>();
    for (String cell : PAGE_CELL.matcher(page).results().map(cell -> cell.group(1)).toList()) {
      if (shared.contains(cell)) {
        named.add(cell);
      }
    }
    assertSame(List.copyOf(shared), named);
    Set<String> fields = new TreeSet<>();
    Fields.names(CORE).forEach(field -> fields.add(nameOf(field)));
    String cells = page.substring(page.indexOf("## Cells"), page.indexOf("## Lanes"));
    for (String line : cells.lines().filter(row -> row.startsWith("| `")).toList()) {
      String first = line.substring(0, line.indexOf('|', 1));
      PAGE_CELL
          .matcher(first)
          .results()
          .forEach(cell -> assertTrue(fields.contains(cell.group(1)), cell.group(1)));
    }
  }

  /** As the page writes it: without the engine's package. */
  private static String nameOf(String entry) {
    return entry.replaceFirst(":.*", "").replaceFirst("^engine\\.", "");
  }

  @Test
  void guardedFields_areTouchedWithTheirLockHeld() {
    Map<String, String> guards = new TreeMap<>(Fields.guards(CORE));
    guards.putAll(MORE_GUARDS);
    Set<String> looked = new TreeSet<>();
    assertEquals(Set.of(), Fields.unguarded(CORE, guards, looked));
    assertEquals(guards.keySet(), looked);
    assertEquals(36, guards.size());
  }

  // ---- the rules can fail

  /** A guarded field, touched in every way that holds its lock and in some that do not. */
  static final class SeededLocks {
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private int count;

    @GuardedBy("queue")
    private final ArrayDeque<String> queue = new ArrayDeque<>();

    private volatile int plainOtherwise;
    private int plain;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    int inLock() {
      lock.lock();
      try {
        return ++count + below();
      } finally {
        lock.unlock();
      }
    }

    private int below() {
      return count;
    }

    int tried() throws InterruptedException {
      if (!lock.tryLock(1, TimeUnit.SECONDS)) {
        return 0;
      }
      try {
        return count;
      } finally {
        lock.unlock();
      }
    }

    int monitor() {
      synchronized (queue) {
        return queue.size();
      }
    }

    int untried() {
      return lock.tryLock() ? 0 : count;
    }

    int afterUnlock() {
      lock.lock();
      lock.unlock();
      return count;
    }

    int oneOfTwoWays(boolean locks) {
      if (locks) {
        lock.lock();
      }
      return sometimes();
    }

    private int sometimes() {
      return count;
    }

    int wrongMonitor() {
      synchronized (this) {
        return queue.size() + plainOtherwise + plain + names.size();
      }
    }

    Runnable later() {
      synchronized (queue) {
        return () -> queue.clear();
      }
    }
  }

  @Test
  void unguarded_seededClass_findsEachOne() {
    List<ClassNode> seeded = List.of(Compiled.of(SeededLocks.class));
    Map<String, String> guards = Fields.guards(seeded);
    String owner = "structure.FieldsTest.SeededLocks";
    assertEquals(Map.of(owner + ".count", "lock", owner + ".queue", "queue"), guards);
    Set<String> wrong = new TreeSet<>();
    for (String found : Fields.unguarded(seeded, guards, new TreeSet<>())) {
      wrong.add(found.replace(owner + ".", ""));
    }
    assertEquals(
        Set.of(
            "count in afterUnlock",
            "count in sometimes",
            "count in untried",
            "queue in lambda$later$0",
            "queue in wrongMonitor"),
        wrong);
  }

  @Test
  void changingAndMade_seededClass_tellsEachOne() {
    List<ClassNode> seeded = List.of(Compiled.of(SeededLocks.class));
    String owner = "structure.FieldsTest.SeededLocks.";
    assertEquals(
        Set.of(
            owner + "count: guarded by lock", owner + "plain", owner + "plainOtherwise: volatile"),
        Fields.changing(seeded));
    assertEquals(
        Set.of(
            owner + "lock: new ReentrantLock",
            owner + "names: ConcurrentHashMap.newKeySet",
            owner + "queue: new ArrayDeque"),
        Fields.made(seeded));
  }
}
