package dev.gimbal.format.json;

import dev.gimbal.ConfigPath;
import dev.gimbal.format.DocumentEditor;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes a value in JSON, with comments or without. What is added is laid out as its neighbours
 * are. Keeps no state; used by many threads.
 */
final class JsonEditor implements DocumentEditor {

  @Override
  public String set(String text, ConfigPath path, Node value) {
    JsonOutline.Value root = JsonOutline.of(text);
    return new Change(text, root, JsonLayout.of(text, root)).set(path, value);
  }

  @Override
  public String unset(String text, ConfigPath path) {
    JsonOutline.Value root = JsonOutline.of(text);
    return new Change(text, root, JsonLayout.of(text, root)).unset(path);
  }

  /** One change of one document. */
  private record Change(String text, JsonOutline.@Nullable Value root, JsonLayout layout) {

    String set(ConfigPath path, Node value) {
      if (root == null) {
        return whole(below(path, 0, value));
      }
      JsonOutline.Value here = root;
      for (int i = 0; i < path.size(); i++) {
        if (isSingle(here)) { // which is null
          return replace(here, below(path, i, value));
        }
        int found = JsonOutline.find(here, path, i);
        if (found < 0) {
          String key = path.isIndex(i) ? null : path.key(i);
          return add(here, key, below(path, i + 1, value));
        }
        here = here.items().get(found).value();
      }
      return replace(here, value);
    }

    /** What must stand where the first segments of a path lead. */
    private static Node below(ConfigPath path, int from, Node value) {
      return Nodes.set(null, path.suffix(from), value);
    }

    private boolean isSingle(JsonOutline.Value value) {
      char first = text.charAt(value.begin());
      return first != '{' && first != '[';
    }

    /** A document that was empty, or held comments only. */
    private String whole(Node tree) {
      boolean open = !text.isEmpty() && !JsonOutline.isBreak(text.charAt(text.length() - 1));
      String head = text.isBlank() ? text : open ? text + layout.lineBreak() : text;
      return head + layout.item(null, tree, "") + layout.lineBreak();
    }

    private String replace(JsonOutline.Value old, Node value) {
      boolean lines = root != null && layout.hasLines(isSingle(old) ? root : old);
      String indent = lines ? JsonLayout.indent(text, old.begin()) : null;
      return text.substring(0, old.begin())
          + layout.item(null, value, indent)
          + text.substring(old.end());
    }

    private String add(JsonOutline.Value to, @Nullable String key, Node value) {
      return to.items().isEmpty() ? addFirst(to, key, value) : addBehind(to, key, value);
    }

    private String addFirst(JsonOutline.Value to, @Nullable String key, Node value) {
      int close = to.end() - 1;
      int place = JsonOutline.lastCommentEnd(text, to.begin() + 1, close);
      boolean comments = place > to.begin() + 1;
      boolean lines = JsonOutline.hasBreak(text, place, close);
      if (lines || (!comments && (to.equals(root) || (root != null && layout.hasLines(root))))) {
        String outer = JsonLayout.indent(text, to.begin());
        String indent = layout.deeper(outer);
        String item = layout.lineBreak() + indent + layout.item(key, value, indent);
        return text.substring(0, place)
            + item
            + (lines ? text.substring(place) : layout.lineBreak() + outer + text.substring(close));
      }
      String item = layout.item(key, value, null);
      return text.substring(0, place)
          + (comments ? " " + item + text.substring(place) : item + text.substring(close));
    }

    private String addBehind(JsonOutline.Value to, @Nullable String key, Node value) {
      List<JsonOutline.Item> items = to.items();
      JsonOutline.Item last = items.get(items.size() - 1);
      String comma = last.comma() < 0 ? "," : "";
      String ownComma = last.comma() < 0 ? "" : ",";
      int valueEnd = last.value().end();
      int place = JsonOutline.skip(text, last.end(), to.end() - 1, true);
      boolean endsLine = JsonOutline.isBreak(text.charAt(place));
      boolean first = JsonLayout.isFirst(text, last.begin());
      if (!first && !(endsLine && JsonOutline.endsInLineComment(text, last.end(), place))) {
        int end = last.comma() < 0 ? commentEnd(last) : last.end();
        return text.substring(0, end)
            + comma
            + space(items)
            + layout.item(key, value, null)
            + ownComma
            + text.substring(end);
      }
      if (!endsLine) {
        place = last.comma() < 0 ? commentEnd(last) : last.end(); // something goes on in its line
      }
      String outer = JsonLayout.indent(text, last.begin());
      boolean below = !JsonOutline.hasBreak(text, to.begin(), last.begin());
      String indent = below ? layout.deeper(outer) : outer;
      return text.substring(0, valueEnd)
          + comma
          + text.substring(valueEnd, place)
          + layout.lineBreak()
          + indent
          + layout.item(key, value, indent)
          + ownComma
          + text.substring(place);
    }

