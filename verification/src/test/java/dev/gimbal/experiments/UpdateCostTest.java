package dev.gimbal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.proof.Figures.Who;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Experiment E: ten, a thousand and ten thousand keys {@code sI.gJ.kL}. What a read and a change
 * cost is counted in bytes, nodes and calls, never in time: a read costs the same whatever the
 * size, a change costs its path, and wakes whom it concerns.
 */
@Timeout(300)
@Tag("experiments")
class UpdateCostTest {

  private static final int KEYS = 10_000;
  private static final Duration LONG = Duration.ofSeconds(60);

  /** How much more a change among ten thousand keys may allocate than one among ten. */
  private static final long FACTOR = 8;

  @TempDir private Path folder;

  private static String key(int number) {
    return "s" + number / 1_000 + ".g" + number / 100 % 10 + ".k" + number % 100;
  }

  private static Map<String, Long> values(int keys) {
    Map<String, Long> values = new TreeMap<>();
    for (int i = 0; i < keys; i++) {
      values.put(key(i), (long) i);
    }
    return values;
  }

  // ---- bytes

  @Test
  void get_allocatesNoMore_whateverTheSize() {
    long[] sum = {0};
    List<Long> bytes = new ArrayList<>();
    for (int keys : new int[] {10, 1_000, KEYS}) {
      try (GimbalSubject subject = new GimbalSubject(values(keys))) {
        Config config = subject.config();
        String one = key(0);
        String other = key(1); // another path than the read before, as it mostly is
        Runnable reads = () -> sum[0] += config.get(one).asLong() + config.get(other).asLong();
        for (int i = 0; i < 20_000; i++) {
          reads.run(); // until it is compiled
        }
        bytes.add(bytesOf(reads) / 2);
      }
    }
    assertTrue(sum[0] > 0);
    assertTrue(bytes.get(2) <= bytes.get(0), "bytes of a read: " + bytes);
    Experiment.measured("E-1", Who.GIMBAL, bytes.get(2), "bytes");
  }

  @Test
  void change_allocatesForItsPath_notForTheDocument() {
    List<Long> bytes = bytesOfAChange(GimbalSubject::new);
    noted(Who.GIMBAL, bytes);
    assertTrue(bytes.get(2) < FACTOR * bytes.get(0), "bytes of a change: " + bytes);
  }

  @Test
  void change_ofTheTwin_allocatesForTheDocument() {
    List<Long> bytes =
        bytesOfAChange(
            first -> {
              TwinSubject twin = new TwinSubject();
              twin.load(first);
              return twin;
            });
    noted(Who.TWIN, bytes);
    assertTrue(bytes.get(2) > FACTOR * bytes.get(0), "bytes of a change: " + bytes);
  }

  private static void noted(Who who, List<Long> bytes) {
    for (int i = 0; i < bytes.size(); i++) {
      Experiment.measured("E-2" + "abc".charAt(i), who, bytes.get(i), "bytes");
    }
  }

  private interface Maker {
    Subject make(Map<String, Long> first);
  }

  private static List<Long> bytesOfAChange(Maker maker) {
    List<Long> bytes = new ArrayList<>();
    for (int keys : new int[] {10, 1_000, KEYS}) {
      Subject subject = maker.make(values(keys));
      try {
        String changed = key(keys / 2);
        long[] next = {keys};
        bytes.add(
            bytesOf(
                () -> {
                  subject.put(0, changed, next[0]++);
                }));
      } finally {
        subject.abandon();
      }
    }
    return bytes;
  }

