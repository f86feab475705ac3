package dev.gimbal.format.yaml;

/**
 * Reads lists and maps in brackets, and what stands in one line. Used by one thread.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/#chapter-7-flow-style-productions">YAML 1.2.2, 7</a>
 */
final class YamlFlows {

  private final YamlText text;
  private final YamlHandles handles;
  private final YamlEvents events;
  private final YamlPlainText plain;
  private final YamlQuoted quoted;

  /** Where the innermost list or map begins that is not closed. */
  private int open;

  YamlFlows(YamlText text, YamlHandles handles, YamlEvents events) {
    this.text = text;
    this.handles = handles;
    this.events = events;
    this.plain = new YamlPlainText(text);
    this.quoted = new YamlQuoted(text);
  }

  boolean isCollection() {
    return text.next() == '[' || text.next() == '{';
  }

  /**
   * Reads the list or map whose bracket stands here.
   *
   * @param parent the indentation of what it stands in: its later lines have more
   */
  void collection(YamlProperties properties, int parent) {
    int begin = text.at();
    int outer = open;
    open = begin;
    boolean list = text.next() == '[';
    char close = list ? ']' : '}';
    events.begin(list ? YamlNode.Kind.LIST : YamlNode.Kind.MAP, properties, begin);
    text.take(begin + 1);
    skip(parent);
    while (text.next() != close) {
      if (text.next() == ',') {
        throw text.unexpected("a value or '" + close + "'");
      } else if (list) {
        element(parent);
      } else {
        entry(parent);
      }
      skip(parent);
      if (text.next() == ',') {
        text.take(text.at() + 1);
        skip(parent);
      } else if (text.next() != close) {
        throw YamlErrors.notClosed(text, text.at(), begin);
      }
    }
    text.take(text.at() + 1);
    events.end();
    open = outer;
  }

  /** Goes to the next token, which stands deeper than the parent unless it closes. */
  private void skip(int parent) {
    text.skip();
    if (!text.isFirst() || text.isAtEnd()) {
      return;
    }
    if (text.isMarker()) {
      throw YamlErrors.notClosed(text, text.at(), open);
    }
    boolean closes = text.next() == ']' || text.next() == '}';
    if (text.indent() < parent || text.indent() == parent && !closes) {
      throw text.isBehindTab()
          ? YamlErrors.tab(text)
          : YamlErrors.notIndented(text, text.at(), open, text.indent(), parent + 1);
    }
  }

  /** Reads an element, or the only entry of a map that has no brackets. */
  private void element(int parent) {
    int line = text.lineBegin();
    int begin = text.at();
    if (text.isIndicator('?')) {
      events.begin(YamlNode.Kind.MAP, YamlProperties.NONE, begin);
      value(parent, explicitKey(parent));
      events.end();
      return;
    }
    YamlProperties properties = properties(parent);
    if (isCollection()) {
      char bracket = text.next();
      collection(properties, parent);
      if (isPair(line, begin, true)) {
        events.complexKey(bracket, begin);
        value(parent, true);
      }
      return;
    }
    YamlLeaf leaf = leafOrEmpty(properties, parent);
    if (isPair(line, begin, leaf.isQuoted())) {
      events.begin(YamlNode.Kind.MAP, YamlProperties.NONE, leaf.begin());
      events.leaf(leaf);
      value(parent, leaf.isQuoted());
      events.end();
    } else {
      events.leaf(leaf);
    }
  }

  /** Whether a colon stands behind what was read, all in one line. */
  private boolean isPair(int line, int begin, boolean jsonLike) {
    if (text.lineBegin() != line) {
      return false;
    }
    text.skipBlanks();
    if (!isColon(jsonLike)) {
      return false;
    }
    YamlErrors.checkKeyLength(text, begin);
    return true;
  }

  /** Whether a colon ends the key before it. No blank has to follow behind quotes and brackets. */
  private boolean isColon(boolean jsonLike) {
    return jsonLike ? text.next() == ':' : text.isColon(true);
  }

  private void entry(int parent) {
    boolean jsonLike = text.isIndicator('?') ? explicitKey(parent) : node(parent);
    value(parent, jsonLike);
  }

  /** Reads the key behind a question mark; whether it has quotes or brackets. */
  private boolean explicitKey(int parent) {
    text.take(text.at() + 1);
    skip(parent);
    return node(parent);
  }

  /** Reads the value behind a colon, or none. */
  private void value(int parent, boolean jsonLike) {
    skip(parent);
    if (!isColon(jsonLike)) {
      events.leaf(YamlLeaf.empty(YamlProperties.NONE, text.at()));
      return;
    }
    text.take(text.at() + 1);
    skip(parent);
    node(parent);
  }

  /** Reads a node; whether it has quotes or brackets. */
  private boolean node(int parent) {
    YamlProperties properties = properties(parent);
    if (isCollection()) {
      collection(properties, parent);
      return true;
    }
    YamlLeaf leaf = leafOrEmpty(properties, parent);
    events.leaf(leaf);
    return leaf.isQuoted();
  }

  private YamlProperties properties(int parent) {
    YamlProperties all = YamlProperties.NONE;
    while (handles.isProperty()) {
      all = handles.with(all, handles.properties(true));
      skip(parent);
    }
    return all;
  }

  private YamlLeaf leafOrEmpty(YamlProperties properties, int parent) {
    char c = text.next();
    if (text.isAtEnd() || c == ',' || c == ']' || c == '}' || text.isColon(true)) {
      return YamlLeaf.empty(properties, text.at());
    }
    return leaf(properties, parent, true);
  }

  /**
   * Reads a scalar that is no block, or an alias.
   *
   * @param flow whether it stands in brackets
   */
  YamlLeaf leaf(YamlProperties properties, int parent, boolean flow) {
    int at = text.at();
    return switch (text.next()) {
      case '*' -> {
        String name = handles.name("the name of an anchor (quote a text that begins with *)");
        yield new YamlLeaf(properties, at, name, YamlLeaf.Style.ALIAS);
      }
      case '"', '\'' -> new YamlLeaf(properties, at, quoted.read(parent), YamlLeaf.Style.QUOTED);
      default -> new YamlLeaf(properties, at, plain.read(parent, flow), YamlLeaf.Style.PLAIN);
    };
  }
}
