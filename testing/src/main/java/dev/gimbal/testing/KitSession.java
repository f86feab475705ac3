package dev.gimbal.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.ConfigException;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.Tasks;
import dev.gimbal.source.Variables;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One source at work, on threads as a Config gives them; writes down all that it tells. */
final class KitSession implements AutoCloseable {

  /**
   * One thing that a source told.
   *
   * @param what {@code document}, {@code patch}, {@code variables}, {@code write}, {@code absent},
   *     {@code failed}, {@code degraded} or {@code reset}
   * @param state what the layer holds then, or null where it stays
   * @param why what is wrong, or null
   */
  record Told(String what, @Nullable Map<String, Object> state, @Nullable ConfigException why) {

    /** Whether it says that there is nothing, or that it cannot be read. */
    boolean isFailure() {
      return what.equals("failed") || what.equals("absent");
    }
  }

  private final Source source;
  private final boolean watching;
  private final Duration patience;
  private final KitTasks tasks = new KitTasks();
  private final Ear ear = new Ear(new ArrayList<>());
  private final Formats formats = Formats.installed(List.of());

  @GuardedBy("this")
  private ObjectNode layer = ObjectNode.EMPTY;

  /** The orders of the revisions, as they came. */
  @GuardedBy("this")
  private final List<Long> revisions = new ArrayList<>();

  /** Called once, while the source tells its first state. */
  @GuardedBy("this")
  private @Nullable Runnable atFirst;

  /** Null before {@link #open} and after {@link #close}, so that what ended can be collected. */
  private volatile @Nullable Session session;

  KitSession(Source source, boolean watching, Duration patience) {
    this.source = source;
    this.watching = watching;
    this.patience = patience;
  }

  KitTasks tasks() {
    return tasks;
  }

  /** What is called while the source tells its first state, on its thread. */
  synchronized KitSession atFirst(Runnable call) {
    atFirst = call;
    return this;
  }

  KitSession open() {
    session = Objects.requireNonNull(source.open(ear), "the session");
    return this;
  }

  /** The session that {@link #open} made. */
  Session session() {
    return Objects.requireNonNull(session);
  }

  /** Asks it to read again, on a thread as a Config does; what it answered before it returned. */
  CompletableFuture<List<Told>> reload() {
    CompletableFuture<List<Told>> answers = new CompletableFuture<>();
    Ear asker = new Ear(new ArrayList<>());
    Session open = session();
    tasks.execute(
        "reload",
        () -> {
          try {
            open.reload(asker);
            answers.complete(asker.told());
          } catch (RuntimeException | Error e) {
            answers.completeExceptionally(e);
          }
        });
    return answers;
  }

  /** All that was told, but for answers to who reloaded. */
  List<Told> told() {
    return ear.told();
  }

  synchronized List<Long> revisions() {
    return List.copyOf(revisions);
  }

  /** The first thing from this place on that is so; an error shows all. */
  synchronized Told await(int from, Predicate<Told> wanted) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    for (int next = from; ; ) {
      for (; next < ear.told.size(); next++) {
        if (wanted.test(ear.told.get(next))) {
          return ear.told.get(next);
        }
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (millis <= 0) {
        throw new AssertionError("not told within " + patience + "; told: " + ear.told);
      }
      wait(millis);
    }
  }

  /** Ends the session as a Config does, and what still runs; an error names what does not end. */
  @Override
  public void close() throws InterruptedException {
    tasks.letGo();
    Session open = session;
    if (open != null) {
      open.close();
    }
    session = null;
    List<String> left = tasks.end(patience);
    if (!left.isEmpty()) {
      throw new AssertionError("tasks that do not end with the session: " + left);
    }
  }

  private synchronized void tell(List<Told> told, Told what) {
    told.add(what);
    notifyAll();
  }

  /** A sink: of the session, or of somebody who reloads. Both reach the same layer. */
  private final class Ear implements Sink {

    /** Read and changed with the session's monitor held. */
    private final List<Told> told;

    Ear(List<Told> told) {
      this.told = told;
    }

    List<Told> told() {
      synchronized (KitSession.this) {
        return List.copyOf(told);
      }
    }

    private void state(String what, Revision revision, Map<String, Object> state) {
      Runnable first;
      synchronized (KitSession.this) {
        revisions.add(revision.order());
        tell(told, new Told(what, state, null));
        first = atFirst;
        atFirst = null;
      }
      if (first != null) {
        first.run();
      }
    }

    private void wrong(String what, ConfigException why) {
      Map<String, Object> state = what.equals("absent") ? Map.of() : null;
      tell(told, new Told(what, state, Objects.requireNonNull(why, "why")));
    }

    @Override
    public Document parse(Content content, ReadOptions options) {
      return formats.parse(source.name(), content, options);
    }

    @Override
    public void document(Revision revision, Document document) {
      synchronized (KitSession.this) {
        layer = document.tree();
      }
      state("document", revision, Nodes.toMap(document.tree()));
    }

    @Override
    public void patch(Revision revision, Patch patch) {
      ObjectNode next;
      synchronized (KitSession.this) {
        next = Nodes.apply(layer, patch);
        layer = next;
      }
      state("patch", revision, Nodes.toMap(next));
    }

    @Override
    public void variables(Revision revision, Variables variables) {
      Map<String, Object> state = new TreeMap<>();
      variables.values().forEach((name, value) -> state.put(name.toLowerCase(Locale.ROOT), value));
      state("variables", revision, state);
    }

    /** A write that changes nothing tells nothing. */
    @Override
    public long write(Write write) {
      synchronized (KitSession.this) {
        ObjectNode next = write.apply(layer);
        if (!next.equals(layer)) {
          layer = next;
          tell(told, new Told("write", Nodes.toMap(next), null));
        }
        return told.size();
      }
    }

    @Override
    public void absent(ConfigException why) {
      wrong("absent", why);
    }

    @Override
    public void failed(ConfigException why) {
      wrong("failed", why);
    }

    @Override
    public void degraded(ConfigException why) {
      wrong("degraded", why);
    }

    @Override
    public void reset() {
      synchronized (KitSession.this) {
        revisions.clear();
        tell(told, new Told("reset", null, null));
      }
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
}
