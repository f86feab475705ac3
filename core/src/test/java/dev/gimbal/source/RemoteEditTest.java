package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Edit;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RemoteEditTest {

  private final ManualTasks tasks = new ManualTasks();
  private final ScriptedRemote remote = new ScriptedRemote();

  private Session open() {
    RemoteOptions options = RemoteOptions.of("test", "there");
    Session session = RemoteSession.open(options, remote, new RecordingSink(tasks));
    tasks.run();
    return session;
  }

  private static final Edit EDIT = Edit.builder().set("a", 2).build();

  private ConfigException refusedEdit(Session session) {
    return assertThrows(ConfigException.class, () -> session.edit(EDIT, document -> {}));
  }

  @Test
  void edit_ofALinkThatIsNotEdited_isRefused() {
    ConfigException refused = refusedEdit(open());
    assertEquals(ErrorCode.NOT_EDITABLE, refused.problems().get(0).code());
  }

  @Test
  void edit_withoutAConnection_fails() {
    remote.connectFailures.add(new IOException("down"));
    ConfigException refused = refusedEdit(open());
    assertEquals(ErrorCode.SOURCE_FAILED, refused.problems().get(0).code());
    assertTrue(refused.getMessage().contains("there is no connection"), refused.getMessage());
  }

  @Test
  void edit_thatCannotReachTheStore_saysSo() {
    remote.onEdit =
        () -> {
          throw new IOException("reset");
        };
    ConfigException refused = refusedEdit(open());
    assertEquals(ErrorCode.SOURCE_FAILED, refused.problems().get(0).code());
    assertTrue(refused.getMessage().contains("reset"), refused.getMessage());
  }

  @Test
  void edit_thatIsInterrupted_saysThatItMayBeWritten() {
    remote.onEdit =
        () -> {
          throw new InterruptedException();
        };
    ConfigException refused = refusedEdit(open());
    assertTrue(Thread.interrupted());
    assertTrue(refused.getMessage().contains("may be written or not"), refused.getMessage());
  }
}
