package dev.gimbal.source;

import dev.gimbal.tree.Scalar;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The text form of an {@link HttpSource}. */
final class HttpSpec {

  private static final List<String> OWN =
      List.of(
          "onMissing",
          "poll",
          "connectTimeout",
          "timeout",
          "bearer",
          "cache",
          "trustStore",
          "trustStorePassword",
          "keyStore",
          "keyStorePassword");

  private static final String HEADER = "header.";

  private HttpSpec() {}

  static Source source(SourceSpec spec) {
    List<String> headers =
        spec.options().keySet().stream().filter(key -> key.startsWith(HEADER)).toList();
    List<String> known = new ArrayList<>(BuiltInSources.DOCUMENT);
    known.addAll(OWN);
    known.addAll(headers);
    spec.requireOptions(known);
    HttpSource source = named(spec, new HttpSource(uri(spec)));
    for (String key : headers) {
      source = source.header(key.substring(HEADER.length()), String.valueOf(spec.option(key)));
    }
    return secured(spec, timed(spec, source));
  }

  private static URI uri(SourceSpec spec) {
    try {
      URI uri = new URI(spec.scheme() + ":" + spec.location());
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw spec.missing("not an address: " + e.getReason(), spec.scheme() + "://host/path");
    }
    String expected = spec.scheme() + "://host/path";
    throw spec.missing("no host (expected: " + expected + ")", expected);
  }

  private static HttpSource named(SourceSpec spec, HttpSource source) {
    HttpSource named = source;
    String name = spec.option("name");
    named = name == null ? named : named.name(name);
    String format = spec.option("format");
    named = format == null ? named : named.format(format);
    if ("clear".equals(spec.word("onMissing", "keep", "clear"))) {
      named = named.onMissing(OnMissing.CLEAR);
    }
    return new HttpSource(
        named.options().withReading(BuiltInSources.reading(spec, Scalar.Template.PATHS)));
  }

  private static HttpSource timed(SourceSpec spec, HttpSource source) {
    HttpSource timed = source;
    Duration poll = spec.positive("poll");
    timed = poll == null ? timed : timed.poll(poll);
    Duration connect = spec.positive("connectTimeout");
    timed = connect == null ? timed : timed.connectTimeout(connect);
    Duration whole = spec.positive("timeout");
    return whole == null ? timed : timed.timeout(whole);
  }

  private static HttpSource secured(SourceSpec spec, HttpSource source) {
    HttpSource secured = source;
    String bearer = spec.option("bearer");
    secured = bearer == null ? secured : secured.bearer(bearer);
    Path cache = spec.path("cache");
    secured = cache == null ? secured : secured.cache(cache);
    Path trust = spec.path("trustStore");
    Path keys = spec.path("keyStore");
    if (trust == null && keys == null) {
      return secured;
    }
    return secured.tls(
        trust, spec.option("trustStorePassword"), keys, spec.option("keyStorePassword"));
  }
}
