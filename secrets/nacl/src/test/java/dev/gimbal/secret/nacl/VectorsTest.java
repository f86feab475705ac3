package dev.gimbal.secret.nacl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionAlgorithm;
import dev.gimbal.secret.EncryptionKey;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What libsodium wrote once. {@link LibsodiumTest} asks it again. */
class VectorsTest {

  private static final String REFUSED =
      "it does not decrypt with key \"k1\": it was altered, or encrypted with another key of that"
          + " id";

  private static void requireDecryptsNot(EncryptedValue value, EncryptionKey key) {
    assertEquals(
        REFUSED,
        assertThrows(IllegalArgumentException.class, () -> value.decrypt(key, "a")).getMessage());
  }

  @Test
  void decrypt_whatLibsodiumEncrypted_givesTheText_atEveryPath() throws IOException {
    int secretboxes = 0;
    int boxes = 0;
    for (Vector vector : Vector.all()) {
      for (String path : List.of("a", "b.c")) {
        assertEquals(vector.text(), vector.value().decrypt(vector.receiverKey(), path));
      }
      secretboxes += vector.algorithm().equals("nacl-secretbox") ? 1 : 0;
      boxes += vector.algorithm().equals("nacl-box") ? 1 : 0;
    }
    assertEquals(20, secretboxes);
    assertEquals(20, boxes);
  }

  @Test
  void encrypt_withTheSameNonce_givesTheBytesOfLibsodium() throws IOException {
    int sealed = 0;
    for (Vector vector : Vector.all()) {
      byte[] bytes =
          vector.algorithm().equals("nacl-box")
              ? NaclBox.seal(vector.sender(), vector.nonce(), vector.plain())
              : NaclSecretbox.seal(vector.sender(), vector.nonce(), vector.plain());
      assertArrayEquals(vector.bytes(), bytes);
      sealed++;
    }
    assertEquals(40, sealed);
  }

  @Test
  void decrypt_withAnyBitAltered_refuses() throws IOException {
    int bits = 0;
    for (Vector vector : Vector.all()) {
      byte[] bytes = vector.bytes();
      for (int bit = 0; bit < bytes.length * Byte.SIZE && bytes.length < 60; bit++) {
        bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        requireDecryptsNot(Vector.value(vector.algorithm(), bytes), vector.receiverKey());
        bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        bits++;
      }
    }
    assertEquals(2 * Byte.SIZE * (40 + 41 + 47 + 55 + 56 + 57), bits);
  }

  @Test
  void decrypt_cutOffAnywhere_refuses() throws IOException {
    int cut = 0;
    for (Vector vector : Vector.all().subList(8, 10)) {
      for (int length = 0; length < vector.bytes().length; length++) {
        EncryptedValue value =
            Vector.value(vector.algorithm(), Arrays.copyOf(vector.bytes(), length));
        if (length < 40) {
          IllegalArgumentException e =
              assertThrows(
                  IllegalArgumentException.class, () -> value.decrypt(vector.receiverKey(), "a"));
          assertEquals(
              "an encrypted value has " + length + " bytes (expected: 40 or more): it is cut off",
              e.getMessage());
        } else {
          requireDecryptsNot(value, vector.receiverKey());
        }
        cut++;
      }
    }
    assertEquals(2 * 56, cut);
  }

  @Test
  void decrypt_withAnotherKey_refuses() throws IOException {
    for (Vector vector : Vector.all().subList(8, 10)) {
      EncryptionAlgorithm algorithm = EncryptionAlgorithm.named(vector.algorithm());
      for (EncryptionKey other : EncryptionKey.generate("k1", algorithm)) {
        requireDecryptsNot(vector.value(), other);
      }
    }
  }

  @Test
  void decrypt_withAKeyOfAnotherAlgorithm_saysWhich() throws IOException {
    Vector vector = Vector.all().get(8);
    assertEquals("nacl-secretbox", vector.algorithm());
    EncryptionKey aes = EncryptionKey.of("k1", vector.receiver());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> vector.value().decrypt(aes, "a"));
    assertEquals("it is of nacl-secretbox, and key \"k1\" is of aes-256-gcm", e.getMessage());
  }
}
