package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.Patch;

/** A sink that says everything to another one. */
class ForwardingSink implements Sink {

  private final Sink to;

  ForwardingSink(Sink to) {
    this.to = to;
  }

  @Override
  public Document parse(Content content, ReadOptions options) {
    return to.parse(content, options);
  }

  @Override
  public void document(Revision revision, Document document) {
    to.document(revision, document);
  }

  @Override
  public void patch(Revision revision, Patch patch) {
    to.patch(revision, patch);
  }

  @Override
  public void variables(Revision revision, Variables variables) {
    to.variables(revision, variables);
  }

  @Override
  public long write(Write write) {
    return to.write(write);
  }

  @Override
  public void absent(ConfigException why) {
    to.absent(why);
  }

  @Override
  public void failed(ConfigException why) {
    to.failed(why);
  }

  @Override
  public void degraded(ConfigException why) {
    to.degraded(why);
  }

  @Override
  public void reset() {
    to.reset();
  }

  @Override
  public Tasks tasks() {
    return to.tasks();
  }

  @Override
  public Formats formats() {
    return to.formats();
  }

  @Override
  public ReadOptions readOptions() {
    return to.readOptions();
  }

  @Override
  public boolean watching() {
    return to.watching();
  }
}
