package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.SourceStatus;
import dev.gimbal.Sources;
import dev.gimbal.Watcher;
import dev.gimbal.format.Formats;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionKey;
import dev.gimbal.secret.KeyProvider;
import dev.gimbal.secret.KeyRing;
import dev.gimbal.source.EncryptedFile;
import dev.gimbal.source.FileEdit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** G7: keys are changed while a Config watches the file, and its readers notice nothing. */
@Timeout(60)
@Tag("G7")
class RotationTest {

  private static final EncryptionKey OLD = EncryptionKey.generate("old");
  private static final EncryptionKey NEW = EncryptionKey.generate("new");

  @TempDir Path folder;

  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicLong reads = new AtomicLong();

  private Path keyFile() {
    return folder.resolve("app.keys");
  }

  /** As an editor does that is careful: there is always a whole file. */
  private void keys(EncryptionKey... keys) throws IOException {
    List<String> lines = new ArrayList<>();
    for (EncryptionKey key : keys) {
      lines.add(key.reveal());
    }
    Path beside = Files.write(folder.resolve("next.keys"), lines);
    Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-------"));
    Files.move(beside, keyFile(), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path document(EncryptionKey key, int n) throws IOException {
    List<String> lines =
        List.of(
            "# n",
            "n=" + n,
            "pin=" + EncryptedValue.encrypt(key, "pin", "1234"),
            "url=jdbc:${pin}");
    Path beside = Files.write(folder.resolve("next.properties"), lines);
    return Files.move(
        beside, folder.resolve("app.properties"), StandardCopyOption.REPLACE_EXISTING);
  }

  private EncryptedFile.Result rotate(Path file) throws IOException {
    KeyRing ring = KeyRing.read(keyFile());
    FileEdit edit = new FileEdit(Formats.installed(List.of()), file);
    return new EncryptedFile(edit).rotate(ring::find, ring.keys().get(0));
  }

  private Config open(Path file) {
    return Config.builder().keys(KeyProvider.file(keyFile())).source(Sources.file(file)).build();
  }

  private static SourceStatus.State state(Config config) {
    return config.status().sources().get(0).state();
  }

  /** Reads until the end, and notes what there was to see. */
  private CompletableFuture<Void> reader(Config config) {
    return CompletableFuture.runAsync(
        () -> {
          while (!done.get()) {
            seen.add(
                config.get("pin").asInt() + " " + config.get("url").asString() + state(config));
            reads.incrementAndGet();
          }
        },
        task -> new Thread(task).start());
  }

  @Test
  void rotation_isNoChange_andNothingIsRefusedInBetween() throws Exception {
    keys(OLD);
    Path file = document(OLD, 1);
    try (Config config = open(file);
        Watcher all = config.watch("")) {
      List<CompletableFuture<Void>> readers = List.of(reader(config), reader(config));
      long before = config.snapshot().version();

      keys(NEW, OLD);
      config.reload();
      assertEquals(1, rotate(file).changed().size());
      config.reload();
      keys(NEW);
      config.reload();
      assertEquals(before, config.snapshot().version());
      assertEquals(1, rotate(file).left().size());

      document(NEW, 2); // what is a change arrives, and it is the first that does
      config.reload();
      assertEquals("2", all.next().asMap().get("n"));
      assertEquals(before + 1, config.snapshot().version());

      long enough = reads.get() + 1000;
      while (reads.get() < enough && readers.stream().noneMatch(CompletableFuture::isDone)) {
        Thread.onSpinWait();
      }
      done.set(true);
      readers.forEach(CompletableFuture::join);
      assertEquals(Set.of("1234 jdbc:1234OK"), seen);
    }
  }

  /** The twin: without the old key until all is encrypted anew, the document is refused. */
  @Test
  void oldKeyThatIsTakenAwayFirst_refusesTheDocument() throws Exception {
    keys(OLD);
    Path file = document(OLD, 1);
    try (Config config = open(file)) {
      keys(NEW);
      document(OLD, 2);
      ConfigException refused = assertThrows(ConfigException.class, config::reload);
      assertEquals(ErrorCode.DECRYPTION, refused.code());
      assertEquals(SourceStatus.State.DEGRADED, state(config));
      assertThrows(ConfigException.class, () -> rotate(file));
      assertEquals(1, config.get("n").asInt());
    }
  }

  /** The twin: a key that processes do not have yet. */
  @Test
  void newKeyThatIsUsedFirst_refusesTheDocument() throws Exception {
    keys(OLD);
    Path file = document(OLD, 1);
    try (Config config = open(file)) {
      FileEdit edit = new FileEdit(Formats.installed(List.of()), file);
      new EncryptedFile(edit).rotate(KeyProvider.of(OLD), NEW);
      ConfigException refused = assertThrows(ConfigException.class, config::reload);
      assertEquals(ErrorCode.DECRYPTION, refused.code());
      assertEquals(1234, config.get("pin").asInt());
      keys(NEW, OLD);
      config.reload();
      assertEquals(SourceStatus.State.OK, state(config));
    }
  }
}
