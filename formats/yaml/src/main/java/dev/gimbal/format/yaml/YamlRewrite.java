package dev.gimbal.format.yaml;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import org.jspecify.annotations.Nullable;

/** Writes one change of a text. Used by one thread. */
final class YamlRewrite {

  private final YamlPlace place;
  private final String source;
  private final YamlPiece piece;
  private final YamlChanges changes = new YamlChanges();

  YamlRewrite(YamlPlace place) {
    this.place = place;
    this.source = place.source;
    this.piece = YamlStyle.of(source, place.root);
  }

  String result() {
    return changes.applyTo(source);
  }

  // ---- in place of a value

  void replace(Node value) {
    if (place.way.size() < 2) {
      throw place.refusal("the root is no map");
    }
    if (inPair(place.way.size() - 2) && YamlWriter.isBlock(value)) {
      throw place.refusal("a map without braces in a list cannot hold a list or a map");
    }
    YamlSpan old = place.last();
    if (old.isEmpty() && !place.holder().flow) {
      requireSimple(place.holder());
    }
    boolean properties = keepProperties(old, value);
    int from = properties || old.properties.isNone() ? old.at : old.begin;
    if (YamlWriter.isBlock(value) && !isInFlow()) {
      if (!placeBlock(old, value, from, properties)) {
        inline(old, value, from);
      }
    } else {
      inline(old, value, from);
    }
  }

  private boolean isInFlow() {
    return place.holder().flow || inPair(place.way.size() - 2);
  }

  /** Whether the node on the way is a map of one entry without braces, in a list with brackets. */
  private boolean inPair(int i) {
    YamlSpan span = place.way.get(i);
    return i > 0 && span.isMap() && !span.flow && place.way.get(i - 1).flow;
  }

  /** Removes a tag that does not fit; whether an anchor or a tag is left. */
  private boolean keepProperties(YamlSpan old, Node value) {
    YamlProperties of = old.properties;
    if (of.isNone()) {
      return false;
    }
    boolean keepsTag = of.tag() == null || fits(of.tag(), value);
    if (keepsTag) {
      return true;
    }
    if (of.anchor() == null) {
      int end = YamlToken.propertiesEnd(source, old.begin);
      if (old.isBlockCollection() || !source.substring(end, old.at).isBlank() || crosses(old)) {
        throw place.refusal(old.begin, "the tag does not fit the value");
      }
      return false; // it goes with the value
    }
    throw place.refusal(old.begin, "the tag does not fit the value");
  }

  private boolean crosses(YamlSpan old) {
    return YamlToken.lineBegin(source, old.begin) != YamlToken.lineBegin(source, old.at);
  }

  private static boolean fits(String tag, Node value) {
    if (value instanceof Scalar scalar) {
      return switch (scalar.kind()) {
        case STRING -> !tag.startsWith(YamlTags.PREFIX) || tag.equals(YamlTags.STR);
        case BOOLEAN -> tag.equals(YamlTags.BOOL);
        case NUMBER ->
            tag.equals(YamlTags.FLOAT)
                || tag.equals(YamlTags.INT) && scalar.text().matches("-?[0-9]+");
      };
    }
    return value instanceof ObjectNode && tag.equals(YamlTags.PREFIX + "map")
        || value instanceof ListNode && tag.equals(YamlTags.PREFIX + "seq");
  }

  private void inline(YamlSpan old, Node value, int from) {
    String text = YamlPiece.inFlow(value, isInFlow(), quote(old));
    if (old.isEmpty()) {
      empty(old, text, from);
    } else if (old.style == YamlLeaf.Style.BLOCK) {
      blockText(old, value, text, from);
    } else if (old.isBlockCollection() && !isInFlow()) {
      collapse(old, text, from);
    } else {
      changes.replace(from, old.end, text);
    }
  }

  private char quote(YamlSpan old) {
    return old.style == YamlLeaf.Style.QUOTED ? source.charAt(old.at) : YamlPiece.PLAIN;
  }

