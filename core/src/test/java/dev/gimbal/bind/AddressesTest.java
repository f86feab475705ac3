package dev.gimbal.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressesTest {

  private static final int CASES = 100_000;

  private final Random random = new Random(9);

  private static InetAddress jdk(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException none) {
      return null;
    }
  }

  /** The JDK looks nothing up for what begins with a colon or a hex digit and has a colon. */
  @Test
  void textsWithColons_areReadAsTheJdkReadsThem() {
    int read = 0;
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      String text = text();
      InetAddress expected = text.matches(".*[0-9a-f]{5}.*") ? null : jdk(text);
      assertEquals(expected, Addresses.parse(text), text);
      read += expected == null ? 0 : 1;
      refused += expected == null ? 1 : 0;
    }
    assertTrue(read > 10_000 && refused > 10_000, read + " read, " + refused + " refused");
  }

  /** Groups and gaps, mostly as they should be. */
  private String text() {
    StringBuilder text = new StringBuilder();
    int groups = 1 + random.nextInt(9);
    int gap = random.nextInt(4) == 0 ? -1 : random.nextInt(groups + 1);
    for (int i = 0; i < groups; i++) {
      boolean opens = i == gap || random.nextInt(60) == 0;
      text.append(opens ? "::" : i == 0 ? "" : ":");
      text.append(Integer.toHexString(random.nextInt(1 << random.nextInt(1, 18))));
    }
    text.append(groups == gap ? "::" : "");
    if (random.nextInt(4) == 0 && text.indexOf(":") >= 0) {
      text.append(':').append(random.nextInt(260)).append(".2.3.4");
    }
    return text.indexOf(":") < 0 ? text.append(':').toString() : text.toString();
  }

  @Test
  void edges_ofIpv6() {
    List<String> good =
        List.of("::", "1::", "::1", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4");
    good.forEach(text -> assertNotNull(Addresses.parse(text), text));
    List<String> bad =
        List.of(
            ":",
            ":::",
            "1:",
            ":1",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7::8",
            "1::2:3:4:5:6:7:8",
            "1::2::3",
            "12345::",
            "00001::",
            "g::",
            "::1.2.3",
            "::1.2.3.4:5",
            "1.2.3.4::",
            "::01.2.3.4",
            "1:2:3:4:5:6:7:1.2.3.4",
            "::1%1",
            "::\u0661");
    bad.forEach(text -> assertNull(Addresses.parse(text), text));
  }

  @Test
  void edges_ofIpv4() {
    List<String> bad =
        List.of("1", "1.2", "1.2.3", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4.", "1.2.3.4.5");
    bad.forEach(text -> assertNull(Addresses.parse(text), text));
    List<String> worse = List.of("256.1.1.1", "01.1.1.1", "0x1.1.1.1", "+1.1.1.1", "1.1.1.1 ");
    worse.forEach(text -> assertNull(Addresses.parse(text), text));
    assertNotNull(Addresses.parse("0.0.0.0"));
    assertNotNull(Addresses.parse("255.255.255.255"));
  }

  @Test
  void hosts_areNamesOrLiterals_andStayUnresolved() {
    List<String> good =
        List.of("a", "a.b.", "a-b.c_d", "1a", "1.2.3.4", "xn--bcher-kva.example", "A".repeat(253));
    for (String host : good) {
      InetSocketAddress address = Addresses.withPort(host + ":1");
      assertNotNull(address, host);
      assertEquals(host, address.getHostString());
      assertTrue(address.isUnresolved());
    }
    List<String> bad =
        List.of("", ".", "a..b", ".a", "1", "1.2.3", "a.1", "a.1.", "b\u00FCcher", "a b", "a/b");
    bad.forEach(host -> assertNull(Addresses.withPort(host + ":1"), host));
    assertNull(Addresses.withPort("A".repeat(254) + ":1"));
  }
}
