package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.engine.ExploredTasks;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.interleavings.Points;
import dev.gimbal.tree.Patch;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what a source says; no revision comes after a greater one, and no change before the state
 * that it changes.
 */
final class ExploredSink implements Sink {

  final ExploredTasks tasks = new ExploredTasks();
  final List<String> said = new ArrayList<>();
  private long last;

  /** Whether there is a state to change. */
  private boolean holds;

  private void take(Revision revision, String what) {
    if (revision.order() <= last) {
      Points.fail("revision " + revision.order() + " after " + last);
    }
    last = revision.order();
    said.add(what);
  }

  String last() {
    return said.isEmpty() ? "" : said.get(said.size() - 1);
  }

  @Override
  public void document(Revision revision, Document document) {
    holds = true;
    take(revision, document.tree().keys().toString());
  }

  @Override
  public void variables(Revision revision, Variables variables) {
    take(revision, variables.values().toString());
  }

  @Override
  public void failed(ConfigException why) {
    said.add("failed " + why.getMessage());
  }

  @Override
  public Tasks tasks() {
    return tasks;
  }

  @Override
  public ReadOptions readOptions() {
    return ReadOptions.DEFAULT;
  }

  @Override
  public boolean watching() {
    return true;
  }

  @Override
  public Document parse(Content content, ReadOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Formats formats() {
    throw new UnsupportedOperationException();
  }

  /** By the revision that people know it by. */
  @Override
  public void patch(Revision revision, Patch patch) {
    boolean well = patch.ops().isEmpty();
    if (!well && !holds) {
      Points.fail("the change " + revision.label() + " before the state");
    }
    take(revision, well ? "well" : "[" + revision.label() + "]");
  }

  @Override
  public long write(Write write) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void absent(ConfigException why) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void degraded(ConfigException why) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void reset() {
    throw new UnsupportedOperationException();
  }
}
