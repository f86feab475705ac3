package dev.gimbal.cli;

import dev.gimbal.Origin;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Neighbours;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.ForwardingSink;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The documents of sources as they were parsed, wherever they came from, so that what is wrong with
 * them can be shown. Safe for use by many threads.
 */
final class KeptDocuments {

  /** A document by its names, as origins have them. */
  private record Name(String source, String document) {}

  private final Map<Name, Content> contents = new ConcurrentHashMap<>();

  /** Those that were asked for. */
  private final Map<Name, DocumentLines> lines = new ConcurrentHashMap<>();

  /** The same source, whose documents are kept. */
  Source keeping(Source source) {
    return new TappedSource(source) {
      @Override
      Sink tap(Sink sink) {
        return new ForwardingSink(sink) {
          @Override
          public Document parse(Content content, ReadOptions options) {
            return super.parse(kept(name(), content), options);
          }
        };
      }
    };
  }

  /** The same document, kept; what it includes is kept as well. */
  private Content kept(String source, Content content) {
    keep(source, content);
    Neighbours neighbours = content.neighbours();
    if (neighbours == null) {
      return content;
    }
    Neighbours keeping =
        name -> {
          Content found = neighbours.find(name);
          return found == null ? null : kept(source, found);
        };
    return new Content(content.document(), content.format(), content.bytes(), keeping);
  }

  /** Keeps what was read last; but a pipe that was read out has nothing more to say. */
  private void keep(String source, Content content) {
    if (content.bytes().length > 0) {
      Name name = new Name(source, content.document());
      contents.put(name, content);
      lines.remove(name);
    }
  }

  /**
   * The document of a place; null where it is not kept, as with variables and folders of values.
   */
  @Nullable DocumentLines find(Origin origin) {
    Name name = new Name(origin.source(), origin.document());
    Content content = contents.get(name);
    return content == null ? null : lines.computeIfAbsent(name, key -> DocumentLines.of(content));
  }
}
