package dev.gimbal.cli;

import dev.gimbal.ConfigPath;
import dev.gimbal.Origin;
import dev.gimbal.format.Document;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares a text with what an edit has left of it, without any editor: where a value stands is
 * what the reader says of it, of the values in it and of those beside it.
 *
 * <p>What is added comes in one piece, but for a comma. A single value that is set in place changes
 * alone. Else the lines of a value are its own, from that of its key or dash to that of its last
 * character: they may change. All bytes before and behind them stay, but for a comma before them.
 */
final class EditedBytes {

  private final String format;
  private final String text;
  private final Document document;
  private final List<ConfigPath> paths;
  private final boolean aliases;

  EditedBytes(String format, String text, Document document) {
    this.format = format;
    this.text = withoutMark(text);
    this.document = document;
    this.paths = EditCorpusTest.paths(document.tree());
    this.aliases =
        format.equals("yaml")
            && (hasAliases() || MERGE.matcher(text).find() || ANCHORED_KEY.matcher(text).find());
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  String text() {
    return text;
  }

  private @Nullable Origin origin(ConfigPath path) {
    return path.isRoot() ? null : document.origins().find("file", path);
  }

  /** Whether two values stand at one place, as those of an alias or a merge key do. */
  private boolean hasAliases() {
    Set<List<Integer>> places = new HashSet<>();
    for (ConfigPath path : paths) {
      Origin origin = origin(path);
      if (origin != null
          && !EditCorpusTest.holdsMore(Nodes.at(document.tree(), path))
          && !places.add(List.of(origin.line(), origin.column()))) {
        return true;
      }
    }
    return false;
  }

  /** Why the bytes of an edit at this path cannot be told apart; null where they can. */
  @Nullable String exempt(ConfigPath path) {
    if (aliases) {
      return "yaml: the document has an alias or a merge key";
    }
    if (format.equals("dotenv") && Nodes.at(document.tree(), path) instanceof Scalar) {
      int last = path.size() - 1;
      String key = path.isIndex(last) ? "" : Pattern.quote(path.key(last));
      Matcher line = Pattern.compile("(?m)^\\s*(export\\s+)?" + key + "\\s*[=:]").matcher(text);
      if (!key.isEmpty() && line.find() && line.find()) {
        return "dotenv: the key stands twice"; // all its lines go
      }
    }
    if (Nodes.at(document.tree(), path) != null && !path.isRoot() && origin(path) == null) {
      return format + ": the reader says no place";
    }
    return null;
  }

  /** Whether what an edit left has the bytes that it must have. */
  boolean isLeftBy(ConfigPath path, @Nullable Node value, String result) {
    String after = withoutMark(result);
    Node old = Nodes.at(document.tree(), path);
    if (old == null) {
      return isInserted(text, after)
          || !EditCorpusTest.holdsMore(Nodes.at(document.tree(), path.parent()))
              && (path.size() == 1 || isAround(path.parent(), after));
    }
    boolean header = old instanceof ObjectNode && text.charAt(place(path).begin()) != '{';
    boolean exact = !format.equals("yaml") && !header && !EditCorpusTest.holdsMore(old);
    if (exact && value != null) {
      int begin = place(path).begin();
      return isAround(text.substring(0, begin), text.substring(end(path)), after);
    }
    if (isAround(path, after) || hasLinesApart(path) && isInserted(withoutLines(path), after)) {
      return true;
    }
    ConfigPath holder = path.parent();
    Node left = Nodes.at(Nodes.remove(document.tree(), path), holder);
    return value == null
        && path.size() > 1
        && !EditCorpusTest.holdsMore(left)
        && isLeftBy(holder, null, after);
  }

  /** Whether a value stands in lines that others may stand between. */
  private boolean hasLinesApart(ConfigPath path) {
    return format.equals("dotenv") || format.equals("toml");
  }

  /** All of a text is there; what came is in one piece, but for a comma before it. */
  static boolean isInserted(String text, String after) {
    int prefix = 0;
    int most = Math.min(text.length(), after.length());
    while (prefix < most && text.charAt(prefix) == after.charAt(prefix)) {
      prefix++;
    }
    if (after.length() >= text.length() && after.endsWith(text.substring(prefix))) {
      return true;
    }
    return after.startsWith(",", prefix)
        && isInserted(text, after.substring(0, prefix) + after.substring(prefix + 1));
  }

  private boolean isAround(ConfigPath path, String after) {
    TreeSet<Integer> own = ownLines(path);
    int begin = begin(own.first());
    int end = begin(own.last() + 1);
    String head = text.substring(0, begin);
    String tail = text.substring(end);
    Matcher behind = COMMA_BEHIND.matcher(text).region(end(path), text.length());
    if (behind.lookingAt() && behind.end() > end && !format.equals("yaml")) { // it stands below
      boolean alone = behind.group(1).isBlank();
      int comma = behind.end() - 1;
      end = alone ? comma + 1 : end;
      tail = alone ? text.substring(end) : text.substring(end, comma) + text.substring(comma + 1);
    }
    String line = text.substring(begin, LeafPlace.endOfLine(text, begin));
    if (format.equals("yaml") && DASHES.matcher(line).lookingAt() && !after.endsWith(tail)) {
      tail = tail.stripLeading(); // the next key goes on behind the dash
    }
    if (isAround(head, tail, after)) {
      return true;
    }
    Matcher comma = COMMA_BEFORE.matcher(head);
    return comma.find()
        && isAround(head.substring(0, comma.start(1)) + head.substring(comma.end(1)), tail, after);
  }

  private static boolean isAround(String head, String tail, String after) {
    return after.length() >= head.length() + tail.length()
        && after.startsWith(head)
        && after.endsWith(tail);
  }

  private String withoutLines(ConfigPath path) {
    StringBuilder out = new StringBuilder(text);
    for (int line : ownLines(path).descendingSet()) {
      out.delete(begin(line), begin(line + 1));
    }
    return out.toString();
  }

  private TreeSet<Integer> ownLines(ConfigPath path) {
    TreeSet<Integer> own = new TreeSet<>();
    for (ConfigPath each : paths) {
      Origin origin = each.startsWith(path) ? origin(each) : null;
      if (origin != null) {
        int last = line(end(each));
        for (int line = origin.line(); line <= last; line++) {
          own.add(line);
        }
      }
    }
    if (format.equals("toml")) {
      own.addAll(commentsIn(own));
    } else if (!format.equals("dotenv")) {
      int key = keyLine(path, own.first());
      for (int line = own.first(); line >= key; line--) {
        own.add(line);
      }
    }
    return own;
  }

  /** The lines of comments, and blank ones, between the header of a table and its last line. */
  private Set<Integer> commentsIn(TreeSet<Integer> own) {
    Set<Integer> comments = new HashSet<>();
    boolean below = false;
    for (int line = own.first(); line <= own.last(); line++) {
      String shown = text.substring(begin(line), LeafPlace.endOfLine(text, begin(line))).strip();
      if (own.contains(line)) {
        below |= shown.startsWith("[");
        if (below && !shown.startsWith("[")) {
          for (int up = line - 1; !own.contains(up) && isGap(up); up--) {
            comments.add(up);
          }
        }
      } else {
        below &= !shown.startsWith("[");
      }
    }
    return comments;
  }

  private boolean isGap(int line) {
    String shown = text.substring(begin(line), LeafPlace.endOfLine(text, begin(line))).strip();
    return shown.isEmpty() || shown.startsWith("#");
  }

  /** Where the line is that has the key of a value, or its dash: that of the value, or above. */
  private int keyLine(ConfigPath path, int of) {
    int last = path.size() - 1;
    Integer before = otherLines(path).lower(of);
    String key = path.isIndex(last) ? "-" : path.key(last);
    Origin origin = Objects.requireNonNull(origin(path));
    for (int line = of; line > 0 && line >= (before == null ? 1 : before); line--) {
      int end =
          line == origin.line()
              ? text.offsetByCodePoints(begin(line), origin.column() - 1)
              : LeafPlace.endOfLine(text, begin(line));
      String shown = text.substring(begin(line), Math.min(end, text.length()));
      if (shown.contains(key) || path.isIndex(last) && shown.matches(".*[\\[,{].*")) {
        return line;
      }
    }
    return of;
  }

  private TreeSet<Integer> otherLines(ConfigPath path) {
    TreeSet<Integer> lines = new TreeSet<>();
    for (ConfigPath each : paths) {
      Origin origin = each.startsWith(path) || path.startsWith(each) ? null : origin(each);
      if (origin != null) {
        lines.add(origin.line());
      }
    }
    return lines;
  }

  private LeafPlace place(ConfigPath path) {
    return LeafPlace.of(format, text, document, path);
  }

  /** Behind the last character of a value that is single, or in brackets; else where it begins. */
  private int end(ConfigPath path) {
    LeafPlace place = place(path);
    Node node = Nodes.at(document.tree(), path);
    char first = place.begin() < text.length() ? text.charAt(place.begin()) : ' ';
    boolean brackets = first == '{' && node instanceof ObjectNode;
    if (!format.equals("dotenv") && (brackets || first == '[' && node instanceof ListNode)) {
      return matching(place.begin());
    }
    if (EditCorpusTest.holdsMore(node)) {
      return place.begin();
    }
    if (format.equals("dotenv") && "'`".indexOf(first) >= 0) {
      Matcher quoted = ESCAPED.matcher(text).region(place.begin(), text.length());
      return quoted.lookingAt() ? quoted.end() : place.end();
    }
    return format.equals("yaml") && node instanceof Scalar scalar
        ? endOfYaml(place, scalar)
        : place.end();
  }

  private int endOfYaml(LeafPlace place, Scalar scalar) {
    char first = place.begin() < text.length() ? text.charAt(place.begin()) : ' ';
    if (first == '|' || first == '>') {
      return endOfBlock(place.begin());
    }
    String pattern =
        switch (first) {
          case '\'' -> "'(?:[^']++|'')*+'";
          case '"' -> QUOTED;
          default ->
              Pattern.compile("\\s+")
                  .splitAsStream(scalar.text())
                  .map(Pattern::quote)
                  .collect(Collectors.joining("\\s+"));
        };
    Matcher found = Pattern.compile(pattern).matcher(text).region(place.begin(), text.length());
    return found.lookingAt() ? found.end() : place.end();
  }

  /** Behind the lines that stand as deep as the first one that is not blank. */
  private int endOfBlock(int header) {
    int end = LeafPlace.endOfLine(text, header);
    boolean keeps = text.substring(header, end).matches("[|>][0-9]?[+].*");
    String head = text.substring(begin(line(header + 1)), end);
    Matcher digit = Pattern.compile("( *).*[|>][+-]?([1-9])").matcher(head);
    int deep = digit.lookingAt() ? digit.end(1) + Integer.parseInt(digit.group(2)) : -1;
    for (int at = LeafPlace.nextLine(text, header); at < text.length(); ) {
      String line = text.substring(at, LeafPlace.endOfLine(text, at));
      int own = line.length() - line.stripLeading().length();
      deep = deep < 0 && !line.isBlank() ? Math.max(own, 1) : deep;
      if (!line.isBlank() && own < deep) {
        return end;
      }
      int next = LeafPlace.nextLine(text, at);
      end = keeps ? next : line.isBlank() ? end : at + line.length();
      at = next;
    }
    return end;
  }

  /** Behind the bracket that closes the one at a place. */
  private int matching(int open) {
    Matcher token = (format.equals("json") || format.equals("jsonc") ? JSON : HASH).matcher(text);
    int depth = 0;
    int at = open;
    while (token.find(at)) {
      at = token.end();
      String found = token.group();
      depth += found.equals("[") || found.equals("{") ? 1 : 0;
      depth -= found.equals("]") || found.equals("}") ? 1 : 0;
      if (depth == 0) {
        return at;
      }
    }
    return text.length();
  }

  private int line(int offset) {
    int line = 1;
    for (int at = LeafPlace.nextLine(text, 0);
        at <= offset - 1 && at < text.length();
        at = LeafPlace.nextLine(text, at)) {
      line++;
    }
    return line;
  }

  private int begin(int line) {
    int at = 0;
    for (int i = 1; i < line; i++) {
      at = LeafPlace.nextLine(text, at);
    }
    return at;
  }

  private static final String QUOTED = "(?s)\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\\]++|\\\\.)*+\"";

  private static final Pattern ESCAPED =
      Pattern.compile("(?s)'(?:[^'\\\\]++|\\\\.)*+'|`(?:[^`\\\\]++|\\\\.)*+`");

  /** A key that has an anchor, which an alias may name. */
  private static final Pattern ANCHORED_KEY = Pattern.compile("(?m)^&\\w+ \\w+:");

  private static final Pattern MERGE = Pattern.compile("(?m)(^|[ \\t{,])<<[ \\t]*:");

  private static final Pattern JSON =
      Pattern.compile(QUOTED + "|//[^\\r\\n]*|/\\*.*?\\*/|[\\[\\]{}]");
  private static final Pattern HASH = Pattern.compile(QUOTED + "|'[^']*'|#[^\\r\\n]*|[\\[\\]{}]");

  private static final Pattern DASHES = Pattern.compile("\\s*([-:?] +)+(?=\\S)");

  /** Blanks and comments, and the comma behind them. */
  private static final Pattern COMMA_BEHIND =
      Pattern.compile("((?>[ \\t\\r\\n]+|//[^\\r\\n]*|/\\*(?s:.*?)\\*/|#[^\\r\\n]*)*+),");

  /** The last comma of a text that blanks and comments follow. */
  private static final Pattern COMMA_BEFORE =
      Pattern.compile("(,)(?>[ \\t\\r\\n]+|//[^\\r\\n]*|/\\*(?s:.*?)\\*/|#[^\\r\\n]*)*+$");
}
