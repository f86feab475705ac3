package dev.gimbal.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumbersTest {

  private static final int CASES = 200_000;

  private final Random random = new Random(20);

  @Test
  void toDouble_ofRandomDecimals_isWhatTheJdkParses() {
    int finite = 0;
    for (int i = 0; i < CASES; i++) {
      String text = decimal();
      double expected = Double.parseDouble(text);
      double actual = Numbers.toDouble(text);
      if (Double.isInfinite(expected)) {
        expected = Double.NaN;
      } else {
        finite++;
      }
      assertEquals(Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(actual), text);
      assertEquals(new BigDecimal(text), Numbers.decimal(text));
    }
    assertEquals(true, finite > CASES / 2 && finite < CASES, "finite: " + finite);
  }

  @Test
  void isWithin_ofRandomIntegers_agreesWithExactArithmetic() {
    int inside = 0;
    for (int i = 0; i < CASES; i++) {
      BigInteger value = BigInteger.valueOf(random.nextLong()).shiftRight(random.nextInt(70));
      value = value.multiply(BigInteger.valueOf(random.nextInt(5) - 2));
      long min = -random.nextLong(1L << random.nextInt(1, 62));
      long max = random.nextInt(8) == 0 ? Long.MAX_VALUE : -min;
      boolean expected =
          value.compareTo(BigInteger.valueOf(min)) >= 0
              && value.compareTo(BigInteger.valueOf(max)) <= 0;
      assertEquals(expected, Numbers.isWithin(value.toString(), min, max), value.toString());
      inside += expected ? 1 : 0;
    }
    assertEquals(true, inside > CASES / 10 && inside < CASES * 9 / 10, "inside: " + inside);
  }

  private String decimal() {
    StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
    text.append(digits(random.nextInt(1, 20)));
    if (random.nextBoolean()) {
      text.append('.').append(digits(random.nextInt(1, 26)));
    }
    if (random.nextInt(3) == 0) {
      text.append(random.nextBoolean() ? "e" : "E-").append(random.nextInt(400));
    }
    return text.toString();
  }

  private String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }
}
