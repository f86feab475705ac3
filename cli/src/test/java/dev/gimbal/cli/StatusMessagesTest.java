package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigStatus;
import dev.gimbal.ErrorCode;
import dev.gimbal.SourceStatus;
import dev.gimbal.SourceStatus.State;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class StatusMessagesTest {

  private static final String WRONG = "degraded: app: GIM-004 expected ',' or ']'\n";

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(
          InputStream.nullInputStream(),
          new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
          new PrintStream(err, false, StandardCharsets.UTF_8),
          Screen.NONE);

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static SourceStatus ok() {
    return new SourceStatus("app", State.OK, null, Instant.EPOCH, "1", 1, 0, 0);
  }

  private static SourceStatus wrong(long rejected, long failures) {
    ConfigException reason = new ConfigException(ErrorCode.MALFORMED, "expected ',' or ']'");
    return new SourceStatus(
        "app", State.DEGRADED, reason, Instant.EPOCH, "1", 1, rejected, failures);
  }

  @Test
  void tell_ofTheSameProblemInTheNextEdit_saysItAgain() {
    StatusMessages messages = new StatusMessages(terminal);
    messages.tell(wrong(0, 1));
    messages.tell(wrong(0, 2));
    messages.tell(wrong(1, 2));
    assertEquals(WRONG.repeat(3), said());
  }

  @Test
  void tell_ofTheSameStateTwice_saysItOnce() {
    StatusMessages messages = new StatusMessages(terminal);
    messages.tell(ok());
    messages.tell(wrong(1, 0));
    messages.tell(wrong(1, 0));
    messages.tell(ok());
    messages.tell(ok());
    assertEquals(WRONG + "ok: app\n", said());
  }

  @Test
  void subscribe_whenAnEventOvertakesTheFirstReading_endsWithTheEvent() {
    StatusMessages.subscribe(overtaking(), terminal);
    assertEquals("", said());
  }

  /** A Config whose source gets well while its status is being read. */
  private static Config overtaking() {
    return new Object() {
      private Consumer<? super SourceStatus> listener = status -> {};

      @SuppressWarnings("unchecked")
      Config config() {
        return (Config)
            Proxy.newProxyInstance(
                Config.class.getClassLoader(),
                new Class<?>[] {Config.class},
                (proxy, method, args) -> {
                  if (method.getName().equals("onStatus")) {
                    listener = (Consumer<? super SourceStatus>) args[0];
                    return null;
                  }
                  listener.accept(ok());
                  return new ConfigStatus(
                      1,
                      java.util.OptionalLong.empty(),
                      false,
                      List.of(wrong(1, 0)),
                      0,
                      0,
                      0,
                      0,
                      0,
                      0);
                });
      }
    }.config();
  }
}
