package dev.gimbal.cli;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.Value;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.SecretKeys;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a document that stand there for all to read: what is encrypted, and a placeholder
 * without a default, show none.
 */
final class PlainSecrets {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(?:env:|sys:)?[^:{}]*}");
  private static final Pattern DEFAULT = Pattern.compile("\\$\\{((?:env:|sys:)?[^:{}]*):");

  private final Config config;
  private final List<Problem> problems = new ArrayList<>();

  private PlainSecrets(Config config) {
    this.config = config;
  }

  /**
   * Refuses what may not be printed without {@code --reveal}.
   *
   * @param config of one document, with placeholders as they stand
   * @throws ConfigException with the path of each secret
   */
  static void refuse(Config config) {
    PlainSecrets secrets = new PlainSecrets(config);
    Value root = config.root();
    secrets.find(ConfigPath.ROOT, root.node(), root.masked());
    if (!secrets.problems.isEmpty()) {
      throw new ConfigException(secrets.problems, null);
    }
  }

  /** Whether a placeholder in a text has a default, which is as secret as what it names. */
  static boolean hasDefault(String text) {
    Matcher names = DEFAULT.matcher(text);
    while (names.find()) {
      if (SecretKeys.isSecret(names.group(1))) {
        return true;
      }
    }
    return false;
  }

  private void find(ConfigPath path, @Nullable Node node, @Nullable Node masked) {
    if (node instanceof ObjectNode object && masked instanceof ObjectNode shown) {
      object.forEach((key, child) -> find(path.child(key), child, shown.get(key)));
    } else if (node instanceof ListNode list && masked instanceof ListNode shown) {
      for (int i = 0; i < list.elements().size(); i++) {
        find(path.child(i), list.elements().get(i), shown.elements().get(i));
      }
    } else if (node != null && !node.equals(masked) && isPlain(node)) {
      problems.add(
          new Problem(
              ErrorCode.NOT_EXPRESSIBLE,
              path,
              "it is a secret, which --reveal prints",
              config.get(path).origin().orElse(null),
              null));
    }
  }

  private static boolean isPlain(Node node) {
    if (node instanceof ListNode list) {
      return list.elements().stream().anyMatch(PlainSecrets::isPlain);
    }
    return node instanceof Scalar scalar
        && !EncryptedValue.isMeant(scalar.text())
        && !PLACEHOLDER.matcher(scalar.text()).matches();
  }
}
