package dev.gimbal.traces;

import dev.gimbal.Change;
import dev.gimbal.ConfigPath;
import dev.gimbal.Snapshot;
import dev.gimbal.Value;
import dev.gimbal.WatcherStoppedException;
import dev.gimbal.engine.Plain;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the events of a trace from the calls on a {@link Tape}: what {@code
 * verification/models/README.md} says about each action. An event lies between two of the tape's
 * times, which are those of calls around its access to memory.
 */
final class Reading {

  /** The value of a source of whose document a snapshot holds a half. */
  private static final long HALF = 77;

  private static final long FAILED = 98;
  private static final long NOTHING = 0;

  /** Whose a receiver or its mailbox is. */
  private final Map<Object, String> names = new IdentityHashMap<>();

  private final Set<String> closedInboxes = new HashSet<>();

  /** The events of the thread that is read. */
  private List<Event> events = new ArrayList<>();

  private Reading() {}

  /** The events of each thread that made some. */
  static List<List<Event>> of(List<List<Call>> threads) {
    Reading reading = new Reading();
    threads.forEach(roots -> roots.forEach(root -> reading.findNames(root, null)));
    List<List<Event>> all = new ArrayList<>();
    for (List<Call> roots : threads) {
      reading.events = new ArrayList<>();
      reading.readThread(roots);
      if (!reading.events.isEmpty()) {
        all.add(reading.events);
      }
    }
    return all;
  }

  /** What cannot be read is an event, too; nothing replays it. */
  private void readThread(List<Call> roots) {
    try {
      readAll(roots);
    } catch (RuntimeException e) {
      add(Event.of("unreadable").word("why", e.toString()), 0, Long.MAX_VALUE);
    }
  }

  private void findNames(Call call, @Nullable String registers) {
    String now = call.is("watch") || call.is("onChange") ? (String) call.arg(0) : registers;
    if (call.is("MemoryLoader.register")) {
      names.put(call.arg(0), now);
      names.put(Plain.mailbox(call.arg(0)), now);
    }
    call.children.forEach(child -> findNames(child, now));
  }

  private void add(Event.Builder event, long begin, long end) {
    events.add(event.between(Math.max(begin, lastEnd()), end));
  }

  /** When the last event of this thread had ended at the latest. */
  private long lastEnd() {
    return events.isEmpty() ? 0 : events.get(events.size() - 1).end();
  }

  private void readAll(List<Call> calls) {
    calls.forEach(this::read);
  }

  private String name(Call call) {
    return names.get(call.self);
  }

  private void read(Call call) {
    switch (call.method) {
      case "change", "read", "reloadRead" -> outside(call);
      case "subscribe" -> add(Event.of("subscribe").with("s", source(call)), call.begin, call.end);
      case "document", "reloadDocument", "fail" -> says(call);
      case "get" -> got(call, (Value) call.answer());
      case "watch", "onChange" -> registers(call);
      case "next" -> next(call);
      case "stop" -> stop(call);
      case "close" -> close(call);
      case "observe" -> shown(Event.of("observe"), call.result, call.begin, call.end);
      case "Intake.drain" -> drain(call);
      case "Delivery.run" -> run(call);
      default -> readAll(call.children);
    }
  }

  // ---- values

  private static List<Long> values(ObjectNode tree) {
    List<Long> values = new ArrayList<>();
    for (String source : Bounds.SOURCES) {
      long left = value(tree, source, "l");
      values.add(left == value(tree, source, "r") ? left : HALF);
    }
    return values;
  }

  private static long value(ObjectNode tree, String source, String half) {
    Node node = Nodes.at(tree, ConfigPath.of("w", source, half));
    return node == null ? HALF : Long.parseLong(String.valueOf(Nodes.toJava(node)));
  }

  private void shown(Event.Builder event, @Nullable Object snapshot, long begin, long end) {
    if (snapshot == null) {
      add(event.with("ver", NOTHING).with("val", List.of()), begin, end);
    } else {
      long version = ((Snapshot) snapshot).version();
      add(event.with("ver", version).with("val", values(Plain.tree(snapshot))), begin, end);
    }
  }

  private static String source(Call call) {
    return (String) call.arg(0);
  }

  // ---- sources

