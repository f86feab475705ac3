package dev.gimbal.testing.backend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A short look at whether a server answers. */
final class Probe {

  private static final int PATIENCE_MILLIS = 2000;

  private Probe() {}

  /** Sends a text and reads until the server has no more to say. */
  static String ask(InetSocketAddress address, String question) throws IOException {
    try (Socket socket = connect(address)) {
      socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** The first bytes that a server sends by itself, up to so many. */
  static byte[] greeting(InetSocketAddress address, int length) throws IOException {
    try (Socket socket = connect(address)) {
      return socket.getInputStream().readNBytes(length);
    }
  }

  private static Socket connect(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    socket.connect(address, PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }
}
