package dev.gimbal.testing.backend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Speaks as much of the protocol of NATS as the tests of the server need. */
final class NatsClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;
  private static final String END = "\r\n";

  private final Socket socket;

  private NatsClient(Socket socket) {
    this.socket = socket;
  }

  /** Connected; its answer to the login has not been read. */
  static NatsClient connect(NatsServer server, String login) throws IOException {
    NatsClient client = new NatsClient(greeted(server));
    client.send("CONNECT " + login);
    return client;
  }

  static NatsClient connectTls(NatsServer server, SSLContext context, String login)
      throws IOException {
    Socket plain = greeted(server);
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(plain, "127.0.0.1", server.address().getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    NatsClient client = new NatsClient(socket);
    client.send("CONNECT " + login);
    return client;
  }

  private static Socket greeted(NatsServer server) throws IOException {
    Socket socket = new Socket();
    socket.connect(server.address(), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    String info = line(socket);
    if (!info.startsWith("INFO ")) {
      throw new AssertionError(info);
    }
    return socket;
  }

  private void send(String text) throws IOException {
    socket.getOutputStream().write((text + END).getBytes(StandardCharsets.UTF_8));
  }

  private static String line(Socket from) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int next = from.getInputStream().read();
    while (next >= 0 && next != '\n') {
      bytes.write(next);
      next = from.getInputStream().read();
    }
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }

  /** Sends a line, unless it is empty, and reads one that is not about the server. */
  String answer(String sent) throws IOException {
    if (!sent.isEmpty()) {
      send(sent);
    }
    String line = line(socket);
    while (line.startsWith("INFO ") || line.equals("PING")) {
      line = line(socket);
    }
    return line;
  }

  void requireOk(String sent) throws IOException {
    String answer = answer(sent);
    if (!answer.equals("+OK")) {
      throw new IOException(answer);
    }
  }

  /** What is answered to a message. */
  String request(String subject, String text) throws IOException {
    requireOk("SUB inbox 1");
    requireOk("PUB " + subject + " inbox " + text.length() + END + text);
    String head = answer("");
    int length = Integer.parseInt(head.substring(head.lastIndexOf(' ') + 1));
    String body = new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    socket.getInputStream().readNBytes(END.length());
    return body;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