  /** The least of several rounds: compilation and statistics only ever add. */
  private static long bytesOf(Runnable action) {
    int times = 200;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 10; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < times; i++) {
        action.run();
      }
      least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / times);
    }
    return least;
  }

  // ---- nodes

  @Test
  void change_replacesTheNodesOnItsPath_andSharesAllOthers() {
    try (GimbalSubject subject = new GimbalSubject(values(KEYS))) {
      Set<Node> before = nodes(root(subject.config()));
      assertEquals(1 + 10 + 100 + KEYS, before.size());
      subject.put(0, key(4_321), -1);
      Set<Node> after = nodes(root(subject.config()));
      assertEquals(before.size(), after.size());
      after.removeAll(before);
      assertEquals(4, after.size()); // the root, its s4, its g3, and the value
      Experiment.measured("E-3", Who.GIMBAL, after.size(), "of 10,111");
    }
  }

  /** A document that is read again as a whole shares nothing with the one before. */
  @Test
  void documentReadAgain_sharesNothing() {
    Set<Node> before = nodes(Nodes.of(tree(), Scalar.Template.NONE));
    Set<Node> after = nodes(Nodes.of(tree(), Scalar.Template.NONE));
    after.removeAll(before);
    assertEquals(1 + 10 + 100 + KEYS, after.size());
    Experiment.measured("E-3", Who.TWIN, after.size(), "of 10,111");
  }

  private static Map<String, Object> tree() {
    try (GimbalSubject subject = new GimbalSubject(values(KEYS))) {
      return new TreeMap<>(subject.config().asMap());
    }
  }

  private static Node root(Config config) {
    return config.root().node();
  }

  private static Set<Node> nodes(Node root) {
    Set<Node> found = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(root, found);
    return found;
  }

  private static void collect(Node node, Set<Node> found) {
    found.add(node);
    if (node instanceof ObjectNode object) {
      object.forEach((key, child) -> collect(child, found));
    }
  }

  // ---- who is woken

  @Test
  void change_wakesTheListenerItConcerns_amongTenThousand() throws Exception {
    try (GimbalSubject subject = new GimbalSubject(values(KEYS))) {
      Config config = subject.config();
      AtomicInteger concerned = new AtomicInteger();
      for (int i = 0; i < KEYS; i++) {
        String own = key(i);
        config.onChange(
            own,
            change -> concerned.addAndGet(change.after().path().toString().equals(own) ? 1 : 0));
      }
      subject.put(0, key(77), -1);
      config.awaitDelivered(2, LONG);
      assertEquals(1, concerned.get());
      assertEquals(1, config.status().delivered());
      Experiment.sound("E-4", "", config.status().delivered() - concerned.get(), KEYS);
    }
  }

  @Test
  void change_ofTheTwin_wakesAll() throws Exception {
    int watchers = 1_000;
    TwinSubject twin = new TwinSubject(values(KEYS));
    try {
      for (int i = 0; i < watchers; i++) {
        twin.watch(key(i));
      }
      twin.settle();
      twin.put(0, key(77), -1);
      twin.settle();
      assertEquals(1 + watchers, twin.loader().wakes.get()); // one feeds the readers
      Experiment.caught("E-4", "", twin.loader().wakes.get() - 2, watchers);
    } finally {
      twin.abandon();
    }
  }

  @Test
  void change_reachesTenThousandListenersOfOneKey() throws Exception {
    try (GimbalSubject subject = new GimbalSubject(values(10))) {
      Config config = subject.config();
      AtomicInteger told = new AtomicInteger();
      for (int i = 0; i < KEYS; i++) {
        config.onChange(key(3), change -> told.addAndGet(change.after().asInt()));
      }
      subject.put(0, key(3), 1);
      config.awaitDelivered(2, LONG);
      assertEquals(KEYS, told.get());
      assertEquals(KEYS, config.status().delivered());
      Experiment.sound("E-5", "", KEYS - told.get(), KEYS);
    }
  }

  /** Each change takes back the one before: both are told to whom they concern. */
  @Test
  @Tag("D9")
  void changeThatTakesBackTheOneBefore_isToldToBoth() throws Exception {
    try (GimbalSubject subject = new GimbalSubject(values(KEYS))) {
      List<Integer> told = toldAndTakenBack(subject);
      assertEquals(List.of(100, 99), told);
      Experiment.sound("E-6", "", 99 - told.get(1), 99);
    }
  }

  @Test
  void changeThatTakesBackTheOneBefore_isNotToldByTheTwin() throws Exception {
    TwinSubject twin = new TwinSubject(values(KEYS));
    try {
      twin.settle();
      List<Integer> told = toldAndTakenBack(twin);
      assertEquals(List.of(100, 0), told);
      Experiment.caught("E-6", "", 99 - told.get(1), 99);
    } finally {
      twin.abandon();
    }
  }

  private static List<Integer> toldAndTakenBack(Subject subject) throws Exception {
    List<Subject.Watch> watches = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      watches.add(subject.watch(key(i)));
    }
    int told = 0;
    int takenBack = 0;
    for (int i = 0; i < 100; i++) {
      if (i > 0) {
        subject.put(0, key(i - 1), i - 1);
        takenBack += told(subject, watches, i - 1);
      }
      subject.put(0, key(i), -1);
      told += told(subject, watches, -1);
    }
    return List.of(told, takenBack);
  }

  /** How many watchers have that value next; takes what any of them has. */
  private static int told(Subject subject, List<Subject.Watch> watches, long value)
      throws Exception {
    subject.settle();
    int told = 0;
    for (Subject.Watch watch : watches) {
      Optional<Subject.Seen> next = watch.next(Duration.ZERO);
      told += next.isPresent() && next.get().value() == value ? 1 : 0;
    }
    return told;
  }

  // ---- a document

  @Test
  void documentOfTenThousandKeys_isReadWhole_asOneVersion() throws IOException {
    Path file = folder.resolve("app.json");
    StringBuilder text = new StringBuilder("{");
    for (int s = 0; s < 10; s++) {
      text.append(s == 0 ? "" : ",").append("\"s").append(s).append("\":{");
      for (int g = 0; g < 10; g++) {
        text.append(g == 0 ? "" : ",").append("\"g").append(g).append("\":{");
        for (int k = 0; k < 100; k++) {
          text.append(k == 0 ? "" : ",").append("\"k").append(k).append("\":");
          text.append(s * 1_000 + g * 100 + k);
        }
        text.append('}');
      }
      text.append('}');
    }
    Files.writeString(file, text.append('}'));
    try (Config config = Config.builder().source(Sources.file(file)).build()) {
      assertEquals(1, config.snapshot().version());
      assertEquals(1 + 10 + 100 + KEYS, nodes(root(config)).size());
      for (int i = 0; i < KEYS; i++) {
        assertEquals(i, config.get(key(i)).asInt());
      }
      Experiment.sound("E-7", "", 0, KEYS);
    }
  }
}
