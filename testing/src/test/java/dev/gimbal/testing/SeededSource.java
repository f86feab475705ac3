package dev.gimbal.testing;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Document;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A sound source, unless a bug is put over a method. */
class SeededSource implements Source {

  /** What sources read; whoever watches is called after each change. */
  static final class Store {
    final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    volatile Map<String, String> content;
    volatile boolean broken;

    void set(Map<String, String> next, boolean nextBroken) {
      content = next;
      broken = nextBroken;
      watchers.forEach(Runnable::run);
    }
  }

  final Store store;
  private final AtomicInteger revisions = new AtomicInteger();

  SeededSource(Store store) {
    this.store = store;
  }

  @Override
  public String name() {
    return "seeded";
  }

  @Override
  public Session open(Sink sink) {
    return new Work(this, sink).begin();
  }

  /** Tells what is there. */
  void tell(Sink sink) {
    Map<String, String> content = store.content;
    if (content == null) {
      sink.absent(new ConfigException(ErrorCode.SOURCE_ABSENT, "there is nothing"));
    } else if (store.broken) {
      sink.failed(new ConfigException(ErrorCode.MALFORMED, reason(content)));
    } else {
      sink.document(revision(), Document.of(tree(content)));
    }
  }

  String reason(Map<String, String> content) {
    return content.size() + " values are broken";
  }

  Revision revision() {
    return Revision.of(revisions.incrementAndGet());
  }

  ObjectNode tree(Map<String, String> content) {
    return (ObjectNode) Nodes.of(content, Scalar.Template.ALL);
  }

  /** Whether what is there is to be told, after this. */
  boolean isNews(Object before, Object now) {
    return !now.equals(before);
  }

  void reload(Work work, Sink to) {
    work.tell(to, true);
  }

  void close(Work work) {
    work.end();
  }

  @Override
  public String toString() {
    return "seeded store";
  }

  /** A session of it. */
  static class Work implements Session {
    private final SeededSource source;
    private final Sink sink;
    private final Runnable watcher;
    private Object told;
    private volatile boolean closed;

    Work(SeededSource source, Sink sink) {
      this.source = source;
      this.sink = sink;
      this.watcher = () -> tell(sink, false);
    }

    Work begin() {
      sink.tasks().execute("read", this::first);
      return this;
    }

    /** Watches first, so that no change falls between. */
    void first() {
      watch();
      tell(sink, false);
    }

    final void watch() {
      if (sink.watching()) {
        source.store.watchers.add(watcher);
        if (closed) {
          end();
        }
      }
    }

    final synchronized void tell(Sink to, boolean asked) {
      Object now = List.of(String.valueOf(source.store.content), source.store.broken);
      if (!closed && (asked || source.isNews(told, now))) {
        told = now;
        source.tell(to);
      }
    }

    @Override
    public void reload(Sink to) {
      source.reload(this, to);
    }

    @Override
    public void close() {
      source.close(this);
    }

    final void end() {
      closed = true;
      source.store.watchers.remove(watcher);
    }
  }
}
