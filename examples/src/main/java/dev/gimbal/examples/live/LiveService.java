package dev.gimbal.examples.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Live;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Serves two things on the loopback address: {@code /} shows the configuration with version and
 * origins, {@code /work} does a piece of work as the configuration says at that moment.
 *
 * <p>Concurrency. A request reads live handles, which need no lock. The pool follows {@code
 * pool.size} by a subscription; {@link #resize} is the only one that changes it, under this
 * object's lock.
 */
public final class LiveService implements AutoCloseable {

  private static final int LARGEST_POOL = 64;

  private final Config config;
  private final Live<String> greeting;
  private final Live<Duration> delay;
  private final Live<Integer> poolSize;
  private final LongAdder served = new LongAdder();
  private final ThreadPoolExecutor workers;
  private final HttpServer server;
  private final Subscription poolChanges;

  private LiveService(Config config) throws IOException {
    this.config = config;
    greeting = config.live("service.greeting", String.class, "Hello");
    delay = config.live("work.delay", Duration.class, Duration.ZERO);
    poolSize = config.live("pool.size", Integer.class, 2);
    int port = config.get("service.port").asInt(8080);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    workers = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    // Subscribe first, then look: a change in between is seen twice rather than never.
    poolChanges = config.onChange("pool.size", change -> resize());
    resize();
    server.setExecutor(workers);
    server.createContext("/", exchange -> answer(exchange, "/", "text/html", this::page));
    server.createContext("/work", exchange -> answer(exchange, "/work", "text/plain", this::work));
  }

  /** Starts the service on the port that {@code service.port} names; 0 takes a free one. */
  static LiveService start(Config config) throws IOException {
    LiveService service = new LiveService(config);
    service.server.start();
    return service;
  }

  int port() {
    return server.getAddress().getPort();
  }

  int poolSize() {
    return workers.getCorePoolSize();
  }

  private synchronized void resize() {
    int size = Math.max(1, Math.min(LARGEST_POOL, poolSize.get()));
    if (size > workers.getMaximumPoolSize()) {
      workers.setMaximumPoolSize(size);
      workers.setCorePoolSize(size);
    } else {
      workers.setCorePoolSize(size);
      workers.setMaximumPoolSize(size);
    }
  }

  private String work() throws InterruptedException {
    Thread.sleep(delay.get().toMillis()); // the work
    return greeting.get() + "\n";
  }

  private String page() {
    return new ConfigPage(config.snapshot(), config.status(), poolSize(), served.sum()).html();
  }

  /** What a path answers with. */
  private interface Body {
    String make() throws InterruptedException;
  }

  private void answer(HttpExchange exchange, String path, String type, Body body)
      throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(path)) {
        send(exchange, 404, "text/plain", "There is only / and /work.\n");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        send(exchange, 405, "text/plain", "Only GET.\n");
      } else {
        send(exchange, 200, type, body.make());
        served.increment();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange
        .getResponseHeaders()
        .set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  /** Stops serving. The Config stays open; it belongs to who made it. */
  @Override
  public void close() {
    poolChanges.close();
    server.stop(0);
    workers.shutdownNow();
  }

  /** The layers of the service: files of a folder, then variables, then arguments. */
  static Config.Builder layers(Path folder, String... args) {
    return Config.builder()
        .source(Sources.file(folder.resolve("application-defaults.properties")))
        .source(Sources.file(folder.resolve("application.yaml")))
        .source(Sources.environment("LIVE_"))
        .arguments(args);
  }

  /**
   * Runs until it is stopped.
   *
   * @param args the folder with the configuration, if it is not this one, then settings such as
   *     {@code --service.port=9090}
   */
  public static void main(String... args) throws IOException {
    Path folder = Path.of(args.length > 0 && !args[0].startsWith("--") ? args[0] : "");
    try {
      Config config = layers(folder, args).build();
      LiveService service = start(config);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    service.close();
                    config.close();
                  }));
      System.out.println("http://localhost:" + service.port() + "/ shows the configuration");
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      System.exit(3);
    } catch (BindException e) {
      System.err.println("the port is taken; --service.port=0 takes a free one");
      System.exit(1);
    }
  }
}
