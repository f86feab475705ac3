package dev.gimbal.source;

import static dev.gimbal.source.RawServer.always;
import static dev.gimbal.source.RawServer.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that answer wrongly, in every way that was thought of. */
class HttpWrongAnswerTest extends HttpServing {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 OK|Content-Encoding: br|an encoding that was not asked for",
        "304 Not Modified||the server answered 304 to a first request",
        "202 Accepted||the server answered 202",
        "206 Partial Content||the server answered 206",
        "401 Unauthorized||the server answered 401",
        "429 Slow|Retry-After: 0|the server answered 429",
        "302 Found||a redirect without a Location",
        "302 Found|Location: ftp://x/y|a redirect to what is no address of http(s)",
        "302 Found|Location: http://[|a redirect to what is no address",
        "301 Moved|Location: /app.lines|more than 5 redirects",
        "200 OK||0 bytes",
        "600 What||the server answered 600"
      })
  void wrongAnswer_isToldInWords(String rule) throws InterruptedException {
    String[] parts = rule.split("\\|");
    String body = parts[2].equals("0 bytes") ? "" : parts[0].startsWith("20") ? "a=1" : "";
    String[] headers = parts[1].isEmpty() ? new String[0] : new String[] {parts[1]};
    String told = failure(always(answer(parts[0], body, headers)));
    assertTrue(told.contains(parts[2]), told);
  }

  /** Each says what is wrong in words, without the names of classes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "'' | the answer is broken: the connection ended before it",
        "~~ | the answer is broken: it begins with no status line of HTTP",
        "garbage~~ | the answer is broken: it begins with no status line of HTTP",
        "password: hunter2 | the answer is broken: it begins with no status line of HTTP",
        "HTTP/1.1~~ | the answer is broken: it begins with no status line of HTTP",
        "HTTP/1.1 abc~~ | the answer is broken: it begins with no status line of HTTP",
        "HTTP/1.1 2 | the answer is broken: it begins with no status line of HTTP",
        "HTTP/1.1 200 OK~Set-Cookie: session=hunter2\u0001x~~ | the answer is broken: a header is none",
        "HTTP/1.1 200 OK~hunter2 x: y~~ | the answer is broken: a header is none",
        "HTTP/1.1 200 OK~hunter2 | the answer is broken: a header is none",
        "HTTP/1.1 200 OK^hunter2~~ | the answer is broken: it begins with no status line of HTTP",
        "HTTP/1.1 200 OK~Content-Length: 10~~a=1 | the answer is broken: the body is shorter than Content-Length says",
        "HTTP/1.1 200 OK~Content-Length: x~~a=1 | the answer is broken",
        "HTTP/1.1 200 OK~Content-Length: 99999999999999999999~~a=1 | the answer is broken",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~zz~a=1 | the answer is broken: the chunks of the body are none",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~3~a=1 | the answer is broken: the chunks of the body are none",
        "HTTP/1.1 200 OK~Content-Length: -1~~a=1 | Content-Length is no length",
        "HTTP/1.1 200 OK~Content-Length: 3~Content-Length: 2~~a=1 | the answer has two lengths",
        "HTTP/1.1 200 OK~Content-Length: 3~Transfer-Encoding: chunked~~3~a=1~0~~ | the answer has two"
            + " lengths",
        "HTTP/1.1 200 OK~no colon~~ | the server answered with 0 bytes",
        "HTTP/1.1 200 OK~Content-Encoding: gzip~Content-Length: 3~~a=1 | the answer is broken: it is"
            + " not the gzip that Content-Encoding says"
      })
  void brokenAnswer_failsTheReading_andTheNextOneIsTaken(String answer, String message)
      throws InterruptedException {
    byte[] bytes =
        answer.replace("~", "\r\n").replace("^", "\r").getBytes(StandardCharsets.ISO_8859_1);
    String told = failure(always(bytes));
    assertEquals(message, told);
    server.handler = always(answer("200 OK", "a=2"));
    sink.await("document {a=2}");
  }

  /** The client takes it for none, and would wait for the end of the connection. */
  @Test
  void lengthThatIsNone_isRefusedAtOnce() throws InterruptedException {
    String told =
        failure(
            (request, out) -> {
              out.write("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\na=1".getBytes());
              out.flush();
              server.silent().answer(request, out);
            },
            Duration.ofSeconds(50));
    assertEquals("Content-Length is no length", told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "Text/HTML; charset=utf-8", "application/xhtml+xml"})
  void page_isNoDocument_unlessAFormatIsGiven(String type) throws InterruptedException {
    server.handler = always(answer("200 OK", "a=1", "Content-Type: " + type));
    open(source());
    sink.await("failed GIM-012");
    String bare = type.toLowerCase(Locale.ROOT).replaceFirst(";.*", "");
    assertEquals(
        "the server answered with a page, Content-Type " + bare + " (format=NAME reads it)",
        problem());
    session.close();
    open(source().format("lines"));
    sink.await("document {a=1}");
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain; x=y, Content-Type text/plain",
    "'', no Content-Type",
    "not a type, no Content-Type"
  })
  void documentOfNoFormat_saysWhatContentTypeSays(String type, String said)
      throws InterruptedException {
    server.handler = always(answer("200 OK", "a=1", "Content-Type: " + type));
    open(new HttpSource(server.uri("/app")));
    sink.await("failed GIM-015");
    assertEquals(
        "which format? " + said + ", and no extension in the address (format=NAME says it)",
        problem());
  }

  @Test
  void answerThatDrips_endsWithTheTimeout() throws InterruptedException {
    String told =
        failure(
            (request, out) -> {
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes());
              for (int i = 0; i < 100_000; i++) {
                out.write('a');
                out.flush();
                sleep(50);
              }
            },
            Duration.ofSeconds(1));
    assertEquals("no whole answer within 1000 ms", told);
  }

  private static void sleep(int millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  @Tag("D56")
  void serverThatSaysNothing_endsWithTheTimeout() throws InterruptedException {
    failure(server.silent(), Duration.ofSeconds(1));
  }
}
