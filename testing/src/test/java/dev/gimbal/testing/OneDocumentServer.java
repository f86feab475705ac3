package dev.gimbal.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A server on loopback that gives one answer to all requests, one after another. */
final class OneDocumentServer implements AutoCloseable {

  private record Answer(String status, String body) {}

  private final ServerSocket server;
  private volatile Answer answer = new Answer("404 Not Found", "");

  OneDocumentServer() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "one-document-server");
    thread.setDaemon(true);
    thread.start();
  }

  URI uri(String path) {
    return URI.create("http://user:pass-phrase@127.0.0.1:" + server.getLocalPort() + path);
  }

  /** From now on this is the answer. */
  void answer(String status, String body) {
    answer = new Answer(status, body);
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.setSoTimeout(1000);
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
          line = in.readLine();
        }
        Answer now = answer;
        String head =
            "HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                .formatted(now.status, now.body.length());
        socket.getOutputStream().write((head + now.body).getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        continue; // the client left, or the server is closed
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
