package dev.gimbal.source.nats;

import dev.gimbal.testing.SourceCompatibilityKit;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.NatsServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A document: of several keys nobody could see all of a change at once. */
class NatsCompatibilityTest extends SourceCompatibilityKit {

  private static final String PASSWORD = "xyzzy4711";
  private static final String KEY = "micro_config";

  @RegisterExtension
  static final BackendExtension<NatsServer> NATS =
      BackendExtension.of(() -> NatsServer.open().withUser("app", PASSWORD));

  private Bucketful bucket;

  @BeforeEach
  void create() throws Exception {
    bucket = Bucketful.create(Bucketful.options(NATS.server().address()).userInfo("app", PASSWORD));
  }

  @AfterEach
  void end() throws Exception {
    bucket.close();
  }

  private String server() {
    return "127.0.0.1:" + NATS.server().address().getPort();
  }

  @Override
  protected void hold(Map<String, String> values) throws Exception {
    String members =
        values.entrySet().stream()
            .map(entry -> '"' + entry.getKey() + "\":\"" + entry.getValue() + '"')
            .collect(Collectors.joining(","));
    bucket.put(KEY, "{" + members + "}");
  }

  @Override
  protected void damage() throws Exception {
    String document = bucket.keys().get(KEY).getValueAsString();
    bucket.put(KEY, document.substring(0, document.length() - 1));
  }

  @Override
  protected void remove() throws Exception {
    bucket.keys().delete(KEY);
  }

  @Override
  protected NatsSource source() {
    return NatsSource.document(server(), bucket.name(), KEY, "json").user("app", PASSWORD);
  }

  @Override
  protected String uri() {
    return "nats://app:" + PASSWORD + "@" + server() + "/" + bucket.name() + "?as=document";
  }

  @Override
  protected List<String> secrets() {
    return List.of(PASSWORD);
  }

  @Override
  protected boolean isForeign(Thread thread) {
    return thread.getName().equals(Bucketful.THREAD);
  }
}
