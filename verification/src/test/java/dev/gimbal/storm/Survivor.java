package dev.gimbal.storm;

import dev.gimbal.Change;
import dev.gimbal.Snapshot;
import dev.gimbal.Value;
import dev.gimbal.Watcher;
import dev.gimbal.WatcherStoppedException;
import dev.gimbal.storm.Findings.Broken;
import dev.gimbal.tree.Node;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A watcher or subscription that stays open until the Config closes. */
sealed interface Survivor {

  /** Looks whether it knows the last value. */
  void expect(Snapshot last, Findings findings) throws InterruptedException;

  /** Begins to wait for more, if it is one that waits. */
  void startWaiting(Findings findings, List<Thread> waiting);

  WeakReference<?> reference();

  private static void compare(
      String path, @Nullable Node known, Snapshot last, String who, Findings findings) {
    Node expected = last.get(path).node();
    if (!Objects.equals(expected, known)) {
      findings.broken(
          Broken.LATEST, who + " at \"" + path + "\" knows " + known + ", expected " + expected);
    }
  }

  /** Nobody has taken anything from it for a while. */
  record Pull(String path, Watcher watcher) implements Survivor {

    @Override
    public void expect(Snapshot last, Findings findings) throws InterruptedException {
      Optional<Value> next = watcher.next(Duration.ZERO);
      if (next.isPresent() && watcher.next(Duration.ZERO).isPresent()) {
        findings.broken(Broken.IN_ORDER, "two values waited at \"" + path + "\"");
      }
      compare(path, watcher.current().node(), last, "a watcher", findings);
    }

    @Override
    public void startWaiting(Findings findings, List<Thread> waiting) {
      Thread thread = Storm.thread("storm-waiter", () -> await(findings));
      thread.start();
      waiting.add(thread);
    }

    private void await(Findings findings) {
      try {
        Value value = watcher.next();
        findings.broken(Broken.IN_ORDER, "silence, but next returned " + value.version());
      } catch (WatcherStoppedException expected) {
        // So it must end.
      } catch (InterruptedException givenUp) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public WeakReference<?> reference() {
      return new WeakReference<>(watcher);
    }
  }

  /** It was told of what was written last, because all of it was written while it was open. */
  record Push(StormListener listener) implements Survivor {

    @Override
    public void expect(Snapshot last, Findings findings) {
      Change told = listener.last();
      Node known = told == null ? null : told.after().node();
      compare(listener.path(), known, last, "a listener", findings);
    }

    @Override
    public void startWaiting(Findings findings, List<Thread> waiting) {}

    @Override
    public WeakReference<?> reference() {
      return new WeakReference<>(listener);
    }
  }
}
