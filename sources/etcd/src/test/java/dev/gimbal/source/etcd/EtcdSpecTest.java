package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.source.Source;
import dev.gimbal.source.SourceResolver;
import dev.gimbal.source.SourceSpec;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EtcdSpecTest {

  private static EtcdOptions options(String uri) {
    return ((EtcdSource) new EtcdProvider().create(SourceSpec.parse(uri))).options();
  }

  private static ConfigException refused(String uri) {
    ConfigException refused = assertThrows(ConfigException.class, () -> options(uri));
    assertEquals(ErrorCode.SOURCE_SPEC, refused.code());
    return refused;
  }

  @Test
  void installedProvider_makesIt() {
    Source source = SourceResolver.installed(List.of()).create("etcd://localhost/app");
    assertEquals(EtcdSource.class, source.getClass());
  }

  @ParameterizedTest
  @CsvSource({
    "etcd://h:1/app, /app/",
    "etcd://h:1, /",
    "etcd://h:1/, /",
    "etcd://h:1/a/b/, /a/b/",
    "etcd://h:1?prefix=app, app/",
    "etcd://h:1/?prefix=a%3Fb, a?b/",
    "etcd://h:1?prefix=/a@b, /a@b/",
    "etcd://h:1?prefix=, ''",
    "etcd://h:1/app.yaml?as=document, /app.yaml",
    "etcd://h:1?as=document&prefix=app.yaml, app.yaml"
  })
  void prefix_isThePathOrTheOption(String uri, String prefix) {
    assertEquals(prefix, options(uri).keys().prefix());
  }

  @Test
  void servers_areListed_withADefaultPort() {
    assertEquals(
        List.of(
            new EtcdOptions.Endpoint("one", 2379),
            new EtcdOptions.Endpoint("two", 1),
            new EtcdOptions.Endpoint("::1", 2)),
        options("etcd://me:p%40ss@one,two:1,[::1]:2/app").endpoints());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "etcd:h:1",
        "etcd://",
        "etcd:///app",
        "etcd://h:0",
        "etcd://h:65536",
        "etcd://h:x",
        "etcd://h,,i",
        "etcd://[::1/app",
        "etcd://h/a?prefix=b",
        "etcd://h?tls=maybe",
        "etcd://h?tls=off&caCert=x",
        "etcd://h?caCert=x&trustStore=y",
        "etcd://h?clientCert=x",
        "etcd://h?password=x",
        "etcd://me:x@h?user=you",
        "etcd://h?lease=500ms",
        "etcd://h?timeout=0s",
        "etcd://h?format=yaml",
        "etcd://h?nosuch=1"
      })
  void uri_thatIsWrong_isRefused(String uri) {
    refused(uri);
  }

  @Test
  void login_isDecoded() {
    EtcdOptions.Access access = options("etcd://me%3A:p%40s+s@h/app").access();
    assertEquals("me:", access.user());
    assertEquals("p@s+s", Objects.requireNonNull(access.password()).get());
    assertNull(access.tls());
    EtcdOptions.Access other = options("etcd://h/app?user=you&password=a%26b").access();
    assertEquals("you", other.user());
    assertEquals("a&b", Objects.requireNonNull(other.password()).get());
  }

  @Test
  void otherOptions_areTaken() {
    EtcdOptions options =
        options("etcd://h?tls=on&connectTimeout=1s&timeout=2s&lease=30s&name=store");
    assertNotNull(options.access().tls());
    assertEquals(
        new EtcdOptions.Times(Duration.ofSeconds(1), Duration.ofSeconds(2)), options.times());
    assertEquals(Duration.ofSeconds(30), options.lease());
    assertEquals("store", options.shownName());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "etcd://me:hunter2/hunter2@h:x/app",
        "etcd://me:hunter2%@h/app",
        "etcd://me:hunter2@h,h:x/app",
        "etcd://me:2379/hunter2@h:2379/app",
        "etcd://me:x@h/hunter2@h/app",
        "etcd://me:hunter2@h/app?nosuch=1",
        "etcd://h/app?user=me&password=hunter2&tls=x",
        "etcd://h/app?password=hunter2",
        "etcd://h/app?keyStorePassword=hunter2&tls=x"
      })
  void password_isNotShown(String uri) {
    ConfigException refused = refused(uri);
    assertFalse(String.valueOf(refused.getMessage()).contains("hunter2"), refused::getMessage);
  }

  @Test
  void provider_loadsNothingOfTheClient() throws Exception {
    OnlyGimbal loader = new OnlyGimbal();
    Class<?> provider = loader.loadClass(EtcdProvider.class.getName());
    Object made = provider.getConstructor().newInstance();
    Object source =
        provider
            .getMethod("create", SourceSpec.class)
            .invoke(made, SourceSpec.parse("etcd://me:x@h:1/app?tls=on&lease=3s"));
    assertEquals("etcd://h:1/app/", source.toString());
    assertTrue(loader.loaded() > 3);
  }
}
