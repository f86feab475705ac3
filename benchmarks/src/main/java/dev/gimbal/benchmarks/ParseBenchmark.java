package dev.gimbal.benchmarks;

import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.format.yaml.BareEvents;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.events.Event;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * A document of 10,000 keys: our tree with the places of its values, a parser's bare events, and
 * those of our own parser of YAML.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ParseBenchmark extends Averages {

  private final Formats formats = Formats.installed(List.of());
  private final Yaml yaml = new Yaml(new LoaderOptions());
  private final JsonFactory json = new JsonFactory();

  /** The document. */
  @State(Scope.Thread)
  public static class Full {

    @Param({"yaml", "json", "properties"})
    public String format;

    private byte[] bytes;

    @Setup
    public void setup(ParseBenchmark by) throws Exception {
      Data data = Data.of(10_000);
      bytes = Files.readAllBytes(data.path("full", format));
      data.delete();
      Map<String, String> values = new HashMap<>();
      put(by.gimbal(this, null).tree(), "", values);
      Peer.check(data.expected, values, format);
      Peer.check(true, by.events(this, null) >= data.size, "events");
    }
  }

  /** What stands at and below a node, by path. */
  private static void put(Node node, String path, Map<String, String> to) {
    if (node instanceof ObjectNode object) {
      String before = path.isEmpty() ? "" : path + ".";
      object.forEach((key, child) -> put(child, before + key, to));
    } else {
      to.put(path, ((Scalar) node).text());
    }
  }

  @Benchmark
  public Document gimbal(Full full, Cpu cpu) {
    Content content = new Content("full", full.format, full.bytes);
    return formats.parse("bytes", content, ReadOptions.DEFAULT);
  }

  @Benchmark
  public int events(Full full, Cpu cpu) throws Exception {
    return switch (full.format) {
      case "yaml" -> yamlEvents(full.bytes);
      case "json" -> jsonEvents(full.bytes);
      default -> properties(full.bytes);
    };
  }

  /** The document in YAML. */
  @State(Scope.Thread)
  public static class FullYaml {

    private byte[] bytes;

    @Setup
    public void setup(ParseBenchmark by) throws Exception {
      Data data = Data.of(10_000);
      bytes = Files.readAllBytes(data.path("full", "yaml"));
      data.delete();
      Peer.check(by.yamlEvents(bytes), by.ownEvents(this, null), "scalars");
    }
  }

  @Benchmark
  public int ownEvents(FullYaml full, Cpu cpu) {
    return BareEvents.scalars(new String(full.bytes, StandardCharsets.UTF_8));
  }

  private int yamlEvents(byte[] bytes) {
    int scalars = 0;
    for (Event event : yaml.parse(new StringReader(new String(bytes, StandardCharsets.UTF_8)))) {
      scalars += event.is(Event.ID.Scalar) ? 1 : 0;
    }
    return scalars;
  }

  private int jsonEvents(byte[] bytes) {
    int values = 0;
    try (JsonParser parser =
        json.createParser(tools.jackson.core.ObjectReadContext.empty(), bytes)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        values += token.isScalarValue() ? parser.getString().length() : 0;
      }
    }
    return values;
  }

  private static int properties(byte[] bytes) throws Exception {
    Properties properties = new Properties();
    properties.load(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8));
    return properties.size();
  }
}
