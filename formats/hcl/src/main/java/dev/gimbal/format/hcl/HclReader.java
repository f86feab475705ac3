package dev.gimbal.format.hcl;

import dev.gimbal.format.hcl.HclBody.Blocks;
import org.jspecify.annotations.Nullable;

/** Reads a document: its attributes and blocks. Used by one thread. */
final class HclReader {

  private final HclScanner scanner;
  private final HclExpressions expressions;
  private final HclTemplates templates;

  HclReader(HclScanner scanner) {
    this.scanner = scanner;
    this.expressions = new HclExpressions(scanner);
    this.templates = new HclTemplates(scanner, expressions);
  }

  HclBody read() {
    HclBody root = new HclBody(new HclPlace(1, 1));
    while (skipBreaks() != HclScanner.END) {
      if (scanner.peek() == '{') {
        throw scanner.unexpected("a name (JSON is a format of its own, json)");
      }
      item(root, "a name", null);
      if (!endsLine()) {
        throw scanner.unexpected("a line break");
      }
    }
    return root;
  }

  private int skipBreaks() {
    while (scanner.acceptBreak()) {
      // lines without an item
    }
    return scanner.peek();
  }

  /** Takes the comma that HCL 1 allows after an item, and the line break; false if more follows. */
  private boolean endsLine() {
    scanner.accept(',');
    return scanner.acceptBreak() || scanner.peek() == HclScanner.END;
  }

  /**
   * Reads an attribute or a block.
   *
   * @param begin where the block begins that this is in, or null
   */
  private void item(HclBody body, String expected, @Nullable HclPlace begin) {
    HclPlace place = scanner.place();
    String name = nameOrString();
    if (name == null) {
      throw scanner.unexpected(expected, begin);
    }
    scanner.count();
    if (scanner.peek() == '=' && !scanner.isNext("==")) {
      scanner.accept('=');
      body.attribute(name, place, expressions.expression());
    } else {
      block(body.blocks(name, place), place);
    }
  }

  /** A name, or a string in quotes in its place; null if neither is next. */
  private @Nullable String nameOrString() {
    if (scanner.peek() == '"') {
      return HclText.string(scanner.text, templates.label());
    }
    return scanner.isName() ? scanner.name("a name") : null;
  }

  /** Reads the labels and the body of a block. */
  private void block(Blocks ofType, HclPlace place) {
    Blocks blocks = ofType;
    int labels = 0;
    while (!scanner.accept('{')) {
      HclPlace named = scanner.place();
      String label = nameOrString();
      if (label == null) {
        throw scanner.unexpected(labels == 0 ? "'=', a label or '{'" : "a label or '{'");
      }
      blocks = blocks.byLabel.computeIfAbsent(label, l -> new Blocks(place, named));
      labels++;
      scanner.enter();
    }
    HclBody body = new HclBody(place);
    blocks.bodies.add(body);
    scanner.enter();
    body(body);
    for (int i = 0; i <= labels; i++) {
      scanner.leave();
    }
  }

  private void body(HclBody body) {
    String close = "'}' of the block that begins at " + body.place;
    if (!scanner.acceptBreak()) {
      oneLine(body, close);
      return;
    }
    while (skipBreaks() != '}') {
      item(body, "a name or " + close, body.place);
      if (!endsLine() && scanner.peek() != '}') {
        throw scanner.unexpected("a line break or " + close, body.place);
      }
    }
    scanner.accept('}');
  }

  /** A body on the line of its block. HCL 2 allows one attribute, HCL 1 several items. */
  private void oneLine(HclBody body, String close) {
    while (scanner.peek() != '}') {
      item(body, "a name or " + close, body.place);
      if (!scanner.accept(',')) {
        break;
      }
    }
    scanner.expect('}', "',' or " + close + " on the same line", body.place);
  }
}
