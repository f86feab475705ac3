package dev.gimbal.format.yaml;

import dev.gimbal.format.ReadOptions;
import dev.gimbal.format.TreeBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The YAML parser alone: what it tells is counted and not kept. In this package, since the parser
 * can be reached from nowhere else.
 */
public final class BareEvents {

  private BareEvents() {}

  /** How many scalars there are. */
  public static int scalars(String text) {
    TreeBuilder places = new TreeBuilder("bytes", "full", ReadOptions.DEFAULT);
    Count count = new Count();
    new YamlParser(text, places, count).run();
    return count.scalars;
  }

  private static final class Count implements YamlEvents.Target {
    private int scalars;

    @Override
    public void scalar(
        String text,
        boolean plain,
        @Nullable String tag,
        @Nullable String anchor,
        int line,
        int column) {
      scalars++;
    }

    @Override
    public void begin(YamlNode.Kind kind, @Nullable String anchor, int line, int column) {}

    @Override
    public void end() {}

    @Override
    public void alias(String anchor, int line, int column) {}
  }
}
