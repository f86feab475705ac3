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
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.Objects;
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

  /** A Config of one source, read once, with placeholders as they stand. */
  static Config open(Source source, Terminal terminal) {
    return open(new WholeDocument(source), terminal);
  }

  private static Config open(WholeDocument document, Terminal terminal) {
    try (Progress progress = new Progress(terminal)) {
      return Config.builder()
          .readOptions(LITERAL)
          .decrypting(false)
          .source(progress.awaiting(document))
          .watching(false)
          .closeTimeout(Options.CLOSE_TIMEOUT)
          .build();
    }
  }

  /**
   * Reads a source once. In its tree, placeholders of documents are marked as such.
   *
   * @throws ConfigException when it cannot be read
   */
  static Node of(Source source, Terminal terminal) {
    WholeDocument document = new WholeDocument(source);
    try (Config config = open(document, terminal)) {
      StatusMessages.tellUnwell(config, terminal);
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
    Node shown = Literals.unresolved(Literals.escape(document.tree()));
    return new Document((ObjectNode) shown, document.origins(), document.warnings());
  }
}
