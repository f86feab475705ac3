package dev.gimbal.cli;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.format.Document;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.ForwardingSink;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a source says by itself, with its nulls, which a layer uses up, and with its placeholders
 * and encrypted values as they stand. Texts of documents that look like placeholders and are none
 * have another dollar sign before them.
 */
final class WholeDocument extends TappedSource {

  private static final ReadOptions LITERAL = ReadOptions.DEFAULT.withTemplate(Scalar.Template.NONE);

  /** Written by a thread of the source before its answer, read after the start that awaits it. */
  private volatile @Nullable ObjectNode tree;

  private WholeDocument(Source source) {
    super(source);
  }

  /**
   * A Config of one source, read once, with placeholders as they stand.
   *
   * @param more adds to the builder
   */
  static Config open(Source source, Terminal terminal, UnaryOperator<Config.Builder> more) {
    return open(new WholeDocument(source), terminal, more);
  }

  private static Config open(
      WholeDocument document, Terminal terminal, UnaryOperator<Config.Builder> more) {
    try (Progress progress = new Progress(terminal)) {
      Config.Builder builder =
          Config.builder()
              .readOptions(LITERAL)
              .decrypting(false)
              .source(progress.awaiting(document))
              .watching(false)
              .closeTimeout(Options.CLOSE_TIMEOUT);
      return more.apply(builder).build();
    }
  }

  /**
   * Reads a source once. In its tree, placeholders of documents are marked as such.
   *
   * @throws ConfigException when it cannot be read, or holds secrets that are not to be shown
   */
  static Node of(Source source, Options options, Terminal terminal) {
    WholeDocument document = new WholeDocument(source);
    try (Config config = open(document, terminal, options::marking)) {
      StatusMessages.tellUnwell(config, terminal);
      if (!options.reveal()) {
        PlainSecrets.refuse(config);
      }
      ObjectNode whole = document.tree;
      return whole != null ? whole : Objects.requireNonNull(config.root().node());
    }
  }

  @Override
  Sink tap(Sink sink) {
    return new ForwardingSink(sink) {
      @Override
      public ReadOptions readOptions() {
        return super.readOptions().withTemplate(Scalar.Template.ALL);
      }

      @Override
      public void document(Revision revision, Document document) {
        super.document(revision, unresolved(document));
      }

      @Override
      public void document(Revision revision, Document document, ConfigException odd) {
        super.document(revision, unresolved(document), odd);
      }
    };
  }

  private Document unresolved(Document document) {
    tree = document.tree();
    Node marked =
        Nodes.mapScalars(
            document.tree(),
            (path, scalar) ->
                scalar.hasTemplates() && PlainSecrets.hasDefault(scalar.text())
                    ? scalar.asSecret()
                    : scalar);
    Node shown = Literals.unresolved(Literals.escape(marked));
    return new Document((ObjectNode) shown, document.origins(), document.warnings());
  }
}
