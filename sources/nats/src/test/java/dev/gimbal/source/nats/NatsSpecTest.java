package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.source.SourceSpec;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NatsSpecTest {

  private static NatsOptions parse(String text) {
    return ((NatsSource) new NatsProvider().create(SourceSpec.parse(text))).options();
  }

  private static String refusal(String text) {
    ConfigException refused = assertThrows(ConfigException.class, () -> parse(text));
    assertEquals("GIM-014", refused.problems().get(0).code().id());
    return refused.problems().get(0).message();
  }

  @Test
  void schemes_areTwo() {
    assertEquals(Set.of("nats", "tls"), new NatsProvider().schemes());
  }

  @ParameterizedTest
  @CsvSource({
    "nats://h, h:4222, default, '', $KV.default.>",
    "nats://h/, h:4222, default, '', $KV.default.>",
    "nats://h:1/b, h:1, b, '', $KV.b.>",
    "nats://h:1/b/app.x, h:1, b, app.x., $KV.b.app.x.>",
    "nats://h:1/b/app., h:1, b, app., $KV.b.app.>",
    "nats://h:1/b/app/x?separator=/, h:1, b, app/x/, $KV.b.>",
    "nats://h?as=document, h:4222, default, micro_config, $KV.default.micro_config",
    "nats://h/b/app.yaml?as=document, h:4222, b, app.yaml, $KV.b.app.yaml",
  })
  void location_saysServersBucketAndKeys(
      String text, String server, String bucket, String prefix, String filter) {
    NatsOptions options = parse(text);
    assertEquals(List.of(server), options.servers());
    assertEquals(bucket, options.bucket());
    assertEquals(prefix, options.keys().prefix());
    assertEquals(filter, options.filter());
  }

  @Test
  void servers_mayBeSeveral() {
    assertEquals(List.of("a:4222", "b:5", "[::1]:6"), parse("nats://u:p@a,b:5,[::1]:6").servers());
  }

  @Test
  void login_isDecoded() {
    NatsOptions.Login login = parse("nats://me:p%40ss+%2F@h/b").access().login();
    assertEquals("me", login.user());
    assertEquals("p@ss+/", login.password());
    assertEquals("t%", parse("nats://t%25@h/b").access().login().token());
    assertEquals("p&", parse("nats://h/b?user=me&password=p%26").access().login().password());
    assertEquals("t", parse("nats://h/b?token=t").access().login().token());
    assertEquals(
        "a.creds",
        String.valueOf(parse("nats://h?credentials=a.creds").access().login().credentials()));
  }

  @Test
  void times_areOptions() {
    NatsOptions.Times times = parse("nats://h?connectTimeout=1s&timeout=500ms").times();
    assertEquals(Duration.ofSeconds(1), times.connect());
    assertEquals(Duration.ofMillis(500), times.whole());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tls://h", "nats://h?tls=on", "nats://h?trustStore=t", "nats://h?keyStore=k"})
  void tls_isOn(String text) {
    assertEquals(true, parse(text).access().tls() != null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nats:h",
        "nats://",
        "nats:///b",
        "nats://h:0",
        "nats://h:99999",
        "nats://h,",
        "nats://h/b.c",
        "nats://h//a",
        "nats://h/b/a b",
        "nats://h/b/a..b",
        "nats://h/b/*?as=document",
        "nats://h/b/a.?as=document",
        "nats://h/b?separator=:",
        "nats://h/b?format=json",
        "nats://h/b?user=me",
        "nats://me:p@h/b?token=t",
        "nats://h/b?token=t&credentials=c",
        "nats://h/b?timeout=0s",
        "nats://h/b?createBucket=true",
        "tls://h/b?tls=off",
        "nats://u%:p@h/b",
      })
  void whatCannotBe_isRefused(String text) {
    refusal(text);
  }

  @Test
  void placeAndName_areWithoutWhoLogsIn() {
    NatsSource source =
        (NatsSource) new NatsProvider().create(SourceSpec.parse("nats://me:xyzzy@h/b/app"));
    assertEquals("nats://h:4222/b/app.", source.name());
    assertEquals("nats nats://h:4222/b/app.", source.toString());
    assertEquals("Login me", source.options().access().login().toString());
  }

  @Test
  @Tag("G11")
  void refusals_showNoSecrets() {
    for (String text :
        List.of(
            "nats://me:xyzzy@h/b.c",
            "nats://me:xyzzy@h?token=xyzzy",
            "nats://h?password=xyzzy",
            "nats://xy%zzy@h",
            "nats://h?keyStorePassword=xyzzy&tls=off&keyStore=k")) {
      assertEquals(-1, refusal(text).indexOf("xyzzy"), text);
    }
  }
}
