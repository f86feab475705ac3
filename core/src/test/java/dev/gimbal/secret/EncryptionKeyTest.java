package dev.gimbal.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
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

  private static byte[] text(String text, java.nio.charset.Charset charset) {
    return Arrays.copyOf(text.getBytes(charset), 32);
  }

  private static byte[] hex(String hex) {
    return java.util.HexFormat.of().parseHex(hex);
  }

  @Test
  void keysThatAreTexts_areRefused_inAnyScriptAndEncoding() {
    String words =
        "k\u00f6nnen w\u00fcrden m\u00f6chten \u20ac \u043f\u0430\u0440\u043e\u043b\u044c\n";
    List<byte[]> keys =
        List.of(
            text("correct horse battery staple 12\n", StandardCharsets.UTF_8),
            text("correct horse battery staple\r\n\t", StandardCharsets.UTF_8),
            text("correct horse battery stapl", StandardCharsets.UTF_8),
            text(words, StandardCharsets.UTF_8),
            text(words.substring(1), StandardCharsets.UTF_8), // cut off at another place
            text("correct horse bat", StandardCharsets.UTF_16LE),
            text("correct horse bat", StandardCharsets.UTF_16BE),
            text("correct horse bat", StandardCharsets.UTF_16),
            text(
                "\u043f\u0430\u0440\u043e\u043b\u044c \u00e4\u00f6\u00fc 1234567",
                StandardCharsets.UTF_16BE));
    for (byte[] key : keys) {
      assertEquals("key \"k1\" is a text (expected: 32 random bytes)", refusal(key));
    }
  }

  @Test
  void keyThatIsFilledUp_isRefused() {
    byte[] random = EncryptionKey.parse(TEXT).bytes();
    String run = "key \"k1\" has 8 equal bytes in a row (expected: 32 random bytes)";
    assertEquals(run, refusal(Arrays.copyOf(Arrays.copyOf(random, 16), 32)));
    byte[] inside = random.clone();
    Arrays.fill(inside, 5, 13, (byte) 0xAB);
    assertEquals(run, refusal(inside));
    Arrays.fill(inside, 5, 12, (byte) 1);
    assertEquals("key k1", EncryptionKey.of("k1", inside).toString());
  }

  @Test
  void keysThatArePublished_orMadeOfAWord_areRefused() throws Exception {
    List<byte[]> keys = new ArrayList<>();
    for (String published :
        List.of(
            "1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389",
            "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
            "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
            "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
            "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
            "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
            "1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0",
            "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
            "b52c505a37d78eda5dd34f20c22540ea1b58963cf8e5bf8ffa85f9f2492505b4",
            "31bdadd96698c204aa9ce1448ea94ae1fb4a9a0b3c9d773b51bb1822666b8f22",
            // SHA-256 of nothing, as FIPS 180 tells it, and of "password"
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8")) {
      keys.add(hex(published));
    }
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    for (String word :
        List.of("secret", "changeme", "password\n", "correct horse battery staple")) {
      keys.add(sha256.digest(word.getBytes(StandardCharsets.US_ASCII)));
    }
    for (byte[] key : keys) {
      assertEquals(
          "key \"k1\" is published, or made of a word (expected: 32 random bytes)", refusal(key));
    }
    assertEquals(16, keys.size());
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
