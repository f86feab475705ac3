package dev.gimbal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DataSizeTest {

  @Test
  void toString_isTheLargestUnitThatDivides() {
    Map<Long, String> sizes = new TreeMap<>();
    sizes.put(0L, "0B");
    sizes.put(1L, "1B");
    sizes.put(1_000L, "1kB");
    sizes.put(1_024L, "1KiB");
    sizes.put(1_500_000L, "1500kB");
    sizes.put(1_024_000L, "1000KiB");
    sizes.put(65_536L, "64KiB");
    sizes.put(1L << 60, "1EiB");
    sizes.put(Long.MAX_VALUE, "9223372036854775807B");
    sizes.forEach((bytes, text) -> assertEquals(text, new DataSize(bytes).toString()));
    assertEquals(9, sizes.size());
  }

  @Test
  void parse_ofEachUnit_isItsBytes() {
    String[] decimal = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    String[] binary = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    long thousands = 1;
    for (int i = 0; i < decimal.length; i++) {
      assertEquals(new DataSize(3 * thousands), DataSize.parse("3" + decimal[i]));
      assertEquals(new DataSize(3L << 10 * i), DataSize.parse("3" + binary[i]));
      thousands *= 1_000;
    }
  }

  @Test
  void parse_ofWhatIsNoSize_tellsWhatIsExpected() {
    assertEquals(
        "size: \"64 KiB\" (expected: a number and a unit, such as 64KiB or 1.5MB)",
        assertThrows(IllegalArgumentException.class, () -> DataSize.parse("64 KiB")).getMessage());
    assertEquals(
        "size: \"0.1KiB\" (expected: a whole number of bytes)",
        assertThrows(IllegalArgumentException.class, () -> DataSize.parse("0.1KiB")).getMessage());
    for (String text : new String[] {"", ".", "..1", "1.2.3kB", "B", "1".repeat(201)}) {
      assertThrows(IllegalArgumentException.class, () -> DataSize.parse(text), text);
    }
    assertThrows(ArithmeticException.class, () -> DataSize.parse("8EiB"));
  }

  @Test
  void negative_isRefused() {
    assertEquals(
        "bytes: -1 (expected: >= 0)",
        assertThrows(IllegalArgumentException.class, () -> new DataSize(-1)).getMessage());
  }

  @Test
  void sizes_areInOrder() {
    assertTrue(DataSize.parse("1MB").compareTo(DataSize.parse("1MiB")) < 0);
    assertEquals(0, DataSize.parse("1024B").compareTo(DataSize.parse("1KiB")));
  }
}
