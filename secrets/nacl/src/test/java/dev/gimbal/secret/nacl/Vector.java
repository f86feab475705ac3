package dev.gimbal.secret.nacl;

import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionAlgorithm;
import dev.gimbal.secret.EncryptionKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** What libsodium encrypted: a line of {@code vectors.txt}, which {@code vectors.py} prints. */
record Vector(
    String algorithm, byte[] sender, byte[] receiver, byte[] plain, byte[] nonce, byte[] bytes) {

  static List<Vector> all() throws IOException {
    List<Vector> vectors = new ArrayList<>();
    try (InputStream in = Objects.requireNonNull(Vector.class.getResourceAsStream("vectors.txt"))) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
        String[] cells = line.split(" ");
        byte[] bytes = bytes(cells[4]);
        vectors.add(
            new Vector(
                cells[0],
                bytes(cells[1]),
                bytes(cells[2]),
                bytes(cells[3]),
                Bytes.nonce(bytes),
                bytes));
      }
    }
    return vectors;
  }

  private static byte[] bytes(String cell) {
    return Base64.getDecoder().decode(cell.equals("-") ? "" : cell);
  }

  EncryptionKey receiverKey() {
    return EncryptionKey.of("k1", EncryptionAlgorithm.named(algorithm), receiver);
  }

  String text() {
    return new String(plain, StandardCharsets.UTF_8);
  }

  EncryptedValue value() {
    return value(algorithm, bytes);
  }

  static EncryptedValue value(String algorithm, byte[] bytes) {
    String base64 = Base64.getEncoder().encodeToString(bytes);
    return EncryptedValue.parse("ENC[" + algorithm + ",k1," + base64 + "]");
  }

  /** The other way: the bytes of a value. */
  static byte[] bytes(EncryptedValue value) {
    String text = value.toString();
    return bytes(text.substring(text.lastIndexOf(',') + 1, text.length() - 1));
  }
}
