package dev.gimbal.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Live;
import dev.gimbal.Problem;
import dev.gimbal.Sources;
import dev.gimbal.TypeRef;
import dev.gimbal.source.MemorySource;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BeanValidationTest {

  public record Pool(
      @Min(1) @Max(64) int maxSize,
      @Valid List<Host> hosts,
      @Valid Map<String, Host> named,
      List<@Min(1) Integer> steps) {}

  public record Host(@NotBlank String name, @Pattern(regexp = "[a-z]{9,}") String password) {}

  /** A bean. */
  public static class Span {
    private int from;
    private int to;

    public void setFrom(int value) {
      from = value;
    }

    public void setTo(int value) {
      to = value;
    }

    public int getTo() {
      return to;
    }

    @AssertTrue(message = "it ends before it begins")
    public boolean isOrdered() {
      return from <= to;
    }
  }

  private static final String GOOD =
      """
      pool:
        max-size: 8
        hosts: [{name: a, password: abcdefghi}]
        named: {main: {name: b, password: abcdefghi}}
        steps: [1, 2]
      """;

  private static Locale before;

  /** Messages are in the language of the machine, so that this one is said. */
  @BeforeAll
  static void speakEnglish() {
    before = Locale.getDefault();
    Locale.setDefault(Locale.ENGLISH);
  }

  @AfterAll
  static void speakAsBefore() {
    Locale.setDefault(before);
  }

  private static Config open(String yaml, MemorySource overrides) {
    return Config.builder()
        .source(Sources.string("app.yaml", "yaml", yaml))
        .source(overrides)
        .objectValidator("bean validation", BeanValidation.standard())
        .build();
  }

  private static List<String> problems(ConfigException e) {
    return e.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void objectsThatFollowTheirConstraints_areTaken_andOthersRefused() {
    MemorySource overrides = Sources.memory("overrides");
    try (Config config = open(GOOD, overrides)) {
      Live<Pool> pool = config.live("pool", Pool.class);
      assertEquals(8, pool.get().maxSize());
      ConfigException refused =
          assertThrows(ConfigException.class, () -> overrides.put("pool.max-size", 65));
      assertEquals(
          List.of(
              """
              GIM-024 pool.max-size: refused by the validator "bean validation": must be less than or equal to 64
                      at overrides   (overrides app.yaml:2:13)"""),
          problems(refused));
      assertEquals(8, pool.get().maxSize());
      overrides.put("pool.max-size", 64);
      assertEquals(64, pool.get().maxSize());
    }
  }

  @Test
  void declaration_ofAWrongObject_tellsAllThatIsWrong_withItsPlaces_andNoSecrets() {
    String bad =
        """
        pool:
          max-size: 0
          hosts: [{name: a, password: abcdefghi}, {name: ' ', password: short}]
          named: {main: {name: '', password: abcdefghi}}
          steps: [1, 0]
        """;
    try (Config config = open(bad, Sources.memory("overrides"))) {
      ConfigException refused =
          assertThrows(ConfigException.class, () -> config.live("pool", Pool.class));
      assertEquals(
          List.of(
              "pool.max-size: must be greater than or equal to 1 at 2:13",
              "pool.hosts[1].name: must not be blank at 3:50",
              "pool.hosts[1].password: it is not valid at 3:65",
              "pool.named.main.name: must not be blank at 4:24",
              "pool.steps[1]: must be greater than or equal to 1 at 5:14"),
          refused.problems().stream()
              .map(
                  problem -> {
                    assertEquals(ErrorCode.REFUSED, problem.code());
                    return problem.path()
                        + ": "
                        + problem
                            .message()
                            .replace("refused by the validator \"bean validation\": ", "")
                        + " at "
                        + problem.origin().line()
                        + ":"
                        + problem.origin().column();
                  })
              .toList());
    }
  }

  @Test
  void listsAndBeans_areCheckedToo() {
    MemorySource overrides = Sources.memory("overrides");
    overrides.put("spans", List.of(Map.of("from", 1, "to", 2), Map.of("from", 3, "to", 3)));
    try (Config config = open("{}", overrides)) {
      Live<List<Span>> spans = config.live("spans", new TypeRef<List<Span>>() {});
      assertEquals(2, spans.get().size());
      ConfigException refused =
          assertThrows(ConfigException.class, () -> overrides.put("spans[1].from", 4));
      assertEquals(
          "refused by the validator \"bean validation\": it ends before it begins",
          refused.problems().get(0).message());
      assertEquals(2, spans.get().get(0).getTo());
    }
  }

  @Test
  void whatOptionals_setsAndArraysHold_isCheckedToo() {
    MemorySource overrides = Sources.memory("overrides");
    overrides.put("steps", List.of(Map.of("from", 1, "to", 2)));
    overrides.put("one", Map.of("name", "a", "password", "abcdefghi"));
    try (Config config = open("{}", overrides)) {
      config.live("steps", Span[].class);
      config.live("one", new TypeRef<Optional<Host>>() {});
      config.live("some", new TypeRef<Set<Host>>() {}, Set.of());
      assertThrows(ConfigException.class, () -> overrides.put("steps[0].to", 0));
      assertThrows(ConfigException.class, () -> overrides.put("one.name", " "));
      assertThrows(
          ConfigException.class,
          () -> overrides.put("some", List.of(Map.of("name", "", "password", "abcdefghi"))));
      assertEquals(2, config.get("steps[0].to").asInt());
      assertEquals("a", config.get("one.name").asString());
    }
  }
}
