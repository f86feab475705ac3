package dev.gimbal.format.yaml;

import dev.gimbal.ConfigException;

/**
 * Reads the lists and maps that indentation makes, and what they hold. Used by one thread.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/#chapter-8-block-style-productions">YAML 1.2.2, 8</a>
 */
final class YamlBlocks {

  /**
   * Where a node begins.
   *
   * @param parent the indentation of what it stands in, or -1
   * @param indent its own, if it is a list or a map
   * @param line where its line begins
   * @param collection whether a list or a map may begin here
   * @param tab whether a tab stands before it in its line
   * @param outer its properties in lines above
   * @param own the properties in its line: its own, or those of the first key of a map
   */
  private record Begin(
      int parent,
      int indent,
      int line,
      boolean collection,
      boolean tab,
      YamlProperties outer,
      YamlProperties own) {}

  private final YamlText text;
  private final YamlHandles handles;
  private final YamlEvents events;
  private final YamlFlows flows;
  private final YamlBlockText block;

  /** The indentation of the list or map that ended just now, or -1. */
  private int ended = -1;

  YamlBlocks(YamlText text, YamlHandles handles, YamlEvents events) {
    this.text = text;
    this.handles = handles;
    this.events = events;
    this.flows = new YamlFlows(text, handles, events);
    this.block = new YamlBlockText(text);
  }

  /** Reads a document, up to its end. */
  void root() {
    node(-1, false, text.isFirst());
    goesOn(-1); // refuses what follows
  }

  /**
   * Reads a node, an empty one too.
   *
   * @param parent the indentation of what it stands in, or -1
   * @param dash whether a list may have the same indentation
   * @param compact whether a list or map may begin in this line
   */
  private void node(int parent, boolean dash, boolean compact) {
    int before = text.at();
    YamlProperties outer = YamlProperties.NONE;
    ended = -1;
    text.skip();
    while (isInside(parent, dash)) {
      int indent = text.column();
      boolean collection = compact || text.isFirst();
      boolean tab = text.isBehindTab();
      YamlProperties own = handles.properties(false);
      if (own.isNone() || !text.isEndOfLine()) {
        content(new Begin(parent, indent, text.lineBegin(), collection, tab, outer, own));
        return;
      }
      outer = handles.with(outer, own);
      text.skip();
    }
    events.leaf(YamlLeaf.empty(outer, before));
  }

  private boolean isInside(int parent, boolean dash) {
    if (text.isAtEnd() || text.isMarker()) {
      return false;
    }
    return !text.isFirst()
        || text.indent() > parent
        || dash && text.indent() == parent && text.isIndicator('-');
  }

  private void content(Begin begin) {
    if (text.isIndicator('-')) {
      list(begin);
    } else if (text.isIndicator('?')) {
      requireCollection(begin, YamlErrors.QUESTION_MARK);
      events.begin(YamlNode.Kind.MAP, begin.outer, text.at());
      explicitEntry(begin.indent);
      entries(begin.indent);
    } else if (text.next() == '|' || text.next() == '>') {
      int at = text.at();
      String value = block.read(begin.parent);
      ended = block.indent();
      events.leaf(new YamlLeaf(properties(begin), at, value, YamlLeaf.Style.BLOCK));
    } else if (flows.isCollection()) {
      flow(begin);
    } else {
      leaf(begin);
    }
  }

  private YamlProperties properties(Begin begin) {
    return handles.with(begin.outer, begin.own);
  }

  private void requireCollection(Begin begin, String message) {
    boolean ownProperties = !begin.own.isNone() && text.next() != ':';
    if (!begin.collection || ownProperties) {
      throw text.malformed(text.at(), message);
    }
    if (begin.tab) {
      throw YamlErrors.tab(text);
    }
  }

  private void list(Begin begin) {
    requireCollection(begin, YamlErrors.DASH);
    events.begin(YamlNode.Kind.LIST, begin.outer, text.at());
    do {
      text.take(text.at() + 1);
      node(begin.indent, false, true);
    } while (isAtDash(begin));
    events.end();
    ended = begin.indent;
  }

  private boolean isAtDash(Begin begin) {
    if (!goesOn(begin.indent)) {
      return false;
    }
    boolean dash = text.isIndicator('-');
    if (!dash && begin.indent > begin.parent) {
      throw text.unexpected("\"- \" as in the entries above, or another indentation");
    }
    return dash;
  }

