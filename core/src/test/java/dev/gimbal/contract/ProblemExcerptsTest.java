package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Excerpt;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.Sources;
import dev.gimbal.UnknownKeys;
import dev.gimbal.Verdict;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The line that a problem is about stands in it, wherever the problem arises. */
@Timeout(60)
class ProblemExcerptsTest {

  private static Source properties(String text) {
    return Sources.string("app.properties", "properties", text);
  }

  private static List<Problem> refused(String text, UnaryOperator<Config.Builder> more) {
    Config.Builder builder = more.apply(Config.builder().source(properties(text)));
    return assertThrows(ConfigException.class, builder::build).problems();
  }

  private static List<Excerpt> excerpts(List<Problem> problems) {
    List<Excerpt> excerpts = new ArrayList<>();
    problems.forEach(problem -> excerpts.add(problem.details().excerpt()));
    return excerpts;
  }

  @Test
  void documentThatIsMalformed_hasItsLine() {
    List<Problem> problems = refused("a=1\nbad.password=\\u12hunter2\n", builder -> builder);

    assertEquals(ErrorCode.MALFORMED, problems.get(0).code());
    assertEquals(List.of(new Excerpt(2, "bad.password=***", 13)), excerpts(problems));
  }

  @Test
  void documentThatIsNotUtf8_hasItsLine() {
    byte[] bytes = "\uFEFFa=1\nb=x".getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 1] = (byte) 0xFF;
    Source source = new OneDocument(bytes);

    ConfigException e =
        assertThrows(ConfigException.class, () -> Config.builder().source(source).build());

