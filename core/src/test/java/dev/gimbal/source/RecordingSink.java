package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Writes down what it is told: {@code document {a=1}}, {@code failed GIM-012}, ... */
final class RecordingSink implements Sink {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition told = lock.newCondition();
  private final List<String> log = new ArrayList<>();
  private final List<Long> revisions = new ArrayList<>();
  private final Tasks tasks;
  private final boolean watching;

  /** Why nothing decrypts, or null. */
  volatile ConfigException keyless;

  private final Formats formats = Formats.installed(List.of(new LinesFormat()));
  private Document last = Document.EMPTY;
  private Variables variables;
  private ConfigException problem;
  private ObjectNode layer = ObjectNode.EMPTY;
  private long version;

  RecordingSink(Tasks tasks) {
    this(tasks, true);
  }

  RecordingSink(Tasks tasks, boolean watching) {
    this.tasks = tasks;
    this.watching = watching;
  }

  private void tell(String entry) {
    lock.lock();
    try {
      log.add(entry);
      told.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** All that was told, in order. */
  List<String> log() {
    lock.lock();
    try {
      return List.copyOf(log);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something was told as often as this; an error shows the whole log. */
  void await(String entry, int times) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    lock.lock();
    try {
      while (log.stream().filter(entry::equals).count() < times) {
        if (told.awaitNanos(deadline - System.nanoTime()) <= 0) {
          throw new AssertionError("not told " + times + " times: " + entry + " in " + log);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  void await(String entry) throws InterruptedException {
    await(entry, 1);
  }

  List<Long> revisions() {
    return List.copyOf(revisions);
  }

  ConfigException problem() {
    return problem;
  }

  Variables variables() {
    return variables;
  }

  /** Where the last document says that a place was written. */
  String origin(String... keys) {
    return String.valueOf(last.origins().find("test", ConfigPath.of(keys)));
  }

  ObjectNode layer() {
    return layer;
  }

  @Override
  public Document parse(Content content, ReadOptions options) {
    return formats.parse("test", content, options);
  }

  @Override
  public Document decrypt(Document document) {
    requireKey();
    return document;
  }

  @Override
  public Patch decrypt(Patch patch) {
    requireKey();
    return patch;
  }

  private void requireKey() {
    if (keyless != null) {
      throw keyless;
    }
  }

  @Override
  public void document(Revision revision, Document document) {
    revisions.add(revision.order());
    last = document;
    layer = document.tree();
    tell("document " + Nodes.toMap(document.tree()));
  }

  @Override
  public void patch(Revision revision, Patch patch) {
    revisions.add(revision.order());
    layer = Nodes.apply(layer, patch);
    tell(patch.ops().isEmpty() ? "well" : "patch " + Nodes.toMap(layer));
  }

  @Override
  public void variables(Revision revision, Variables newVariables) {
    revisions.add(revision.order());
    variables = newVariables;
    tell("variables " + new java.util.TreeMap<>(newVariables.values()));
  }

  @Override
  public synchronized long write(Write write) {
    layer = write.apply(layer);
    return ++version;
  }

  @Override
  public void absent(ConfigException why) {
    problem = why;
    tell("absent " + why.code().id());
  }

  @Override
  public void failed(ConfigException why) {
    problem = why;
    tell("failed " + why.code().id());
  }

  @Override
  public void degraded(ConfigException why) {
    problem = why;
    tell("degraded " + why.code().id());
  }

  @Override
  public void reset() {
    tell("reset");
  }

  @Override
  public Tasks tasks() {
    return tasks;
  }

  @Override
  public Formats formats() {
    return formats;
  }

  @Override
  public ReadOptions readOptions() {
    return ReadOptions.DEFAULT;
  }

  @Override
  public boolean watching() {
    return watching;
  }
}
