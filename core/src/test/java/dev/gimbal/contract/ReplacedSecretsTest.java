package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.gimbal.Change;
import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionKey;
import dev.gimbal.secret.KeyProvider;
import dev.gimbal.source.MemorySource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * G11: a secret that was replaced, and that no kept version has, is nowhere in a dump of the heap:
 * no event, status, document or cache holds it. The one that is in use is found there, so that the
 * search sees.
 */
@Tag("G11")
@Timeout(120)
class ReplacedSecretsTest {

  private static final byte FLIP = 0x55;
  private static final int LENGTH = 24;
  private static final EncryptionKey KEY = EncryptionKey.generate("k1");

  @TempDir Path folder;

  /** A random text that is held in a form in which no search finds it. */
  private record Hidden(byte[] flipped) {

    static Hidden random(Random random) {
      byte[] flipped = new byte[LENGTH];
      for (int i = 0; i < LENGTH; i++) {
        flipped[i] = (byte) (('a' + random.nextInt(26)) ^ FLIP);
      }
      return new Hidden(flipped);
    }

    String text() {
      byte[] plain = new byte[LENGTH];
      for (int i = 0; i < LENGTH; i++) {
        plain[i] = (byte) (flipped[i] ^ FLIP);
      }
      return new String(plain, StandardCharsets.US_ASCII);
    }

    boolean isIn(ByteBuffer dump) {
      int last = dump.limit() - LENGTH;
      for (int at = 0; at <= last; at++) {
        int i = 0;
        while (i < LENGTH && (dump.get(at + i) ^ FLIP) == flipped[i]) {
          i++;
        }
        if (i == LENGTH) {
          return true;
        }
      }
      return false;
    }
  }

  private boolean isOnTheHeap(Hidden... all) throws IOException {
    Path file = folder.resolve("heap.hprof");
    HotSpotDiagnosticMXBean bean =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    bean.dumpHeap(file.toString(), true);
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer dump = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      for (Hidden hidden : all) {
        if (hidden.isIn(dump)) {
          return true;
        }
      }
      return false;
    } finally {
      Files.delete(file);
    }
  }

  /** Whether they are there for good: what a thread has in hand as it ends a call is gone soon. */
  private boolean stayOnTheHeap(Hidden... all) throws Exception {
    for (int look = 0; look < 10; look++) {
      if (!isOnTheHeap(all)) {
        return false;
      }
      Thread.sleep(200);
    }
    return true;
  }

  private void write(Hidden pin, Hidden sealed) throws IOException {
    String value = EncryptedValue.encrypt(KEY, "sealed", sealed.text()).toString();
    Files.writeString(
        folder.resolve("app.properties"),
        "db.password=" + pin.text() + "\nurl=http://${db.password}@x/\nsealed=" + value + "\n");
  }

  @Test
  void secretsThatWereReplaced_areGoneFromTheHeap() throws Exception {
    Random random = new Random();
    Hidden[] old = {Hidden.random(random), Hidden.random(random), Hidden.random(random)};
    Hidden[] next = {Hidden.random(random), Hidden.random(random), Hidden.random(random)};
    MemorySource memory = Sources.memory("memory");
    AtomicReference<Change> last = new AtomicReference<>();
    write(old[0], old[1]);
    try (Config config =
        Config.builder()
            .keys(KeyProvider.of(KEY))
            .history(1)
            .source(Sources.file(folder.resolve("app.properties")))
            .source(memory)
            .build()) {
      config.onChange("", last::set);
      memory.put("api.token", old[2].text());
      use(config);
      assertTrue(isOnTheHeap(old[0]) && isOnTheHeap(old[1]) && isOnTheHeap(old[2]));

      write(next[0], next[1]);
      config.reload();
      memory.put("api.token", next[2].text());
      use(config);
      memory.put("other", 1); // so that what is told last has no secret before it
      config.awaitDelivered(config.snapshot().version(), Duration.ofSeconds(30));
      assertEquals(1, last.get().after().get("other").asInt());
      last.set(null);
      assertEquals(false, stayOnTheHeap(old));
      assertTrue(isOnTheHeap(next[0]) && isOnTheHeap(next[1]) && isOnTheHeap(next[2]));
    }
  }

  private static void use(Config config) {
    assertEquals(LENGTH, config.get("db.password").asString().length());
    assertEquals(LENGTH, config.get("sealed").asString().length());
    assertTrue(config.get("url").asString().length() > LENGTH);
    assertTrue(config.explain("url", true).value().isPresent());
    assertTrue(config.root().toString().contains("***"));
  }
}
