package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** States and changes of a remote store that do not decrypt. */
class RefusalsTest {

  private final ManualTasks tasks = new ManualTasks();
  private final RecordingSink sink = new RecordingSink(tasks);
  private final ScriptedRemote remote = new ScriptedRemote();

  private void open() {
    Session session = RemoteSession.open(RemoteOptions.of("test", "there"), remote, sink);
    tasks.run();
    assertEquals(1, remote.connects, session::toString);
  }

  private void assertTold(String... log) {
    assertEquals(List.of(log), sink.log());
  }

  @Test
  void stateThatDoesNotDecrypt_isTriedAgain_althoughItsLinkCallsItUnchanged() {
    open();
    sink.keyless = new ConfigException(ErrorCode.DECRYPTION, "no key");
    remote.change();
    remote.feed.changed();
    tasks.run();
    remote.readings.add(RemoteState::unchanged);
    remote.feed.changed();
    tasks.run();
    assertTold("document {a=1}", "failed GIM-027");
    sink.keyless = null;
    remote.readings.add(RemoteState::unchanged);
    remote.feed.changed();
    tasks.run();
    remote.readings.add(RemoteState::unchanged);
    remote.feed.changed();
    tasks.run();
    assertTold("document {a=1}", "failed GIM-027", "document {a=2}");
  }

  @Test
  void stateThatDoesNotDecrypt_andIsGoneThen_isForgotten() {
    open();
    sink.keyless = new ConfigException(ErrorCode.DECRYPTION, "no key");
    remote.feed.changed();
    tasks.run();
    remote.readings.add(
        () -> RemoteState.absent(new ConfigException(ErrorCode.SOURCE_ABSENT, "gone")));
    remote.feed.changed();
    tasks.run();
    sink.keyless = null;
    remote.readings.add(RemoteState::unchanged);
    remote.feed.changed();
    tasks.run();
    assertTold("document {a=1}", "failed GIM-027", "absent GIM-011", "well");
  }

  @Test
  void changeAfterOneThatDoesNotDecrypt_isNotHandedOverOnTheStateBefore() {
    open();
    sink.keyless = new ConfigException(ErrorCode.DECRYPTION, "no key");
    remote.changeAndTell();
    tasks.run();
    remote.changeAndTell();
    tasks.run();
    assertTold("document {a=1}", "failed GIM-027");
    sink.keyless = null;
    remote.changeAndTell();
    tasks.run();
    remote.changeAndTell();
    assertTold("document {a=1}", "failed GIM-027", "document {a=4}", "patch {a=5}");
  }

  @Test
  void changeThatDoesNotDecrypt_staysRefused_whenItsLinkSaysUnchanged() {
    open();
    sink.keyless = new ConfigException(ErrorCode.DECRYPTION, "no key");
    remote.readings.add(RemoteState::unchanged);
    remote.readings.add(RemoteState::unchanged);
    remote.changeAndTell();
    tasks.run();
    sink.keyless = null;
    remote.changeAndTell();
    tasks.run();
    assertTold("document {a=1}", "failed GIM-027");
    remote.feed.changed(); // and now it reads
    tasks.run();
    assertTold("document {a=1}", "failed GIM-027", "document {a=3}");
  }

  @Test
  void stateThatDoesNotDecrypt_isTriedAgain_overTheNextConnection() {
    open();
    sink.keyless = new ConfigException(ErrorCode.DECRYPTION, "no key");
    remote.change();
    remote.feed.changed();
    tasks.run();
    remote.feed.lost(new IOException("gone"));
    sink.keyless = null;
    remote.readings.add(RemoteState::unchanged);
    tasks.advance(60_000);
    assertEquals("document {a=2}", sink.log().get(sink.log().size() - 1));
  }
}
