package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Guard;
import dev.gimbal.Live;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.Snapshot;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.Sources;
import dev.gimbal.Validator;
import dev.gimbal.Verdict;
import dev.gimbal.bind.Key;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guards, validators and converters of users: what they decide. */
@Timeout(60)
class UserChecksTest extends WithUserChecks {

  // ---- what they decide

  @Test
  void guard_thatRefuses_keepsTheSnapshot_andTellsWhyAndWhere() {
    try (Config config = open(builder().guard("grows", growsOnly()))) {
      source.document(Map.of("size", 5));
      Snapshot before = config.snapshot();
      source.document(Map.of("size", 4, "x", 1), "size", 3, 7);
      assertSame(before, config.snapshot());
      Problem problem = config.status().source("s").reason().problems().get(0);
      assertEquals(
          """
          GIM-024 size: refused by the guard "grows": it only grows
                  at s.yaml:3:7""",
          problem.toString());
      source.document(Map.of("size", 6));
      assertEquals(6, config.get("size").asInt());
      assertEquals(State.OK, config.status().source("s").state());
    }
  }

  @Test
  void guard_thatRefusesAWrite_makesItThrow() {
    try (Config config = open(builder().guard("grows", growsOnly()))) {
      assertEquals(2, memory.put("size", 9));
      ConfigException refused = assertThrows(ConfigException.class, () -> memory.put("size", 8));
      assertEquals(ErrorCode.REFUSED, refused.code());
      assertEquals(9, config.get("size").asInt());
      assertEquals(3, memory.put("size", 10));
    }
  }

  @Test
  void guard_seesWhatIsThere_andWhatWouldBe_withTheirVersions() {
    List<String> seen = new CopyOnWriteArrayList<>();
    Guard looks =
        (before, candidate) -> {
          seen.add(
              before.version()
                  + ":"
                  + before.get("size").asInt(0)
                  + " "
                  + candidate.version()
                  + ":"
                  + candidate.get("size").asInt(0));
          return Verdict.accept();
        };
    try (Config config = open(builder().guard("looks", looks))) {
      memory.put("size", 2);
      memory.put("size", 2);
      memory.put("size", 3);
      assertEquals(3, config.snapshot().version());
    }
    assertEquals(List.of("0:0 1:1", "1:1 2:2", "2:2 3:3"), seen);
  }

  @Test
  void guard_isNotAskedAboutWhatFailsOtherwise_butValidatorsAre() {
    AtomicInteger guards = new AtomicInteger();
    Config.Builder builder =
        builder()
            .guard(
                "counts",
                (before, candidate) -> {
                  guards.incrementAndGet();
                  return Verdict.accept();
                })
            .validator(
                "odd",
                candidate ->
                    candidate.get("size").asString("").endsWith("x")
                        ? Verdict.reject("size", "it ends with x")
                        : Verdict.accept());
    try (Config config = open(builder)) {
      config.live("size", Integer.class);
      assertEquals(1, guards.get());
      ConfigException both = assertThrows(ConfigException.class, () -> memory.put("size", "7x"));
      assertEquals(
          List.of(ErrorCode.CONVERSION, ErrorCode.REFUSED),
          both.problems().stream().map(Problem::code).toList());
      assertEquals(1, guards.get());
    }
  }

