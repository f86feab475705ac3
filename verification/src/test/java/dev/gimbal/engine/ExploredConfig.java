package dev.gimbal.engine;

import dev.gimbal.ChangeListener;
import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Document;
import dev.gimbal.interleavings.Points;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import java.util.List;

/** A whole Config for scenarios, with sources that say numbers. */
final class ExploredConfig {

  final ExploredTasks tasks = new ExploredTasks();
  final MemoryLoader loader = Loaders.of(tasks, null);
  final Config config = new ConfigView(loader);

  /** A source with one number, by its name; it counts who calls it. */
  static class Numbers implements Source {
    final String name;
    int number;
    int opens;
    int closes;
    volatile Sink sink;
    private long revision;

    /** Whether it is being opened. */
    volatile boolean opening;

    Numbers(String name, int number) {
      this.name = name;
      this.number = number;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Session open(Sink to) {
      opening = true;
      opens++;
      sink = to;
      say(to, number);
      opening = false;
      return new Session() {
        @Override
        public void reload(Sink asker) {
          say(asker, number);
        }

        @Override
        public void close() {
          closes++;
        }
      };
    }

    /** Changes it and says so. */
    void change(int next) {
      number = next;
      say(sink, next);
    }

    void say(Sink to, int said) {
      to.document(Revision.of(nextRevision()), document(said));
    }

    long nextRevision() {
      return ++revision;
    }

    Document document(int said) {
      return Document.of(
          dev.gimbal.tree.ObjectNode.EMPTY.with(
              name, dev.gimbal.tree.Scalar.number(Integer.toString(said))));
    }

    void fail() {
      sink.failed(new ConfigException(ErrorCode.SOURCE_FAILED, "down"));
    }
  }

  long add(Source... sources) {
    return loader.sources().add(List.of(sources));
  }

  /** What is read there; 0 for nothing. */
  int get(String name) {
    return config.get(name).asInt(0);
  }

  /** A listener that is called after nothing was closed. */
  static final class Listener implements ChangeListener {
    private final String path;
    volatile boolean closed;
    volatile int inside;
    int last;
    int calls;
    long version;

    Listener(String path) {
      this.path = path;
    }

    @Override
    public void onChange(dev.gimbal.Change change) {
      if (closed) {
        Points.fail("a call begins after close");
      }
      if (inside > 0) {
        Points.fail("two calls at once");
      }
      inside = 1;
      if (change.version() <= version) {
        Points.fail("version " + change.version() + " after " + version);
      }
      version = change.version();
      last = change.snapshot().get(path).asInt(0);
      calls++;
      inside = 0;
    }

    void close(Runnable closing) {
      closing.run();
      closed = true;
      if (inside > 0) {
        Points.fail("close returned while a call is under way");
      }
    }
  }
}
