package dev.gimbal.benchmarks;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A whole document of 10,000 keys, of which one differs; it was parsed before. */
public class DocumentBenchmark extends Averages {

  private Config config;
  private Sink sink;
  private final Document[] documents = new Document[2];
  private int i;

  @Setup
  public void setup() throws Exception {
    Data data = Data.of(10_000);
    String text = Files.readString(data.path("full", "yaml"));
    String one = data.expected.get(Data.HANDLE_KEY);
    documents[0] = parse(text);
    documents[1] = parse(text.replace(": " + one + "\n", ": 7\n"));
    config =
        Config.builder()
            .source(Sources.map("defaults", data.defaults))
            .source(new Given())
            .source(Sources.map("overrides", java.util.Map.of(Data.key(40), 1)))
            .build();
    data.delete();
    replace(null);
    Peer.check(7, config.get(Data.HANDLE_KEY).asInt(), Data.HANDLE_KEY);
  }

  private static Document parse(String text) {
    Content content = new Content("full.yaml", "yaml", text.getBytes(StandardCharsets.UTF_8));
    return Formats.installed(java.util.List.of()).parse("given", content, ReadOptions.DEFAULT);
  }

  /** Hands over what it is given. */
  private final class Given implements Source {
    @Override
    public String name() {
      return "given";
    }

    @Override
    public Session open(Sink to) {
      sink = to;
      to.document(Revision.of(1), documents[0]);
      return () -> {};
    }
  }

  @Benchmark
  public long replace(Cpu cpu) {
    i++;
    sink.document(Revision.of(i + 1), documents[i & 1]);
    return config.snapshot().version();
  }

  @TearDown
  public void tearDown() {
    long versions = config.snapshot().version();
    config.close();
    Peer.check((long) i + 1, versions, "versions");
  }
}
