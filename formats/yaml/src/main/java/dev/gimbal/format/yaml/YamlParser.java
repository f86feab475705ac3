package dev.gimbal.format.yaml;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.TreeBuilder;

/**
 * Reads a stream of documents and tells a target what stands in those that are wanted.
 *
 * <p>Reads each character about once, from the first to the last, and keeps none of what it read
 * but the scalar before a colon. Recurses for each level of nesting, which {@code maxDepth} bounds,
 * at its default before stacks of 512 KB do. Used by one thread.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/#92-streams">YAML 1.2.2, 9.2</a>
 */
final class YamlParser {

  private final YamlText text;
  private final YamlHandles handles;
  private final YamlEvents events;
  private final YamlBlocks blocks;

  YamlParser(String source, TreeBuilder out, YamlEvents.Target target) {
    this(new YamlText(source, out), target);
  }

  private YamlParser(YamlText text, YamlEvents.Target target) {
    this(text, new YamlEvents(text, target));
  }

  YamlParser(YamlText text, YamlEvents events) {
    this.text = text;
    this.handles = new YamlHandles(text);
    this.events = events;
    this.blocks = new YamlBlocks(text, handles, events);
  }

  /**
   * @throws ConfigException GIM-004 with the place where it is no YAML; GIM-005 when it is nested
   *     deeper than it may be, or than the thread's stack allows
   */
  void run() {
    try {
      stream();
    } catch (StackOverflowError e) {
      text.moveTo(text.at());
      throw text.out()
          .error(
              ErrorCode.LIMIT,
              text.line(),
              text.lineColumn(),
              "nested deeper than the stack of the thread allows");
    }
  }

  private void stream() {
    boolean mayBegin = true;
    text.skip();
    while (!text.isAtEnd()) {
      if (mayBegin) {
        text.skipMark();
      }
      boolean marked = text.isMarker();
      if (marked && text.next() == '.') {
        endMarker();
        mayBegin = true;
      } else {
        handles.reset();
        marked |= mayBegin && directives();
        document(marked);
        mayBegin = false;
      }
      text.skip();
    }
    events.finish();
  }

  /** Reads what stands behind {@code ...}. */
  private void endMarker() {
    text.take(text.at() + 3);
    text.skip();
    if (!text.isFirst() && !text.isAtEnd()) {
      throw text.unexpected("the end of the line behind ...");
    }
  }

  /** Reads directives; whether there are some, behind which a document begins with a marker. */
  private boolean directives() {
    boolean some = false;
    while (text.next() == '%' && text.column() == 0) {
      handles.directive();
      text.skip();
      some = true;
    }
    if (some && !(text.isMarker() && text.next() == '-')) {
      throw text.unexpected("--- behind a directive");
    }
    return some;
  }

  private void document(boolean marked) {
    events.document(text.at());
    if (marked) {
      text.take(text.at() + 3);
    }
    blocks.root();
  }
}
