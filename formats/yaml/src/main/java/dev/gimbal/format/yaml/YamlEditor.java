package dev.gimbal.format.yaml;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.format.DocumentEditor;
import dev.gimbal.format.Documents;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes a value in a YAML text. Where the place that changes has an anchor that is used
 * elsewhere, the result is read, so that nothing changes that only shares it.
 *
 * <p>Keeps no state between calls; used by many threads at once.
 */
final class YamlEditor implements DocumentEditor {

  @Override
  public String set(String text, ConfigPath path, Node value) {
    YamlPlace place = YamlPlace.find(text, path);
    YamlRewrite rewrite = new YamlRewrite(place);
    if (place.depth == path.size()) {
      rewrite.replace(value);
    } else if (place.isMissingChild(path)) {
      rewrite.add(path, nested(path, place.depth + 1, value));
    } else {
      rewrite.replace(nested(path, place.depth, value));
    }
    return checked(place, path, rewrite.result(), value);
  }

  /** The value with the objects and lists that are missing on the way to it. */
  private static Node nested(ConfigPath path, int from, Node value) {
    for (int i = from; i < path.size(); i++) {
      if (path.isIndex(i) && path.index(i) != 0) {
        throw YamlPlace.refusal(path, null, "the index is beyond the end of the list");
      }
    }
    return Nodes.set(null, path.suffix(from), value);
  }

  @Override
  public String unset(String text, ConfigPath path) {
    YamlPlace place = YamlPlace.find(text, path);
    if (place.depth < path.size()) {
      if (place.isMerged(path)) {
        throw place.refusal("the value comes from a merge key <<, change it where it stands");
      }
      return text;
    }
    YamlRewrite rewrite = new YamlRewrite(place);
    rewrite.remove();
    return checked(place, path, rewrite.result(), null);
  }

  private static String checked(
      YamlPlace place, ConfigPath path, String result, @Nullable Node value) {
    YamlSpan alias = place.sharing();
    if (alias == null) {
      return result;
    }
    Node before = read(place.source);
    Node wanted = value == null ? Nodes.remove(before, path) : Nodes.set(before, path, value);
    Map<String, @Nullable Object> found;
    try {
      found = Nodes.toMap(read(result));
    } catch (ConfigException e) {
      throw place.sharedBy(alias);
    }
    if (!(wanted instanceof ObjectNode object) || !Nodes.toMap(object).equals(found)) {
      throw place.sharedBy(alias);
    }
    return result;
  }

  /** What all documents say together: no more than one of them says something. */
  static ObjectNode read(String text) {
    TreeBuilder out = builder();
    new YamlFormat().read(text, out);
    return out.finish().tree();
  }

  static TreeBuilder builder() {
    ReadOptions options = ReadOptions.DEFAULT.withDocuments(Documents.ALL);
    return new TreeBuilder("document", "document", options.withTemplate(Scalar.Template.NONE));
  }
}
