package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Resource;
import dev.gimbal.Sources;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionKey;
import dev.gimbal.secret.KeyProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Edits of what sources read, through the Config that reads them. */
@Timeout(60)
class ConfigEditTest {

  @TempDir Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("app.properties"), text);
  }

  private static ErrorCode refusal(Config config, String source, String path, Object value) {
    return assertThrows(ConfigException.class, () -> config.edit(source, e -> e.set(path, value)))
        .code();
  }

  @Test
  void edit_changesTheFile_andReturnsTheVersionThatShowsIt() throws IOException {
    Path file = write("# pool\npool.max = 10 \nother=1\n");
    try (Config config =
        Config.builder()
            .source(Sources.map("map", Map.of("low", 1)))
            .source(Sources.file(file))
            .build()) {
      long version =
          config.edit(file.toString(), e -> e.set("pool.max", 20).unset("other").set("new", "x"));
      assertEquals(2, version);
      assertEquals(20, config.get("pool.max").asInt());
      assertEquals(false, config.get("other").exists());
      assertEquals("# pool\npool.max = 20\nnew = x\n", Files.readString(file));
      assertEquals(2, config.edit(file.toString(), e -> e.set("pool.max", 20)));
      assertEquals(2, config.snapshot().version());
    }
  }

  @Test
  void edit_byTheEndOfAPath_findsTheOnlySource_elseNamesAll() throws IOException {
    Path file = write("a=1\n");
    Path other =
        Files.writeString(
            Files.createDirectory(folder.resolve("x")).resolve("b.properties"), "b=1\n");
    try (Config config =
        Config.builder().source(Sources.file(file)).source(Sources.file(other)).build()) {
      config.edit("app.properties", e -> e.set("a", 2));
      config.edit("x/b.properties", e -> e.set("b", 2));
      assertEquals("a=2\n", Files.readString(file));
      assertEquals("b=2\n", Files.readString(other));

      String there = " (known: \"" + file + "\", \"" + other + "\"";
      for (String name : List.of("pp.properties", "", "b")) {
        assertEquals(
            "no source \"" + name + "\"" + there + ")",
            assertThrows(
                    IllegalArgumentException.class, () -> config.edit(name, e -> e.set("a", 3)))
                .getMessage());
      }
      assertEquals(
          "no source \"app.properties\"" + there + ")",
          assertThrows(IllegalArgumentException.class, () -> config.remove("app.properties"))
              .getMessage());
      Path twin = Files.writeString(folder.resolve("x").resolve("app.properties"), "c=1\n");
      config.add(Sources.file(twin));
      assertEquals(
          "no source \"app.properties\"" + there + ", \"" + twin + "\")",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> config.edit("app.properties", e -> e.set("a", 3)))
              .getMessage());
      assertEquals("a=2\n", Files.readString(file));
    }
  }

  @Test
  void edit_ifVersion_changesOnlyWhatStillSaysWhatItSaid() throws IOException {
    Path file = write("a=1\nb=1\n");
    String name = file.toString();
    try (Config config = Config.builder().source(Sources.file(file)).build()) {
      long first = config.snapshot().version();
      config.edit(name, e -> e.set("a", 2, first).set("c", 1, first));
      ConfigException stale =
          assertThrows(ConfigException.class, () -> config.edit(name, e -> e.set("a", 3, first)));
      assertEquals(ErrorCode.CONFLICT, stale.code());
      config.edit(name, e -> e.set("b", 2, first)); // another place, as it was
      long second = config.snapshot().version();
      write("a=2\nb=9\nc=1\n"); // by somebody else, not read yet
      assertThrows(ConfigException.class, () -> config.edit(name, e -> e.unset("b", second)));
      assertEquals("a=2\nb=9\nc=1\n", Files.readString(file));
      assertThrows(
          IllegalArgumentException.class, () -> config.edit(name, e -> e.set("a", 1, 4711)));
    }
  }

  @Test
  @Tag("G7")
  void edit_thatAcheckRefuses_isNotWritten() throws IOException {
    Path file = write("port=1\n");
    try (Config config =
        Config.builder().source(Sources.file(file)).declare("port", int.class).build()) {
      assertEquals(ErrorCode.CONVERSION, refusal(config, file.toString(), "port", "x"));
      assertEquals("port=1\n", Files.readString(file));
      assertEquals(1, config.get("port").asInt());
    }
  }

  @Test
  @Tag("G7")
  void edit_thatAResourceVetoes_isNotWritten() throws IOException {
    Path file = write("port=1\n");
    List<String> told = new ArrayList<>();
    Resource<Integer> port =
        next -> {
          if (next == 2) {
            throw new IOException("port 2 is taken");
          }
          return new Resource.Prepared() {
            @Override
            public void commit() {
              told.add("commit " + next);
            }

            @Override
            public void abort() {
              told.add("abort " + next);
            }
          };
        };
    try (Config config =
        Config.builder().source(Sources.file(file)).resource("port", Integer.class, port).build()) {
      String name = file.toString();
      assertThrows(ConfigException.class, () -> config.edit(name, e -> e.set("port", 2)));
      assertEquals("port=1\n", Files.readString(file));
      config.edit(name, e -> e.set("port", 3));
      assertEquals("port=3\n", Files.readString(file));
      assertEquals(List.of("commit 1", "abort 3", "commit 3"), told);
    }
  }

  @Test
  void edit_ofWhatIsNoFile_isRefused() throws IOException {
    write("a=1\n");
    try (Config config =
        Config.builder()
            .source(Sources.map("map", Map.of("low", 1)))
            .source(Sources.memory("memory"))
            .source(Sources.directory(folder).name("folder"))
            .source("env:APP_")
            .build()) {
      List<ErrorCode> codes = new ArrayList<>();
      for (String source : List.of("map", "memory", "folder", "environment APP_")) {
        codes.add(refusal(config, source, "a", 2));
      }
      assertEquals(java.util.Collections.nCopies(4, ErrorCode.NOT_EDITABLE), codes);
      assertThrows(IllegalArgumentException.class, () -> config.edit("none", e -> e.set("a", 1)));
    }
  }

  @Test
  void edit_ofAnEncryptedValue_replacesIt_butNotIfVersion() throws IOException {
    EncryptionKey key = EncryptionKey.generate("k1");
    Path file = write("a=" + EncryptedValue.encrypt(key, "a", "x") + "\n");
    try (Config config =
        Config.builder().keys(KeyProvider.of(key)).source(Sources.file(file)).build()) {
      long version = config.snapshot().version();
      String next = EncryptedValue.encrypt(key, "a", "y").toString();
      assertThrows(
          ConfigException.class,
          () -> config.edit(file.toString(), e -> e.set("a", next, version)));
      assertEquals(ErrorCode.NOT_EDITABLE, refusal(config, file.toString(), "a", "plain"));
      config.edit(file.toString(), e -> e.set("a", next));
      assertEquals("y", config.get("a").asString());
    }
  }

  @Test
  @Tag("G7")
  void edit_isCheckedAsItWillBeRead() throws IOException {
    EncryptionKey key = EncryptionKey.generate("k1");
    Path file = write("port=1\nname=x\n");
    try (Config config =
        Config.builder()
            .keys(KeyProvider.of(key))
            .source(Sources.file(file).placeholders(false))
            .declare("port", int.class)
            .build()) {
      String name = file.toString();
      String port = EncryptedValue.encrypt(key, "port", "8080").toString();
      config.edit(name, e -> e.set("port", port));
      assertEquals(8080, config.get("port").asInt());
      assertEquals(ErrorCode.DECRYPTION, refusal(config, name, "name", port));
      config.edit(name, e -> e.set("name", "${TAG}"));
      assertEquals("${TAG}", config.get("name").asString());
      assertEquals("port=" + port + "\nname=${TAG}\n", Files.readString(file));
    }
  }

  @Test
  void edit_withoutWatching_isReadAlsoWhereItChangesNothing() throws IOException {
    Path file = write("a=1\n");
    try (Config config = Config.builder().watching(false).source(Sources.file(file)).build()) {
      write("a=2\n");
      assertEquals(2, config.edit(file.toString(), e -> e.set("a", 2)));
      assertEquals(2, config.get("a").asInt());
    }
  }

  @Test
  void edit_ofASecretSource_orMarkedValue_isComparedByWhatItSays() throws IOException {
    Path file = write("a=1\nb=1\n");
    try (Config config = Config.builder().secret("b").source(Sources.file(file).secret()).build()) {
      long version = config.snapshot().version();
      config.edit(file.toString(), e -> e.set("a", 2, version).set("b", 2, version));
      assertEquals("a=2\nb=2\n", Files.readString(file));
      assertEquals("a = ***", config.get("a").toString());
    }
  }

  @Test
  @Tag("G4")
  void edit_afterClose_throws() throws IOException {
    Path file = write("a=1\n");
    Config config = Config.builder().source(Sources.file(file)).build();
    config.close();
    assertThrows(
        IllegalStateException.class, () -> config.edit(file.toString(), e -> e.set("a", 2)));
    assertEquals("a=1\n", Files.readString(file));
  }
}