  /** Puts a text where nothing stands, behind a colon, a dash, a key or properties. */
  private void empty(YamlSpan old, String text, int from) {
    boolean noColon =
        place.holder().flow
            && place.holder().isMap()
            && old.properties.isNone()
            && source.charAt(old.at - 1) != ':';
    changes.replace(from, old.end, (noColon ? ": " : " ") + text);
  }

  /** Puts a text in place of a block, whose header may have a comment. */
  private void blockText(YamlSpan old, Node value, String text, int from) {
    boolean atEnd = old.end == source.length();
    String literal = source.charAt(old.at) == '|' ? piece.literal(value, textIndent(old)) : null;
    boolean usable = literal != null && !(atEnd && !literal.startsWith("|-"));
    String written = usable && literal != null ? literal : text;
    int header = old.at + YamlToken.header(source, old.at).length();
    int headerEnd = YamlToken.endOfLine(source, old.at);
    if (usable) {
      int first = written.startsWith("|-") ? 2 : 1;
      changes.replace(from, header, written.substring(0, first));
      changes.replace(headerEnd, old.end, written.substring(first));
    } else {
      changes.replace(from, YamlToken.hasComment(source, header) ? header : headerEnd, written);
      changes.replace(headerEnd, old.end, "");
    }
  }

  private int textIndent(YamlSpan old) {
    int line = YamlToken.behindBreak(source, YamlToken.endOfLine(source, old.at));
    while (line < old.end && YamlToken.isLast(source, line)) {
      line = YamlToken.behindBreak(source, YamlToken.endOfLine(source, line));
    }
    int indent = 0;
    while (line + indent < source.length() && source.charAt(line + indent) == ' ') {
      indent++;
    }
    int outer = holderIndent();
    boolean says = YamlToken.header(source, old.at).matches(".*[0-9].*");
    return indent > outer && !says ? indent : outer + piece.mapStep();
  }

  private int holderIndent() {
    return YamlToken.column(source, place.holder().at);
  }

  /** Puts a text in place of lines: behind the key, whose comment stays. */
  private void collapse(YamlSpan old, String text, int from) {
    int before = startOfValue(old, from);
    if (source.substring(before, from).isBlank()) {
      changes.replace(before, old.end, " " + text);
      return;
    }
    changes.replace(before, before, " " + text);
    int line = YamlToken.lineBegin(source, old.at);
    boolean whole = YamlToken.isLast(source, old.end);
    int end = YamlToken.endOfLine(source, old.end);
    changes.replace(line, whole ? YamlToken.behindBreak(source, end) : old.end, "");
  }

  /** Behind the colon, the dash or the properties that stand before a value. */
  private int startOfValue(YamlSpan old, int from) {
    if (!old.properties.isNone() && from == old.at) {
      return YamlToken.propertiesEnd(source, old.begin);
    }
    if (place.holder().isMap()) {
      return YamlToken.skipGap(source, keyOf(old).end) + 1;
    }
    int at = from - 1;
    while (source.charAt(at) != '-' || !isDash(at)) {
      at--;
    }
    return at + 1;
  }

  private boolean isDash(int at) {
    return YamlToken.column(source, at) == holderIndent();
  }

  private YamlSpan keyOf(YamlSpan value) {
    YamlSpan holder = place.holder();
    return holder.items.get(holder.items.indexOf(value) - 1);
  }

