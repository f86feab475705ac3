package dev.gimbal.testing;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Format;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Reads documents with one format as a Config does, limits and decoding included, and tells in
 * short texts what came of it. Immutable.
 *
 * @since 0.1.0
 */
public final class FormatTester {

  private static final String SOURCE = "file";

  private final Format format;
  private final Formats formats;

  public FormatTester(Format format) {
    this.format = format;
    this.formats = Formats.installed(List.of(format));
  }

  /**
   * The document, read with {@link ReadOptions#DEFAULT}.
   *
   * @throws ConfigException for everything that can be wrong with it
   */
  public Document read(String text) {
    return read(text, ReadOptions.DEFAULT);
  }

  /**
   * The document, read with these options.
   *
   * @throws ConfigException for everything that can be wrong with it
   */
  public Document read(String text, ReadOptions options) {
    return read(format.name(), text.getBytes(StandardCharsets.UTF_8), options);
  }

  /** A document of any format that is installed. */
  Document read(String formatName, byte[] bytes, ReadOptions options) {
    return formats.parse(SOURCE, new Content("app", formatName, bytes), options);
  }

  /** The tree as a document of any format that is installed. */
  String written(String formatName, Node tree) {
    return formats.get(formatName).write(tree);
  }

  /**
   * The document's values as maps, lists, strings, numbers, booleans and nulls.
   *
   * @throws ConfigException for everything that can be wrong with it
   */
  public Map<String, Object> map(String text) {
    return Nodes.toMap(read(text).tree());
  }

  /** Where the value at a path stands: {@code line:column}, or {@code none}. */
  public static String place(Document document, String path) {
    Origin origin = document.origins().find(SOURCE, ConfigPath.parse(path));
    return origin == null ? "none" : origin.line() + ":" + origin.column();
  }

  /** What is wrong with a document, each as {@code id line:column message}; empty if nothing. */
  public List<String> problems(String text) {
    return problems(text, ReadOptions.DEFAULT);
  }

  /** What is wrong with a document read with these options, each as for {@link #problems}. */
  public List<String> problems(String text, ReadOptions options) {
    try {
      read(text, options);
      return List.of();
    } catch (ConfigException e) {
      return problems(e);
    }
  }

  static List<String> problems(ConfigException e) {
    return e.problems().stream().map(FormatTester::shown).toList();
  }

  /** What a document is warned of, each as {@code id line:column message}. */
  public List<String> warnings(String text) {
    return read(text).warnings().stream().map(FormatTester::shown).toList();
  }

  private static String shown(Problem problem) {
    Origin origin = problem.origin();
    String place = origin == null ? "nowhere" : origin.line() + ":" + origin.column();
    return problem.code().id() + " " + place + " " + problem.message();
  }
}
