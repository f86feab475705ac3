package dev.gimbal.processor;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Live;
import dev.gimbal.Sources;
import dev.gimbal.bind.ConversionException;
import dev.gimbal.bind.Conversions;
import dev.gimbal.format.json.JsonFormat;
import dev.gimbal.testing.FormatTester;
import dev.gimbal.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * What becomes of a document that is bound to a type: converted alone, and as a declared key of a
 * Config with a handle. {@link ClosedLoader} loads it anew.
 */
final class ClosedRun implements BiFunction<Class<?>, String, String> {

  private final boolean handles;
  private final FormatTester json = new FormatTester(new JsonFormat());
  private final Conversions conversions = Conversions.installed(List.of());

  /**
   * @param handles whether it is read by a handle too
   */
  ClosedRun(boolean handles) {
    this.handles = handles;
  }

  @Override
  public String apply(Class<?> type, String document) {
    String text = "{\"v\": " + document.replace('\'', '"') + "}";
    String told = told(() -> converted(type, text));
    if (handles) {
      told += "\n" + told(() -> handled(type, text));
    }
    return told.replaceAll("@[0-9a-f]+", "@"); // arrays in maps
  }

  private interface Step {
    String run() throws Exception;
  }

  private static String told(Step step) {
    try {
      return step.run();
    } catch (ConfigException e) {
      return "problems " + e.getMessage();
    } catch (ConversionException e) {
      List<String> all = new ArrayList<>();
      e.failures().forEach(failure -> all.add(failure.below() + " " + failure.describe(false)));
      return all.toString();
    } catch (IllegalArgumentException refused) {
      return "refused " + refused.getMessage();
    } catch (Throwable thrown) { // whatever an image throws
      return "thrown " + thrown;
    }
  }

  private String converted(Class<?> type, String text) throws Exception {
    Node node = json.read(text).tree().get("v");
    Object made = conversions.convert(Objects.requireNonNull(node), (Class<?>) type);
    Object again = conversions.convert(node, (Class<?>) type);
    boolean equal = !type.isInterface() || made.equals(again);
    return "made " + Described.of(made) + (equal ? " " : "! ") + conversions.shape(type);
  }

  private static <T> String handled(Class<T> type, String text) throws Exception {
    try (Config config =
        Config.builder()
            .declare("v", type)
            .source(Sources.string("document", "json", text))
            .build()) {
      Live<T> live = config.live("v", type);
      return "live " + Described.of(live.get()) + config.warnings();
    }
  }
}
