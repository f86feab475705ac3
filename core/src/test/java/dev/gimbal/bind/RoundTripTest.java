package dev.gimbal.bind;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.DataSize;
import dev.gimbal.tree.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a type writes as its text is read back as an equal value. */
class RoundTripTest {

  private static final int CASES = 2_000;

  private final Conversions conversions = Conversions.standard();
  private final Random random = new Random(5);

  private int types;

  private <T> void check(Class<T> type, Supplier<T> values) throws ConversionException {
    for (int i = 0; i < CASES; i++) {
      T value = values.get();
      assertEquals(value, read(value.toString(), type));
    }
    types++;
  }

  private <T> T read(String text, Class<T> type) throws ConversionException {
    return conversions.convert(Scalar.string(text), type);
  }

  /** Of any magnitude. */
  private long number() {
    return random.nextLong() >> random.nextInt(Long.SIZE);
  }

  private LocalDate date() {
    return LocalDate.ofEpochDay(random.nextInt(-10_000_000, 10_000_000));
  }

  private LocalTime time() {
    long nanos = random.nextLong(86_400_000_000_000L);
    long unit = (long) Math.pow(10, random.nextInt(12));
    return LocalTime.ofNanoOfDay(nanos - nanos % unit);
  }

  private ZoneOffset offset() {
    return ZoneOffset.ofTotalSeconds(random.nextInt(-64_800, 64_801));
  }

  private ZoneId zone() {
    List<String> ids = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    return ZoneId.of(ids.get(random.nextInt(ids.size())));
  }

  @Test
  void numbers() throws ConversionException {
    check(Byte.class, () -> (byte) number());
    check(Short.class, () -> (short) number());
    check(Integer.class, () -> (int) number());
    check(Long.class, this::number);
    check(Float.class, () -> finite(Float.intBitsToFloat(random.nextInt())));
    check(Double.class, () -> finite(Double.longBitsToDouble(random.nextLong())));
    check(BigInteger.class, () -> BigInteger.valueOf(number()).pow(random.nextInt(1, 40)));
    check(
        BigDecimal.class, () -> new BigDecimal(BigInteger.valueOf(number()), random.nextInt(2000)));
    check(Boolean.class, random::nextBoolean);
    check(DataSize.class, () -> new DataSize(number() & Long.MAX_VALUE));
    check(DataSize.class, () -> new DataSize(random.nextLong(1_000) << random.nextInt(6) * 9));
    assertEquals(11, types);
  }

  private static float finite(float value) {
    return Float.isFinite(value) ? value : 0;
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }

  @Test
  void times() throws ConversionException {
    check(Duration.class, () -> Duration.ofSeconds(number(), random.nextInt(1_000_000_000)));
    check(Period.class, () -> Period.of((int) number(), (int) number(), (int) number()));
    check(Instant.class, () -> Instant.ofEpochSecond(number() >> 12, random.nextInt(999_999_999)));
    check(LocalDate.class, this::date);
    check(LocalTime.class, this::time);
    check(LocalDateTime.class, () -> date().atTime(time()));
    check(OffsetTime.class, () -> time().atOffset(offset()));
    check(OffsetDateTime.class, () -> date().atTime(time()).atOffset(offset()));
    check(ZonedDateTime.class, () -> date().atTime(time()).atZone(zone()));
    check(Year.class, () -> Year.of((int) (number() >> 34)));
    // of years with more digits it writes a text that the JDK does not read
    check(YearMonth.class, () -> YearMonth.of(random.nextInt(-9_999, 10_000), 1 + types % 12));
    check(MonthDay.class, () -> MonthDay.from(date()));
    check(ZoneId.class, this::zone);
    check(ZoneOffset.class, this::offset);
    assertEquals(14, types);
  }

  @Test
  void names() throws ConversionException {
    List<Charset> charsets = List.copyOf(Charset.availableCharsets().values());
    check(Charset.class, () -> charsets.get(random.nextInt(charsets.size())));
    List<Currency> currencies = List.copyOf(Currency.getAvailableCurrencies());
    check(Currency.class, () -> currencies.get(random.nextInt(currencies.size())));
    check(UUID.class, () -> new UUID(random.nextLong(), random.nextLong()));
    check(Thread.State.class, () -> Thread.State.values()[random.nextInt(6)]);
    assertEquals(4, types);
    int tags = 0;
    for (Locale locale : Locale.getAvailableLocales()) {
      String tag = locale.toLanguageTag();
      assertEquals(tag, read(tag, Locale.class).toLanguageTag());
      tags++;
    }
    assertTrue(tags >= 100, "tags: " + tags);
  }

  @Test
  void bytesAndAddresses() throws ConversionException, UnknownHostException {
    for (int i = 0; i < CASES; i++) {
      byte[] bytes = new byte[random.nextInt(50)];
      random.nextBytes(bytes);
      assertArrayEquals(bytes, read(Base64.getEncoder().encodeToString(bytes), byte[].class));
      String bare = Base64.getEncoder().withoutPadding().encodeToString(bytes);
      assertArrayEquals(bytes, read(bare, byte[].class));
      InetAddress address = address();
      String literal = address.getHostAddress();
      assertEquals(address, read(literal, InetAddress.class));
      int port = random.nextInt(65_536);
      InetSocketAddress withPort =
          read(
              (literal.contains(":") ? "[" + literal + "]" : literal) + ":" + port,
              InetSocketAddress.class);
      assertEquals(InetSocketAddress.createUnresolved(literal, port), withPort);
    }
  }

  /** Of either kind, and of IPv6 with many zeros. */
  private InetAddress address() throws UnknownHostException {
    byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = random.nextInt(4) == 0 ? bytes[i] : 0;
    }
    return InetAddress.getByAddress(bytes);
  }

  /** Against the JDK's own reading, which looks nothing up for what has a colon. */
  @Test
  void ipv6_withOneGap_isReadAsTheJdkReadsIt() throws ConversionException, UnknownHostException {
    int gaps = 0;
    for (int i = 0; i < CASES; i++) {
      int left = random.nextInt(7);
      int right = random.nextInt(7 - left);
      String text = groups(left) + "::" + groups(right);
      assertEquals(InetAddress.getByName(text), read(text, InetAddress.class), text);
      gaps++;
    }
    assertEquals(CASES, gaps);
  }

  private String groups(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ":").append(Integer.toHexString(random.nextInt(1 << 16)));
    }
    return text.toString();
  }
}
