package dev.gimbal.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A server on loopback that answers with whatever bytes a test gives. */
final class RawServer implements AutoCloseable {

  /** What a client asked for. */
  record Request(String line, Map<String, String> headers) {}

  /** Answers one request. */
  interface Handler {
    void answer(Request request, OutputStream out) throws IOException;
  }

  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  final List<Request> requests = new CopyOnWriteArrayList<>();
  volatile Handler handler;

  RawServer(Handler handler) throws IOException {
    this.handler = handler;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread acceptor = new Thread(this::accept, "raw-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread thread = new Thread(() -> serve(socket), "raw-server-client");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String line = in.readLine();
      if (line == null) {
        return;
      }
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String header = in.readLine();
          header != null && !header.isEmpty();
          header = in.readLine()) {
        int colon = header.indexOf(':');
        headers.put(header.substring(0, colon), header.substring(colon + 1).strip());
      }
      Request request = new Request(line, headers);
      add(request);
      OutputStream out = socket.getOutputStream();
      handler.answer(request, out);
      out.flush();
    } catch (IOException clientLeft) {
      // the test sees what the client made of it
    }
  }

  private synchronized void add(Request request) {
    requests.add(request);
    notifyAll();
  }

  /** Waits until there were so many requests. */
  synchronized void await(int count) throws InterruptedException {
    while (requests.size() < count) {
      wait();
    }
  }

  /** A whole answer: status line without its version, headers, body. */
  static byte[] answer(String status, String body, String... headers) {
    return answer(status, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  static byte[] answer(String status, byte[] body, String... headers) {
    List<String> lines = new ArrayList<>(List.of("HTTP/1.1 " + status));
    lines.addAll(List.of(headers));
    lines.add("Content-Length: " + body.length);
    lines.add("Connection: close");
    byte[] head = (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  /** Says nothing until it is closed. */
  Handler silent() {
    return (request, out) -> {
      try {
        closed.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    };
  }

  /** Always the same answer. */
  static Handler always(byte[] answer) {
    return (request, out) -> out.write(answer);
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
