package dev.gimbal.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.Snapshot;
import dev.gimbal.SourceEdit;
import dev.gimbal.Sources;
import dev.gimbal.bind.Sensitive;
import dev.gimbal.format.Content;
import dev.gimbal.format.Edit;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.jsonschema.JsonSchema;
import dev.gimbal.secret.EncryptionKey;
import dev.gimbal.secret.KeyProvider;
import dev.gimbal.secrets.SecretDocument.Mark;
import dev.gimbal.source.FileEdit;
import dev.gimbal.tree.Scalar;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * G11: random secrets in documents of each format, encrypted by each algorithm, marked by a type or
 * a schema, are searched in what a Config says about its versions, present and past, about edits
 * that it makes and refuses, and about documents that are damaged. Where one kind is not marked it
 * is found there, and no other is.
 */
@Tag("G11")
@Tag("slow") // sixteen Configs, each with 40 edits and damaged documents
@Timeout(120)
class DocumentSecretsTest {

  private static final Formats FORMATS = Formats.installed(List.of());

  /** A type with a secret member, and the same without. */
  record Account(String user, @Sensitive String iban) {}

  record PlainAccount(String user, String iban) {}

  @TempDir Path folder;

  private final StringWriter shown = new StringWriter();
  private final PrintWriter out = new PrintWriter(shown, true);
  private final Set<ErrorCode> refusals = EnumSet.noneOf(ErrorCode.class);

  private static JsonSchema schema(boolean marked) {
    String text =
        """
        {"properties": {"a": {"properties": {
          "pin": {"type": "string", "pattern": "^x", "maxLength": 20, "writeOnly": %s}}}}}
        """
            .formatted(marked);
    Content content = new Content("schema", "json", text.getBytes(StandardCharsets.UTF_8));
    ReadOptions options = ReadOptions.DEFAULT.withTemplate(Scalar.Template.NONE);
    return JsonSchema.of(FORMATS.parse("schema", content, options), "schema");
  }