  /** Puts lines in place of a value; false where a comment stands in the way. */
  private boolean placeBlock(YamlSpan old, Node value, int from, boolean properties) {
    boolean inList = place.holder().isList();
    int outer = holderIndent();
    int indent = outer + (inList ? 2 : piece.step(value));
    if (old.isBlockCollection()) {
      int present = YamlToken.column(source, old.at);
      boolean own = present > outer || value instanceof ListNode && !inList && present == outer;
      if (own) {
        changes.replace(old.at, old.end, piece.block(value, present));
      } else {
        int line = YamlToken.lineBegin(source, old.at);
        changes.replace(line, old.end, " ".repeat(indent) + piece.block(value, indent));
      }
      return true;
    }
    int before = startOfValue(old, from);
    String line = piece.lineBreak() + " ".repeat(indent) + piece.block(value, indent);
    if (old.isEmpty()) {
      boolean compact = inList && !properties && !YamlToken.hasComment(source, before);
      int end = compact ? before : YamlToken.endOfLine(source, before);
      int blanks = YamlToken.isLast(source, before) ? before : end;
      String compactly = " " + piece.block(value, outer + 2);
      changes.replace(blanks, end, compact ? compactly : line);
      return true;
    }
    if (old.style == YamlLeaf.Style.BLOCK) {
      int header = old.at + YamlToken.header(source, old.at).length();
      if (YamlToken.hasComment(source, header)) {
        return false;
      }
    } else if (!YamlToken.isLast(source, old.end)) {
      return false;
    }
    if (!source.substring(before, from).isBlank()) {
      return false;
    }
    if (inList && !properties && YamlToken.lineBegin(source, before) == lineOf(from)) {
      int column = YamlToken.column(source, from);
      changes.replace(from, old.end, piece.block(value, column));
    } else {
      changes.replace(before, old.end, line);
    }
    return true;
  }

  private int lineOf(int at) {
    return YamlToken.lineBegin(source, at);
  }

  // ---- beside others

  /** Adds the segment that is missing. */
  void add(ConfigPath path, Node value) {
    if (place.root == null) {
      addRoot(path.key(0), value);
      return;
    }
    YamlSpan holder = place.last();
    if (inPair(place.way.size() - 1)) {
      throw place.refusal("a map without braces in a list cannot hold a second key");
    }
    String key = path.isIndex(place.depth) ? null : path.key(place.depth);
    if (key != null && piece.key(key, false, false).length() > YamlWriter.LONGEST_SIMPLE_KEY) {
      throw place.refusal("the key is too long");
    }
    if (holder.flow) {
      addInFlow(holder, key, value);
      return;
    }
    requireSimple(holder);
    int indent = YamlToken.column(source, holder.at);
    String entry = key == null ? piece.element(value, indent) : piece.member(key, value, indent);
    insertLine(holder.end, " ".repeat(indent) + entry);
  }

  private void addRoot(String key, Node value) {
    String entry = piece.member(key, value, 0);
    if (place.spans.roots.isEmpty()) {
      int end = source.length();
      boolean begins = end == 0 || YamlText.isBreak(source.charAt(end - 1)) || isMarkAt(end - 1);
      String last = source.isEmpty() || isMarkAt(end - 1) || begins ? piece.lineBreak() : "";
      changes.replace(end, end, (begins ? "" : piece.lineBreak()) + entry + last);
      return;
    }
    int end = place.spans.ends.get(0);
    if (end == source.length() && !YamlText.isBreak(source.charAt(end - 1))) {
      changes.replace(end, end, piece.lineBreak() + entry);
    } else {
      changes.replace(end, end, entry + piece.lineBreak());
    }
  }

  private boolean isMarkAt(int at) {
    return at >= 0 && source.charAt(at) == '\uFEFF';
  }

  /** Puts a line behind that of an offset. */
  private void insertLine(int behind, String line) {
    int end = YamlToken.endOfLine(source, behind);
    YamlSpan last = lastLeaf(place.last());
    if (last.style == YamlLeaf.Style.BLOCK
        && (end < source.length()
            ? isOpenText(last, end)
            : YamlToken.header(source, last.at).indexOf('-') < 0)) {
      throw place.refusal(last.at, "the text before it has no line break at its end");
    }
    changes.replace(end, end, piece.lineBreak() + line);
  }

  /**
   * Whether blanks that are part of a block of text end the document, in a line without a break.
   */
  private boolean isOpenText(YamlSpan block, int end) {
    int line = YamlToken.lineBegin(source, source.length());
    if (line <= end || !source.substring(end).isBlank()) {
      return false;
    }
    int blanks = source.length() - line;
    int at = YamlToken.endOfLine(source, block.at);
    while (at < end) {
      int begin = YamlToken.behindBreak(source, at);
      int first = YamlToken.skipBlanks(source, begin);
      at = YamlToken.endOfLine(source, first);
      if (first < at && first - begin < blanks) {
        return true;
      }
    }
    return false;
  }

