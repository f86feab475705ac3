package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.Patch;

/**
 * Passes everything on to another sink: for sources that change or note a part of what another one
 * says. As safe for use by many threads as that sink.
 *
 * @since 0.1.0
 */
public class ForwardingSink implements Sink {

  private final Sink sink;

  public ForwardingSink(Sink sink) {
    this.sink = sink;
  }

  @Override
  public Document parse(Content content, ReadOptions options) {
    return sink.parse(content, options);
  }

  @Override
  public Document decrypt(Document document) {
    return sink.decrypt(document);
  }

  @Override
  public Patch decrypt(Patch patch) {
    return sink.decrypt(patch);
  }

  @Override
  public void document(Revision revision, Document document) {
    sink.document(revision, document);
  }

  @Override
  public void document(Revision revision, Document document, ConfigException odd) {
    sink.document(revision, document, odd);
  }

  @Override
  public void patch(Revision revision, Patch patch) {
    sink.patch(revision, patch);
  }

  @Override
  public void variables(Revision revision, Variables variables) {
    sink.variables(revision, variables);
  }

  @Override
  public long write(Write write) {
    return sink.write(write);
  }

  @Override
  public void absent(ConfigException why) {
    sink.absent(why);
  }

  @Override
  public void failed(ConfigException why) {
    sink.failed(why);
  }

  @Override
  public void degraded(ConfigException why) {
    sink.degraded(why);
  }

  @Override
  public void reset() {
    sink.reset();
  }

  @Override
  public Tasks tasks() {
    return sink.tasks();
  }

  @Override
  public Formats formats() {
    return sink.formats();
  }

  @Override
  public ReadOptions readOptions() {
    return sink.readOptions();
  }

  @Override
  public boolean watching() {
    return sink.watching();
  }
}
