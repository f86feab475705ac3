package dev.gimbal.fuzz;

import dev.gimbal.DataSize;
import dev.gimbal.TypeRef;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Scalar;
import java.io.File;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
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
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import java.util.regex.Pattern;

/** All that there are conversions to, and some types that are made of others. */
final class ConvertedTypes {

  static final List<Type> ALL =
      List.of(
          String.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          DataSize.class,
          char[].class,
          byte[].class,
          Scalar.Kind.class,
          Duration.class,
          Period.class,
          Instant.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          OffsetTime.class,
          ZonedDateTime.class,
          Year.class,
          YearMonth.class,
          MonthDay.class,
          ZoneId.class,
          ZoneOffset.class,
          Path.class,
          File.class,
          Pattern.class,
          Charset.class,
          Locale.class,
          Currency.class,
          UUID.class,
          URI.class,
          URL.class,
          InetAddress.class,
          InetSocketAddress.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class,
          List.class,
          Set.class,
          Map.class,
          Object.class,
          Node.class,
          int[].class,
          new TypeRef<Optional<List<Integer>>>() {}.type(),
          new TypeRef<List<List<Duration>>>() {}.type(),
          new TypeRef<Set<BigDecimal>>() {}.type(),
          new TypeRef<SortedSet<String>>() {}.type(),
          new TypeRef<Map<Integer, List<?>>>() {}.type(),
          new TypeRef<SortedMap<String, Map<String, Boolean>>>() {}.type());

  private ConvertedTypes() {}

  static Class<?> raw(Type type) {
    return type instanceof ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : (Class<?>) type;
  }
}