  /** Reads a list or map in brackets. */
  private void flow(Begin begin) {
    int at = text.at();
    char bracket = text.next();
    flows.collection(properties(begin), begin.parent);
    if (isKey(begin.line, at, true)) {
      requireCollection(begin, YamlErrors.COLON);
      events.complexKey(bracket, begin.own.begin(at));
      events.begin(YamlNode.Kind.MAP, begin.outer, at);
      value(begin.indent);
      entries(begin.indent);
    }
  }

  /** Reads a scalar or an alias, and all of a map if it is a key. */
  private void leaf(Begin begin) {
    YamlLeaf leaf = leaf(begin.own, begin.parent);
    if (isKey(begin.line, leaf.begin(), leaf.isQuoted())) {
      requireCollection(begin, YamlErrors.COLON);
      events.begin(YamlNode.Kind.MAP, begin.outer, leaf.begin());
      events.leaf(leaf);
      value(begin.indent);
      entries(begin.indent);
    } else {
      events.leaf(leaf.with(properties(begin)));
    }
  }

  private YamlLeaf leaf(YamlProperties properties, int parent) {
    return text.isColon(false)
        ? YamlLeaf.empty(properties, text.at())
        : flows.leaf(properties, parent, false);
  }

  /** Whether what was read is a key. Goes to the colon behind it. */
  private boolean isKey(int line, int begin, boolean jsonLike) {
    text.skipBlanks();
    if (!text.isColon(false)) {
      return false;
    }
    if (text.lineBegin() != line) {
      throw text.malformed(text.at(), jsonLike ? YamlErrors.KEY_OVER_LINES : YamlErrors.CONTINUED);
    }
    YamlErrors.checkKeyLength(text, begin);
    return true;
  }

  /** Reads the value behind the colon that stands here. */
  private void value(int indent) {
    text.take(text.at() + 1);
    node(indent, true, false);
  }

  /** Reads the other entries of a map. */
  private void entries(int indent) {
    while (goesOn(indent)) {
      if (text.isIndicator('?')) {
        explicitEntry(indent);
      } else if (text.isIndicator('-')) {
        throw text.unexpected("a key as further up");
      } else {
        key(indent);
        value(indent);
      }
    }
    events.end();
    ended = indent;
  }

  private void key(int indent) {
    int line = text.lineBegin();
    int begin = text.at();
    YamlProperties properties = handles.properties(false);
    if (flows.isCollection()) {
      flows.collection(properties, indent);
      requireKey(line, begin, true);
    } else {
      YamlLeaf leaf = leaf(properties, indent);
      boolean colon = leaf.style() == YamlLeaf.Style.ALIAS && leaf.text().endsWith(":");
      if (colon) { // the colon belongs to the name
        throw text.unexpected(text.at() - 1, "a blank before the colon behind an alias");
      }
      requireKey(line, begin, leaf.isQuoted());
      events.leaf(leaf);
    }
  }

  private void requireKey(int line, int begin, boolean jsonLike) {
    if (!isKey(line, begin, jsonLike)) {
      throw text.unexpected("':' and a blank behind the key");
    }
  }

  /** Reads an entry whose key has a question mark before it. */
  private void explicitEntry(int indent) {
    int before = text.at();
    text.take(before + 1);
    node(indent, true, true);
    text.skip();
    boolean here = text.isFirst() && text.indent() == indent;
    if (here && text.isColon(false) && !text.isBehindTab()) {
      text.take(text.at() + 1);
      node(indent, true, true);
    } else {
      events.leaf(YamlLeaf.empty(YamlProperties.NONE, before));
    }
  }

  /** Whether the next line is one of this list or map. Refuses what stands in no line above it. */
  private boolean goesOn(int indent) {
    text.skip();
    if (text.isAtEnd() || text.isMarker()) {
      return false;
    }
    if (!text.isFirst()) {
      throw YamlErrors.behindValue(text);
    }
    if (text.indent() < indent) {
      return false;
    }
    if (text.isBehindTab()) {
      throw YamlErrors.tab(text);
    }
    if (text.indent() > indent) {
      throw indentation(indent);
    }
    return true;
  }

  private ConfigException indentation(int indent) {
    int inner = ended > text.indent() ? ended : -1;
    if (indent < 0 && inner < 0) {
      return text.unexpected("the end of the document, or ---");
    }
    String outer = indent < 0 ? "" : "" + indent;
    String expected = outer + (indent >= 0 && inner >= 0 ? " or " : "") + (inner < 0 ? "" : inner);
    return text.malformed(
        text.at(),
        "the line is indented by " + text.indent() + ", expected " + expected + " as further up");
  }
}
