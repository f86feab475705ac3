package dev.gimbal.source.postgres.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrackedSocketsTest {

  /** Then any time is longer than it may take. */
  private static final Duration NONE = Duration.ZERO;

  /** Nobody was asked before the first socket, however long it took until then. */
  @Test
  void connect_whoseTimeIsOver_beginsItsFirstSocketOnly() throws Exception {
    try (TrackedSockets.Register sockets = new TrackedSockets.Register()) {
      SocketTimeoutException e =
          sockets.noting(
              NONE,
              () -> {
                TrackedSockets driver = new TrackedSockets();
                driver.createSocket().close();
                return assertThrows(SocketTimeoutException.class, driver::createSocket);
              });
      assertEquals("it does not answer", e.getMessage());
    }
  }

  @Test
  void connect_thatHasTime_beginsMore() throws Exception {
    try (TrackedSockets.Register sockets = new TrackedSockets.Register()) {
      boolean isSecondClosed =
          sockets.noting(
              Duration.ofHours(1),
              () -> {
                TrackedSockets driver = new TrackedSockets();
                driver.createSocket().close();
                try (Socket second = driver.createSocket()) {
                  return second.isClosed();
                }
              });
      assertFalse(isSecondClosed);
    }
  }

  @Test
  void close_endsTheSockets_andRefusesOthers() throws Exception {
    TrackedSockets.Register sockets = new TrackedSockets.Register();
    TrackedSockets driver = sockets.noting(Duration.ofHours(1), TrackedSockets::new);
    try (Socket first = driver.createSocket()) {
      sockets.close();
      assertTrue(first.isClosed());
      assertThrows(SocketException.class, driver::createSocket);
    }
  }
}
