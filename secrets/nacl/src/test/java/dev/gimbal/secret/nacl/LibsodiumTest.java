package dev.gimbal.secret.nacl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionAlgorithm;
import dev.gimbal.secret.EncryptionKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one encrypts, the other decrypts: this module, and the libsodium of this machine. */
class LibsodiumTest {

  private static final int ROUNDS = 300;

  private static Libsodium sodium;
  private final RandomInput random = new RandomInput(new Random(7));

  @BeforeAll
  static void load() {
    sodium = Libsodium.load();
  }

  @Test
  void secretbox_isOpenedByTheOther() {
    for (int round = 0; round < ROUNDS; round++) {
      String text = random.text(round);
      byte[] plain = text.getBytes(StandardCharsets.UTF_8);
      byte[] secret = random.bytes(32);
      EncryptionKey key = EncryptionKey.of("k1", new NaclSecretbox(), secret);

      byte[] ours = Vector.bytes(EncryptedValue.encrypt(key, "a", text));
      byte[] opened = new byte[plain.length];
      byte[] sealed = Bytes.behindNonce(ours);
      assertEquals(
          0,
          sodium.crypto_secretbox_open_easy(
              opened, sealed, sealed.length, Bytes.nonce(ours), secret));
      assertArrayEquals(plain, opened);

      byte[] nonce = random.bytes(24);
      byte[] theirs = new byte[plain.length + 16];
      assertEquals(0, sodium.crypto_secretbox_easy(theirs, plain, plain.length, nonce, secret));
      assertEquals(
          text, Vector.value("nacl-secretbox", Bytes.join(nonce, theirs)).decrypt(key, "b"));
    }
  }

  @Test
  void box_withKeysOfLibsodium_isOpenedByTheOther() {
    for (int round = 0; round < ROUNDS; round++) {
      byte[][] ends = new byte[4][32];
      assertEquals(0, sodium.crypto_box_keypair(ends[1], ends[0]));
      assertEquals(0, sodium.crypto_box_keypair(ends[3], ends[2]));
      requireOpens(random.text(round), ends[0], ends[1], ends[2], ends[3]);
    }
  }

  @Test
  void box_withKeysOfOurs_isOpenedByTheOther() {
    for (int round = 0; round < ROUNDS; round++) {
      List<byte[]> keys = new NaclBox().newKeys();
      requireOpens(
          random.text(round),
          Arrays.copyOf(keys.get(0), 32),
          Arrays.copyOfRange(keys.get(1), 32, 64),
          Arrays.copyOf(keys.get(1), 32),
          Arrays.copyOfRange(keys.get(0), 32, 64));
    }
  }

  /** This module has the first pair of keys, libsodium the second. */
  private void requireOpens(
      String text, byte[] ownPrivate, byte[] ownPublic, byte[] otherPrivate, byte[] otherPublic) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    EncryptionKey key = EncryptionKey.of("k1", new NaclBox(), Bytes.join(ownPrivate, otherPublic));

    byte[] ours = Vector.bytes(EncryptedValue.encrypt(key, "a", text));
    byte[] opened = new byte[plain.length];
    byte[] sealed = Bytes.behindNonce(ours);
    assertEquals(
        0,
        sodium.crypto_box_open_easy(
            opened, sealed, sealed.length, Bytes.nonce(ours), ownPublic, otherPrivate));
    assertArrayEquals(plain, opened);

    byte[] nonce = random.bytes(24);
    byte[] theirs = new byte[plain.length + 16];
    assertEquals(
        0, sodium.crypto_box_easy(theirs, plain, plain.length, nonce, ownPublic, otherPrivate));
    assertEquals(text, Vector.value("nacl-box", Bytes.join(nonce, theirs)).decrypt(key, "b"));
  }

  /** Both refuse the same public keys. */
  @Test
  void publicKeysOfSmallOrder_areRefusedByBoth() {
    EncryptionAlgorithm box = new NaclBox();
    byte[] privateKey = random.bytes(32);
    int small = 0;
    for (byte[] publicKey : PublicKeys.all()) {
      int refused = sodium.crypto_box_beforenm(new byte[32], publicKey, privateKey) == 0 ? 0 : 1;
      String weakness = box.weakness(Bytes.join(privateKey, publicKey));
      assertEquals(refused == 1 ? "has a public key of small order" : null, weakness);
      small += refused;
    }
    assertEquals(PublicKeys.SMALL, small);
  }
}
