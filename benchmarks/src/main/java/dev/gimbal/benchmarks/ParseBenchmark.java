package dev.gimbal.benchmarks;

import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.events.Event;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * A document of 10,000 keys: our tree with the places of its values, and a parser's bare events.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ParseBenchmark extends Averages {

  @Param({"yaml", "json", "properties"})
  public String format;

  private byte[] bytes;
  private final Formats formats = Formats.installed(java.util.List.of());

  @Setup
  public void setup() throws Exception {
    Data data = Data.of(10_000);
    bytes = Files.readAllBytes(data.path("full", format));
    data.delete();
    Peer.check(true, events(null) >= 10_000, "events");
  }

  @Benchmark
  public Document gimbal(Cpu cpu) {
    return formats.parse("bytes", new Content("full", format, bytes), ReadOptions.DEFAULT);
  }

  @Benchmark
  public int events(Cpu cpu) throws Exception {
    return switch (format) {
      case "yaml" -> yamlEvents();
      case "json" -> jsonEvents();
      default -> properties();
    };
  }

  private int yamlEvents() {
    int scalars = 0;
    Yaml yaml = new Yaml(new LoaderOptions());
    for (Event event : yaml.parse(new StringReader(new String(bytes, StandardCharsets.UTF_8)))) {
      scalars += event.is(Event.ID.Scalar) ? 1 : 0;
    }
    return scalars;
  }

  private int jsonEvents() {
    int values = 0;
    try (JsonParser parser =
        new JsonFactory().createParser(tools.jackson.core.ObjectReadContext.empty(), bytes)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        values += token.isScalarValue() ? parser.getString().length() : 0;
      }
    }
    return values;
  }

  private int properties() throws Exception {
    Properties properties = new Properties();
    properties.load(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8));
    return properties.size();
  }
}