    assertEquals(
        """
        GIM-004 found the byte 0xFF, expected UTF-8
                at app.properties:2:3
               2 | b=***
                 |   ^\
        """,
        e.getMessage());
  }

  @Test
  void valueThatAGetterReads_hasItsLine_belowItsPlace() {
    try (Config config =
        Config.builder()
            .source(Sources.map("low", Map.of("port", 1)))
            .source(properties("a=1\nport=80a\n"))
            .build()) {
      ConfigException e = assertThrows(ConfigException.class, () -> config.get("port").asInt());

      assertEquals(
          """
          GIM-003 port: found "80a", expected an integer from -2147483648 to 2147483647
                  at app.properties:2:6   (overrides low)
                 2 | port=***
                   |      ^\
          """,
          e.getMessage());
      assertThrows(ConfigException.class, () -> config.get("port").as(Long.class));
    }
  }

  @Test
  void declaredValues_haveTheirLines() {
    assertEquals(
        List.of(new Excerpt(1, "a=***", 2), new Excerpt(3, "b=***", 2)),
        excerpts(
            refused(
                "a=x\n\nb=y\n",
                builder -> builder.declare("a", int.class).declare("b", int.class))));
  }

  @Test
  void placeholdersUnknownKeysAndRefusals_haveTheirLines() {
    assertEquals(
        List.of(new Excerpt(2, "url=***", 4)),
        excerpts(refused("a=1\nurl=${gone}\n", builder -> builder)));
    assertEquals(
        List.of(new Excerpt(2, "db.prot=***", 3)),
        excerpts(
            refused(
                "a=1\ndb.prot=5\n",
                builder ->
                    builder.declare("db.port", int.class).unknownKeys("db", UnknownKeys.ERROR))));
    assertEquals(
        List.of(new Excerpt(2, "db.port=***", 8)),
        excerpts(
            refused(
                "a=1\ndb.port=5\n",
                builder -> builder.validator("v", c -> Verdict.reject("db.port", "too small")))));
  }

  /** A validator that reads what does not convert tells what is told anyway. */
  @Test
  void problemThatIsFoundTwice_isToldOnce() {
    List<Problem> problems =
        refused(
            "port=80a\n",
            builder ->
                builder
                    .declare("port", int.class)
                    .validator(
                        "v",
                        candidate -> {
                          candidate.get("port").asInt();
                          return Verdict.accept();
                        }));

    assertEquals(List.of(new Excerpt(1, "port=***", 5)), excerpts(problems));
  }

  @Test
  void problemThroughAPlaceholder_hasTheLineOfItsOwnPlace() {
    try (Config config =
        Config.builder()
            .source(Sources.string("low.properties", "properties", "base=x\n"))
            .source(properties("\nport=${base}\n"))
            .build()) {
      Problem problem =
          assertThrows(ConfigException.class, () -> config.get("port").asInt()).problems().get(0);

      assertEquals(new Origin("app.properties", "app.properties", 2, 6), problem.origin());
      assertEquals(List.of(new Excerpt(2, "port=***", 5)), excerpts(List.of(problem)));
    }
  }

  @Test
  void sourceWithoutDocuments_hasNoLines() {
    try (Config config = Config.builder().source(Sources.map("m", Map.of("port", "x"))).build()) {
      ConfigException e = assertThrows(ConfigException.class, () -> config.get("port").asInt());

      assertEquals(
          """
          GIM-003 port: found "x", expected an integer from -2147483648 to 2147483647
                  at m\
          """,
          e.getMessage());
    }
  }

  @Test
  void warnings_haveTheirLines() {
    try (Config config = Config.builder().source(properties("a=1\na=2\n")).build()) {
      assertEquals(List.of(new Excerpt(2, "a=***", 2)), excerpts(config.warnings()));
    }
  }

  /** The line is that of the snapshot that is asked, also when a later document has moved it. */
  @Test
  void valueOfAnEarlierSnapshot_hasTheLineThatItHadThen() {
    OneDocument source = new OneDocument("port=x\n".getBytes(StandardCharsets.UTF_8));
    try (Config config = Config.builder().source(source).build()) {
      var before = config.snapshot();
      source.say(2, "new=1\nport=y\n");

      Problem was =
          assertThrows(ConfigException.class, () -> before.get("port").asInt()).problems().get(0);
      Problem is =
          assertThrows(ConfigException.class, () -> config.get("port").asInt()).problems().get(0);

      assertEquals(
          List.of(new Excerpt(1, "port=***", 5), new Excerpt(2, "port=***", 5)),
          excerpts(List.of(was, is)));
    }
  }

  /** Whether a state is news is decided by its message: it is the same for the same text. */
  @Test
  void messageOfTwoReadings_isTheSameWhereTheTextIs() {
    OneDocument source = new OneDocument("a=1\n".getBytes(StandardCharsets.UTF_8));
    try (Config config = Config.builder().source(source).build()) {
      String message =
          """
          GIM-004 a \\u without four hex digits after it
                  at app.properties:1:3
                 1 | a=***
                   |   ^\
          """;
      assertEquals(message, source.malformed("a=\\u1\n").getMessage());
      assertEquals(message, source.malformed("a=\\u1\n").getMessage());
      assertEquals(message.replace("a=", "b="), source.malformed("b=\\u1\nc=1\n").getMessage());
      assertEquals(1, config.snapshot().version());
    }
  }

  /** Values are hunter2, of secret keys and of others. */
  @Test
  void lines_showNoValue() {
    String text =
        "db.password=hunter2\ndb.user=hunter2 \\\n  hunter2=hunter2\nhunter=${hunter2}\n"
            + "other : hunter2\nbad=hunter2 ${gone}\n";
    List<Problem> problems = new ArrayList<>(refused(text, builder -> builder));
    String resolving = text.replace("${", "$${");
    for (String key : List.of("db.password", "db.user", "other")) {
      problems.addAll(refused(resolving, builder -> builder.declare(key, int.class)));
    }

    assertEquals(
        List.of(
            new Excerpt(4, "hunter=***", 7),
            new Excerpt(6, "bad=***", 4),
            new Excerpt(1, "db.password=***", 12),
            new Excerpt(2, "db.user=***", 8),
            new Excerpt(5, "other : ***", 8)),
        excerpts(problems));
  }

  /** A source of one document, which says more on the thread of the test. */
  private static final class OneDocument implements Source {
    private final byte[] bytes;
    private Sink sink;

    OneDocument(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public String name() {
      return "app.properties";
    }

    @Override
    public Session open(Sink to) {
      sink = to;
      try {
        to.document(Revision.of(1), parse(bytes));
      } catch (ConfigException e) {
        to.failed(e);
        throw e;
      }
      return () -> {};
    }

    private Document parse(byte[] text) {
      return sink.parse(new Content(name(), "properties", text), ReadOptions.DEFAULT);
    }

    void say(long order, String text) {
      sink.document(Revision.of(order), parse(text.getBytes(StandardCharsets.UTF_8)));
    }

    ConfigException malformed(String text) {
      return assertThrows(
          ConfigException.class, () -> parse(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** How many bytes a getter allocates each time that it fails, at the end of a document. */
  private static long allocatedByAFailure(int lines) {
    StringBuilder text = new StringBuilder();
    for (int line = 1; line < lines; line++) {
      text.append("key").append(line).append("=value\n");
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    int calls = 50;
    try (Config config = Config.builder().source(properties(text + "port=80a\n")).build()) {
      String first = failure(config).getMessage();
      long before = threads.getThreadAllocatedBytes(thread);
      for (int call = 0; call < calls; call++) {
        Excerpt excerpt = failure(config).problems().get(0).details().excerpt();
        assertEquals(new Excerpt(lines, "port=***", 5), excerpt);
      }
      long allocated = threads.getThreadAllocatedBytes(thread) - before;
      assertEquals(first, failure(config).getMessage());
      assertNotEquals(0, before);
      return allocated / calls;
    }
  }

  private static ConfigException failure(Config config) {
    return assertThrows(ConfigException.class, () -> config.snapshot().get("port").asInt(8080));
  }

  @Test
  void valueThatFailsAgain_costsTheSameInALargeDocument() {
    allocatedByAFailure(10); // loads the classes
    long small = allocatedByAFailure(10);
    long large = allocatedByAFailure(10_000);

    assertEquals(0, (large - small) / 2_048, small + " and " + large + " bytes");
  }
}
