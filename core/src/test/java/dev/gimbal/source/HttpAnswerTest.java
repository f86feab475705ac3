package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpAnswerTest {

  private static final Duration POLL = Duration.ofSeconds(10);

  private static HttpAnswer answer(String uri, String header, String value) {
    Map<String, List<String>> headers = value == null ? Map.of() : Map.of(header, List.of(value));
    return new HttpAnswer(
        URI.create(uri), 200, HttpHeaders.of(headers, (name, text) -> true), new byte[0]);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      value = {
        "none | none",
        "no-cache | none",
        "max-age | none",
        "max-age=x | none",
        "x-max-age=60 | none",
        "max-age=99999999999 | none",
        "max-age=0 | PT10S",
        "max-age=10 | PT10S",
        "public, max-age=60 | PT1M",
        "max-age=\"60\", private | PT1M",
        "max-age=3600 | PT5M"
      })
  void maxAge_delaysTheNextPoll_withinBounds(String cacheControl, Duration next) {
    assertEquals(next, answer("http://h/", "Cache-Control", cacheControl).next(POLL));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      value = {
        "none | none",
        "0 | PT0S",
        "7 | PT7S",
        "86400 | PT5M",
        "-1 | none",
        "soon | none",
        "Thu, 01 Jan 1970 01:00:30 GMT | PT30S",
        "Thu, 01 Jan 1970 00:00:30 GMT | none",
        "Fri, 02 Jan 1970 01:00:00 GMT | PT5M"
      })
  void retryAfter_isATimeOrADate_withinBounds(String text, Duration after) {
    Instant now = Instant.ofEpochSecond(3600);
    assertEquals(after, answer("http://h/", "Retry-After", text).retryAfter(now));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      value = {
        "http://h/app.yaml | none | yaml",
        "http://h/app.YAML?x=a.json | none | yaml",
        "http://h/v1.0/app | none | ''",
        "http://h | none | ''",
        "http://h/app.yaml | application/json; charset=utf-8 | json",
        "http://h/app.yaml | text/plain | yaml",
        "http://h/app | Application/X-YAML | yaml",
        "http://h/app | application/vnd.x+json | json",
        "http://h/app | application/vnd.x+zip | ''"
      })
  void format_followsContentType_thenTheAddress(String uri, String type, String format) {
    assertEquals(format, answer(uri, "Content-Type", type).format());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      value = {
        "none | none",
        "text/plain | none",
        "text/plain; charset=UTF-8 | UTF-8",
        "text/plain;Charset=\"latin1\"; x=y | latin1"
      })
  void charset_isWhatContentTypeSays(String type, String charset) {
    assertEquals(charset, answer("http://h/", "Content-Type", type).charset());
  }
}
