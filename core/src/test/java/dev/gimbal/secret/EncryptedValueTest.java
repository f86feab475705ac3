package dev.gimbal.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncryptedValueTest {

  private static final EncryptionKey KEY =
      EncryptionKey.parse("k1:aes-256-gcm:9NFCqVZsQGm0G8jLveXM1qbPXjWVZIQCEYEyi3qi87M=");

  /** By OpenSSL 3.0, through Python's cryptography 38. */
  private record Vector(String path, String text, String written) {}

  private static final List<Vector> OF_OPENSSL =
      List.of(
          new Vector(
              "db.password",
              "hunter2",
              "ENC[aes-256-gcm,k1,ZGVmZ2hpamtsbW5vEFW4Ay1wk/Rn+FVb+4WXL1KCHyqv+sM=]"),
          new Vector(
              "hosts[0].\"a.b\"",
              "p\u00e4ss w\u00f6rd \u20ac",
              "ENC[aes-256-gcm,k1,"
                  + "ZGVmZ2hpamtsbW5vCONyBDsi1osbzl3Pv4YK54slU0RP6cOJSaoRU4eg6Q==]"),
          new Vector("a", "", "ENC[aes-256-gcm,k1,ZGVmZ2hpamtsbW5vaXkvIjhhRdwLRrz9T1+9eg==]"));

  private static String refusal(String text) {
    return assertThrows(IllegalArgumentException.class, () -> EncryptedValue.parse(text))
        .getMessage();
  }

  private static void requireDecryptsNot(String written, EncryptionKey key, String path) {
    EncryptedValue value = EncryptedValue.parse(written);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> value.decrypt(key, path));
    assertEquals(
        "it does not decrypt with key \"k1\" at this path: it was altered, moved here from another"
            + " path, or encrypted with another key of that id",
        e.getMessage());
  }

  @Test
  void decrypt_whatOpenSslEncrypted_givesTheText() {
    for (Vector vector : OF_OPENSSL) {
      EncryptedValue value = EncryptedValue.parse(vector.written);
      assertEquals("k1", value.keyId());
      assertEquals(vector.text, value.decrypt(KEY, vector.path));
      assertEquals(vector.written, value.toString());
    }
  }

  @Test
  void encrypt_thenDecrypt_givesTheText_andNeverTheSameBytes() {
    for (String text : List.of("", "a", "\u20ac\n\t", "x".repeat(10_000))) {
      EncryptedValue value = EncryptedValue.encrypt(KEY, "a.b", text);
      assertEquals(text, EncryptedValue.parse(value.toString()).decrypt(KEY, "a.b"));
      assertNotEquals(value, EncryptedValue.encrypt(KEY, "a.b", text));
    }
  }

  @Test
  void encrypt_aTextWithHalfACharacter_refuses_andShowsNothingOfIt() {
    int refused = 0;
    for (String text : List.of("\ud83d", "a\ude00b", "\ude00\ud83d", "\ud83d\ude00\ud83d")) {
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> EncryptedValue.encrypt(KEY, "a.b", text))
              .getMessage();
      assertEquals("a text with half a character, which cannot be encrypted", message);
      refused++;
    }
    assertEquals(4, refused);
    String whole = "\ud83d\ude00";
    assertEquals(whole, EncryptedValue.encrypt(KEY, "a.b", whole).decrypt(KEY, "a.b"));
  }

  @Test
  void parse_withALineBreakBehindIt_asATextInABlockHasOne_givesTheValue() {
    Vector vector = OF_OPENSSL.get(0);
    assertEquals(
        vector.text, EncryptedValue.parse(vector.written + " \n").decrypt(KEY, vector.path));
    assertTrue(EncryptedValue.isMeant("ENC[x]\n"));
    assertFalse(EncryptedValue.isMeant("ENC[x] y"));
  }

  @Test
  void decrypt_atAnotherPath_refuses() {
    requireDecryptsNot(OF_OPENSSL.get(0).written, KEY, "db.passwords");
  }

  @Test
  void decrypt_withAnotherKey_refuses() {
    requireDecryptsNot(OF_OPENSSL.get(0).written, EncryptionKey.generate("k1"), "db.password");
  }

  @Test
  void decrypt_withAnyBitAltered_refuses() {
    String written = OF_OPENSSL.get(0).written;
    String base64 = written.substring(written.lastIndexOf(',') + 1, written.length() - 1);
    byte[] bytes = Base64.getDecoder().decode(base64);
    int bits = 0;
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      String altered = Base64.getEncoder().encodeToString(bytes);
      requireDecryptsNot("ENC[aes-256-gcm,k1," + altered + "]", KEY, "db.password");
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      bits++;
    }
    assertEquals(280, bits);
  }

  @Test
  void decrypt_cutOffAnywhere_refuses() {
    byte[] bytes = Base64.getDecoder().decode("ZGVmZ2hpamtsbW5vEFW4Ay1wk/Rn+FVb+4WXL1KCHyqv+sM=");
    int cut = 0;
    for (int length = 0; length < bytes.length; length++) {
      String base64 = Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(bytes, length));
      String written = "ENC[aes-256-gcm,k1," + base64 + "]";
      if (length < 28) {
        EncryptedValue value = EncryptedValue.parse(written);
        IllegalArgumentException e =
            assertThrows(IllegalArgumentException.class, () -> value.decrypt(KEY, "db.password"));
        assertEquals(
            "an encrypted value has " + length + " bytes (expected: 28 or more): it is cut off",
            e.getMessage());
      } else {
        requireDecryptsNot(written, KEY, "db.password");
      }
      cut++;
    }
    assertEquals(35, cut);
  }

  @Test
  void parse_whatIsMalformed_saysWhatWasExpected() {
    String parts = "an encrypted value (expected: ENC[algorithm,key-id,base64])";
    assertEquals("an encrypted value (expected: ENC[...])", refusal("hunter2"));
    assertEquals("an encrypted value (expected: ENC[...])", refusal("ENC[x] y"));
    String cut = "an encrypted value that is cut off, or has more around it (expected: ENC[";
    for (String around : List.of("ENC[aes-256-gcm,k1,AA==", "ENC[aes-256-gcm,k1,AA==] x")) {
      assertEquals(cut + "algorithm,key-id,base64])", refusal(around));
      assertEquals(cut + "algorithm,key-id,base64])", refusal(" " + around));
    }
    assertEquals(cut + "algorithm,key-id,base64])", refusal(" ENC[aes-256-gcm,k1,AA==]"));
    assertEquals(parts, refusal("ENC[]"));
    assertEquals(parts, refusal("ENC[aes-256-gcm,k1]"));
    assertEquals(parts, refusal("ENC[aes-256-gcm,,AA==]"));
    assertEquals(parts, refusal("ENC[aes-256-gcm,k 1,AA==]"));
    assertEquals(parts, refusal("ENC[aes-256-gcm,k1,AA==,AA==]"));
    assertEquals(parts, refusal("ENC[,k1,AA==]"));
    assertEquals(parts, refusal("ENC[a b,k1,AA==]"));
    assertEquals("an encrypted value is no Base64", refusal("ENC[aes-256-gcm,k1,hunter2!]"));
  }

  @Test
  void decrypt_ofAnotherAlgorithmThanTheKeys_saysWhich() {
    EncryptedValue value = EncryptedValue.parse("ENC[AES256_GCM,k1,AA==]");
    assertEquals("AES256_GCM", value.algorithm());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> value.decrypt(KEY, "a"));
    assertEquals("it is of AES256_GCM, and key \"k1\" is of aes-256-gcm", e.getMessage());
  }

  @Test
  void isMeantForKnownAlgorithm_alsoOfOneWhoseModuleIsMissing_notOfOtherTools() {
    assertTrue(EncryptedValue.isMeantForKnownAlgorithm("ENC[aes-256-gcm,x]"));
    assertTrue(EncryptedValue.isMeantForKnownAlgorithm("ENC[nacl-box,k1,AA==]"));
    assertFalse(EncryptedValue.isMeantForKnownAlgorithm("ENC[PKCS7,MIIB]"));
    assertFalse(EncryptedValue.isMeantForKnownAlgorithm("ENC[x]"));
    assertFalse(EncryptedValue.isMeantForKnownAlgorithm(",ENC[aes-256-gcm,x]"));
    assertFalse(EncryptedValue.isMeantForKnownAlgorithm("ENC[aes-256-gcmx,x]"));
    assertFalse(EncryptedValue.isMeant("enc[aes-256-gcm,k1,AA=="));
  }

  @Test
  void isMeant_cutOffAnywhereBehindTheAlgorithm_orWithMoreAroundIt_stays() {
    String written = OF_OPENSSL.get(0).written;
    int cut = 0;
    for (int length = "ENC[aes-256-gcm".length(); length < written.length(); length++) {
      assertTrue(EncryptedValue.isMeant(written.substring(0, length)), "length " + length);
      refusal(written.substring(0, length));
      cut++;
    }
    assertEquals(53, cut);
    assertTrue(EncryptedValue.isMeant(written + " # of May"));
    assertTrue(EncryptedValue.isMeant("\t " + written));
  }
}
