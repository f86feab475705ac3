package dev.gimbal.schedules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A source as the contract sees it: its two trees, and what its status must tell. */
final class Layer {

  final String name;
  final boolean optional;
  Map<String, Object> received = new TreeMap<>();
  Map<String, Object> accepted = received;

  /** What was said and the lane has not taken. */
  final List<Said> inbox = new ArrayList<>();

  /** Set once it was removed, or did not join: whatever it says is ignored. */
  private boolean gone;

  /** The first answer that a start waits for; null before it. */
  private Said.Kind began;

  private long lastOrder = Long.MIN_VALUE;
  private boolean answered;

  /** The last that came before the layer joined, if that was good news. */
  private Said early;

  private Long earlyOrder;

  /** What was refused last and is still received. */
  private Said refused;

  /** Whether the status tells of that refusal. */
  private boolean tellsOfRefusal;

  private String state = "DOWN";
  private String revision = "null";
  private int passes;
  private int refusals;
  private int failures;

  /** What listeners of states must be told, of all layers. */
  private final List<String> told;

  Layer(String name, boolean optional, List<String> told) {
    this.name = name;
    this.optional = optional;
    this.told = told;
  }

  boolean isPending() {
    return received != accepted;
  }

  // ---- the start

  private void begin(Said said) {
    began = began == null ? said.kind() : began;
  }

  /** Whether a start with its first answer goes on. */
  boolean mayJoin() {
    return began != null
        && switch (began) {
          case MALFORMED -> false;
          case ABSENT, FAILED -> optional;
          default -> true;
        };
  }

  /** A good answer from inside an open that then throws is none. */
  void forgetAnswer() {
    began = mayJoin() && began != Said.Kind.ABSENT && began != Said.Kind.FAILED ? null : began;
  }

  void leave() {
    gone = true;
    inbox.clear();
  }

  boolean isGone() {
    return gone;
  }

  /** Takes what comes before the layer joins. */
  void takeEarly(Said said) {
    if (advance(said)) {
      received = said.change().apply(received);
      accepted = received;
      earlyOrder = said.order();
      early = said.kind() == Said.Kind.ODD ? null : said;
      answered = true;
      begin(said);
      if (said.kind() == Said.Kind.ODD) {
        tell("DEGRADED");
      }
    }
  }

  void join() {
    if (early != null) {
      passed(early, earlyOrder);
    }
    early = null;
  }

  // ---- what is said

  /** Whether it is newer than what was said before; it counts as said then. */
  boolean advance(Said said) {
    if (said.order() == null) {
      return true;
    }
    if (said.order() <= lastOrder) {
      return false;
    }
    lastOrder = said.order();
    return true;
  }

  void answered() {
    answered = true;
  }

  /** Something is said that is no change, or says that there is nothing. */
  void tell(Said said) {
    if (said.kind() == Said.Kind.RESET) {
      lastOrder = Long.MIN_VALUE;
      return;
    }
    early = null;
    if (said.kind() == Said.Kind.DEGRADED) {
      tell("DEGRADED");
      return;
    }
    failures++;
    tell(answered ? "DEGRADED" : "DOWN");
    if (said.kind() != Said.Kind.FAILED || optional) {
      begin(said);
    }
  }

  // ---- what came of it

  /** It is in what is published. */
  void passed(Said said) {
    refused = null;
    if (said.kind() != Said.Kind.ABSENT) {
      passed(said, said.order());
    }
  }

  private void passed(Said said, Long order) {
    passes++;
    revision = order == null ? revision : order.toString();
    tell(said.kind() == Said.Kind.ODD ? "DEGRADED" : "OK");
  }

  /** What was refused before is in what is published. */
  void healed() {
    if (refused != null && tellsOfRefusal) {
      passed(refused);
    }
    refused = null;
  }

  /** It was refused, and stays received unless it was a write. */
  void refused(Said said) {
    if (said.kind() == Said.Kind.ABSENT) {
      return; // told as a failure
    }
    refusals++;
    if (said.kind() == Said.Kind.WRITE) {
      told.add(state());
    } else {
      tell("DEGRADED");
      refused = said;
      tellsOfRefusal = true;
    }
  }

  private void tell(String next) {
    state = next;
    tellsOfRefusal = false;
    told.add(state());
  }

  private String state() {
    return String.join(" ", name, state, "refused " + refusals, "failed " + failures);
  }

  /** What its status must tell. */
  String status() {
    return String.join(" ", state(), "passed " + passes, "at " + revision);
  }
}
