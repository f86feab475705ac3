package dev.gimbal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * G11: random secrets, in keys that say so, encrypted by each algorithm, and behind placeholders,
 * in documents of each format, are searched in all that the command prints, also about files that
 * are damaged. {@code --reveal} shows them, so that the search sees.
 */
@Tag("G11")
@Timeout(120)
final class SecretOutputTest {

  private static final List<String> FORMATS =
      List.of("yaml", "json", "toml", "properties", "conf", "xml", "hcl", "env");
  private static final List<String> ALGORITHMS =
      List.of("aes-256-gcm", "nacl-secretbox", "nacl-box");
  private static final int ROUNDS = 12;

  @TempDir Path folder;
  private String keys;
  private final List<String> secrets = new ArrayList<>();
  private final StringBuilder shown = new StringBuilder();

  @BeforeEach
  void makeKeys() throws IOException {
    keys = folder.resolve("app.keys").toString();
    Path next = folder.resolve("next.keys");
    for (String algorithm : ALGORITHMS) {
      String file = Files.exists(Path.of(keys)) ? next.toString() : keys;
      Run run = Run.gimbal("keygen", algorithm, "--algorithm", algorithm, "--key-file", file);
      assertEquals(0, run.exit());
      if (!file.equals(keys)) {
        Files.writeString(Path.of(keys), Files.readString(next), StandardOpenOption.APPEND);
        Files.delete(next);
      }
    }
  }

