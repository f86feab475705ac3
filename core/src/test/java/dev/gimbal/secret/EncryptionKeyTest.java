package dev.gimbal.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EncryptionKeyTest {

  private static final String TEXT = "k1:aes-256-gcm:9NFCqVZsQGm0G8jLveXM1qbPXjWVZIQCEYEyi3qi87M=";

  private static String refusal(byte[] bytes) {
    return assertThrows(IllegalArgumentException.class, () -> EncryptionKey.of("k1", bytes))
        .getMessage();
  }

  private static String refusal(String text) {
    return assertThrows(IllegalArgumentException.class, () -> EncryptionKey.parse(text))
        .getMessage();
  }

  private static byte[] repeated(byte... bytes) {
    byte[] key = new byte[32];
    for (int i = 0; i < key.length; i++) {
      key[i] = bytes[i % bytes.length];
    }
    return key;
  }

  @Test
  void weakKeys_areRefused_withoutBeingTold() {
    String end = " (expected: 32 random bytes)";
    assertEquals("key \"k1\" has 0 bytes" + end, refusal(new byte[0]));
    assertEquals("key \"k1\" has 31 bytes" + end, refusal(new byte[31]));
    assertEquals("key \"k1\" has 33 bytes" + end, refusal(new byte[33]));
    assertEquals("key \"k1\" is a row of equal steps" + end, refusal(new byte[32]));
    assertEquals("key \"k1\" is a row of equal steps" + end, refusal(repeated((byte) 0xFF)));
    byte[] steps = new byte[32];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = (byte) (7 * i + 200);
    }
    assertEquals("key \"k1\" is a row of equal steps" + end, refusal(steps));
    String phrase = "correct horse battery staple 123";
    assertEquals("key \"k1\" is a text" + end, refusal(phrase.getBytes(StandardCharsets.US_ASCII)));
    byte[] half = Arrays.copyOf(EncryptionKey.parse(TEXT).bytes(), 16);
    assertEquals("key \"k1\" repeats itself" + end, refusal(repeated(half)));
    byte[] few = new byte[32];
    for (int i = 0; i < few.length; i++) {
      few[i] = (byte) (i * i % 11);
    }
    assertEquals("key \"k1\" repeats itself" + end, refusal(few));
  }

  @Test
  void parse_itsText_givesTheKey() {
    EncryptionKey key = EncryptionKey.parse(" " + TEXT + " ");
    assertEquals("k1", key.id());
    assertEquals(TEXT, key.reveal());
    assertEquals(key, EncryptionKey.parse(key.reveal()));
    assertEquals("key k1", key.toString());
  }

  @Test
  void parse_whatIsNoKey_doesNotTellIt() {
    assertEquals("a key (expected: id:algorithm:base64)", refusal(TEXT.substring(18)));
    String algorithms =
        "no such algorithm (expected: aes-256-gcm; with gimbal-nacl also nacl-box, nacl-secretbox)";
    assertEquals("key \"k1\": " + algorithms, refusal("k1:aes:AAAA"));
    assertEquals("key \"k1\": " + algorithms, refusal("k1:nacl-box:AAAA"));
    assertEquals("key \"k1\" (expected: 32 bytes in Base64)", refusal("k1:aes-256-gcm:hunter2!"));
    String secretFirst = TEXT.substring(18) + ":aes:k1";
    assertEquals("key \"***\": " + algorithms, refusal(secretFirst));
    String swapped = TEXT.substring(15, 58).replaceAll("[+/]", "-") + ":aes-256-gcm:k1==";
    assertEquals("key \"***\" has 1 bytes (expected: 32 random bytes)", refusal(swapped));
    assertEquals(
        "the id of a key (expected: letters, digits, '.', '_' and '-')",
        refusal(":aes-256-gcm:" + TEXT.substring(15)));
  }

  @Test
  void generate_givesKeysThatDiffer() {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      keys.add(EncryptionKey.generate("k").reveal());
    }
    assertEquals(1000, keys.size());
  }

  @Test
  void randomBytes_areNeverWeak() {
    java.util.Random random = new java.util.Random(1);
    byte[] bytes = new byte[32];
    int made = 0;
    for (int i = 0; i < 100_000; i++) {
      random.nextBytes(bytes);
      made += Base64.getEncoder().encodeToString(EncryptionKey.of("k", bytes).bytes()).length();
    }
    assertEquals(4_400_000, made);
  }
}
