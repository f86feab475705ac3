package dev.gimbal.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Subscription;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveServiceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private Config config;
  private LiveService service;

  @BeforeEach
  void start() throws IOException {
    Path files = Path.of(System.getProperty("gimbal.root", "..")).resolve("examples/live-service");
    for (String name : List.of("application-defaults.properties", "application.yaml")) {
      Files.copy(files.resolve(name), folder.resolve(name));
    }
    config = LiveService.layers(folder, "--service.port=0").build();
    service = LiveService.start(config);
  }

  @AfterEach
  void stop() {
    service.close();
    config.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + service.port() + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private long edit(String before, String after) throws Exception {
    long version = config.snapshot().version();
    Path file = folder.resolve("application.yaml");
    Files.writeString(file, Files.readString(file).replace(before, after));
    config.awaitVersion(version + 1, PATIENCE);
    config.awaitDelivered(version + 1, PATIENCE);
    return version + 1;
  }

  /** The cells of the first table's rows, joined by a bar, without the header. */
  private List<String> rows() throws Exception {
    String page = get("/").body();
    String table = page.substring(page.indexOf("<table>"), page.indexOf("</table>"));
    List<String> rows = new ArrayList<>();
    Matcher row = Pattern.compile("<td>(.*)</td><td>(.*)</td><td>(.*)</td></tr>").matcher(table);
    while (row.find()) {
      rows.add(row.group(1) + "|" + row.group(2) + "|" + row.group(3));
    }
    return rows;
  }

  @Test
  void page_ofTheExampleFiles_showsValuesAndOriginsWithoutSecrets() throws Exception {
    String yaml = folder + "/application.yaml:";
    String defaults = folder + "/application-defaults.properties:";
    assertEquals(
        List.of(
            "database.host|db.example.org|" + yaml + "11:9",
            "database.password|***|" + yaml + "13:13",
            "database.url|jdbc:postgresql://db.example.org:5432/orders|" + yaml + "14:8",
            "database.user|orders|" + yaml + "12:9",
            "features[0]|search|" + yaml + "9:12",
            "features[1]|export|" + yaml + "9:20",
            "pool.size|4|" + yaml + "6:9",
            "service.greeting|Hello from YAML|" + yaml + "3:13",
            "service.name|live-service|" + defaults + "2:14",
            "service.port|0|--service.port",
            "work.delay|5ms|" + yaml + "8:10"),
        rows());
    assertEquals(-1, get("/").body().indexOf("not-a-real-one"));
  }

  @Test
  void edit_underLoad_isFollowedAndNoRequestFails() throws Exception {
    int clients = 3;
    CountDownLatch edited = new CountDownLatch(1);
    ExecutorService load = Executors.newFixedThreadPool(clients);
    try {
      List<Future<Set<String>>> answers = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        answers.add(load.submit(client(edited)));
      }
      assertEquals("200 Hello from YAML\n", answer());
      edit("Hello from YAML", "Goodbye");
      assertEquals("200 Goodbye\n", answer());
      edited.countDown();
      Set<String> seen = new TreeSet<>();
      for (Future<Set<String>> answer : answers) {
        seen.addAll(answer.get());
      }
      assertEquals(Set.of("200 Goodbye\n", "200 Hello from YAML\n"), seen);
    } finally {
      edited.countDown();
      load.shutdownNow();
    }
  }

  private Callable<Set<String>> client(CountDownLatch end) throws Exception {
    Set<String> seen = new TreeSet<>();
    seen.add(answer());
    return () -> {
      while (end.getCount() > 0) {
        seen.add(answer());
      }
      seen.add(answer());
      return seen;
    };
  }

  private String answer() throws IOException, InterruptedException {
    HttpResponse<String> response = get("/work");
    return response.statusCode() + " " + response.body();
  }

  @Test
  void edit_ofPoolSize_resizesThePoolBothWays() throws Exception {
    assertEquals(4, service.poolSize());
    edit("size: 4", "size: 16");
    assertEquals(16, service.poolSize());
    edit("size: 16", "size: 1");
    assertEquals(1, service.poolSize());
    edit("size: 1", "size: 0");
    assertEquals(1, service.poolSize());
  }

  @Test
  void edit_ofPoolSizeBeyondItsBounds_showsTheSizeThatIsUsed() throws Exception {
    assertEquals(1, count(get("/").body(), "pool of <b>4</b> ·"));
    edit("size: 4", "size: 900");
    String pool = "pool of <b>64</b> (pool.size says 900; it is held within 1 to 64) ·";
    assertEquals(1, count(get("/").body(), pool));
  }

  @Test
  void edit_withMarkup_isEscaped() throws Exception {
    edit("Hello from YAML", "<script>&\"'");
    assertEquals(
        "service.greeting|&lt;script&gt;&amp;&quot;&#39;|" + folder + "/application.yaml:3:13",
        rows().get(7));
  }

  @Test
  void edit_thatIsBroken_changesNothingAndThePageSaysWhere() throws Exception {
    CountDownLatch degraded = new CountDownLatch(1);
    try (Subscription watched = config.onStatus(status -> degraded.countDown())) {
      Files.writeString(folder.resolve("application.yaml"), "pool: [");
      assertTrue(degraded.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), watched.name());
    }
    assertEquals("200 Hello from YAML\n", answer());
    assertEquals(1, config.snapshot().version());
    String page = get("/").body();
    assertEquals(1, count(page, "<tr class=\"degraded\">"));
    assertEquals(1, count(page, folder + "/application.yaml:1:8"));
  }

  private static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }

  @Test
  void close_leavesNoThreadOfOurs() throws Exception {
    assertEquals("200 Hello from YAML\n", answer());
    service.close();
    config.close();
    List<String> left = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("gimbal-")) {
        // An executor has terminated a moment before its last thread has.
        thread.join(PATIENCE.toMillis());
        if (thread.isAlive()) {
          left.add(thread.getName());
        }
      }
    }
    assertEquals(List.of(), left);
  }

  @Test
  void request_ofAnotherPath_isNotFound() throws Exception {
    assertEquals(404, get("/other").statusCode());
    assertEquals(404, get("/workmore").statusCode());
  }
}