  private void round(SecretDocument document) throws Exception {
    shown.getBuffer().setLength(0);
    Path file = folder.resolve("app." + document.format());
    Files.writeString(file, document.text());
    String url =
        "url=http://${%s}:${a.sealed}@${a.account.iban}/${a.pin}"
            .formatted(document.path(Mark.KEY));
    Config.Builder builder =
        Config.builder()
            .history(16)
            .keys(KeyProvider.of(SecretDocument.KEYS.toArray(EncryptionKey[]::new)))
            .source(Sources.file(file).name("app").settleFor(Duration.ofMillis(1)))
            .source(Sources.string("urls", "properties", url))
            .validator("schema", schema(document.unmarked() != Mark.SCHEMA))
            .declare(
                "a.account", document.unmarked() == Mark.TYPE ? PlainAccount.class : Account.class);
    Logger root = Logger.getLogger("");
    Handler handler = new Noting();
    root.addHandler(handler);
    try (Config config = builder.build()) {
      config.onChange("", c -> out.println(c + " " + c.changes() + c.before() + c.after()));
      edit(config, document, file);
      show(config, document);
      for (String damaged : document.damaged()) {
        Files.writeString(file, damaged);
        failing(config::reload);
        out.println(config.status());
      }
      show(config, document);
      config.awaitDelivered(config.snapshot().version(), Duration.ofSeconds(30));
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

  private void edit(Config config, SecretDocument document, Path file) throws Exception {
    for (Mark mark : Mark.values()) {
      String path = document.path(mark);
      edited(config, edit -> edit.set(path, document.next(mark)));
      edited(config, edit -> edit.set(path, document.next(mark), 1));
      edited(config, edit -> edit.set(path, document.next(mark), 1));
      edited(config, edit -> edit.unset(path, 1));
      edited(config, edit -> edit.set(path + ".below", document.next(mark)));
      edited(config, edit -> edit.set(path, Map.of("x", List.of(document.next(mark)))));
      edited(config, edit -> edit.set(path, document.next(mark) + "${missing}"));
      if (mark == Mark.KEY || mark == Mark.ENCRYPTED) { // the others are not marked for the file
        FileEdit alone = new FileEdit(FORMATS, file);
        for (Object value : List.of(document.next(mark), List.of(document.next(mark)))) {
          failing(() -> alone.apply(Edit.builder().onlyIf(path, value).set("b", 1).build()));
        }
        failing(() -> alone.apply(Edit.builder().onlyIfAbsent(path).set("b", 1).build()));
      }
    }
    edited(config, edit -> edit.set("a.pin", "!" + document.next(Mark.SCHEMA)));
    edited(config, edit -> edit.set("a.pin", document.next(Mark.SCHEMA).repeat(2)));
    if (document.unmarked() != Mark.ENCRYPTED) {
      String other = document.encrypted("a.other", document.next(Mark.ENCRYPTED));
      edited(config, edit -> edit.set("a.sealed", other));
      edited(config, edit -> edit.set("a.sealed", other.replace("]", "A=]")));
      String good = document.encrypted("a.sealed", document.next(Mark.ENCRYPTED));
      edited(config, edit -> edit.set("a.sealed", good));
    }
    // The formats that have no editor are edited by hand.
    String text = Files.readString(file);
    String next =
        SecretDocument.of(document.format(), document.unmarked(), document.random()).text();
    Files.writeString(file, next);
    failing(config::reload);
    Files.writeString(file, text);
    failing(config::reload);
  }

  private void edited(Config config, Consumer<SourceEdit> edit) {
    failing(() -> config.edit("app", edit));
  }

  private void show(Config config, SecretDocument document) {
    out.println(config + " " + config.status() + config.warnings() + config.keys());
    out.println(config.history() + " " + config.history().snapshots());
    List<Snapshot> snapshots = config.history().snapshots();
    for (Snapshot snapshot : snapshots) {
      out.println(snapshot + " " + snapshot.root() + snapshot.root().masked());
      long first = snapshots.get(0).version(); // which may be forgotten meanwhile
      failing(() -> out.println(config.history().diff(first, snapshot.version()).changes()));
      List<String> paths = new ArrayList<>(List.of("", "a", "a.account", "url"));
      for (Mark mark : Mark.values()) {
        paths.add(document.path(mark));
      }
      for (String path : paths) {
        out.println(snapshot.get(path) + " " + snapshot.get(path).masked());
        out.println(snapshot.explain(path) + " " + snapshot.explain(path).candidates());
        failing(() -> out.println(snapshot.get(path).asInt()));
        failing(() -> out.println(snapshot.get(path).as(Duration.class)));
        failing(() -> out.println(snapshot.get(path).as(Thread.State.class)));
      }
    }
  }

  private void failing(Runnable action) {
    try {
      action.run();
    } catch (ConfigException | IllegalArgumentException e) {
      e.printStackTrace(out);
      if (e instanceof ConfigException refused) {
        for (Problem problem : refused.problems()) {
          refusals.add(problem.code());
          out.println(problem + " " + problem.details());
        }
      }
    }
  }

  private void requireHidden(SecretDocument document, Mark mark) {
    String text = shown.toString();
    for (String secret : document.secrets().get(mark)) {
      int at = text.indexOf(secret);
      assertEquals(
          -1,
          at,
          () ->
              document.format()
                  + ", "
                  + mark
                  + ": "
                  + text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 60)));
    }
  }

  @Test
  void secretsOfEachKind_inEachFormat_areFoundNowhere() throws Exception {
    for (String format : SecretDocument.FORMATS) {
      SecretDocument document = SecretDocument.of(format, null, new Random(7));
      round(document);
      for (Mark mark : Mark.values()) {
        requireHidden(document, mark);
      }
      assertTrue(shown.toString().contains("***"));
    }
    assertTrue(
        refusals.containsAll(
            Set.of(ErrorCode.DECRYPTION, ErrorCode.NOT_EDITABLE, ErrorCode.CONFLICT)),
        refusals.toString());
  }

  /** Two formats for each. */
  @ParameterizedTest
  @EnumSource(Mark.class)
  void twin_kindThatIsNotMarked_isFound_andNoOther(Mark unmarked) throws Exception {
    int kinds = Mark.values().length;
    for (int i = unmarked.ordinal(); i < SecretDocument.FORMATS.size(); i += kinds) {
      String format = SecretDocument.FORMATS.get(i);
      SecretDocument document = SecretDocument.of(format, unmarked, new Random(8));
      round(document);
      for (Mark mark : EnumSet.complementOf(EnumSet.of(unmarked))) {
        requireHidden(document, mark);
      }
      String first = document.secrets().get(unmarked).get(0);
      assertTrue(shown.toString().contains(first), format + " shows no " + unmarked);
    }
  }
}
