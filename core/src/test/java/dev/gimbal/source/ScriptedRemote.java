package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/** A store with one key {@code a} that does what a test says. */
final class ScriptedRemote implements Remote {

  /** What {@link #connect} throws, one a call; none when empty. */
  final Queue<Exception> connectFailures = new ArrayDeque<>();

  /** What {@code read} does in place of reading, one a call. */
  final Queue<Reading> readings = new ArrayDeque<>();

  Runnable duringConnect = () -> {};
  Runnable duringRead = () -> {};

  /** What an edit comes to; null: the link cannot be edited. */
  Edited onEdit;

  boolean resumes;
  int value = 1;
  long revision = 1;
  int connects;
  int reads;
  int closes;
  Feed feed;

  interface Reading {
    RemoteState read() throws IOException;
  }

  interface Edited {
    void run() throws IOException, InterruptedException;
  }

  @Override
  public Link connect(Feed to) throws IOException, InterruptedException {
    connects++;
    feed = to;
    duringConnect.run();
    Exception failure = connectFailures.poll();
    if (failure instanceof IOException io) {
      throw io;
    }
    if (failure instanceof InterruptedException interrupt) {
      throw interrupt;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
    boolean resumed = resumes && to.resumeAfter() != null;
    return new Link() {
      @Override
      public RemoteState read(Sink sink) throws IOException {
        reads++;
        RemoteState state = now();
        duringRead.run();
        Reading other = readings.poll();
        return other == null ? state : other.read();
      }

      @Override
      public boolean isResumed() {
        return resumed;
      }

      @Override
      public void edit(Edit edit, Consumer<Document> check)
          throws IOException, InterruptedException {
        if (onEdit == null) {
          Link.super.edit(edit, check);
        } else {
          onEdit.run();
        }
      }

      @Override
      public void close() {
        closes++;
      }
    };
  }

  RemoteState now() {
    return RemoteState.of(Revision.of(revision), document(value));
  }

  static Document document(int value) {
    return Document.of(ObjectNode.of(Map.of("a", Scalar.number(Integer.toString(value)))));
  }

  /** The store changes, and tells nobody. */
  void change() {
    value++;
    revision++;
  }

  /** The store changes, and tells what. */
  void changeAndTell() {
    change();
    feed.patch(Revision.of(revision), Patch.builder().set("a", value).build());
  }

  static ConfigException malformed() {
    return new ConfigException(ErrorCode.MALFORMED, "malformed");
  }

  static Object a(ObjectNode layer) {
    return Nodes.toMap(layer).get("a");
  }
}
