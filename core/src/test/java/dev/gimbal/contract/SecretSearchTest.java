package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Explanation;
import dev.gimbal.Problem;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import dev.gimbal.TypeRef;
import dev.gimbal.Watcher;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionKey;
import dev.gimbal.secret.KeyProvider;
import dev.gimbal.secret.Secret;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.Variables;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * G11: random secrets, made secret in every way there is, are searched in everything that a Config
 * shows, throws and logs. The same values without a mark are found there, so that the search sees.
 */
@Tag("G11")
@Timeout(120)
class SecretSearchTest {

  private static final int ROUNDS = 60;
  private static final int VALUES = 12;
  private static final EncryptionKey KEY = EncryptionKey.generate("k1");

  /** What makes a value a secret. */
  private enum Mark {
    KEY,
    ENCRYPTED,
    SOURCE,
    PATTERN,
    TYPE,
    PLACEHOLDER,
    DEFAULT,
    MARKED_DEFAULT,
    VARIABLE
  }

  @TempDir Path folder;

  private final StringWriter shown = new StringWriter();
  private final PrintWriter out = new PrintWriter(shown, true);
  private final List<String> secrets = new ArrayList<>();
  private final List<String> paths = new ArrayList<>();

  private String secret(Random random) {
    StringBuilder text = new StringBuilder("x");
    for (int i = 0; i < 14; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    secrets.add(text.toString());
    return text.toString();
  }

  /** A placeholder in one of the ways in which it may stand in a value. */
  private static String wrapped(String placeholder, int way) {
    return switch (way) {
      case 0 -> "tcp://u:" + placeholder + "@host";
      case 1 -> "${none.x:" + placeholder + "}";
      case 2 -> "${none.x:a ${none.y:" + placeholder + "} b}";
      case 3 -> "${sys:gimbal.none:" + placeholder + "}";
      default -> placeholder;
    };
  }

  private static final class Told implements Source {
    private final Map<String, String> values = new HashMap<>();

    @Override
    public String name() {
      return "told";
    }

    @Override
    public Session open(Sink to) {
      to.variables(
          Revision.of(1), new Variables(Variables.Style.ENVIRONMENT, "APP_", values, false));
      return () -> {};
    }
  }

  /**
   * Builds a Config of random secrets and shows all of it.
   *
   * @param marked whether the secrets are marked
   */
  private void round(Random random, boolean marked) throws Exception {
    secrets.clear();
    paths.clear();
    shown.getBuffer().setLength(0);
    List<String> plain = new ArrayList<>();
    List<String> hidden = new ArrayList<>();
    Told told = new Told();
    Config.Builder builder = Config.builder().keys(KeyProvider.of(KEY)).history(4);
    for (int i = 0; i < VALUES; i++) {
      Mark mark = Mark.values()[random.nextInt(Mark.values().length)];
      String path = "v" + i + (random.nextBoolean() ? ".name" : ".a.name");
      if (mark == Mark.KEY && marked) {
        path += ".password";
      }
      paths.add(path);
      String text = secret(random);
      switch (mark) {
        case KEY -> plain.add(path + "=" + text);
        case ENCRYPTED ->
            plain.add(path + "=" + (marked ? EncryptedValue.encrypt(KEY, path, text) : text));
        case SOURCE -> hidden.add(path + "=" + text);
        case PATTERN -> {
          plain.add(path + "=" + text);
          if (marked) {
            builder.secret(random.nextBoolean() ? path : "v" + i + ".**");
          }
        }
        case TYPE -> {
          plain.add(path + "=" + text);
          if (marked) {
            builder.declare(path, new TypeRef<Secret<String>>() {});
          }
        }
        case PLACEHOLDER -> {
          String of = marked ? "p" + i + ".token" : "p" + i + ".name";
          paths.add(of);
          plain.add(of + "=" + text);
          plain.add(path + "=http://${" + of + "}/" + i);
        }
        case DEFAULT ->
            plain.add(path + "=${" + (marked ? "none.secret" : "none.name") + ":" + text + "}");
        case MARKED_DEFAULT -> {
          String of = "d" + i + ".name";
          String placeholder = "${" + of + ":" + text + "}";
          plain.add(path + "=" + wrapped(placeholder, random.nextInt(5)));
          if (marked && random.nextBoolean()) {
            builder.secret(of);
          } else if (marked) {
            builder.declare(of, new TypeRef<Optional<Secret<String>>>() {});
          }
        }
        case VARIABLE -> {
          String name = "E" + i + (marked ? "_PASSWORD" : "_NAME");
          paths.add("e" + i + (marked ? ".password" : ".name"));
          told.values.put(name, text);
        }
      }
    }
    Path open = Files.write(folder.resolve("open.properties"), plain);
    Path closed = Files.write(folder.resolve("closed.properties"), hidden);
    MemorySource memory = Sources.memory("memory");
    Source file = Sources.file(closed);
    builder
        .source(Sources.file(open).settleFor(Duration.ofMillis(1)))
        .source(marked ? file.secret() : file)
        .source(told)
        .source(memory);
    Logger root = Logger.getLogger("");
    Handler handler = new Noting();
    root.addHandler(handler);
    try (Config config = builder.build()) {
      Subscription subscription =
          config.onChange("", c -> out.println(c + " " + c.changes() + c.before() + c.after()));
      config.onChange(
          "",
          c -> {
            String all = c.after().asMap().toString();
            throw new IllegalStateException(all, new Exception(all));
          });
      try (Watcher watcher = config.watch("v0")) {
        show(config);
        change(config, memory, random);
        config.awaitDelivered(config.snapshot().version(), Duration.ofSeconds(30));
        out.println(watcher + " " + watcher.current() + " " + watcher.next(Duration.ZERO));
      }
      out.println(subscription);
      show(config);
      damage(config, open, plain);
    } finally {
      root.removeHandler(handler);
    }
  }

  private final class Noting extends Handler {
    @Override
    public void publish(LogRecord record) {
      out.println(record.getMessage());
      if (record.getThrown() != null) {
        record.getThrown().printStackTrace(out);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private void show(Config config) {
    out.println(config + " " + config.snapshot() + " " + config.root() + config.root().masked());
    out.println(config.status() + " " + config.warnings() + config.keys() + config.history());
    out.println(config.explain("") + " " + config.history().snapshots());
    for (String path : paths) {
      out.println(config.get(path) + " " + config.get(path).masked());
      Explanation explanation = config.explain(path);
      out.println(explanation + " " + explanation.candidates() + explanation.steps());
      failing(() -> out.println(config.get(path).asInt()));
      failing(() -> out.println(config.get(path).as(Duration.class)));
      failing(() -> out.println(config.get(path).as(Thread.State.class)));
      failing(() -> out.println(config.live(path, Integer.class)));
      failing(() -> out.println(config.live(path, new TypeRef<List<Integer>>() {})));
    }
  }

  /** What is written over them is a secret as well, or a value in another form. */
  private void change(Config config, MemorySource memory, Random random) {
    for (String path : paths) {
      String next = secret(random);
      switch (random.nextInt(4)) {
        case 0 -> failing(() -> memory.put(path + ".below", "plain"));
        case 1 -> failing(() -> memory.put(path, List.of(1, 2)));
        case 2 -> failing(() -> memory.put("w", "${" + path + "}-${missing}"));
        default -> secrets.remove(next);
      }
      failing(() -> out.println(config.history().diff(1, config.snapshot().version()).changes()));
    }
  }

  /** Documents that do not parse, and values that refuse one. */
  private void damage(Config config, Path file, List<String> lines) throws IOException {
    for (int i = 0; i < Math.min(3, lines.size()); i++) {
      List<String> broken = new ArrayList<>(lines);
      broken.set(i, lines.get(i) + "\\u00zz");
      Files.write(file, broken);
      failing(config::reload);
      broken.set(i, lines.get(i) + "${a");
      broken.add(lines.get(i).split("=", 2)[0] + ".x=${missing.name}");
      Files.write(file, broken);
      failing(config::reload);
    }
    out.println(config.status());
  }

  private void failing(Runnable action) {
    try {
      action.run();
    } catch (ConfigException | IllegalArgumentException e) {
      e.printStackTrace(out);
      if (e instanceof ConfigException refused) {
        for (Problem problem : refused.problems()) {
          out.println(problem + " " + problem.details());
        }
      }
    }
  }

  private long found() {
    String text = shown.toString();
    return secrets.stream().filter(text::contains).count();
  }

  @Test
  void randomSecrets_areFoundNowhere() throws Exception {
    for (int seed = 0; seed < ROUNDS; seed++) {
      round(new Random(seed), true);
      String text = shown.toString();
      for (String secret : secrets) {
        int at = text.indexOf(secret);
        int round = seed;
        assertEquals(
            -1,
            at,
            () ->
                round
                    + ": "
                    + text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 60)));
      }
      assertTrue(text.contains("***"));
    }
  }

  @Test
  void theSameValuesWithoutAMark_areFound() throws Exception {
    for (int seed = 0; seed < 5; seed++) {
      round(new Random(seed), false);
      assertTrue(found() >= VALUES, "found " + found() + " of " + secrets.size());
    }
  }
}
