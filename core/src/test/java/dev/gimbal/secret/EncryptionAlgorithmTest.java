package dev.gimbal.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An algorithm of one's own, which a key is given. */
class EncryptionAlgorithmTest {

  /** Encrypts nothing: adds a byte in front, by which it knows what it wrote. */
  private static final class Plain implements EncryptionAlgorithm {
    @Override
    public String name() {
      return "plain";
    }

    @Override
    public int keyBytes() {
      return 40;
    }

    @Override
    public int leastBytes() {
      return 1;
    }

    @Override
    public boolean isBound() {
      return false;
    }

    @Override
    public @Nullable String weakness(byte[] key) {
      return key[0] == 7 ? "begins with 7" : null;
    }

    @Override
    public byte[] encrypt(byte[] key, byte[] boundTo, byte[] plain) {
      byte[] bytes = new byte[plain.length + 1];
      System.arraycopy(plain, 0, bytes, 1, plain.length);
      bytes[0] = key[0];
      return bytes;
    }

    @Override
    public byte[] decrypt(byte[] key, byte[] boundTo, byte[] encrypted)
        throws GeneralSecurityException {
      if (encrypted[0] != key[0]) {
        throw new GeneralSecurityException("hunter2");
      }
      return Arrays.copyOfRange(encrypted, 1, encrypted.length);
    }
  }

  private static byte[] key(int first) {
    byte[] key = new byte[40];
    new Random(first).nextBytes(key);
    key[0] = (byte) first;
    return key;
  }

  private static String refusal(String value, EncryptionKey key) {
    EncryptedValue parsed = EncryptedValue.parse(value);
    return assertThrows(IllegalArgumentException.class, () -> parsed.decrypt(key, "a"))
        .getMessage();
  }

  @Test
  void keyOfAnAlgorithmOfOnesOwn_encryptsWithIt() {
    EncryptionKey key = EncryptionKey.of("k1", new Plain(), key(1));
    EncryptedValue value = EncryptedValue.encrypt(key, "a", "text");
    assertEquals("ENC[plain,k1,AXRleHQ=]", value.toString());
    assertEquals("text", value.decrypt(key, "b"));
    assertEquals("plain", key.algorithm().name());
    assertEquals("k1:plain:" + Base64.getEncoder().encodeToString(key(1)), key.reveal());
    EncryptionKey made = EncryptionKey.generate("k2", new Plain()).get(0);
    assertEquals("text", EncryptedValue.encrypt(made, "a", "text").decrypt(made, "a"));
  }

  @Test
  void decrypt_whatItsAlgorithmRefuses_showsNothingOfIt() {
    EncryptionKey key = EncryptionKey.of("k1", new Plain(), key(1));
    assertEquals(
        "it does not decrypt with key \"k1\": it was altered, or encrypted with another key of that"
            + " id",
        refusal("ENC[plain,k1,Ag==]", key));
    assertEquals(
        "an encrypted value has 0 bytes (expected: 1 or more): it is cut off",
        refusal("ENC[plain,k1,]", key));
    assertEquals("it decrypts to what is not UTF-8", refusal("ENC[plain,k1,Af8=]", key));
  }

  @Test
  void weakKeys_areRefused_inEachPiece_andByTheAlgorithm() {
    String end = " (expected: 40 random bytes)";
    byte[] zeroAtTheEnd = Arrays.copyOf(Arrays.copyOf(key(1), 32), 40);
    assertEquals("key \"k1\" has 8 equal bytes in a row" + end, refusal(zeroAtTheEnd));
    assertEquals("key \"k1\" begins with 7" + end, refusal(key(7)));
    assertEquals("key \"k1\" has 32 bytes" + end, refusal(new byte[32]));
  }

  private static String refusal(byte[] bytes) {
    return assertThrows(
            IllegalArgumentException.class, () -> EncryptionKey.of("k1", new Plain(), bytes))
        .getMessage();
  }

  @Test
  void named_givesAesAlways_andRefusesOthers() {
    assertEquals("aes-256-gcm", EncryptionAlgorithm.named("aes-256-gcm").name());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> EncryptionAlgorithm.named("plain"));
    assertEquals(
        "no such algorithm (expected: aes-256-gcm; with gimbal-nacl also nacl-box, nacl-secretbox)",
        e.getMessage());
  }
}
