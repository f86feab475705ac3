package dev.gimbal.fuzz;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Sources;
import dev.gimbal.bind.ConversionException;
import dev.gimbal.bind.Conversions;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Documents;
import dev.gimbal.format.Formats;
import dev.gimbal.format.Limits;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.FolderValue;
import dev.gimbal.source.Source;
import dev.gimbal.source.SourceSpec;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** What takes input from outside. */
enum FuzzTarget implements Taking {
  /** Reading a properties document, and writing and reading again what it says. */
  PROPERTIES {
    @Override
    public void take(byte[] input) {
      document("properties", input);
    }
  },
  /** The same for JSON. */
  JSON {
    @Override
    public void take(byte[] input) {
      document("json", input);
    }
  },
  /** The same for JSON with comments. */
  JSONC {
    @Override
    public void take(byte[] input) {
      document("jsonc", input);
    }
  },
  /** The same for YAML. */
  YAML {
    @Override
    public void take(byte[] input) {
      document("yaml", input);
    }
  },
  /** The same for all YAML documents of a text, merged. */
  YAML_DOCUMENTS {
    @Override
    public void take(byte[] input) {
      document("yaml", input, OPTIONS.withDocuments(Documents.ALL));
    }
  },
  /** The same for TOML. */
  TOML {
    @Override
    public void take(byte[] input) {
      document("toml", input);
    }
  },
  /** The same for dotenv. */
  DOTENV {
    @Override
    public void take(byte[] input) {
      document("dotenv", input);
    }
  },
  /** The same for HCL. */
  HCL {
    @Override
    public void take(byte[] input) {
      document("hcl", input);
    }
  },
  /** The same for HOCON. */
  HOCON {
    @Override
    public void take(byte[] input) {
      document("hocon", input);
    }
  },
  /** The same for XML. */
  XML {
    @Override
    public void take(byte[] input) {
      document("xml", input);
    }
  },
  /** A path's text: what parses prints as a text that parses to the same. */
  PATH {
    @Override
    public void take(byte[] input) {
      ConfigPath path = ConfigPath.parse(Taking.text(input));
      expect(path, taken(() -> ConfigPath.parse(path.toString())));
    }
  },
  /** Values with placeholders, one a line, at keys a, b, c and so on. */
  PLACEHOLDERS {
    @Override
    public void take(byte[] input) {
      Map<String, String> values = new LinkedHashMap<>();
      for (String line : Taking.text(input).split("\n", MAX_LINES)) {
        values.put(String.valueOf((char) ('a' + values.size())), line);
      }
      read(Sources.map("fuzz", values));
    }
  },
  /** A string, and a number if it is one, as each type. */
  CONVERSIONS {
    @Override
    public void take(byte[] input) {
      String text = Taking.text(input);
      convert(Scalar.string(text));
      Document document =
          FORMATS.parse("fuzz", content("json", utf8("{\"n\":" + text + "}")), OPTIONS);
      for (String key : document.tree().keys()) {
        convert(Objects.requireNonNull(document.tree().get(key)));
      }
    }
  },
  /** A source by path or URI. It is not opened. */
  SPECS {
    @Override
    public void take(byte[] input) {
      String text = Taking.text(input);
      expect(text, SourceSpec.parse(text).text());
      expect(false, Sources.of(text).name() == null);
    }
  },
  /** A document, environment variables and arguments over it, as {@link VariableLines} has them. */
  VARIABLES {
    @Override
    public void take(byte[] input) {
      VariableLines lines = VariableLines.of(Taking.text(input));
      Set<String> known = read(lines.below());
      expect(known, read(lines.below(), lines.environment("")));
      read(lines.below(), lines.environment("A"), lines.arguments());
    }
  },
  /** A file of a folder, which is a value, whatever its bytes are. */
  FOLDER {
    @Override
    public void take(byte[] input) {
      String value = FolderValue.of(input);
      String text = new String(input, StandardCharsets.UTF_8);
      expect(true, Arrays.equals(input, utf8(text)));
      expect(text.replaceFirst("\\A\uFEFF", "").replaceFirst("\r?\n\\z", ""), value);
    }
  },
  /** The command and its arguments, one a line. */
  COMMAND {
    @Override
    public void take(byte[] input) {
      CommandLines.run(Taking.text(input));
    }
  };

  private static final int MAX_LINES = 12;
  private static final Formats FORMATS = Formats.installed(List.of());

  /** Few nodes, so that an input that swells does not pass. */
  private static final ReadOptions OPTIONS =
      ReadOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxNodes(10_000));

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Content content(String format, byte[] bytes) {
    return new Content("fuzz." + format, format, bytes);
  }

  private static void document(String format, byte[] input) {
    document(format, input, OPTIONS);
  }

  private static void document(String format, byte[] input, ReadOptions options) {
    ObjectNode tree = FORMATS.parse("fuzz", content(format, input), options).tree();
    String written;
    try {
      written = FORMATS.get(format).write(tree);
    } catch (ConfigException refused) {
      expect(ErrorCode.NOT_EXPRESSIBLE, refused.code());
      return;
    }
    Content again = content(format, utf8(written));
    expect(tree, taken(() -> FORMATS.parse("fuzz", again, OPTIONS)).tree());
  }

  /** The top-level keys of some sources, each of which was read and explained. */
  private static Set<String> read(Source... sources) {
    Config.Builder builder = Config.builder().tasks(new NoTasks());
    for (Source source : sources) {
      builder.source(source);
    }
    try (Config config = builder.build()) {
      ObjectNode tree = (ObjectNode) Objects.requireNonNull(config.root().node());
      for (String key : tree.keys()) {
        ConfigPath path = ConfigPath.of(key);
        String said = taken(() -> config.explain(path.toString()).toString() + config.get(path));
        expect(false, said.isEmpty());
      }
      return Set.copyOf(tree.keys());
    }
  }

  private static void convert(Node node) {
    for (Type type : ConvertedTypes.ALL) {
      try {
        Object value = Conversions.standard().convert(node, type);
        expect(true, ConvertedTypes.raw(type).isInstance(value));
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
