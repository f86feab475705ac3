package dev.gimbal.secret.nacl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionAlgorithm;
import dev.gimbal.secret.EncryptionKey;
import dev.gimbal.secret.KeyProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NaclKeysTest {

  private static final String EXPECTED_OF_BOX =
      " (expected: 64 bytes, this end's private key and the other end's public key)";

  private static final byte[] GOOD = new NaclBox().newKeys().get(0);

  @TempDir Path folder;

  private static String refusal(EncryptionAlgorithm algorithm, byte[] bytes) {
    return assertThrows(
            IllegalArgumentException.class, () -> EncryptionKey.of("k1", algorithm, bytes))
        .getMessage();
  }

  private static byte[] half(int which) {
    return Arrays.copyOfRange(GOOD, 32 * which, 32 * which + 32);
  }

  @Test
  void keysOfSecretbox_thatAreWeak_areRefused() {
    EncryptionAlgorithm secretbox = new NaclSecretbox();
    String end = " (expected: 32 random bytes)";
    assertEquals("key \"k1\" has 0 bytes" + end, refusal(secretbox, new byte[0]));
    assertEquals("key \"k1\" has 31 bytes" + end, refusal(secretbox, Arrays.copyOf(GOOD, 31)));
    assertEquals("key \"k1\" has 64 bytes" + end, refusal(secretbox, GOOD));
    assertEquals("key \"k1\" is a row of equal steps" + end, refusal(secretbox, new byte[32]));
    byte[] phrase = "correct horse battery staple 123".getBytes(StandardCharsets.US_ASCII);
    assertEquals("key \"k1\" is a text" + end, refusal(secretbox, phrase));
  }

  @Test
  void keysOfBox_thatAreWeakInEitherHalf_areRefused() {
    EncryptionAlgorithm box = new NaclBox();
    byte[] zero = new byte[32];
    assertEquals("key \"k1\" has 32 bytes" + EXPECTED_OF_BOX, refusal(box, half(0)));
    assertEquals("key \"k1\" has 65 bytes" + EXPECTED_OF_BOX, refusal(box, new byte[65]));
    assertEquals(
        "key \"k1\" is a row of equal steps" + EXPECTED_OF_BOX,
        refusal(box, Bytes.join(zero, half(1))));
    assertEquals(
        "key \"k1\" is a row of equal steps" + EXPECTED_OF_BOX,
        refusal(box, Bytes.join(half(0), zero)));
    int refused = 0;
    for (byte[] publicKey : PublicKeys.all()) {
      refusal(box, Bytes.join(half(0), publicKey));
      refused++;
    }
    assertEquals(36, refused);
    byte[] ofOrder8 = PublicKeys.all().get(0);
    assertEquals(
        "key \"k1\" has a public key of small order" + EXPECTED_OF_BOX,
        refusal(box, Bytes.join(half(0), ofOrder8)));
  }

  @Test
  void generate_givesAKeyForEachEnd_andNeverTheSame() {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      List<EncryptionKey> ends = EncryptionKey.generate("k1", new NaclBox());
      assertEquals(2, ends.size());
      String value = EncryptedValue.encrypt(ends.get(0), "a", "hunter2").toString();
      assertEquals("hunter2", EncryptedValue.parse(value).decrypt(ends.get(1), "a"));
      assertEquals("hunter2", EncryptedValue.parse(value).decrypt(ends.get(0), "a"));
      ends.forEach(key -> made.add(key.reveal()));
      List<EncryptionKey> both = EncryptionKey.generate("k1", new NaclSecretbox());
      assertEquals(1, both.size());
      made.add(both.get(0).reveal());
    }
    assertEquals(300, made.size());
  }

  @Test
  void encrypt_sameTextTwice_givesOtherBytes() {
    for (EncryptionAlgorithm algorithm : List.of(new NaclBox(), new NaclSecretbox())) {
      EncryptionKey key = EncryptionKey.generate("k1", algorithm).get(0);
      EncryptedValue value = EncryptedValue.encrypt(key, "a", "hunter2");
      assertNotEquals(value, EncryptedValue.encrypt(key, "a", "hunter2"));
    }
  }

  @Test
  void parse_itsText_givesTheKey_andShowsNone() {
    for (String name : List.of("nacl-box", "nacl-secretbox")) {
      EncryptionKey key = EncryptionKey.generate("k1", EncryptionAlgorithm.named(name)).get(0);
      assertEquals("k1:" + name + ":", key.reveal().replaceFirst("[^:]*$", ""));
      assertEquals(key, EncryptionKey.parse(key.reveal()));
      assertEquals("key k1", key.toString());
    }
    String bytes = Base64.getEncoder().encodeToString(half(0));
    assertNotEquals(
        EncryptionKey.parse("k1:nacl-secretbox:" + bytes),
        EncryptionKey.parse("k1:aes-256-gcm:" + bytes));
  }

  @Test
  void parse_ofAnotherAlgorithm_saysWhichThereAre() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> EncryptionKey.parse("k1:nacl:AAAA"));
    assertEquals(
        "key \"k1\": no such algorithm (expected: aes-256-gcm, nacl-box, nacl-secretbox)",
        e.getMessage());
  }

  @Test
  void file_withValuesOfEachAlgorithm_isRead_whereverTheyStand() throws IOException {
    EncryptionKey aes = EncryptionKey.generate("aes");
    EncryptionKey secretbox = EncryptionKey.generate("s", new NaclSecretbox()).get(0);
    List<EncryptionKey> box = EncryptionKey.generate("b", new NaclBox());
    Path file =
        Files.write(
            folder.resolve("app.properties"),
            List.of(
                "one=" + EncryptedValue.encrypt(aes, "one", "1"),
                "two=" + EncryptedValue.encrypt(secretbox, "elsewhere", "2"),
                "three=" + EncryptedValue.encrypt(box.get(0), "elsewhere", "3")));
    KeyProvider keys = KeyProvider.of(aes, secretbox, box.get(1));
    try (Config config = Config.builder().keys(keys).source(Sources.file(file)).build()) {
      assertEquals(1, config.get("one").asInt());
      assertEquals(2, config.get("two").asInt());
      assertEquals(3, config.get("three").asInt());
      assertEquals("two = ***", config.get("two").toString());
    }
  }
}
