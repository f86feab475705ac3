package dev.gimbal.cli;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.Tasks;
import dev.gimbal.source.Variables;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a source says by itself, with its nulls, which a layer uses up, and with its placeholders as
 * they stand.
 */
final class WholeDocument implements Source {

  static final ReadOptions LITERAL = ReadOptions.DEFAULT.withTemplate(Scalar.Template.NONE);

  private final Source source;

  /** Written by a thread of the source before its answer, read after the start that awaits it. */
  private volatile @Nullable ObjectNode tree;

  private WholeDocument(Source source) {
    this.source = source;
  }

  /** A Config of one source, read once, with placeholders as they stand. */
  static Config open(Source source) {
    return Config.builder()
        .readOptions(LITERAL)
        .source(source)
        .watching(false)
        .closeTimeout(Options.CLOSE_TIMEOUT)
        .build();
  }

  /**
   * Reads a source once.
   *
   * @throws ConfigException when it cannot be read
   */
  static Node of(Source source) {
    WholeDocument document = new WholeDocument(source);
    try (Config config = open(document)) {
      ObjectNode whole = document.tree;
      return whole != null ? whole : Objects.requireNonNull(config.root().node());
    }
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public boolean isOptional() {
    return source.isOptional();
  }

  @Override
  public Session open(Sink sink) {
    return source.open(new Taking(sink));
  }

  /** Notes the document on its way. */
  private final class Taking implements Sink {

    private final Sink sink;

    Taking(Sink sink) {
      this.sink = sink;
    }

    @Override
    public Document parse(Content content, ReadOptions options) {
      return sink.parse(content, options);
    }

    @Override
    public void document(Revision revision, Document document) {
      tree = document.tree();
      sink.document(revision, document);
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
}