  private void outside(Call call) {
    if (call.result != null) {
      add(
          Event.of(call.method).with("s", source(call)).with("x", (Integer) call.result),
          call.begin,
          call.end);
    }
  }

  private void says(Call call) {
    Event.Builder event = Event.of(call.method).with("s", source(call));
    if (!call.is("fail")) {
      event.with("x", (Integer) call.answer());
    }
    Call put = find(call, "Inbox.put");
    if (put == null) {
      add(event.word("put", "refused"), call.begin, call.end);
    } else {
      add(event.word("put", put.answer().equals(true) ? "told" : "put"), call.begin, put.end);
    }
    readAll(call.children);
  }

  private static @Nullable Call find(Call in, String method) {
    for (Call child : in.children) {
      Call found = child.is(method) ? child : find(child, method);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  // ---- the lane

  private void drain(Call call) {
    String source = Plain.name(call.arg(0));
    for (Call child : call.children) {
      switch (child.method) {
        case "Inbox.takeAll" -> {
          List<Long> items =
              Plain.said(child.answer()).stream()
                  .map(revision -> revision == Plain.FAILED ? FAILED : revision)
                  .toList();
          add(Event.of("drain").with("s", source).with("items", items), child.begin, child.end);
        }
        case "Intake.tell" ->
            add(step(source, FAILED).word("to", "dropped"), child.begin, child.end);
        case "Intake.apply" -> apply(source, child);
        default -> read(child);
      }
    }
  }

  private static Event.Builder step(String source, long revision) {
    return Event.of("step").with("s", source).with("x", revision);
  }

  private void apply(String source, Call call) {
    List<Long> inputs = Plain.said(call.arg(0));
    if (inputs.size() != 1) {
      throw new IllegalStateException("a step of " + inputs);
    }
    Event.Builder step = step(source, inputs.get(0));
    Call publish = find(call, "MemoryLoader.publish");
    if (publish == null) {
      add(step.word("to", call.result == null ? "dropped" : "refused"), call.begin, call.end);
    } else {
      add(
          step.word("to", "accepted").with("val", values(Plain.tree(publish.arg(1)))),
          call.begin,
          publish.begin);
      publish(publish);
    }
  }

  private void publish(Call call) {
    Call walk = find(call, "WatchTrie.offer");
    if (walk == null) {
      add(Event.of("publishNothing").with("ver", (Long) call.answer()), call.begin, call.end);
      return;
    }
    shown(Event.of("publish"), walk.arg(2), call.begin, walk.begin);
    long found = walk.children.isEmpty() ? walk.end : walk.children.get(0).begin;
    add(Event.of("readTrie"), walk.begin, found);
    walk.children.forEach(child -> offered(child, "offer", "lane"));
  }

  /** An offer or the wake that follows. */
  private void offered(Call call, String as, String by) {
    if (call.is("Mailbox.offer")) {
      Event.Builder event =
          Event.of(as).with("r", name(call)).word("out", call.answer().toString());
      shown(event, call.arg(0), call.begin, call.end);
    } else if (call.is("Delivery.wake")) {
      add(Event.of("wake").with("r", name(call)).word("by", by), call.begin, call.end);
    } else {
      throw new IllegalStateException(call.method);
    }
  }

  // ---- registration

  private void got(Call call, Value value) {
    shown(
        Event.of("get").with("r", (String) call.arg(0)),
        Plain.snapshot(value),
        call.begin,
        call.end);
  }

  private void registers(Call call) {
    String name = (String) call.arg(0);
    for (Call child : call.children) {
      if (child.is("PushSubscription.<init>")) {
        shown(Event.of("get").with("r", name), child.arg(3), call.begin, child.begin);
      } else if (child.is("MemoryLoader.register")) {
        registers(name, child);
      }
    }
  }

  private void registers(String name, Call call) {
    Call add = find(call, "WatchTrie.add");
    if (add == null) {
      add(Event.of("tooLate").with("r", name), call.begin, call.end);
      return;
    }
    boolean added = add.answer().equals(true);
    add(Event.of("add").with("r", name).with("ok", added), add.begin, add.end);
    for (Call child : added ? call.children : List.<Call>of()) {
      if (child.is("Mailbox.offer")) {
        shown(Event.of("readCell").with("r", name), child.arg(0), lastEnd(), child.begin);
        offered(child, "offerSelf", "self");
      } else if (child.is("Delivery.wake")) {
        offered(child, "", "self");
      }
    }
  }

  // ---- receivers

  private void next(Call call) {
    String name = (String) call.arg(0);
    for (Call take : call.children) {
      if (take.is("PullWatcher.take")) {
        take(name, take.children, (Value) take.result);
      }
    }
    if (call.thrown instanceof WatcherStoppedException) {
      add(Event.of("stopped").with("r", name), call.begin, call.end);
    }
  }

  private void take(String name, List<Call> takes, @Nullable Value given) {
    for (int i = 0; i < takes.size(); i++) {
      Call take = takes.get(i);
      Event.Builder event = Event.of("take").with("r", name);
      boolean last = i == takes.size() - 1;
      event.with("given", last && given != null && Plain.snapshot(given) == take.result);
      shown(event, take.result, take.begin, take.end);
    }
  }

  private void run(Call call) {
    String name = names.get(call.self);
    boolean left = false;
    for (Call child : call.children) {
      if (child.is("Delivery.runOne")) {
        runOne(name, child);
      } else {
        if (!left) {
          left = true;
          add(Event.of("leave").with("r", name), lastEnd(), child.begin);
        }
        if (child.is("PushSubscription.hasNext")) {
          boolean more = child.answer().equals(true);
          add(Event.of("recheck").with("r", name).with("more", more), child.begin, child.end);
        } else {
          offered(child, "", "run");
        }
      }
    }
    if (!left) {
      add(Event.of("leave").with("r", name), lastEnd(), call.end);
    }
  }

  private void runOne(String name, Call call) {
    Call deliver = find(call, "PushSubscription.deliverNext");
    if (deliver == null) {
      throw new IllegalStateException("a run that delivers nothing");
    }
    add(Event.of("announce").with("r", name), call.begin, deliver.begin);
    Call take = find(deliver, "Mailbox.take");
    Call listen = find(deliver, "listen");
    if (take == null) {
      return; // it has not come so far
    }
    Event.Builder event = Event.of("deliver").with("r", name).with("called", listen != null);
    if (listen != null) {
      Change change = (Change) listen.answer();
      event.with("before", values(Plain.tree(Plain.snapshot(change.before()))));
      if (change.snapshot() != take.result || Plain.snapshot(change.after()) != take.result) {
        event.with("before", List.of(HALF, HALF)); // it was told of something else
      }
    }
    shown(event, take.result, take.begin, take.end);
    if (listen != null) {
      add(Event.of("returned").with("r", name), listen.end, call.end);
    }
  }

  // ---- stop and close

  private void stop(Call call) {
    String name = (String) call.arg(0);
    for (Call child : call.children) {
      if (child.is("Mailbox.close")) {
        boolean first = child.answer().equals(true);
        add(Event.of("stop").with("r", name).with("first", first), child.begin, child.end);
      } else if (child.is("WatchTrie.remove")) {
        add(Event.of("forget").with("r", name), child.begin, child.end);
      }
    }
    add(Event.of("stopReturns").with("r", name), lastEnd(), call.end);
  }

  private void close(Call call) {
    for (Call child : call.children) {
      switch (child.method) {
        case "MemoryLoader.markClosed" -> add(Event.of("close"), child.begin, child.end);
        case "SourceControl.stopTaking" -> stopTaking(child);
        case "Shutdown.awaitSteps" -> add(Event.of("turn"), lastEnd(), child.end);
        case "WatchTrie.close" -> add(Event.of("closeTrie"), child.begin, child.end);
        case "Mailbox.close" -> add(Event.of("end").with("r", name(child)), child.begin, child.end);
        case "SessionLife.closeAll" -> add(Event.of("closeSessions"), child.begin, child.end);
        default -> {}
      }
    }
    add(Event.of("closeReturns"), lastEnd(), call.end);
  }

  private void stopTaking(Call call) {
    for (Call child : call.children) {
      if (child.is("SourceSession.refuse")) {
        String source = Plain.name(child.self);
        if (closedInboxes.add(source)) {
          add(Event.of("stopTaking").with("s", source), child.begin, child.end);
        }
      } else {
        read(child);
      }
    }
  }
}
