package dev.gimbal.fuzz;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Sources;
import dev.gimbal.bind.ConversionException;
import dev.gimbal.bind.Conversions;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Source;
import dev.gimbal.source.SourceSpec;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What takes input from outside. Whatever the input, it ends soon, well or with a {@link
 * ConfigException}; {@link #run} throws anything else.
 */
enum FuzzTarget {
  /** Reading a properties document, and writing and reading again what it says. */
  PROPERTIES {
    @Override
    void take(byte[] input) {
      document("properties", input);
    }
  },
  /** The same for JSON. */
  JSON {
    @Override
    void take(byte[] input) {
      document("json", input);
    }
  },
  /** The same for YAML. */
  YAML {
    @Override
    void take(byte[] input) {
      document("yaml", input);
    }
  },
  /** A path's text: what parses prints as a text that parses to the same. */
  PATH {
    @Override
    void take(byte[] input) {
      ConfigPath path = ConfigPath.parse(text(input));
      expect(path, taken(() -> ConfigPath.parse(path.toString())));
    }
  },
  /** Values with placeholders, one a line, at keys a, b, c and so on. */
  PLACEHOLDERS {
    @Override
    void take(byte[] input) {
      Map<String, String> values = new LinkedHashMap<>();
      for (String line : text(input).split("\n", MAX_LINES)) {
        values.put(String.valueOf((char) ('a' + values.size())), line);
      }
      Source source = Sources.map("fuzz", values);
      try (Config config = Config.builder().source(source).tasks(new NoTasks()).build()) {
        for (String key : values.keySet()) {
          String said = taken(() -> config.explain(key).toString() + config.get(key));
          expect(false, said.isEmpty());
        }
      }
    }
  },
  /** A string, and a number if it is one, as each type. */
  CONVERSIONS {
    @Override
    void take(byte[] input) {
      String text = text(input);
      convert(Scalar.string(text));
      Document document =
          FORMATS.parse("fuzz", content("json", utf8("{\"n\":" + text + "}")), ReadOptions.DEFAULT);
      for (String key : document.tree().keys()) {
        convert(Objects.requireNonNull(document.tree().get(key)));
      }
    }
  },
  /** A source by path or URI. It is not opened. */
  SPECS {
    @Override
    void take(byte[] input) {
      String text = text(input);
      expect(text, SourceSpec.parse(text).text());
      expect(false, Sources.of(text).name() == null);
    }
  };

  private static final int MAX_LINES = 12;
  private static final Formats FORMATS = Formats.installed(List.of());

  private static final List<Class<?>> TYPES =
      List.of(
          String.class,
          Boolean.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          Duration.class,
          Scalar.Kind.class,
          List.class,
          Map.class);

  /** Takes an input, and may refuse it with a ConfigException. */
  abstract void take(byte[] input);

  /** Whether the input is well formed. Throws whatever {@link #take} must not throw. */
  final boolean run(byte[] input) {
    try {
      take(input);
      return true;
    } catch (ConfigException refused) {
      expect(false, refused.problems().isEmpty());
      return false;
    }
  }

  /** UTF-8; after a byte 0xFF, chars of two bytes, so that half a surrogate pair comes too. */
  static String text(byte[] input) {
    if (input.length == 0 || input[0] != (byte) 0xFF) {
      return new String(input, StandardCharsets.UTF_8);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 1; i + 1 < input.length; i += 2) {
      text.append((char) ((input[i] & 0xFF) << 8 | (input[i + 1] & 0xFF)));
    }
    return text.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Content content(String format, byte[] bytes) {
    return new Content("fuzz." + format, format, bytes);
  }

  private static void document(String format, byte[] input) {
    ObjectNode tree = FORMATS.parse("fuzz", content(format, input), ReadOptions.DEFAULT).tree();
    String written;
    try {
      written = FORMATS.get(format).write(tree);
    } catch (ConfigException notExpressible) {
      return;
    }
    Content again = content(format, utf8(written));
    expect(tree, taken(() -> FORMATS.parse("fuzz", again, ReadOptions.DEFAULT)).tree());
  }

  private static void convert(Node node) {
    for (Class<?> type : TYPES) {
      if (!type.isEnum() && !Conversions.standard().supports(type)) {
        continue;
      }
      try {
        Object value = Conversions.standard().convert(node, type);
        expect(true, type.isInstance(value));
      } catch (ConversionException refused) {
        expect(false, refused.toString().isEmpty());
      }
    }
  }

  /** The answer to what Gimbal itself has said; refusing it is a fault. */
  private static <T> T taken(Supplier<T> again) {
    try {
      return again.get();
    } catch (ConfigException e) {
      throw new AssertionError("it refuses what it said itself", e);
    }
  }

  private static void expect(Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new AssertionError("expected " + expected + ", found " + found);
    }
  }
}
