package dev.gimbal.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages of Protocol Buffers, field by field. */
class ProtoReaderTest {

  private static ProtoReader reader(int... bytes) {
    byte[] all = new byte[bytes.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) bytes[i];
    }
    return new ProtoReader(all, 0, all.length);
  }

  @Test
  void fields_areReadInOrder() {
    ProtoReader reader =
        reader(0x08, 0x96, 0x01, 0x12, 2, 'h', 'i', 0x1d, 1, 2, 3, 4, 0xa2, 0x06, 2, 0x08, 7);
    assertTrue(reader.next());
    assertEquals("1: 150", reader.field() + ": " + reader.number());
    assertTrue(reader.next());
    assertEquals("2: hi", reader.field() + ": " + reader.text());
    assertTrue(reader.next());
    assertEquals(3, reader.field());
    assertTrue(reader.next());
    assertEquals(100, reader.field());
    ProtoReader inner = reader.message();
    assertTrue(inner.next());
    assertEquals("1: 7", inner.field() + ": " + inner.number());
    assertFalse(inner.next());
    assertFalse(reader.next());
  }

  @Test
  void whatIsCutOffOrMalformed_isRefused() {
    assertThrows(IndexOutOfBoundsException.class, () -> reader(0x08, 0x80).next());
    assertThrows(IndexOutOfBoundsException.class, () -> reader(0x12, 3, 'h').next());
    assertThrows(IndexOutOfBoundsException.class, () -> reader(0x1d, 1).next());
    assertThrows(IllegalArgumentException.class, () -> reader(0x0b).next());
    assertThrows(
        IllegalArgumentException.class,
        () -> reader(0x08, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1).next());
  }

  /** Nothing else is thrown, and there is an end. */
  @Test
  void randomBytes_areReadOrRefused() {
    Random random = new Random(1);
    int read = 0;
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(20)];
      random.nextBytes(bytes);
      ProtoReader reader = new ProtoReader(bytes, 0, bytes.length);
      try {
        while (reader.next()) {
          read++;
        }
      } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
        refused++;
      }
    }
    assertTrue(read > 1_000 && refused > 1_000, read + " read, " + refused + " refused");
  }
}