  private static YamlSpan lastLeaf(YamlSpan span) {
    YamlSpan last = span;
    while (!last.items.isEmpty()) {
      last = last.items.get(last.items.size() - 1);
    }
    return last;
  }

  /** Refuses keys with a question mark, whose values stand elsewhere. */
  private void requireSimple(YamlSpan holder) {
    if (!holder.isMap()) {
      return;
    }
    for (int k = 0; k < holder.items.size(); k += 2) {
      YamlSpan key = holder.items.get(k);
      int colon = YamlToken.skipBlanks(source, key.end);
      if (isMarked(key) || colon == source.length() || source.charAt(colon) != ':') {
        throw place.refusal(key.begin, "a key with a question mark stands here");
      }
    }
  }

  private boolean isMarked(YamlSpan key) {
    int before = key.begin - 1;
    while (before >= 0 && YamlText.isBlank(source.charAt(before))) {
      before--;
    }
    return before >= 0 && source.charAt(before) == '?' && before < key.begin - 1;
  }

  private void addInFlow(YamlSpan holder, @Nullable String key, Node value) {
    boolean json = isJson(holder);
    String written = YamlPiece.inFlow(value, true, json ? '"' : YamlPiece.PLAIN);
    String entry = key == null ? written : piece.key(key, true, json) + ": " + written;
    if (holder.items.isEmpty()) {
      changes.replace(holder.at + 1, holder.at + 1, entry);
      return;
    }
    int size = holder.items.size();
    YamlSpan last = holder.items.get(size - 1);
    YamlSpan first = holder.isMap() ? holder.items.get(size - 2) : last;
    int comma = YamlToken.skipGap(source, last.end);
    boolean trailing = source.charAt(comma) == ',';
    int behind = trailing ? comma + 1 : last.end;
    if (!YamlToken.isFirst(source, first.begin)) {
      changes.replace(behind, behind, (trailing ? " " : ", ") + entry + (trailing ? "," : ""));
      return;
    }
    String indent = source.substring(lineOf(first.begin), first.begin);
    String line = piece.lineBreak() + indent + entry + (trailing ? "," : "");
    boolean comment = YamlToken.hasComment(source, behind);
    int end = comment ? YamlToken.endOfLine(source, behind) : behind;
    if (trailing) {
      changes.replace(end, end, line);
    } else if (end == behind) {
      changes.replace(behind, behind, "," + line);
    } else {
      changes.replace(behind, behind, ",");
      changes.replace(end, end, line);
    }
  }

  private boolean isJson(YamlSpan holder) {
    boolean quotes = false;
    for (int i = 0; i < holder.items.size(); i++) {
      YamlSpan item = holder.items.get(i);
      boolean key = holder.isMap() && i % 2 == 0;
      boolean quoted = item.style == YamlLeaf.Style.QUOTED && source.charAt(item.at) == '"';
      if (key && !quoted) {
        return false;
      }
      quotes |= quoted;
    }
    return quotes;
  }

  // ---- away

  void remove() {
    if (place.hidesMerged()) {
      throw place.refusal("without this value, one of a merge key << would stand here");
    }
    YamlSpan holder = place.holder();
    int k = place.places.get(place.places.size() - 1);
    if (inPair(place.way.size() - 2)) {
      throw place.refusal("a map without braces in a list cannot lose its key");
    }
    if (holder.isMap() && isMarked(holder.items.get(k))) {
      throw place.refusal(holder.items.get(k).begin, "a key with a question mark stands here");
    }
    if (holder.flow) {
      new YamlRemoval(place, changes).fromBrackets(holder, k);
      return;
    }
    requireSimple(holder);
    if (holder.items.size() == 2 && place.way.size() == 2 && !holder.properties.isNone()) {
      throw place.refusal(holder.begin, "the map has an anchor or a tag and would be empty");
    }
    if (holder.items.size() == (holder.isMap() ? 2 : 1) && place.way.size() > 2) {
      place.way.remove(place.way.size() - 1);
      inline(holder, holder.isMap() ? ObjectNode.EMPTY : ListNode.EMPTY, holder.at);
      return;
    }
    new YamlRemoval(place, changes).fromLines(holder, k);
  }
}
