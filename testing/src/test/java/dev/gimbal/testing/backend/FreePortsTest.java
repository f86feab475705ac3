package dev.gimbal.testing.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Scanner;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  /** The first of those that the kernel gives to clients, read in another way than it is there. */
  static int firstOfClients() throws IOException {
    Process cat = new ProcessBuilder("cat", "/proc/sys/net/ipv4/ip_local_port_range").start();
    try (Scanner scanner = new Scanner(cat.getInputStream())) {
      return scanner.nextInt();
    }
  }

  @Test
  void choose_portsAreDifferent_andNotOfThoseForClients() throws IOException {
    int end = firstOfClients();
    int[] ports = FreePorts.choose(200);
    assertEquals(200, Arrays.stream(ports).distinct().count());
    if (end > 12_000) {
      assertTrue(Arrays.stream(ports).allMatch(port -> port >= 10_240 && port < end));
    }
  }
}
