package dev.gimbal.cli;

import dev.gimbal.Excerpt;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Neighbours;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.ForwardingSink;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The documents of sources as they were parsed, wherever they came from, so that the lines that
 * problems are about can be shown with their values. Safe for use by many threads.
 */
final class KeptDocuments {

  private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");

  /** A document by its names, as origins have them. */
  private record Name(String source, String document) {}

  private final Map<Name, byte[]> contents = new ConcurrentHashMap<>();
  private final boolean reveal;

  /**
   * @param reveal whether values are shown; otherwise nothing is kept
   */
  KeptDocuments(boolean reveal) {
    this.reveal = reveal;
  }

  /** The same source, whose documents are kept if they are to be shown. */
  Source keeping(Source source) {
    return !reveal
        ? source
        : new TappedSource(source) {
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
      contents.put(new Name(source, content.document()), content.bytes());
    }
  }

  /** The same problem with its lines as they were read, where values are shown. */
  Problem revealed(Problem problem) {
    Origin origin = problem.origin();
    Excerpt masked = problem.details().excerpt();
    Excerpt line = origin == null || masked == null ? null : line(origin);
    if (line == null) {
      return problem;
    }
    Origin begin = problem.details().begin();
    return problem.withExcerpt(begin == null ? line : line.withBegin(line(begin)));
  }

  private @Nullable Excerpt line(Origin origin) {
    byte[] content = contents.get(new Name(origin.source(), origin.document()));
    if (content == null) {
      return null;
    }
    String text = new String(content, StandardCharsets.UTF_8);
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    String[] lines = LINE_END.split(unmarked, -1);
    if (origin.line() < 1 || origin.line() > lines.length) {
      return null; // a format of one's own may say anything
    }
    String line = lines[origin.line() - 1];
    int characters = line.codePointCount(0, line.length());
    return new Excerpt(origin.line(), line, Math.max(0, Math.min(origin.column() - 1, characters)));
  }
}