    /** What stands behind the first comma, where that is blanks; else a space. */
    private String space(List<JsonOutline.Item> items) {
      if (items.size() < 2) {
        return layout.item("", NullNode.NULL, null).contains(" ") ? " " : "";
      }
      String between = text.substring(items.get(0).end(), items.get(1).begin());
      return between.isBlank() && !JsonOutline.hasBreak(between, 0, between.length())
          ? between
          : " ";
    }

    String unset(ConfigPath path) {
      JsonOutline.Value here = root;
      if (here == null) {
        return text;
      }
      for (int i = 0; i < path.size(); i++) {
        int found = JsonOutline.find(here, path, i);
        if (found < 0) {
          return text;
        }
        JsonOutline.Item item = here.items().get(found);
        if (i == path.size() - 1) {
          return isCommaBelowComments(item) ? withCommaNear(item).unset(path) : remove(here, found);
        }
        here = item.value();
      }
      return text;
    }

    /** Whether a comment that does not end in the line of a value stands before its comma. */
    private boolean isCommaBelowComments(JsonOutline.Item item) {
      int rest = JsonOutline.skipInLine(text, item.value().end());
      return item.comma() > rest && JsonOutline.lastCommentEnd(text, rest, item.comma()) > rest;
    }

    /** With the comma before those comments, which are not the item's. */
    private Change withCommaNear(JsonOutline.Item item) {
      int end = item.value().end();
      String near =
          text.substring(0, end)
              + ","
              + text.substring(end, item.comma())
              + text.substring(item.comma() + 1);
      return new Change(near, JsonOutline.of(near), layout);
    }

    private String remove(JsonOutline.Value from, int index) {
      List<JsonOutline.Item> items = from.items();
      JsonOutline.Item item = items.get(index);
      JsonOutline.Item before = index == 0 ? null : items.get(index - 1);
      boolean takesCommaBefore = before != null && index == items.size() - 1 && item.comma() < 0;
      int comma = takesCommaBefore && before != null ? before.comma() : -1;
      int end = JsonOutline.skipInLine(text, item.end());
      boolean endsLine = end < text.length() && JsonOutline.isBreak(text.charAt(end));
      if (endsLine && JsonLayout.isFirst(text, item.begin())) {
        int next = text.startsWith("\r\n", end) ? end + 2 : end + 1;
        return without(comma, JsonLayout.lineBegin(text, item.begin()), next);
      }
      return removeInLine(from, index, comma);
    }

    private String removeInLine(JsonOutline.Value from, int index, int commaBefore) {
      List<JsonOutline.Item> items = from.items();
      JsonOutline.Item item = items.get(index);
      int rest = JsonOutline.skipInLine(text, item.end());
      int end = item.comma() < 0 ? JsonOutline.lastCommentEnd(text, item.end(), rest) : item.end();
      if (items.size() == 1) {
        boolean alone = isBlank(from.begin() + 1, item.begin()) && isBlank(end, from.end() - 1);
        return alone
            ? without(-1, from.begin() + 1, from.end() - 1)
            : without(-1, item.begin(), end);
      }
      boolean goesOn = JsonLayout.isFirst(text, item.begin()) && text.charAt(rest) == '/';
      if (index < items.size() - 1 || goesOn) {
        return without(commaBefore, item.begin(), JsonOutline.skipBlanks(text, end));
      }
      int behindBefore = items.get(index - 1).end();
      int begin =
          JsonOutline.endsInLineComment(text, behindBefore, item.begin())
              ? item.begin()
              : JsonOutline.lastCommentEnd(text, behindBefore, item.begin());
      return without(commaBefore, begin, end);
    }

    /** Behind the comments that begin in the line of a value which has no comma; else behind it. */
    private int commentEnd(JsonOutline.Item item) {
      int from = item.value().end();
      int to = JsonOutline.skip(text, from, text.length(), true);
      return JsonOutline.lastCommentEnd(text, from, to);
    }

    private boolean isBlank(int from, int to) {
      return text.substring(from, to).isBlank();
    }

    /** The text without a part, and without a comma before it, unless that is -1. */
    private String without(int comma, int from, int to) {
      String head = text.substring(0, from);
      String kept = comma < 0 ? head : head.substring(0, comma) + head.substring(comma + 1);
      return kept + text.substring(to);
    }
  }
}