  @Test
  void start_thatIsRefused_tellsEverythingAtOnce() {
    Validator two =
        candidate -> Verdict.reject("size", "too small").and(Verdict.reject("no owner"));
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> builder().source(source).validator("a", two).validator("b", two).build());
    assertEquals(
        List.of(
            "refused by the validator \"a\": too small",
            "refused by the validator \"b\": too small",
            "refused by the validator \"a\": no owner",
            "refused by the validator \"b\": no owner"),
        refused.problems().stream().map(Problem::message).toList());
  }

  @Test
  void refusedValue_thatOverridesOthers_namesTheirPlaces() {
    Config.Builder builder =
        builder()
            .source(Sources.string("low", "properties", "size=1\n"))
            .source(Sources.string("middle", "properties", "\nsize=2\n"))
            .source(Sources.string("high", "properties", "size=3\n"))
            .validator("odd", candidate -> Verdict.reject("size", "it is odd"));
    ConfigException refused = assertThrows(ConfigException.class, builder::build);
    assertEquals(
        "GIM-024 size: refused by the validator \"odd\": it is odd\n"
            + "        at high:1:6   (overrides middle:2:6, low:1:6)\n"
            + "       1 | size=***\n"
            + "         |      ^",
        refused.getMessage());
    assertEquals(
        List.of("middle:2:6", "low:1:6"),
        refused.problems().get(0).details().overridden().stream().map(Origin::toString).toList());
  }

  @Test
  void emptyConfig_isValidatedToo() {
    Validator required = candidate -> Verdict.reject("there is nothing");
    assertThrows(ConfigException.class, () -> builder().validator("required", required).build());
  }

  @Test
  void checkThatFails_isARejection_whichShowsNothingOfTheValue() {
    IllegalStateException thrown = new IllegalStateException("the password is hunter2");
    Guard fails =
        (before, candidate) -> {
          if (candidate.get("size").asInt() > 1) {
            throw thrown;
          }
          return Verdict.accept();
        };
    try (Config config = open(builder().guard("fails", fails))) {
      ConfigException refused = assertThrows(ConfigException.class, () -> memory.put("size", 2));
      assertEquals(
          "refused by the guard \"fails\": it failed: java.lang.IllegalStateException at "
              + place(thrown),
          refused.problems().get(0).message());
      assertEquals(1, config.snapshot().version());
    }
  }

  @Test
  void checkThatGivesNull_isARejection() {
    @SuppressWarnings("NullAway")
    Guard nothing = (before, candidate) -> before.version() == 0 ? Verdict.accept() : null;
    try (Config config = open(builder().guard("nothing", nothing))) {
      ConfigException refused = assertThrows(ConfigException.class, () -> memory.put("size", 2));
      assertEquals(
          "refused by the guard \"nothing\": it gave null", refused.problems().get(0).message());
      assertEquals(1, config.snapshot().version());
    }
  }

  @Test
  void guardThatReadsAMalformedValue_isThatValuesProblem() {
    try (Config config = open(builder().guard("reads", growsOnly()))) {
      ConfigException refused =
          assertThrows(ConfigException.class, () -> memory.put("size", "big"));
      assertEquals(ErrorCode.CONVERSION, refused.code());
      assertEquals(1, config.snapshot().version());
    }
  }

  /** A type whose constructor runs no check. */
  public record Pool(int maxSize, String password) {}

  @Test
  void objectValidator_isAskedAboutDeclaredObjects_atTheKeysOfTheirMembers() {
    List<Object> asked = new CopyOnWriteArrayList<>();
    Config.Builder builder =
        builder()
            .objectValidator(
                "limits",
                object -> {
                  asked.add(object);
                  return object instanceof Pool pool && pool.maxSize() > 9
                      ? Verdict.reject("maxSize", "too many")
                          .and(Verdict.reject("password", "hunter2 is weak"))
                          .and(Verdict.reject("no pool"))
                      : Verdict.accept();
                });
    try (Config config = open(builder)) {
      memory.patch(p -> p.set("pool.max-size", 1).set("pool.password", "hunter2"));
      assertEquals(List.of(), asked);
      Live<Pool> pool = config.live("pool", Pool.class);
      assertEquals(List.of(pool.get()), asked);
      ConfigException refused =
          assertThrows(ConfigException.class, () -> memory.put("pool.max-size", 10));
      assertEquals(
          List.of(
              "pool.max-size: refused by the validator \"limits\": too many",
              "pool.password: refused by the validator \"limits\": it is not valid",
              "pool: refused by the validator \"limits\": it is not valid"),
          refused.problems().stream()
              .map(problem -> problem.path() + ": " + problem.message())
              .toList());
      assertEquals("memory", refused.problems().get(0).origin().toString());
      assertEquals(1, pool.get().maxSize());
      config.live("size", Integer.class);
      assertEquals(3, asked.size());
    }
  }

  // ---- one object

  @Test
  void liveHandles_giveTheOneObjectThatWasChecked() {
    AtomicInteger conversions = new AtomicInteger();
    try (Config config = open(builder().converter(sizes(text -> conversions.incrementAndGet())))) {
      Live<Size> first = config.live("size", Size.class);
      Live<Size> second = config.live("size", Size.class);
      Size one = first.get();
      assertSame(one, second.get());
      assertEquals(1, conversions.get());
      memory.put("other", 1);
      assertSame(one, first.get());
      memory.put("size", 2);
      Size two = second.get();
      assertEquals(new Size(2), two);
      assertSame(two, first.get());
      assertEquals(2, conversions.get());
      assertThrows(ConfigException.class, () -> memory.put("size", "x"));
      assertSame(two, first.get());
      Live<Size> third = config.live("size", Size.class);
      assertSame(two, third.get());
      memory.put("size", 1);
      assertNotSame(one, third.get());
    }
  }

  /** Where it was made, in this class. */
  private static String place(Throwable thrown) {
    return "UserChecksTest.java:" + thrown.getStackTrace()[0].getLineNumber();
  }

  /** Throws it, declared or not: as code of other languages may. */
  @SuppressWarnings("unchecked")
  private static <X extends Throwable> Verdict thrown(Throwable any) throws X {
    throw (X) any;
  }

  @Test
  void whateverACheckThrows_isARejection_andTheDocumentStaysReceived() {
    for (Throwable any :
        List.of(new IOException("hunter2"), new Error("hunter2"), new Throwable("h2"))) {
      ScriptedSource told = new ScriptedSource("told", Map.of("bad", false));
      Config.Builder builder =
          builder()
              .source(told)
              .guard(
                  "fails",
                  (before, candidate) ->
                      candidate.get("bad").asBoolean(false)
                          ? UserChecksTest.<RuntimeException>thrown(any)
                          : Verdict.accept());
      try (Config config = told.attach(builder.build())) {
        told.document(Map.of("bad", true));
        assertEquals(
            "GIM-024 refused by the guard \"fails\": it failed: "
                + any.getClass().getName()
                + " at "
                + place(any),
            config.status().source("told").reason().getMessage());
        assertEquals(1, config.status().source("told").rejected());
        told.document(Map.of("bad", false, "x", 1));
        assertEquals(State.OK, config.status().source("told").state());
        assertEquals(1, config.get("x").asInt());
      }
    }
  }

  @Test
  void whateverAConverterThrows_refusesTheValue() {
    Error error = new Error("hunter2");
    try (Config config =
        open(
            builder()
                .converter(
                    sizes(
                        text -> {
                          if (text.equals("9")) {
                            UserChecksTest.<RuntimeException>thrown(error);
                          }
                        })))) {
      Live<Size> size = config.live("size", Size.class);
      ConfigException refused = assertThrows(ConfigException.class, () -> memory.put("size", 9));
      assertEquals(
          "found 9, expected a size (the converter failed: java.lang.Error at "
              + place(error)
              + ")",
          refused.problems().get(0).message());
      assertEquals(new Size(1), size.get());
    }
  }

  @Test
  void exceptionOfTheUsersOwn_isNotTakenForAValuesProblem() {
    ConfigException thrown = new ConfigException(ErrorCode.LIMIT, "hunter2");
    Guard own =
        (before, candidate) -> {
          if (before.version() > 0) {
            throw thrown;
          }
          return Verdict.accept();
        };
    try (Config config = open(builder().guard("own", own))) {
      ConfigException refused = assertThrows(ConfigException.class, () -> memory.put("x", 1));
      assertEquals(
          "GIM-024 refused by the guard \"own\": it failed: dev.gimbal.ConfigException at "
              + place(thrown),
          refused.getMessage());
      assertEquals(1, config.snapshot().version());
    }
  }

  /** Its member is read from another key. */
  public record Login(@Key("password") String word, String user) {}

  @Test
  void objectValidator_saysNothingOfSecrets_whateverTheirMembersAreCalled() {
    Config.Builder builder =
        builder()
            .objectValidator(
                "words",
                object ->
                    object instanceof Login login && login.word().length() < 9
                        ? Verdict.reject("word", login.word() + " is short")
                            .and(Verdict.reject("user", login.user() + " is weak"))
                            .and(Verdict.reject(login + " is refused"))
                        : Verdict.accept());
    try (Config config = open(builder)) {
      memory.patch(p -> p.set("login.password", "hunter2hunter2").set("login.user", "u"));
      config.live("login", Login.class);
      ConfigException refused =
          assertThrows(ConfigException.class, () -> memory.put("login.password", "hunter2"));
      assertEquals(
          List.of(
              "login.user: refused by the validator \"words\": u is weak",
              "login: refused by the validator \"words\": it is not valid",
              "login.word: refused by the validator \"words\": it is not valid"),
          refused.problems().stream()
              .map(problem -> problem.path() + ": " + problem.message())
              .toList());
      assertEquals(2, config.snapshot().version());
    }
  }

  @Test
  void liveHandle_givesTheCheckedObject_alsoWhenOtherDocumentsWereTriedAfterIt() throws Exception {
    List<Thread> converting = new CopyOnWriteArrayList<>();
    ScriptedSource b = new ScriptedSource("b", Map.of());
    ScriptedSource c = new ScriptedSource("c", Map.of());
    Config.Builder builder =
        builder()
            .source(source)
            .source(b)
            .source(c)
            .converter(sizes(text -> converting.add(Thread.currentThread())));
    try (Config config = c.attach(b.attach(source.attach(builder.build())))) {
      Live<Size> size = config.live("size", Size.class);
      config.live("b", Integer.class, 0);
      config.live("c", Integer.class, 0);
      b.document(Map.of("b", "bad"));
      c.document(Map.of("c", "bad", "size", 7));
      source.document(Map.of("size", 2));
      assertEquals(new Size(2), size.get());
      assertEquals(0, converting.stream().filter(Thread.currentThread()::equals).count());
    }
  }
}
