package dev.gimbal.source.store;

import dev.gimbal.ConfigException;
import dev.gimbal.format.Content;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.OnMissing;
import dev.gimbal.source.SourceSpec;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which keys of a store make a layer, and how: all keys below a prefix, each a value whose place is
 * its key, or one key, whose value is a document. Immutable and safe for use by many threads.
 *
 * <p>Of a tree of keys the prefix is taken off and the rest is split at the separator. A part is
 * literal, whatever dots or brackets it holds; parts that are whole numbers make a list where they
 * are all the numbers from 0, and keys otherwise. Where both {@code a} and {@code a/b} stand, the
 * first becomes the child {@code ""} of the second's object. Keys with an empty part, such as
 * {@code a//b} or the {@code a/} that some tools make for a folder, are left out. Values are texts
 * in UTF-8.
 *
 * @since 0.1.0
 */
public final class StoreKeys {

  /**
   * The names of the options that {@link #of} reads, and of {@code optional}, {@code secret} and
   * {@code name}.
   */
  public static final List<String> OPTIONS =
      List.of(
          "optional",
          "secret",
          "name",
          "as",
          "format",
          "onMissing",
          "placeholders",
          "dottedKeys",
          "document",
          "maxBytes",
          "maxDepth",
          "maxNodes");

  private final String prefix;
  private final char separator;
  private final boolean tree;
  private final @Nullable String format;
  private final OnMissing onMissing;
  private final UnaryOperator<ReadOptions> reading;

  private StoreKeys(
      String prefix,
      char separator,
      boolean tree,
      @Nullable String format,
      OnMissing onMissing,
      UnaryOperator<ReadOptions> reading) {
    this.prefix = prefix;
    this.separator = separator;
    this.tree = tree;
    this.format = format;
    this.onMissing = onMissing;
    this.reading = reading;
  }

  /**
   * All keys below a prefix. When all are gone, the layer becomes empty.
   *
   * @param prefix with or without the separator at its end; empty for all keys. {@code /app} has
   *     {@code /app/a}, and neither {@code /app} nor {@code /application}
   */
  public static StoreKeys tree(String prefix, char separator) {
    boolean open = prefix.isEmpty() || prefix.charAt(prefix.length() - 1) == separator;
    return new StoreKeys(
        open ? prefix : prefix + separator,
        separator,
        true,
        null,
        OnMissing.CLEAR,
        UnaryOperator.identity());
  }

  /**
   * One key, whose value is a document. When it is gone, its last content stays.
   *
   * @param format its name or extension; null: the extension of the key says it
   */
  public static StoreKeys document(String key, @Nullable String format) {
    return new StoreKeys(key, '/', false, format, OnMissing.KEEP, UnaryOperator.identity());
  }

  /**
   * What the options of a URI say: {@code as=tree} (default) or {@code as=document}, {@code
   * format}, and how a document is read.
   *
   * @param location the prefix, or the key of the document
   * @throws ConfigException GIM-014 when an option has a wrong value
   */
  public static StoreKeys of(SourceSpec spec, String location, char separator) {
    String format = spec.option("format");
    boolean tree = !"document".equals(spec.word("as", "tree", "document"));
    if (tree && format != null) {
      throw spec.wrong("format=" + format + " is of documents (as=document reads one)");
    }
    String gone = spec.word("onMissing", "keep", "clear");
    StoreKeys keys = tree ? tree(location, separator) : document(location, format);
    if (gone != null) {
      keys = keys.onMissing(gone.equals("keep") ? OnMissing.KEEP : OnMissing.CLEAR);
    }
    return keys.reading(spec.reading(Scalar.Template.PATHS));
  }

  /** Changes how documents and values are read: limits, and whether placeholders are resolved. */
  public StoreKeys reading(UnaryOperator<ReadOptions> more) {
    UnaryOperator<ReadOptions> before = reading;
    return new StoreKeys(
        prefix, separator, tree, format, onMissing, options -> more.apply(before.apply(options)));
  }

  /** What it means that the document, or all keys of the tree, are gone. */
  public StoreKeys onMissing(OnMissing gone) {
    Objects.requireNonNull(gone, "gone");
    return new StoreKeys(prefix, separator, tree, format, gone, reading);
  }

  /** Whether each key is a value; if not, one key is a document. */
  public boolean isTree() {
    return tree;
  }

  /** What all keys of a tree begin with, with the separator at its end; or the document's key. */
  public String prefix() {
    return prefix;
  }

  /** Whether a key of the store belongs to the layer. */
  public boolean covers(String key) {
    return tree ? key.startsWith(prefix) && key.length() > prefix.length() : key.equals(prefix);
  }

  char separator() {
    return separator;
  }

  OnMissing onMissing() {
    return onMissing;
  }

  /** How it is read: as the Config's options say, except that nothing of the process is shown. */
  ReadOptions reading(ReadOptions options) {
    boolean all = options.template() == Scalar.Template.ALL;
    return reading.apply(all ? options.withTemplate(Scalar.Template.PATHS) : options);
  }

  /**
   * A document's bytes with the name of its format.
   *
   * @param place what origins call it
   */
  Content content(String place, byte[] value) {
    return new Content(place, format == null ? Formats.extension(prefix) : format, value);
  }

  /** What messages say where nothing is. */
  String none() {
    String below = prefix.isEmpty() ? "" : " below " + prefix;
    return tree ? "there are no keys" + below : "there is no key " + prefix;
  }
}
