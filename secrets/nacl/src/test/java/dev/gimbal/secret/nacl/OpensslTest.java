package dev.gimbal.secret.nacl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What one encrypts with AES-256-GCM the other decrypts, for the same path only: the core, which
 * has the JDK do it, and the OpenSSL of this machine. Here and not in the core, since JNA is here.
 */
class OpensslTest {

  private static final int ROUNDS = 300;
  private static final String AES = EncryptionKey.AES_256_GCM;

  private static Openssl openssl;
  private final RandomInput random = new RandomInput(new Random(7));

  @BeforeAll
  static void load() {
    openssl = Openssl.load();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aes_isOpenedByTheOther() throws GeneralSecurityException {
    for (int round = 0; round < ROUNDS; round++) {
      String text = random.text(round);
      String path = "p" + random.text(round % 40);
      byte[] secret = random.bytes(32);
      EncryptionKey key = EncryptionKey.of("k1", secret);

      byte[] ours = Vector.bytes(EncryptedValue.encrypt(key, path, text));
      assertArrayEquals(utf8(text), openssl.decrypt(secret, utf8(path), ours));

      byte[] theirs = openssl.encrypt(secret, random.bytes(12), utf8(path), utf8(text));
      assertEquals(text, Vector.value(AES, theirs).decrypt(key, path));
    }
  }

  @Test
  void aes_thatIsAlteredOrMoved_isRefusedByBoth() {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] secret = random.bytes(32);
      EncryptionKey key = EncryptionKey.of("k1", secret);
      String text = random.text(round);
      byte[] ours = Vector.bytes(EncryptedValue.encrypt(key, "a.b", text));
      byte[] theirs = openssl.encrypt(secret, random.bytes(12), utf8("a.b"), utf8(text));
      for (byte[] bytes : new byte[][] {ours, theirs}) {
        requireRefused(secret, "a.b", random.altered(bytes));
        requireRefused(secret, "a.c", bytes);
        requireRefused(random.altered(secret), "a.b", bytes);
      }
    }
  }

  private static void requireRefused(byte[] secret, String path, byte[] bytes) {
    EncryptionKey key = EncryptionKey.of("k1", secret);
    EncryptedValue value = Vector.value(AES, bytes);
    assertThrows(IllegalArgumentException.class, () -> value.decrypt(key, path));
    assertThrows(GeneralSecurityException.class, () -> openssl.decrypt(secret, utf8(path), bytes));
  }
}
