package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceResolverTest {

  @TempDir Path dir;
  private final SourceResolver resolver = SourceResolver.installed(List.of());

  private static String wrong(Executable call) {
    return assertThrows(ConfigException.class, call).getMessage();
  }

  private String options(String spec) {
    Source source = resolver.create(spec);
    WatchOptions o =
        source instanceof FileSource file ? file.options() : ((DirectorySource) source).options();
    return source
        + " "
        + o.name()
        + " "
        + o.format()
        + " "
        + o.onMissing()
        + " "
        + o.stillFor()
        + " "
        + o.settleFor()
        + " "
        + o.poll()
        + " "
        + o.readOptions(dev.gimbal.format.ReadOptions.DEFAULT);
  }

  private static final String DEFAULTS =
      " null KEEP PT0.05S PT0.2S null ReadOptions[limits=Limits[maxBytes=10485760, maxDepth=256,"
          + " maxNodes=1000000], template=ALL, expandDottedKeys=false, documents=Documents[number=0]]";

  @ParameterizedTest
  @CsvSource({
    "app.yaml, file app.yaml",
    "file:app.yaml, file app.yaml",
    "file:/etc/app.yaml, file /etc/app.yaml",
    "file:///etc/app.yaml, file /etc/app.yaml",
    "file:a%20b?c.yaml?optional=false, file a%20b?c.yaml",
    "file:a:b.yaml, file a:b.yaml",
    "dir:conf, directory conf",
    "dir:///etc/app, directory /etc/app",
    "conf?as=values, directory conf",
    "sub/a:b.yaml, file sub/a:b.yaml",
    "C:x.yaml, file C:x.yaml",
    "env:APP_, environment APP_",
    "env:, environment",
    "sys:app., system properties app.",
    "sys:, system properties"
  })
  void spec_namesASource(String spec, String source) {
    assertEquals(source, resolver.create(spec).toString());
  }

  @Test
  void path_withoutOptions_hasTheDefaults() {
    assertEquals("file app.yaml app.yaml" + DEFAULTS, options("app.yaml"));
  }

  @Test
  void path_takesAllOptions() {
    assertEquals(
        "directory conf n&m yaml CLEAR PT0.01S PT1S PT1M ReadOptions[limits=Limits[maxBytes=1,"
            + " maxDepth=2, maxNodes=3], template=NONE, expandDottedKeys=true,"
            + " documents=Documents[number=7]]",
        options(
            "conf?name=n%26m&format=yaml&onMissing=clear&still=10ms&settle=PT1S&poll=1m"
                + "&placeholders=off&dottedKeys=expand&maxBytes=1&maxDepth=2&maxNodes=3"
                + "&as=documents&document=7"));
  }

  @Test
  void optional_isUnderstoodForEveryScheme() {
    for (String spec : List.of("a.yaml", "file:a.yaml", "dir:a", "env:A_", "sys:a")) {
      assertEquals(true, resolver.create(spec + "?optional=true").isOptional(), spec);
      assertEquals(false, resolver.create(spec + "?optional=false").isOptional(), spec);
      assertEquals(false, resolver.create(spec).isOptional(), spec);
    }
  }

  @Test
  void secret_isUnderstoodForEveryScheme() {
    for (String spec :
        List.of("a.yaml", "file:a.yaml", "dir:a", "classpath:a.yaml", "env:A_", "sys:a")) {
      assertEquals(true, resolver.create(spec + "?secret=true") instanceof SecretSource, spec);
      assertEquals(false, resolver.create(spec + "?secret=false") instanceof SecretSource, spec);
    }
    Source both = resolver.create("a.yaml?secret=true&optional=true");
    assertEquals(true, both instanceof SecretSource && both.isOptional());
    assertEquals(
        "GIM-014 source \"a.yaml?secret=***\": secret=*** (expected: true or false)",
        wrong(() -> resolver.create("a.yaml?secret=yes")));
  }

  @Test
  void path_thatIsAFileOfThatWholeName_hasNoOptions() throws IOException {
    Path odd = Files.createFile(dir.resolve("what?optional=true"));
    Source source = resolver.create(odd.toString());
    assertEquals("file " + odd, source.toString());
    assertEquals(false, source.isOptional());
  }

  @Test
  void path_thatIsAFolder_isADirectory() {
    assertEquals("directory " + dir, resolver.create(dir.toString()).toString());
    Source optional = resolver.create(dir + "?optional=true");
    assertEquals(dir.toString(), optional.name());
    assertEquals(true, optional.isOptional());
  }

  @Test
  void scheme_thatNobodyKnows_isNamedWithThoseKnown() {
    assertEquals(
        "GIM-014 source \"etcd://host/app?x=1\": no source knows etcd: and there is no such file"
            + " (known: classpath:, dir:, env:, file:, http:, https:, sys:)",
        wrong(() -> resolver.create("etcd://host/app?x=1")));
  }

  @Test
  void scheme_thatIsMisspelt_isToldWithTheOneThatMayBeMeant() {
    ConfigException e =
        assertThrows(ConfigException.class, () -> resolver.create("htps://host/app.yaml"));

    String known = "classpath:, dir:, env:, file:, http:, https:, sys:";
    assertEquals(
        "GIM-014 source \"htps://host/app.yaml\": no source knows htps: and there is no such file"
            + " (known: "
            + known
            + "); did you mean https:?",
        e.getMessage());
    assertEquals(
        Problem.Details.of("\"htps:\"", "one of " + known, "https:"),
        e.problems().get(0).details());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "env:A_?optoinal=true | '\"optoinal\"' | one of optional, secret | optional",
        "a.yaml?onMissing=claer | '\"claer\"' | keep or clear | clear",
        "a.yaml?onMissing=x | '\"x\"' | keep or clear |",
        "a.yaml?poll=fast | '\"fast\"' | a duration such as 500ms, 2s, 1m or PT2S |",
        "a.yaml?poll=9999h | '\"9999h\"' | <= 365 days |",
        "a.yaml?maxNodes=x | '\"x\"' | an integer from 1 to 2147483647 |",
        "a.yaml?poll=0s | '\"0s\"' | > 0 |",
        "http://h/a.yaml?timeout=0s | '\"0s\"' | > 0 |",
        "a.yaml?document=0 | '\"0\"' | all or an integer from 1 |",
        "a.yaml?poll | '\"poll\"' | key=value |",
      })
  void option_thatCannotBeUnderstood_isToldInParts(
      String spec, String found, String expected, String meant) {
    ConfigException e = assertThrows(ConfigException.class, () -> resolver.create(spec));
    Problem problem = e.problems().get(0);

    assertEquals(Problem.Details.of(found, expected, meant), problem.details());
    String hint = meant == null ? ")" : "; did you mean " + meant + "?";
    assertEquals(hint, problem.message().substring(problem.message().length() - hint.length()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "a.yaml?name=%4 | - | two hexadecimal digits behind each %",
        "file: | - | a path",
        "classpath: | - | the name of a resource",
        "http: | - | http://host/path",
        "http:///a | - | http://host/path",
        "https://h/a.yaml?cache=%00 | - | a path",
        "a.yaml?name=a&name=b | - | -",
      })
  void text_thatCannotBeUnderstood_isToldInParts(String spec, String found, String expected) {
    ConfigException e = assertThrows(ConfigException.class, () -> resolver.create(spec));

    assertEquals(
        List.of("GIM-014", Problem.Details.of(found, expected, null)),
        List.of(e.code().id(), e.problems().get(0).details()));
  }

  private static SourceResolver with(Labels labels) {
    return SourceResolver.installed(List.of(), labels);
  }

  @Test
  void label_thatIsMisspelt_isToldInParts() throws IOException {
    Labels labels = Labels.of(variable -> null);
    List<String> specs = List.of(dir + "/app-{profile}.properties");
    Files.writeString(dir.resolve("app-prod.properties"), "a=1\n");

    assertEquals(
        List.of(Problem.Details.of("\"profil\"", null, "profile")),
        with(labels.with("profil", List.of("prod"))).labelProblems(specs, List.of()).stream()
            .map(Problem::details)
            .toList());
    Source absent = with(labels.with("profile", List.of("prdo"))).createAll(specs.get(0)).get(0);
    ConfigException e =
        assertThrows(ConfigException.class, () -> Config.builder().source(absent).build());
    assertEquals(Problem.Details.of(null, null, "profile=prod"), e.problems().get(0).details());
    assertEquals(
        Problem.Details.of("\"a/b\"", "up to 100 letters, digits, ., _ and -, without ..", null),
        assertThrows(
                ConfigException.class,
                () -> with(labels.with("profile", List.of("a/b"))).createAll(specs.get(0)))
            .problems()
            .get(0)
            .details());
  }

  @Test
  void durations_ofMoreThanAYear_areRefused() {
    WatchOptions options = WatchOptions.of(Path.of("a"));
    Duration year = Duration.ofDays(365);
    assertEquals(year, options.withStillFor(year).withSettleFor(year).withPoll(year).poll());
    Duration more = year.plusNanos(1);
    List<String> messages = new ArrayList<>();
    for (Executable call :
        List.<Executable>of(
            () -> options.withStillFor(more),
            () -> options.withSettleFor(more),
            () -> options.withPoll(more))) {
      messages.add(assertThrows(IllegalArgumentException.class, call).getMessage());
    }
    String rest = ": PT8760H0.000000001S (expected: <= 365 days)";
    assertEquals(List.of("stillFor" + rest, "settleFor" + rest, "poll" + rest), messages);
  }

  @ParameterizedTest
  @CsvSource({
    "postgres://u:hunter2@h/db,postgres://***@h/db",
    "postgres://u:hun@ter/2@h/db?x=1,postgres://***@h/db?x=1",
    "postgres:u:hunter2@h,postgres:***@h",
    "etcd://h/app?password=hunter2&x=1,etcd://h/app?password=***&x=1",
    "etcd://h/app?x=1&apiKey=,etcd://h/app?x=1&apiKey=***",
    "user:hunter2@host,user:***@host",
    "vault://u:hun?ter2@h/db?x=1,vault://***@h/db?x=1",
    "vault://u:hun?ter2@h/db,vault://***@h/db",
    "vault://h/a?name=a@b&bearer=hunter2&x=1,vault://h/a?name=a@b&bearer=***&x=1",
    "vault://h/a?Bearer=hunter2&header.Authorization=Basic dTpw,"
        + "vault://h/a?Bearer=***&header.Authorization=***",
    "vault://h/a?token=hunter2?x=1,vault://h/a?token=***?x=1",
    "vault://u:hun?t=er2@h/a?poll=x,vault://***@h/a?poll=x",
    "vault://u:hun?t&er2=x@h/a,vault://***@h/a",
    "vault://u:hun/2?a=b@h/a,vault://***@h/a",
    "vault://h:80/a?a=b@c,vault://h:80/a?a=b@c",
    "vault://h/a?x@y=1&bearer=hunter2,vault://***@y=1&bearer=***",
    "vault://h?name=a@b&token=hunter2,vault://***@b&token=***",
  })
  void spec_thatNobodyKnows_isSaidWithoutItsSecrets(String spec, String shown) {
    String message = wrong(() -> resolver.create(spec));
    assertEquals(
        "GIM-014 source \"" + shown + "\": no source knows " + spec.substring(0, spec.indexOf(':')),
        message.substring(0, message.indexOf(": and there is")));
  }

  @Test
  void secret_ofAnOption_isShownNowhere() {
    String start = "https://u:hunter2@h/a.json?";
    String shown = "GIM-014 source \"https://***@h/a.json?";
    List<String> told = new ArrayList<>();
    List<@Nullable String> found = new ArrayList<>();
    for (Executable call :
        List.<Executable>of(
            () -> resolver.create(start + "bearer=hunter2&poll=x"),
            () -> resolver.create(start + "header.X-Auth=hunter2&pol=1s"),
            () -> resolver.create(start + "bearer=hun&ter2"),
            () -> resolver.create("https://u:hun?ter2@h/a.json"),
            () -> resolver.create(start + "bearer=hun%2"),
            () -> resolver.create(start + "header.X-Auth=hunter2%0A"),
            () -> SourceSpec.parse("x:?bearer=hunter2").duration("bearer"))) {
      ConfigException e = assertThrows(ConfigException.class, call);
      told.add(e.getMessage());
      found.add(e.problems().get(0).details().found());
    }
    assertEquals(
        List.of(
            shown
                + "bearer=***&poll=x\": poll=x (expected: a duration such as 500ms, 2s, 1m or PT2S)",
            shown
                + "header.X-Auth=***&pol=1s\": unknown option pol (known: optional, secret, name, format,"
                + " placeholders, dottedKeys, document, maxBytes, maxDepth, maxNodes, onMissing,"
                + " poll, connectTimeout, timeout, bearer, cache, trustStore, trustStorePassword,"
                + " keyStore, keyStorePassword, header.X-Auth); did you mean poll?",
            shown + "bearer=***&***\": option *** (expected: key=value)",
            "GIM-014 source \"https://***@h/a.json\": option *** (expected: key=value)",
            shown + "bearer=***\": option bearer: % without two hexadecimal digits behind it",
            "GIM-014 header.X-Auth: HTTP does not allow its name or value",
            "GIM-014 source \"x:?bearer=***\": bearer=*** (expected: a duration such as 500ms,"
                + " 2s, 1m or PT2S)"),
        told);
    assertEquals(Arrays.asList("\"x\"", "\"pol\"", "***", "***", null, null, "***"), found);
    assertEquals(
        start.replace("u:hunter2", "***") + "bearer=***",
        SourceSpec.parse(start + "bearer=hunter2").toString());
    assertEquals("file:/a?b@c=1", SourceSpec.parse("file:/a?b@c=1").toString());
    assertEquals("https://h/a.json", resolver.create(start + "bearer=hunter2").name());
    assertEquals("http https://h/a.json", resolver.create(start + "bearer=hunter2").toString());
  }

  @Test
  void file_withAnAtSign_isShownWhole() {
    assertEquals(
        "GIM-014 source \"file:/etc/a@b.yaml?poll=x\": poll=x (expected: a duration such as"
            + " 500ms, 2s, 1m or PT2S)",
        wrong(() -> resolver.create("file:/etc/a@b.yaml?poll=x")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.yaml?opt=1 | unknown option opt (known: optional, secret, name, format, onMissing,"
            + " placeholders, dottedKeys, document, poll, still, settle, maxBytes, maxDepth, maxNodes)",
        "env:A_?name=x | unknown option name (known: optional, secret)",
        "a.yaml?optional=yes | optional=yes (expected: true or false)",
        "a.yaml?poll=x&secret=true | poll=x (expected: a duration such as 500ms, 2s, 1m or PT2S)",
        "a.yaml?document=0 | document=0 (expected: all or an integer from 1)",
        "a.yaml?document=last | document=last (expected: all or an integer from 1)",
        "a.yaml?document=9999999999 | document=9999999999 (expected: all or an integer from 1)",
        "classpath:a.yaml?document=-1 | document=-1 (expected: all or an integer from 1)",
        "a.yaml?onMissing=x | onMissing=x (expected: keep or clear)",
        "dir:a?as=x | as=x (expected: values or documents)",
        "a.yaml?poll=fast | poll=fast (expected: a duration such as 500ms, 2s, 1m or PT2S)",
        "a.yaml?poll=-1s | poll=-1s (expected: a duration such as 500ms, 2s, 1m or PT2S)",
        "a.yaml?poll= | poll= (expected: a duration such as 500ms, 2s, 1m or PT2S)",
        "a.yaml?still=9999999h | still=9999999h (expected: <= 365 days)",
        "a.yaml?settle=P366D | settle=P366D (expected: <= 365 days)",
        "a.yaml?poll=31536000001ms | poll=31536000001ms (expected: <= 365 days)",
        "a.yaml?poll=0s | poll=0s (expected: > 0)",
        "a.yaml?maxDepth=0 | maxDepth=0 (expected: an integer from 1 to 2147483647)",
        "a.yaml?maxNodes=x | maxNodes=x (expected: an integer from 1 to 2147483647)",
        "a.yaml?optional | option \"optional\" (expected: key=value)",
        "a.yaml?name=a&name=b | option name stands twice",
        "a.yaml?name=%4 | option name: % without two hexadecimal digits behind it",
        "file: | no path",
      })
  @Tag("D39")
  void spec_thatIsWrong_isSaid(String spec, String message) {
    assertEquals("GIM-014 source \"" + spec + "\": " + message, wrong(() -> resolver.create(spec)));
  }

  private record Given(String scheme, String name) implements SourceProvider {
    @Override
    public Set<String> schemes() {
      return Set.of(scheme);
    }

    @Override
    public Source create(SourceSpec spec) {
      return new MapSource(name + " " + spec.location() + " " + spec.options(), Map.of());
    }
  }

  @Test
  void givenProvider_winsAndSeesItsOptions() {
    SourceResolver given =
        SourceResolver.installed(List.of(new Given("etcd", "E"), new Given("env", "mine")));
    Source source = given.create("etcd://h/p?x=%31&optional=true");
    assertEquals("E //h/p {x=1}", source.name());
    assertEquals(true, source.isOptional());
    assertEquals("mine X_ {}", given.create("env:X_").name());
  }

  /** Its words may hold a secret of the URI. */
  @Test
  void providerThatFails_isNamedWithoutItsWords() {
    assertFails(
        "java.lang.NumberFormatException",
        spec -> {
          throw new NumberFormatException("hunter2");
        });
    assertFails("null", spec -> null);
  }

  private static void assertFails(String gave, Function<SourceSpec, Source> create) {
    SourceProvider provider =
        new SourceProvider() {
          @Override
          public Set<String> schemes() {
            return Set.of("x");
          }

          @Override
          public Source create(SourceSpec spec) {
            return create.apply(spec);
          }
        };
    SourceResolver resolver = SourceResolver.installed(List.of(provider));
    ConfigException e = assertThrows(ConfigException.class, () -> resolver.create("x:y"));
    assertEquals(
        "GIM-014 source \"x:y\": its provider " + provider.getClass().getName() + " gave " + gave,
        e.getMessage());
    assertNull(e.getCause());
  }
}
