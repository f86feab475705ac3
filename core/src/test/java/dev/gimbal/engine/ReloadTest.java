package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.source.ManualTasks;
import dev.gimbal.source.Sink;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left of a reload, and what it finds, on the calling thread. */
@Timeout(60)
class ReloadTest {

  private final ToldSource source = new ToldSource(sink -> ToldSource.say(sink, 1));
  private final MemoryLoader loader = Loaders.open(new ManualTasks(name -> true), source);
  private final List<Sink> sinks = new ArrayList<>();

  @AfterEach
  void close() {
    loader.close();
  }

  private SourceSession session() {
    return loader.sources().sessions().get(0);
  }

  private int n() {
    return new ConfigView(loader).get("n").asInt();
  }

  private void fails(Sink sink) {
    sinks.add(sink);
    throw new IllegalArgumentException("a bug");
  }

  private ConfigException reloadFails() {
    source.atReload = this::fails;
    return assertThrows(ConfigException.class, () -> loader.sources().reload());
  }

  @Test
  void reloadThatThrows_isAFailureOfItsSource_notALateAnswer() {
    assertEquals(ErrorCode.SOURCE_FAILED, reloadFails().problems().get(0).code());
  }

  @Test
  void whatASourceSaysToAReloadThatGaveItUp_isTaken() {
    reloadFails();
    ToldSource.say(sinks.get(0), 2);
    assertEquals(2, n());
  }

  @Test
  void reload_isForgotten_whateverItCameTo() throws Exception {
    loader.sources().reload();
    reloadFails();
    Field asking = SessionLife.class.getDeclaredField("asking");
    asking.setAccessible(true);
    assertEquals(Map.of(), asking.get(session().life()));
  }

  @Test
  void whatWaitsInTheInbox_isDealtWithBeforeTheAnswer() {
    source.atReload =
        sink -> {
          assertTrue(sink.watching());
          session().inbox().put(new Said.Degraded(new ConfigException(ErrorCode.ABSENT, "odd")));
          ToldSource.say(sink, 2);
        };
    assertEquals(2, loader.sources().reload());
    assertEquals(2, n());
    assertEquals(State.OK, session().status().state());
  }
}
