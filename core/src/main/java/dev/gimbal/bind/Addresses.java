package dev.gimbal.bind;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Addresses by their text. The JDK would look names up; this reads literals only, and leaves names
 * as they are.
 */
final class Addresses {

  static final String EXPECTED =
      "an IP address such as 192.0.2.1 or 2001:db8::1; names are not looked up";
  static final String WITH_PORT =
      "a host and a port from 0 to 65535, such as example.org:80 or [2001:db8::1]:80";

  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;
  private static final int MAX_PORT = 65_535;

  /** What DNS allows. */
  private static final int MAX_NAME = 253;

  private Addresses() {}

  /** The address that a literal stands for, or null where the text is none. */
  static @Nullable InetAddress parse(String text) {
    byte[] bytes = text.indexOf(':') >= 0 ? v6(text) : v4(text);
    if (bytes == null) {
      return null;
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) { // only for another number of bytes
      throw new IllegalStateException(impossible);
    }
  }

  /** A host, which stays unresolved, and a port; null where the text is none. */
  static @Nullable InetSocketAddress withPort(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 1 || !isDigits(port) || !Numbers.isWithin(port, 0, MAX_PORT)) {
      return null;
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
      if (v6(host) == null) {
        return null;
      }
    } else if (!isHost(host)) {
      return null;
    }
    return InetSocketAddress.createUnresolved(host, Integer.parseInt(port));
  }

  /** A name, or four numbers; what ends in a number is no name. */
  private static boolean isHost(String host) {
    int labelStart = 0;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == '.' && i == labelStart) {
        return false;
      }
      labelStart = c == '.' ? i + 1 : labelStart;
      if (!isLetterOrDigit(c) && c != '.' && c != '-' && c != '_') {
        return false;
      }
    }
    return host.length() <= MAX_NAME && (!isDigits(lastLabel(host)) || v4(host) != null);
  }

  private static String lastLabel(String host) {
    int end = host.endsWith(".") ? host.length() - 1 : host.length();
    return host.substring(host.lastIndexOf('.', end - 1) + 1, end);
  }

  private static boolean isLetterOrDigit(char c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Four numbers of 0 to 255, without leading zeros, which some read as octal. */
  private static byte @Nullable [] v4(String text) {
    byte[] bytes = new byte[V4_BYTES];
    int start = 0;
    for (int i = 0; i < V4_BYTES; i++) {
      int end = i < V4_BYTES - 1 ? text.indexOf('.', start) : text.length();
      String part = end < 0 ? "" : text.substring(start, end);
      if (!isDigits(part)
          || part.length() > 3
          || part.length() > 1 && part.startsWith("0")
          || Integer.parseInt(part) > 255) {
        return null;
      }
      bytes[i] = (byte) Integer.parseInt(part);
      start = end + 1;
    }
    return bytes;
  }

  /** RFC 4291, 2.2: eight groups, of which {@code ::} leaves zeros out; the last two as IPv4. */
  private static byte @Nullable [] v6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      byte[] all = groups(text);
      return all != null && all.length == V6_BYTES ? all : null;
    }
    byte[] left = groups(text.substring(0, gap));
    byte[] right = groups(text.substring(gap + 2));
    if (left == null || right == null || left.length + right.length > V6_BYTES - 2) {
      return null;
    }
    if (text.substring(0, gap).indexOf('.') >= 0) {
      return null;
    }
    byte[] bytes = new byte[V6_BYTES];
    System.arraycopy(left, 0, bytes, 0, left.length);
    System.arraycopy(right, 0, bytes, V6_BYTES - right.length, right.length);
    return bytes;
  }

  /** The bytes of groups between colons; none for an empty text. */
  private static byte @Nullable [] groups(String text) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    String[] parts = text.split(":", V6_BYTES);
    byte[] last = parts[parts.length - 1].indexOf('.') < 0 ? null : v4(parts[parts.length - 1]);
    int hex = last == null ? parts.length : parts.length - 1;
    byte[] bytes = new byte[2 * hex + (last == null ? 0 : V4_BYTES)];
    for (int i = 0; i < hex; i++) {
      if (!parts[i].matches("[0-9a-fA-F]{1,4}")) {
        return null;
      }
      int group = Integer.parseInt(parts[i], 16);
      bytes[2 * i] = (byte) (group >> 8);
      bytes[2 * i + 1] = (byte) group;
    }
    if (last != null) {
      System.arraycopy(last, 0, bytes, 2 * hex, V4_BYTES);
    }
    return bytes;
  }
}
