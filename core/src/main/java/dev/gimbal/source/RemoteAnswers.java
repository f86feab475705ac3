package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.format.Document;
import dev.gimbal.tree.Patch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the sink what a remote store holds; or, instead of it, whoever reloads. The order of its
 * revisions is its own, the label is the store's. Used by one step at a time.
 */
final class RemoteAnswers {

  private static final Patch NOTHING = Patch.builder().build();

  /**
   * One who reloads.
   *
   * @param after the number of the reading that does not answer it yet
   */
  private record Waiting(Asker asker, long after) {}

  private final RemoteOptions options;
  private final Sink sink;
  private final List<Waiting> askers = new ArrayList<>();
  private long order;

  /** The store's revision of what was handed over. Written by steps, read by who connects. */
  private volatile @Nullable Revision last;

  /** Whether anything was handed over. */
  private boolean holds;

  /** What was told to be wrong, or null when all is well. */
  private @Nullable String wrong;

  RemoteAnswers(RemoteOptions options, Sink sink) {
    this.options = options;
    this.sink = sink;
  }

  @Nullable Revision last() {
    return last;
  }

  void ask(Asker asker, long after) {
    askers.add(new Waiting(asker, after));
  }

  void withdraw(Asker asker) {
    askers.removeIf(waiting -> waiting.asker == asker);
  }

  /** Lets all go that wait, without an answer. */
  void dropAskers() {
    askers.forEach(waiting -> waiting.asker.release());
    askers.clear();
  }

  /**
   * Hands over what a reading came to.
   *
   * @param number of the reading; they are counted from 1
   */
  void hand(long number, RemoteState state) {
    Document document = state.document();
    ConfigException why = state.why();
    if (document != null && !isOld(state)) {
      last = state.revision();
      holds = true;
      Revision next = next(state.revision());
      if (why == null) {
        tell(number, null, true, to -> to.document(next, document));
      } else {
        tell(
            number, String.valueOf(why.getMessage()), true, to -> to.document(next, document, why));
      }
    } else if (document != null || why == null) {
      well(number);
    } else if (state.kind() == RemoteState.Kind.ABSENT) {
      last = null;
      holds = true;
      tell(number, why, to -> to.absent(why));
    } else {
      fail(number, why);
    }
  }

  private boolean isOld(RemoteState state) {
    Revision before = last;
    Revision now = state.revision();
    return state.kind() != RemoteState.Kind.RESTARTED
        && before != null
        && now != null
        && now.order() < before.order();
  }

  /** What was handed over still holds. */
  void well(long number) {
    if (holds) {
      Revision next = next(last);
      tell(number, null, wrong != null, to -> to.patch(next, NOTHING));
    } else {
      fail(number, options.failure("unchanged, although nothing was read before", null));
    }
  }

  /** Something is wrong; the layer stays. */
  void fail(long number, ConfigException why) {
    tell(number, why, to -> to.failed(why));
  }

  /**
   * Hands over a change, unless what was read has it.
   *
   * @return why it does not decrypt, so that no later change may be handed over on top; or null
   */
  @Nullable ConfigException change(Revision revision, Patch patch) {
    Revision before = last;
    if (before != null && revision.order() <= before.order()) {
      return null;
    }
    Patch read;
    try {
      read = sink.decrypt(patch);
    } catch (ConfigException refused) {
      fail(0, refused);
      return refused;
    }
    last = revision;
    if (read.ops().isEmpty() && wrong == null) {
      return null; // nobody need be told
    }
    wrong = null;
    sink.patch(next(revision), read);
    return null;
  }

  private Revision next(@Nullable Revision store) {
    order++;
    return store == null ? Revision.of(order) : new Revision(order, store.label());
  }

  private void tell(long number, ConfigException why, Consumer<Sink> answer) {
    String message = String.valueOf(why.getMessage());
    tell(number, message, !message.equals(wrong), answer);
  }

  /** Tells those who asked before this reading; if there is none, the sink, if it is news. */
  private void tell(long number, @Nullable String problem, boolean news, Consumer<Sink> answer) {
    wrong = problem;
    boolean taken = false;
    for (Iterator<Waiting> all = askers.iterator(); all.hasNext(); ) {
      Waiting waiting = all.next();
      if (number > waiting.after) {
        all.remove();
        taken |= waiting.asker.answer(answer);
      }
    }
    if (!taken && news) {
      answer.accept(sink);
    }
  }
}
