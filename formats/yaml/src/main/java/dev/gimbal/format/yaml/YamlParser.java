package dev.gimbal.format.yaml;

import dev.gimbal.ConfigException;
import dev.gimbal.format.TreeBuilder;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.SpecVersion;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Runs the parser over one document and tells a target what it found, each with its place. Whatever
 * the parser throws becomes a ConfigException. Used by one thread.
 */
final class YamlParser {

  /** What is told about the nodes of the documents that are wanted, in their order. */
  interface Target {

    /** A document begins. */
    default void document() {}

    /** A scalar; {@code plain} if it has no quotes and is no block. */
    void scalar(
        String text,
        boolean plain,
        @Nullable String tag,
        @Nullable String anchor,
        int line,
        int column);

    void begin(YamlNode.Kind kind, @Nullable String anchor, int line, int column);

    void end();

    void alias(String anchor, int line, int column);
  }

  private final String text;
  private final TreeBuilder out;
  private final Target target;

  /** The number of the document that is wanted, 0 for the only one, or -1 for all. */
  private final int wanted;

  private int documents;
  private int line = 1;
  private int column = 1;

  YamlParser(String text, TreeBuilder out, Target target) {
    this.text = text;
    this.out = out;
    this.target = target;
    this.wanted = out.options().documents().number();
  }

  void run() {
    LoadSettings settings = settings();
    StreamReader reader = new StreamReader(settings, text);
    try {
      Iterator<Event> events = new ParserImpl(settings, reader);
      while (events.hasNext()) {
        take(events.next());
      }
      if (documents < wanted && wanted > 1) {
        String message = "there is no document " + wanted + ", the file has " + documents;
        throw out.malformed(reader.getLine() + 1, reader.getColumn() + 1, message);
      }
    } catch (ConfigException e) {
      throw e;
    } catch (RuntimeException e) {
      throw YamlErrors.of(e, text, out, reader.getLine() + 1, reader.getColumn() + 1);
    }
  }

  /**
   * The builder's limits decide, not the parser's. The buffer grows with the text, because the
   * parser copies what it has of a scalar at each refill: there are 64 refills at most.
   */
  private LoadSettings settings() {
    return LoadSettings.builder()
        .setCodePointLimit(Integer.MAX_VALUE)
        .setBufferSize(Math.max(16_384, text.length() / 64 + 1))
        .setVersionFunction(this::version)
        .build();
  }

  private SpecVersion version(SpecVersion version) {
    if (version.getMajor() != 1) {
      String found = "%YAML " + version.getMajor() + "." + version.getMinor();
      throw out.malformed(line, column, found + ", expected %YAML 1.2");
    }
    return version;
  }

  private void take(Event event) {
    Optional<Mark> mark = event.getStartMark();
    if (mark.isPresent()) {
      line = mark.get().getLine() + 1;
      column = mark.get().getColumn() + 1;
    }
    if (event.getEventId() == Event.ID.DocumentStart) {
      document();
    } else if (wanted < 1 || wanted == documents) {
      tell(event);
    }
  }

  private void tell(Event event) {
    switch (event.getEventId()) {
      case Scalar -> scalar((ScalarEvent) event);
      case MappingStart -> begin((CollectionStartEvent) event, YamlNode.Kind.MAP);
      case SequenceStart -> begin((CollectionStartEvent) event, YamlNode.Kind.LIST);
      case Alias -> target.alias(((AliasEvent) event).getAlias().getValue(), line, column);
      case MappingEnd, SequenceEnd -> target.end();
      default -> {
        // the ends of the stream, of a document, and comments say nothing
      }
    }
  }

  private void document() {
    if (++documents > 1 && wanted == 0) {
      throw out.malformed(
          line,
          column,
          "a second document begins here, expected one (document=2 reads it, document=all merges)");
    }
    if (wanted < 0) {
      target.document();
    }
  }

  private void scalar(ScalarEvent event) {
    String tag = null;
    if (event.getTag().isPresent()) {
      tag = YamlTags.check(event.getTag().get(), YamlNode.Kind.SCALAR, out, line, column);
    }
    target.scalar(event.getValue(), event.isPlain(), tag, name(event.getAnchor()), line, column);
  }

  private void begin(CollectionStartEvent event, YamlNode.Kind kind) {
    if (event.getTag().isPresent()) {
      YamlTags.check(event.getTag().get(), kind, out, line, column);
    }
    target.begin(kind, name(event.getAnchor()), line, column);
  }

  private static @Nullable String name(Optional<Anchor> anchor) {
    return anchor.isPresent() ? anchor.get().getValue() : null;
  }
}
