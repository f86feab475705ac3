package dev.gimbal.format;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.text.Nearest;
import dev.gimbal.text.Thrown;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The formats that one Config knows, by name and extension. Immutable and safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
public final class Formats {

  private static final char REPLACEMENT = '\uFFFD';

  private final Map<String, Format> byExtension;

  private Formats(Map<String, Format> byExtension) {
    this.byExtension = byExtension;
  }

  /** Properties, those on the class path or module path, and the given ones, which win. */
  public static Formats installed(Collection<? extends Format> given) {
    Map<String, Format> formats = new LinkedHashMap<>();
    add(formats, new PropertiesFormat());
    addAll(formats, ServiceLoader.load(Format.class, Format.class.getClassLoader()));
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null && context != Format.class.getClassLoader()) {
      addAll(formats, ServiceLoader.load(Format.class, context));
    }
    addAll(formats, given);
    return new Formats(Map.copyOf(formats));
  }

  private static void addAll(Map<String, Format> formats, Iterable<? extends Format> added) {
    for (Format format : added) {
      add(formats, format);
    }
  }

  private static void add(Map<String, Format> formats, Format format) {
    formats.put(format.name(), format);
    for (String extension : format.extensions()) {
      formats.put(extension, format);
    }
  }

  /** The format by name or extension, or null. */
  public @Nullable Format find(String nameOrExtension) {
    return byExtension.get(nameOrExtension.toLowerCase(Locale.ROOT));
  }

  /**
   * The format by name or extension.
   *
   * @throws ConfigException GIM-015 with the known ones, and with the one that may be meant
   */
  public Format get(String nameOrExtension) {
    Format format = find(nameOrExtension);
    if (format == null) {
      throw new ConfigException(unknown(nameOrExtension, null));
    }
    return format;
  }

  private Problem unknown(String name, @Nullable Origin origin) {
    String known = String.join(", ", names());
    String meant = meant(name);
    String message =
        name.isEmpty()
            ? "the name has no extension; say which with format="
            : "no format \"" + name + "\"";
    String hint = meant == null ? "" : "; did you mean " + meant + "?";
    return new Problem(
        ErrorCode.UNKNOWN_FORMAT,
        null,
        message + " (known: " + known + ")" + hint,
        origin,
        null,
        Problem.Details.of(name.isEmpty() ? null : '"' + name + '"', "one of " + known, meant));
  }

  /** The name that may be meant, or else the extension. */
  private @Nullable String meant(String name) {
    String word = name.toLowerCase(Locale.ROOT);
    String meant = Nearest.ofWord(word, names());
    return meant == null ? Nearest.ofWord(word, new TreeSet<>(byExtension.keySet())) : meant;
  }

  /** The names, sorted. */
  public List<String> names() {
    TreeSet<String> names = new TreeSet<>();
    byExtension.values().forEach(format -> names.add(format.name()));
    return List.copyOf(names);
  }

  /**
   * The text after the last dot of a file's name, in lower case; empty without one. Of {@code
   * .env.local} and the like it is {@code env}.
   */
  public static String extension(String fileName) {
    String name = fileName.substring(fileName.lastIndexOf('/') + 1);
    if (name.startsWith(".env.")) {
      return "env";
    }
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /**
   * Parses a document: limits, UTF-8, a leading BOM, then the format.
   *
   * @param source the source's name, for messages
   * @throws ConfigException for everything that can be wrong with it, with the place and its line
   */
  public Document parse(String source, Content content, ReadOptions options) {
    Format format = formatOf(source, content);
    Origin whole = new Origin(source, content.document(), 0, 0);
    if (content.bytes().length > options.limits().maxBytes()) {
      throw new ConfigException(
          Problem.at(
              ErrorCode.LIMIT,
              whole,
              content.bytes().length
                  + " bytes, more than maxBytes "
                  + options.limits().maxBytes()));
    }
    TreeBuilder builder = new TreeBuilder(source, content, options, this);
    try {
      String text = builder.decode(content);
      boolean empty = isEmpty(text);
      if (options.documents().number() > 1 && (empty || !format.hasDocuments())) {
        String message = "there is no document " + options.documents().number();
        String why = empty ? "" : ": " + format.name() + " has one in each file";
        throw new ConfigException(Problem.at(ErrorCode.MALFORMED, whole, message + why));
      }
      if (!empty) {
        format.read(text, builder);
      }
      return builder.finish();
    } catch (ConfigException e) {
      throw builder.withExcerpts(e);
    } catch (RuntimeException | AssertionError | VirtualMachineError | LinkageError e) {
      String message = "the " + format.name() + " format failed: " + e.getClass().getName();
      Problem problem = Problem.at(ErrorCode.MALFORMED, whole, message);
      throw new ConfigException(List.of(problem), Thrown.withoutMessage(e));
    }
  }

  /**
   * Changes values in the bytes of a document; every other byte stays, a leading BOM as well. What
   * comes out was read again: it says what the document said, with these changes and no others.
   *
   * @param source the source's name, for messages
   * @param content the document, which includes no others
   * @return the bytes after the edit; those of the content itself when nothing changes
   * @throws ConfigException for everything that can be wrong with the document; GIM-028 with the
   *     place when it cannot be changed safely; GIM-019 when the format cannot express a value;
   *     GIM-029 when it does not say what the edit expects
   */
  public byte[] edit(String source, Content content, ReadOptions options, Edit edit) {
    Format format = formatOf(source, content);
    return new Edits(this, format, source, content, options).apply(edit, content.bytes());
  }

  private Format formatOf(String source, Content content) {
    Format format = find(content.format());
    if (format != null) {
      return format;
    }
    Origin whole = new Origin(source, content.document(), 0, 0);
    throw new ConfigException(unknown(content.format(), whole));
  }

  static String decode(TreeBuilder builder, byte[] bytes) {
    int start =
        bytes.length >= 3
                && bytes[0] == (byte) 0xEF
                && bytes[1] == (byte) 0xBB
                && bytes[2] == (byte) 0xBF
            ? 3
            : 0;
    String text = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) < 0) { // which stands for what is not UTF-8, or for itself
      return text;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    try {
      return decoder.decode(in).toString();
    } catch (CharacterCodingException e) {
      CharBuffer good = CharBuffer.allocate(bytes.length);
      in.position(start);
      decoder.reset().decode(in, good, true);
      TextCursor cursor = new TextCursor(good.flip().toString()).moveTo(Long.MAX_VALUE);
      throw builder.malformed(cursor.line(), cursor.column(), notUtf8(bytes, in.position()));
    }
  }

  private static String notUtf8(byte[] bytes, int at) {
    int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
    if (mark == 0xFEFF || mark == 0xFFFE) {
      return "the document is UTF-16, expected UTF-8";
    }
    return String.format("found the byte 0x%02X, expected UTF-8", bytes[at] & 0xFF);
  }

  /** Whether a text holds nothing, in any format: only spaces, tabs and line breaks. */
  private static boolean isEmpty(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return false;
      }
    }
    return true;
  }
}
