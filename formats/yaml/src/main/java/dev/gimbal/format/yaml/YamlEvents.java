package dev.gimbal.format.yaml;

import dev.gimbal.format.TreeBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Tells a target what stands in the documents that are wanted, in their order. The others only nest
 * no deeper than they may. Used by one thread.
 */
class YamlEvents {

  /** What is told, each with its place. */
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

  private final YamlText text;
  private final TreeBuilder out;
  private final Target target;

  /** The number of the document that is wanted, 0 for the only one, or -1 for all. */
  private final int wanted;

  private int documents;
  private int depth;

  YamlEvents(YamlText text, Target target) {
    this.text = text;
    this.out = text.out();
    this.target = target;
    this.wanted = out.options().documents().number();
  }

  /** Whether what comes now is told. */
  private boolean isWanted() {
    return wanted < 1 || wanted == documents;
  }

  void document(int at) {
    if (++documents > 1 && wanted == 0) {
      throw text.malformed(
          at,
          "a second document begins here, expected one (document=2 reads it, document=all merges)");
    }
    if (wanted < 0) {
      target.document();
    }
  }

  void finish() {
    if (documents < wanted && wanted > 1) {
      throw text.malformed(
          text.at(), "there is no document " + wanted + ", the file has " + documents);
    }
  }

  void leaf(YamlLeaf leaf) {
    boolean alias = leaf.style() == YamlLeaf.Style.ALIAS;
    if (alias && !leaf.properties().isNone()) {
      throw text.malformed(leaf.at(), "an alias has neither an anchor nor a tag of its own");
    }
    if (!isWanted()) {
      return;
    }
    text.moveTo(leaf.begin());
    int line = text.line();
    int column = text.lineColumn();
    if (alias) {
      target.alias(leaf.text(), line, column);
      return;
    }
    boolean plain = leaf.style() == YamlLeaf.Style.PLAIN;
    YamlProperties of = leaf.properties();
    String tag = YamlTags.ofScalar(of.tag(), leaf.text(), plain, out, line, column);
    target.scalar(leaf.text(), plain, tag, of.anchor(), line, column);
  }

  void begin(YamlNode.Kind kind, YamlProperties properties, int at) {
    text.moveTo(properties.begin(at));
    int line = text.line();
    int column = text.lineColumn();
    if (++depth > out.options().limits().maxDepth()) {
      throw out.tooDeep(line, column);
    }
    if (isWanted()) {
      YamlTags.checkCollection(properties.tag(), kind, out, line, column);
      target.begin(kind, properties.anchor(), line, column);
    }
  }

  void end() {
    depth--;
    if (isWanted()) {
      target.end();
    }
  }

  /** Refuses a key that is a list or a map, where it is known late that it is one. */
  void complexKey(char bracket, int at) {
    if (isWanted()) {
      text.moveTo(at);
      YamlNode.Kind kind = bracket == '[' ? YamlNode.Kind.LIST : YamlNode.Kind.MAP;
      throw YamlErrors.complexKey(kind, out, text.line(), text.lineColumn());
    }
  }
}
