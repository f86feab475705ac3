package dev.gimbal.source;

import static dev.gimbal.source.RawServer.always;
import static dev.gimbal.source.RawServer.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Sources;
import dev.gimbal.format.Documents;
import dev.gimbal.format.Limits;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.Scalar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSourceTest extends HttpServing {

  @Test
  void answer_isRead_withWhatItsAddressSays() throws InterruptedException {
    open(source());
    sink.await("document {a=1}");
    RawServer.Request request = server.requests.get(0);
    assertEquals("GET /app.lines HTTP/1.1", request.line());
    assertEquals("gzip", request.headers().get("Accept-Encoding"));
    assertNull(request.headers().get("If-None-Match"));
  }

  @Test
  void change_isSeenWithTheNextPoll_andEqualBodiesAreNotToldAgain() throws InterruptedException {
    open(source());
    sink.await("document {a=1}");
    server.await(4);
    server.handler = always(answer("200 OK", "a=2"));
    sink.await("document {a=2}");
    assertEquals(List.of("document {a=1}", "document {a=2}"), sink.log());
  }

  @Test
  void requests_areConditional_and304ChangesNothing() throws InterruptedException {
    String modified = "Wed, 21 Oct 2015 07:28:00 GMT";
    server.handler =
        (request, out) ->
            out.write(
                "\"v1\"".equals(request.headers().get("If-None-Match"))
                    ? answer("304 Not Modified", "")
                    : answer("200 OK", "a=1", "ETag: \"v1\"", "Last-Modified: " + modified));
    open(source());
    sink.await("document {a=1}");
    server.await(3);
    assertEquals(modified, server.requests.get(1).headers().get("If-Modified-Since"));
    assertEquals(List.of("document {a=1}"), sink.log());
  }

  @Test
  @Tag("D56")
  void failures_keepTheLayer_andA304AfterwardsSaysThatAllIsWell() throws InterruptedException {
    server.handler = always(answer("200 OK", "a=1", "ETag: \"v1\""));
    open(source());
    sink.await("document {a=1}");
    server.handler = always(answer("500 Oops", "a=9"));
    sink.await("failed GIM-012");
    assertEquals("the server answered 500", problem());
    server.handler = always(answer("404 Not Found", "a=9"));
    sink.await("failed GIM-012", 2);
    assertEquals("the server answered 404: it is gone; its last content stays", problem());
    server.handler = always(answer("304 Not Modified", ""));
    sink.await("well");
    assertEquals(List.of("document {a=1}", "failed GIM-012", "failed GIM-012", "well"), sink.log());
  }

  @Test
  void notFound_atFirst_isAbsent_andLaterToo_whereAsked() throws InterruptedException {
    server.handler = always(answer("404 Not Found", ""));
    open(source().onMissing(OnMissing.CLEAR));
    sink.await("absent GIM-011");
    server.handler = always(answer("200 OK", "a=1"));
    sink.await("document {a=1}");
    server.handler = always(answer("410 Gone", ""));
    sink.await("absent GIM-011", 2);
  }

  @Test
  void malformed_isToldWithItsPlace_andTheRepairIsTaken() throws InterruptedException {
    server.handler = always(answer("200 OK", "broken"));
    open(source());
    sink.await("failed GIM-004");
    assertTrue(sink.problem().origin().document().startsWith("http://127.0.0.1:"));
    server.handler = always(answer("200 OK", "a=2"));
    sink.await("document {a=2}");
  }

  @Test
  void serverThatIsNotThere_isTriedAgain() throws IOException, InterruptedException {
    RawServer other = new RawServer(always(answer("200 OK", "a=1")));
    URI uri = other.uri("/app.lines");
    other.close();
    open(new HttpSource(uri).poll(SOON));
    sink.await("failed GIM-012");
    assertEquals("it cannot be reached: connection refused", problem());
  }

  @Test
  void hostThatNobodyKnows_isNamed() throws InterruptedException {
    open(new HttpSource(URI.create("http://no-such-host.invalid/app.lines")));
    sink.await("failed GIM-012");
    assertEquals("it cannot be reached: unknown host no-such-host.invalid", problem());
  }

  @Test
  void closeWhileAsking_returnsAndTellsNothing() throws InterruptedException {
    server.handler = server.silent();
    open(source().timeout(Duration.ofSeconds(2)));
    server.await(1);
    session.close();
    assertEquals(List.of(), sink.log());
  }

  @Test
  void failures_makeNoMoreClients() throws InterruptedException {
    awaitNoClient();
    server.handler = always(answer("500 Oops", ""));
    open(source());
    server.await(8);
    assertEquals(1, clientThreads());
    session.close();
    session = null;
    awaitNoClient();
  }

  @Test
  void headerThatHttpDoesNotAllow_isToldWithoutItsValue() throws InterruptedException {
    open(source().bearer(() -> "hunter2\n"));
    sink.await("failed GIM-012");
    assertEquals(
        "the header Authorization cannot be sent: HTTP does not allow its name or value",
        problem());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://h/?header.a(b=hunter2 | header.a(b: HTTP does not allow its name or value",
        "http://h/?header.X=hunter2%0A | header.X: HTTP does not allow its name or value",
        "http://h/?header.Host=hunter2 | header.Host: HTTP does not allow its name or value",
        "http://h/?bearer=hunter2%0A | header.Authorization: HTTP does not allow its name or value",
        "http://h:0/ | port 0 (expected: 1 to 65535)",
        "http://h:65536/ | port 65536 (expected: 1 to 65535)"
      })
  void specThatHttpDoesNotAllow_isRefusedAtOnce(String spec, String message) {
    ConfigException e = assertThrows(ConfigException.class, () -> Sources.of(spec));
    assertEquals("GIM-014 " + message, e.getMessage());
  }

  @Test
  void cacheThatIsNoFile_staysAsItIs(@TempDir Path folder) throws InterruptedException {
    open(source().cache(folder));
    sink.await("degraded GIM-012");
    assertTrue(Files.isDirectory(folder));
    assertTrue(problem().endsWith(": it is there and no regular file"), problem());
  }

  @Test
  void cacheThatIsAnotherFile_staysAsItIs(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("app.yaml"), "precious: 1\n");
    open(source().cache(file));
    sink.await("degraded GIM-012");
    assertEquals("precious: 1\n", Files.readString(file));
    assertTrue(problem().endsWith(": it is there and no cache"), problem());
  }

  /** On JDK 17 a client's thread ends when it is collected. */
  @Test
  void close_leavesNoThreadOfTheClient() throws InterruptedException {
    open(source());
    sink.await("document {a=1}");
    session.close();
    session = null;
    awaitNoClient();
  }

  private static void awaitNoClient() throws InterruptedException {
    while (clientThreads() > 0) {
      System.gc();
      Thread.sleep(5);
    }
    assertEquals(0, clientThreads());
  }

  private static long clientThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("HttpClient-"))
        .count();
  }

  @Test
  void redirect_isFollowed_andHeadersStayAtHome() throws IOException, InterruptedException {
    try (RawServer other = new RawServer(always(answer("200 OK", "a=7")))) {
      server.handler = always(answer("302 Found", "", "Location: " + other.uri("/else.lines")));
      open(source().header("X-Key", "s3cret").bearer("t0ken"));
      sink.await("document {a=7}");
      RawServer.Request own = server.requests.get(0);
      assertEquals("s3cret", own.headers().get("X-Key"));
      assertEquals("Bearer t0ken", own.headers().get("Authorization"));
      RawServer.Request foreign = other.requests.get(0);
      assertNull(foreign.headers().get("X-Key"));
      assertNull(foreign.headers().get("Authorization"));
    }
  }

  @Test
  void redirect_onTheSameHost_keepsHeaders() throws InterruptedException {
    server.handler =
        (request, out) ->
            out.write(
                request.line().contains("/new")
                    ? answer("200 OK", "a=8")
                    : answer("307 Temporary", "", "Location: new.lines"));
    open(source().bearer("t0ken"));
    sink.await("document {a=8}");
    assertEquals("Bearer t0ken", server.requests.get(1).headers().get("Authorization"));
  }

  @Test
  void userInTheAddress_logsIn_andStandsInNoMessage() throws InterruptedException {
    URI uri = URI.create("http://me:pa55@127.0.0.1:" + server.port() + "/app.lines?token=abc");
    HttpSource source = new HttpSource(uri).poll(SOON);
    assertFalse(source.name().contains("pa55") || source.name().contains("abc"), source.name());
    open(source);
    sink.await("document {a=1}");
    RawServer.Request request = server.requests.get(0);
    assertEquals("Basic bWU6cGE1NQ==", request.headers().get("Authorization"));
    assertEquals("GET /app.lines?token=abc HTTP/1.1", request.line());
  }

  @Test
  void packedBody_isUnpacked_withinTheLimit() throws IOException, InterruptedException {
    server.handler = always(answer("200 OK", gzip("a=1"), "Content-Encoding: gzip"));
    open(source().limits(Limits.DEFAULT.withMaxBytes(1_000)));
    sink.await("document {a=1}");
    server.handler =
        always(answer("200 OK", gzip("a=" + "x".repeat(5_000)), "Content-Encoding: gzip"));
    sink.await("failed GIM-005");
    assertEquals("more than maxBytes 1000", problem());
  }

  @Test
  void largeBody_isRefused() throws InterruptedException {
    server.handler = always(answer("200 OK", "a=" + "x".repeat(5_000)));
    open(source().limits(Limits.DEFAULT.withMaxBytes(1_000)));
    sink.await("failed GIM-005");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  @Tag("D56")
  void charset_ofContentType_isObeyed() throws InterruptedException {
    byte[] body = "a=\u00e9".getBytes(StandardCharsets.ISO_8859_1);
    server.handler = always(answer("200 OK", body, "Content-Type: text/plain; charset=ISO-8859-1"));
    open(source());
    sink.await("document {a=\u00e9}");
    server.handler = always(answer("200 OK", "a=2", "Content-Type: text/plain; charset=klingon"));
    sink.await("failed GIM-004");
  }

  @Test
  void cache_isTakenWhereTheServerIsNotThere_andSaysSo(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path file = folder.resolve("deep/app.cache");
    server.handler = always(answer("200 OK", "a=1", "ETag: \"v1\""));
    open(source().cache(file));
    sink.await("document {a=1}");
    session.close();
    assertEquals(1, Files.list(file.getParent()).count());

    server.handler = always(answer("503 Down", ""));
    RecordingSink second = new RecordingSink(tasks);
    try (Session again = source().cache(file).open(second)) {
      second.await("document {a=1}");
      second.await("degraded GIM-012");
      assertTrue(again != null);
      server.handler = always(answer("304 Not Modified", ""));
      second.await("well");
      assertEquals("\"v1\"", last().headers().get("If-None-Match"));
    }
  }

  private RawServer.Request last() {
    return server.requests.get(server.requests.size() - 1);
  }

  @Test
  void cache_thatIsDamaged_isNotTaken(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path file = folder.resolve("app.cache");
    HttpCache.write(file, "http://there", new HttpCache.Entry("lines", "e", null, new byte[] {1}));
    assertEquals("e", HttpCache.read(file, "http://there").etag());
    assertThrows(IOException.class, () -> HttpCache.read(file, "http://elsewhere"));
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThrows(IOException.class, () -> HttpCache.read(file, "http://there"));
    }
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    server.handler = always(answer("503 Down", ""));
    open(source().cache(file));
    sink.await("failed GIM-012");
    assertTrue(problem().contains("damaged"), problem());
  }

  @Test
  void text_hasEveryOption() {
    HttpSource source =
        (HttpSource)
            SourceResolver.installed(List.of())
                .create(
                    "https://h/app?x=1?name=n&format=json&poll=1m&timeout=2s&connectTimeout=1s"
                        + "&bearer=t&header.X-A=b&cache=/tmp/c&onMissing=clear&maxBytes=5"
                        + "&placeholders=off&dottedKeys=expand&document=all&keyStore=/k&keyStorePassword=p");
    HttpOptions options = source.options();
    assertEquals("n", source.name());
    assertEquals("https://h/app?x=1", options.uri().toString());
    assertEquals("https://h/app", options.place());
    assertEquals(Map.of("X-A", "b"), options.access().headers());
    assertEquals(Duration.ofMinutes(1), options.times().poll());
    assertEquals(Duration.ofSeconds(2), options.times().whole());
    assertEquals(Duration.ofSeconds(1), options.times().connect());
    assertEquals(OnMissing.CLEAR, options.onMissing());
    ReadOptions reading = options.reading().apply(ReadOptions.DEFAULT);
    assertEquals(5, reading.limits().maxBytes());
    assertEquals(Scalar.Template.NONE, reading.template());
    assertTrue(reading.expandDottedKeys());
    assertEquals(Documents.ALL, reading.documents());
    assertEquals(Scalar.Template.PATHS, template(source()));
    assertEquals(Scalar.Template.NONE, template(source().placeholders(false)));
    assertEquals(Scalar.Template.PATHS, template(source().placeholders(false).placeholders(true)));
  }

  private static Scalar.Template template(HttpSource source) {
    return source.options().reading().apply(ReadOptions.DEFAULT).template();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http:x", "http://", "http://h/?poll=0s", "http://h/?as=values", "http://h h/"})
  void text_thatIsWrong_isRefused(String text) {
    ConfigException e =
        assertThrows(ConfigException.class, () -> SourceResolver.installed(List.of()).create(text));
    assertEquals(ErrorCode.SOURCE_SPEC, e.code());
  }

  @Test
  void keyStoreThatIsNotThere_isToldInWords() throws InterruptedException {
    open(source().tls(Path.of("/no/such.p12"), "x", null, null));
    sink.await("failed GIM-012");
    assertEquals("the certificates cannot be read: no such file", problem());
  }

  @Test
  void addressThatIsNone_isRefused() {
    assertThrows(ConfigException.class, () -> new HttpSource(URI.create("ftp://x/y")));
    assertThrows(ConfigException.class, () -> new HttpSource(URI.create("http:///y")));
    assertThrows(IllegalArgumentException.class, () -> source().poll(Duration.ZERO));
  }
}