  private String secret(Random random) {
    StringBuilder text = new StringBuilder("x");
    for (int i = 0; i < 14; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    secrets.add(text.toString());
    return text.toString();
  }

  private String encrypted(String path, Random random) {
    String key = ALGORITHMS.get(random.nextInt(ALGORITHMS.size()));
    Run run = Run.reading(secret(random), "encrypt", path, "--key", key, "--key-file", keys);
    assertEquals(0, run.exit());
    return run.out().strip();
  }

  /** One document in a format, with secrets of every kind. */
  private String document(String format, Random random) {
    String sealed = encrypted("a.sealed", random);
    String password = secret(random);
    String token = secret(random);
    String fallback = secret(random);
    return switch (format) {
      case "yaml" ->
          """
          a:
            sealed: %s # c
            password: "%s"
            url: http://u:${a.password}@h/${a.sealed}
          tokens: [%s, 2]
          apiKey: ${none.secret:%s}
          port: 80
          """
              .formatted(sealed, password, token, fallback);
      case "json" ->
          """
          {"a": {"sealed": "%s", "password": "%s",
                 "url": "http://u:${a.password}@h/${a.sealed}"},
           "tokens": ["%s", 2], "apiKey": "${none.secret:%s}", "port": 80}
          """
              .formatted(sealed, password, token, fallback);
      case "toml" ->
          """
          tokens = ["%s", "2"]
          apiKey = "${none.secret:%s}"
          port = 80
          [a]
          sealed = "%s"
          password = '%s'
          url = "http://u:${a.password}@h/${a.sealed}"
          """
              .formatted(token, fallback, sealed, password);
      case "conf" ->
          """
          a { sealed = "%s" // c
              password = %s, url = "http://u:${a.password}@h/${a.sealed}" }
          tokens = [%s, 2]
          apiKey = "${none.secret:%s}"
          port = 80
          """
              .formatted(sealed, password, token, fallback);
      case "xml" ->
          """
          <c port="80">
            <a password="%2$s"><sealed>%1$s</sealed>
              <url>http://u:${a.password}@h/${a.sealed}</url></a>
            <tokens>%3$s</tokens><tokens>2</tokens>
            <apiKey>${none.secret:%4$s}</apiKey>
          </c>
          """
              .formatted(sealed, password, token, fallback);
      case "hcl" -> // which has no placeholders
          """
          a {
            sealed   = "%s"
            password = "%s"
            url      = "http://h/"
          }
          tokens = ["%s", 2]
          apiKey = "%s"
          port   = 80
          """
              .formatted(sealed, password, token, fallback);
      default ->
          """
          a.sealed = %s
          a.password=%s
          a.url=http://u:${a.password}@h/${a.sealed}
          tokens=%s,2
          apiKey=${none.secret:%s}
          port=80
          """
              .formatted(sealed, password, token, fallback);
    };
  }

  private void run(String input, String... args) {
    Run run = Run.reading(input, args);
    shown.append(String.join(" ", args)).append('\n');
    shown.append(run.out()).append(run.err()).append('\n');
  }

  private void show(String file, String other, String... more) {
    List<String[]> all = new ArrayList<>();
    for (String path :
        List.of("a", "a.sealed", "a.password", "a.url", "tokens", "apiKey", "port")) {
      all.add(new String[] {"get", path, "--source", file, "--key-file", keys});
      all.add(new String[] {"explain", path, "--source", file, "--key-file", keys});
      all.add(
          new String[] {
            "explain",
            path,
            "--source",
            file,
            "--source",
            other,
            "--key-file",
            keys,
            "--output",
            "json"
          });
      all.add(new String[] {"set", file, path, "v", "--if-is", "w"});
      all.add(new String[] {"set", file, path, "v", "--if-absent"});
    }
    all.add(new String[] {"get", "--source", file, "--key-file", keys});
    all.add(new String[] {"get", "--source", file});
    all.add(new String[] {"get", "--source", file, "--key-file", keys, "--output", "json"});
    all.add(new String[] {"check", "--source", file, "--key-file", keys});
    all.add(new String[] {"check", "--source", file, "--output", "json"});
    all.add(new String[] {"convert", file, "--to", "json"});
    all.add(new String[] {"diff", file, other, "--key-file", keys});
    all.add(new String[] {"diff", file, other});
    all.add(new String[] {"diff", file, other, "--output", "json"});
    all.add(new String[] {"rotate", file, "--key-file", folder.resolve("other.keys").toString()});
    all.add(new String[] {"encrypt", "a", "none", "--in", file, "--key-file", keys});
    for (String[] args : all) {
      String[] with = Arrays.copyOf(args, args.length + more.length);
      System.arraycopy(more, 0, with, args.length, more.length);
      run("", with);
    }
    run("a.password\na.url\ntokens[0]\n", "get", "--batch", "--source", file, "--key-file", keys);
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  /** Damage beside a secret, which makes no key of it and no other key. */
  private String damaged(String text, Random random) {
    List<String> here = secrets.stream().filter(text::contains).toList();
    String beside = here.get(random.nextInt(here.size()));
    int at = text.indexOf(beside) + (random.nextBoolean() ? beside.length() : 0);
    String junk = List.of("\"", "'", "&", "\t", "\u0000", "]", "\\u00zz").get(random.nextInt(7));
    return text.substring(0, at) + junk + text.substring(at);
  }

  @Test
  void randomSecrets_arePrintedNowhere() throws IOException {
    assertEquals(
        0,
        Run.gimbal("keygen", "k2", "--key-file", folder.resolve("other.keys").toString()).exit());
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      secrets.clear();
      shown.setLength(0);
      String format = FORMATS.get(seed % FORMATS.size());
      String text = document(format, random);
      String file = write("app." + format, text);
      String other = write("other." + format, document(format, random));
      show(file, other);
      show(write("bad." + format, damaged(text, random)), other);
      String all = shown.toString();
      for (String secret : secrets) {
        int at = all.indexOf(secret);
        int round = seed;
        assertEquals(
            -1,
            at,
            () ->
                round
                    + ": "
                    + all.substring(Math.max(0, at - 400), Math.min(all.length(), at + 40)));
      }
      assertTrue(all.contains("***"));
    }
  }

  /** What {@code gimbal watch} prints of a file that becomes another one, and then another. */
  private String watched(String format, Random random, String... more) throws Exception {
    Path file = Path.of(write("watched." + format, document(format, random)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    AtomicBoolean unread = new AtomicBoolean();
    OutputStream reader =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            if (unread.get()) {
              throw new IOException("nobody reads");
            }
            out.write(b);
          }
        };
    String[] args =
        Stream.concat(
                Stream.of("watch", "--source", file.toString(), "--key-file", keys),
                Stream.of(more))
            .toArray(String[]::new);
    Thread watch =
        new Thread(
            () ->
                Main.run(
                    args,
                    InputStream.nullInputStream(),
                    new PrintStream(reader, false, UTF_8),
                    new PrintStream(err, false, UTF_8)));
    watch.start();
    await(err, "watching 1 source");
    replace(file, document(format, random));
    await(out, "\n");
    unread.set(true);
    replace(file, document(format, random));
    watch.join();
    return out.toString(UTF_8) + err.toString(UTF_8);
  }

  private static void await(ByteArrayOutputStream said, String text) throws InterruptedException {
    while (!said.toString(UTF_8).contains(text)) {
      Thread.sleep(10); // nothing tells of a stream
    }
  }

  private void replace(Path file, String text) throws IOException {
    Files.move(Path.of(write("next", text)), file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void randomSecrets_areNotPrintedByWatch() throws Exception {
    for (String format : FORMATS) {
      secrets.clear();
      String output = FORMATS.indexOf(format) % 2 == 0 ? "text" : "json";
      String all = watched(format, new Random(2), "--output", output);
      assertEquals(List.of(), secrets.stream().filter(all::contains).toList(), all);
      assertTrue(all.contains("***"), all);
    }
    secrets.clear();
    String all = watched("yaml", new Random(2), "--reveal");
    assertEquals(8, secrets.stream().filter(all::contains).count(), all);
  }

  @Test
  void revealed_theyAreFound() throws IOException {
    for (String format : FORMATS) {
      String plain = document(format, new Random(3));
      List<String> inThere = secrets.stream().filter(plain::contains).toList();
      String text =
          Run.gimbal("convert", write("p." + format, plain), "--to", "json", "--reveal").out();
      assertEquals(3, inThere.stream().filter(text::contains).count(), text);
      secrets.clear();
      String file = write("app." + format, document(format, new Random(1)));
      run("", "get", "--source", file, "--key-file", keys, "--reveal");
      String all = shown.toString();
      assertEquals(List.of(), secrets.stream().filter(secret -> !all.contains(secret)).toList());
      assertEquals(!format.equals("hcl"), all.contains("@h/x"), format);
      shown.setLength(0);
    }
  }
}
