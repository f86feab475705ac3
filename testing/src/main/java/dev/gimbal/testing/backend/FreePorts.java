package dev.gimbal.testing.backend;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that are free now and are not given to clients. A port of those that the kernel gives to
 * clients could be taken by one while its server is down; a client that connects again and again
 * would even connect to itself.
 */
final class FreePorts {

  private static final int LOWEST = 10_240;
  private static final int USUAL_FIRST_OF_CLIENTS = 32_768;
  private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  private FreePorts() {}

  /** 127.0.0.1, also where localhost is something else. */
  static InetAddress loopback() {
    try {
      return InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }

  /** So many, all different. */
  static int[] choose(int count) throws IOException {
    int end = firstOfClients();
    if (end - LOWEST < 1000) {
      // The kernel gives nearly all to clients, so there is nothing better than to ask it.
      return ofTheKernel(count);
    }
    Set<Integer> chosen = new LinkedHashSet<>();
    while (chosen.size() < count) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, end);
      if (isFree(port)) {
        chosen.add(port);
      }
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] ofTheKernel(int count) throws IOException {
    Set<Integer> chosen = new LinkedHashSet<>();
    while (chosen.size() < count) {
      try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
        chosen.add(socket.getLocalPort());
      }
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int firstOfClients() throws IOException {
    if (!Files.isReadable(RANGE)) {
      return USUAL_FIRST_OF_CLIENTS;
    }
    byte[] text = new byte[64];
    try (InputStream in = Files.newInputStream(RANGE)) {
      int length = in.read(text); // by one call: the kernel gives nothing to a second one
      String range = new String(text, 0, length, StandardCharsets.US_ASCII);
      return Integer.parseInt(range.strip().split("\\s+")[0]);
    }
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(loopback(), port));
      return true;
    } catch (BindException e) {
      return false; // another one has it
    }
  }
}
