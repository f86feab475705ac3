package dev.gimbal.cli;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Document;
import dev.gimbal.source.ForwardingSink;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.Variables;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A line on a terminal that says which source a start waits for, when it takes long. It is wiped
 * when the start has ended. Safe for use by many threads.
 */
final class Progress implements AutoCloseable {

  private static final Duration LONG = Duration.ofSeconds(1);

  /** How much of a name is shown, in characters. */
  private static final int LONGEST_NAME = 50;

  private final Terminal terminal;
  private final Duration patience;

  /** The names of the sources that have not answered yet. */
  @GuardedBy("this")
  private final Set<String> awaited = new LinkedHashSet<>();

  /** The names of the sources of which was said why they are awaited. */
  @GuardedBy("this")
  private final Set<String> told = new HashSet<>();

  /** The line that is shown; empty for none. */
  @GuardedBy("this")
  private String shown = "";

  @GuardedBy("this")
  private boolean begun;

  @GuardedBy("this")
  private boolean closed;

  Progress(Terminal terminal) {
    this(terminal, LONG);
  }

  /**
   * @param patience how long a start may take before it is told of
   */
  Progress(Terminal terminal, Duration patience) {
    this.terminal = terminal;
    this.patience = patience;
  }

  /** The same source, whose first answer is awaited; as it is where nobody looks. */
  Source awaiting(Source source) {
    if (!terminal.screen().err()) {
      return source;
    }
    await(source.name());
    return new TappedSource(source) {
      @Override
      Sink tap(Sink sink) {
        return new AnswerSink(sink, name());
      }
    };
  }

  /**
   * The same for a start that goes on trying: where there is no terminal, a line says once why a
   * required source is awaited.
   */
  Source telling(Source source) {
    if (terminal.screen().err() || source.isOptional()) {
      return awaiting(source);
    }
    return new TappedSource(source) {
      @Override
      Sink tap(Sink sink) {
        return new FailureSink(sink, name());
      }
    };
  }

  /** Says why a source is awaited, the first time that it fails. Ends with the start. */
  private synchronized void failed(String name, ConfigException why) {
    if (!closed && why.code() == ErrorCode.SOURCE_FAILED && told.add(name)) {
      terminal.message("waiting: " + Visible.inLine(name) + ": " + Visible.text(why));
    }
  }

  private synchronized void await(String name) {
    awaited.add(name);
    if (!begun) {
      begun = true;
      Thread thread = new Thread(this::showLater, "gimbal-progress");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private synchronized void answered(String name) {
    if (awaited.remove(name) && !shown.isEmpty()) {
      wipe();
      show();
    }
  }

  private synchronized void showLater() {
    long end = System.nanoTime() + patience.toNanos();
    try {
      for (long left = patience.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      return; // nobody does that
    }
    show();
  }

  private synchronized void show() {
    if (closed || awaited.isEmpty()) {
      return;
    }
    String name = Visible.inLine(awaited.iterator().next());
    String brief =
        name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME - 3) + "..." : name;
    int more = awaited.size() - 1;
    shown = "waiting for " + brief + (more == 0 ? "" : " and " + more + " more");
    print(shown);
  }

  private synchronized void wipe() {
    print("\r" + " ".repeat(shown.length()) + "\r");
    shown = "";
  }

  private void print(String text) {
    terminal.err().print(text);
    terminal.err().flush();
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    if (!shown.isEmpty()) {
      wipe();
    }
  }

  /** Notes the first answer. A failure is none: what is required is tried again. */
  private final class AnswerSink extends ForwardingSink {

    private final String name;

    AnswerSink(Sink sink, String name) {
      super(sink);
      this.name = name;
    }

    @Override
    public void document(Revision revision, Document document) {
      answered(name);
      super.document(revision, document);
    }

    @Override
    public void document(Revision revision, Document document, ConfigException odd) {
      answered(name);
      super.document(revision, document, odd);
    }

    @Override
    public void variables(Revision revision, Variables variables) {
      answered(name);
      super.variables(revision, variables);
    }

    @Override
    public void absent(ConfigException why) {
      answered(name);
      super.absent(why);
    }
  }

  private final class FailureSink extends ForwardingSink {

    private final String name;

    FailureSink(Sink sink, String name) {
      super(sink);
      this.name = name;
    }

    @Override
    public void failed(ConfigException why) {
      Progress.this.failed(name, why);
      super.failed(why);
    }
  }
}
