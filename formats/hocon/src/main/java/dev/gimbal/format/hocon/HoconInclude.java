package dev.gimbal.format.hocon;

import dev.gimbal.format.Content;
import dev.gimbal.format.Neighbours;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.format.hocon.HoconScanner.Token;
import dev.gimbal.format.hocon.HoconValue.Members;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An include: {@code include "name"}, {@code include file("name")}, or either in {@code
 * required(...)}. A name without an extension stands for all that are there of {@code name.json}
 * and {@code name.conf}, of which the latter wins. Used by one thread.
 *
 * @see <a href="https://github.com/lightbend/config/blob/main/HOCON.md#includes">HOCON</a>
 */
final class HoconInclude {

  private static final Pattern FORM = Pattern.compile("(required\\()?(file\\()?");

  private static final List<String> EXTENSIONS = List.of(".json", ".conf", ".hocon");

  private final HoconDocuments documents;
  private final Neighbours neighbours;

  /** Where it stands. */
  private final long place;

  private final String name;
  private final boolean required;

  private HoconInclude(
      HoconDocuments documents, Neighbours neighbours, long place, String name, boolean required) {
    this.documents = documents;
    this.neighbours = neighbours;
    this.place = place;
    this.name = name;
    this.required = required;
  }

  /**
   * Reads the statement.
   *
   * @param scanner at the word {@code include}
   * @param neighbours of the document that it stands in
   */
  static HoconInclude read(
      HoconScanner scanner, HoconDocuments documents, @Nullable Neighbours neighbours) {
    long place = scanner.place();
    scanner.next();
    String opened = unquoted(scanner);
    if (opened.indexOf('(') < 0 && scanner.token() != Token.QUOTED) {
      throw documents.malformed(place, "found include as a key, expected quotes around it");
    }
    if (neighbours == null) {
      throw documents.malformed(
          place, "found an include, expected none: a document is read without others");
    }
    Matcher form = FORM.matcher(opened);
    if (!form.matches() || scanner.token() != Token.QUOTED) {
      throw documents.malformed(
          place, "found an include of another form, expected a name in quotes, in file() or none");
    }
    String name = scanner.text();
    scanner.next();
    String closing = ")".repeat(opened.length() - opened.replace("(", "").length());
    if (!closing.isEmpty()) {
      long end = scanner.place();
      String found = scanner.found();
      if (!unquoted(scanner).equals(closing)) {
        throw documents.malformed(
            end, "unexpected " + found + ", expected '" + closing + "' of the include");
      }
    }
    return new HoconInclude(documents, neighbours, place, name, form.group(1) != null);
  }

  /** The unquoted tokens from here on, without the blanks between them. */
  private static String unquoted(HoconScanner scanner) {
    StringBuilder text = new StringBuilder();
    while (scanner.token() == Token.UNQUOTED) {
      text.append(scanner.text());
      scanner.next();
    }
    return text.toString();
  }

  /** Who parses a document that is included. */
  @FunctionalInterface
  interface Parse {
    Members parse(String text, int document, Neighbours neighbours);
  }

  /** Merges what is included into an object. */
  void into(Members object, Parse parse) {
    boolean found = false;
    for (String candidate : candidates()) {
      found |= include(candidate, object, parse);
    }
    if (!found && required) {
      throw documents.malformed(place, "found a required include of what is not there");
    }
  }

  private List<String> candidates() {
    String lower = name.toLowerCase(Locale.ROOT);
    if (name.isEmpty()
        || name.endsWith("/")
        || EXTENSIONS.stream().anyMatch(lower::endsWith)
        || lower.endsWith(".properties")) {
      return List.of(name);
    }
    return List.of(name + ".properties", name + ".json", name + ".conf");
  }

  private boolean include(String candidate, Members object, Parse parse) {
    documents.count(place); // whether it is there or not
    TreeBuilder out = documents.at(place);
    Content content =
        out.include(neighbours, candidate, HoconValue.line(place), HoconValue.column(place));
    if (content == null) {
      return false;
    }
    if (EXTENSIONS.stream().noneMatch(candidate.toLowerCase(Locale.ROOT)::endsWith)) {
      throw documents.malformed(
          place, "found an include of properties, expected one of HOCON or JSON");
    }
    Neighbours theirs = content.neighbours();
    int number = documents.number(content.document(), place);
    object.merge(parse.parse(out.text(content), number, theirs == null ? neighbours : theirs));
    return true;
  }
}
