package dev.gimbal.bind;

import dev.gimbal.tree.Scalar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Durations, dates and times. */
final class TimeCases {

  private TimeCases() {}

  private static Scalar n(String text) {
    return Scalar.number(text);
  }

  static void durations(ConversionCases cases) {
    cases.section("durations");
    cases.ok(Duration.class, Duration.ofSeconds(3), "3s", "PT3S", "3000ms", "+3s");
    cases.ok(Duration.class, Duration.ofMinutes(90), "1h30m", "1.5h", "pt1h30m");
    cases.ok(Duration.class, Duration.ofDays(1), "1d", "24h");
    cases.ok(Duration.class, Duration.ofMillis(-500), "-500ms", "-.5s");
    cases.ok(Duration.class, Duration.ofNanos(1), "1ns", "1.9ns");
    cases.ok(Duration.class, Duration.ZERO, "0", n("0"), "-0");
    cases.bad(
        Duration.class,
        "expected a duration with a unit, such as 500ms, 3s, 1h30m or PT3S",
        "80",
        n("80"),
        "1 s",
        " 1s",
        "1S",
        "1w",
        "1h-30m",
        "1e3s",
        "");
    cases.bad(
        Duration.class,
        "expected a duration of at most 9223372036854775807s",
        "9223372036854775808s",
        "P106751991167301D");
  }

  static void times(ConversionCases cases) {
    cases.section("times");
    cases.ok(Period.class, Period.of(1, 6, 0), "1y6m", "P1Y6M");
    cases.ok(Period.class, Period.ofDays(14), "2w", "14d", "P2W");
    cases.ok(Period.class, Period.ofDays(-10), "-10d");
    cases.ok(Period.class, Period.ZERO, "0", n("0"));
    cases.bad(
        Period.class,
        "expected a period such as 1y6m, 2w, 10d or P1Y6M",
        "10",
        "6m1y",
        "1.5y",
        "3h",
        "1y 6m",
        "99999999999y",
        "");
    Instant noon = Instant.parse("2030-01-31T12:00:00Z");
    cases.ok(Instant.class, noon, "2030-01-31T12:00:00Z", "2030-01-31T13:00:00+01:00");
    cases.bad(
        Instant.class,
        "expected an instant such as 2030-01-31T12:00:00Z",
        "2030-01-31T12:00:00",
        n("1900000000"),
        "2030-02-30T12:00:00Z",
        "");
    cases.ok(LocalDate.class, LocalDate.of(2030, 1, 31), "2030-01-31");
    cases.bad(
        LocalDate.class,
        "expected a date such as 2030-01-31",
        "2030-1-31",
        "31.01.2030",
        "2030-02-30");
    cases.ok(LocalTime.class, LocalTime.NOON, "12:00", "12:00:00.0");
    cases.bad(
        LocalTime.class, "expected a time such as 12:00 or 12:00:00.5", "24:00", "9:00", "12:00Z");
    LocalDateTime local = LocalDateTime.of(2030, 1, 31, 12, 0);
    cases.ok(LocalDateTime.class, local, "2030-01-31T12:00", "2030-01-31 12:00");
    cases.bad(
        LocalDateTime.class,
        "expected a date and time such as 2030-01-31T12:00",
        "2030-01-31",
        "2030-01-31T12:00Z");
    cases.ok(
        OffsetDateTime.class,
        local.atOffset(ZoneOffset.ofHours(1)),
        "2030-01-31T12:00+01:00",
        "2030-01-31 12:00+01:00");
    cases.bad(
        OffsetDateTime.class,
        "expected a date, time and offset such as 2030-01-31T12:00+01:00",
        "2030-01-31T12:00");
    cases.ok(
        OffsetTime.class, OffsetTime.of(LocalTime.NOON, ZoneOffset.UTC), "12:00Z", "12:00+00:00");
    cases.bad(OffsetTime.class, "expected a time and offset such as 12:00+01:00", "12:00");
    cases.ok(
        ZonedDateTime.class,
        local.atZone(ZoneId.of("Europe/Paris")),
        "2030-01-31T12:00+01:00[Europe/Paris]");
    cases.bad(
        ZonedDateTime.class,
        "expected a date, time and zone such as 2030-01-31T12:00+01:00[Europe/Paris]",
        "2030-01-31T12:00");
    cases.ok(Year.class, Year.of(2030), n("2030"), "2030");
    cases.bad(
        Year.class,
        "expected a year from -999999999 to 999999999",
        "2030 ",
        n("1e3"),
        n("1000000000"));
    cases.ok(YearMonth.class, YearMonth.of(2030, 1), "2030-01");
    cases.bad(YearMonth.class, "expected a year and month such as 2030-01", "2030-13", "01/2030");
    cases.ok(MonthDay.class, MonthDay.of(1, 31), "--01-31");
    cases.bad(MonthDay.class, "expected a month and day such as --01-31", "01-31", "--02-30");
    cases.ok(Month.class, Month.MAY, "may");
    cases.ok(ZoneId.class, ZoneId.of("Europe/Paris"), "Europe/Paris");
    cases.ok(ZoneId.class, ZoneOffset.UTC, "Z");
    cases.bad(
        ZoneId.class,
        "expected a time zone such as Europe/Paris, +01:00 or Z",
        "Europe/Atlantis",
        "CET ",
        "");
    cases.ok(ZoneOffset.class, ZoneOffset.ofHours(1), "+01:00", "+1");
    cases.bad(ZoneOffset.class, "expected an offset such as +01:00 or Z", "01:00", "+19:00", "UTC");
  }
}
