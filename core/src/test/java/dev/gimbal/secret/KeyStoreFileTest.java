package dev.gimbal.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class KeyStoreFileTest {

  private static final String PASSWORD = "correct horse";

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("keys.store");
  }

  private KeyProvider provider() {
    return KeyProvider.keystore(file(), PASSWORD::toCharArray);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private void allow(String permissions) throws IOException {
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(permissions));
  }

  /** What the tool of the JDK does, and prints. */
  private String keytool(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(args));
    command.addAll(List.of("-keystore", file().toString(), "-storepass:env", "STORE_PASSWORD"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("STORE_PASSWORD", PASSWORD);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    process.getOutputStream().close();
    byte[] printed = process.getInputStream().readAllBytes();
    String text = new String(printed, StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), text);
    allow("rw-------");
    return text;
  }

  /** Puts one secret key into a new store. */
  private void write(String type, String alias, String algorithm, byte[] key, String keyPassword)
      throws Exception {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    store.setEntry(
        alias,
        new KeyStore.SecretKeyEntry(new SecretKeySpec(key, algorithm)),
        new KeyStore.PasswordProtection(keyPassword.toCharArray()));
    try (OutputStream out = Files.newOutputStream(file())) {
      store.store(out, PASSWORD.toCharArray());
    }
    allow("rw-------");
  }

  /** Why a key is not given; shows neither password. */
  private String refusal(KeyProvider provider, String id) {
    IOException e = assertThrows(IOException.class, () -> provider.find(id));
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace, true));
    assertFalse(trace.toString().contains(PASSWORD), trace::toString);
    assertFalse(trace.toString().contains("battery staple"), trace::toString);
    return String.valueOf(e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JCEKS"})
  void keysOfKeytool_areFoundByTheirAliases_inAnyCase(String type) throws Exception {
    String[] make = {"-genseckey", "-keyalg", "AES", "-keysize", "256", "-storetype", type};
    for (String alias : List.of("2026-11", "Prod.K1")) {
      List<String> args = new ArrayList<>(List.of(make));
      args.addAll(List.of("-alias", alias));
      keytool(args.toArray(String[]::new));
    }
    EncryptionKey key = provider().find("Prod.K1").orElseThrow();
    assertEquals("Prod.K1", key.id());
    assertEquals(EncryptionKey.AES_256_GCM, key.algorithm().name());
    String written = EncryptedValue.encrypt(key, "pin", "1234").toString();
    assertEquals("ENC[aes-256-gcm,Prod.K1,", written.substring(0, 24));
    EncryptedValue value = EncryptedValue.parse(written);
    assertEquals("1234", value.decrypt(provider().find("prod.k1").orElseThrow(), "pin"));
    assertNotEquals(
        provider().find("2026-11").orElseThrow().reveal().substring(20),
        key.reveal().substring(20));
    assertEquals(Optional.empty(), provider().find("k3"));

    Path document = Files.writeString(folder.resolve("app.properties"), "pin=" + written);
    try (Config config = Config.builder().keys(provider()).source(Sources.file(document)).build()) {
      assertEquals(1234, config.get("pin").asInt());
    }
  }

  @Test
  void keyThatIsAddedLater_isFound_andThePasswordIsOverwrittenEachTime() throws Exception {
    byte[] bytes = random(32);
    write("PKCS12", "k1", "AES", random(32), PASSWORD);
    List<char[]> given = new ArrayList<>();
    KeyProvider provider =
        KeyProvider.keystore(
            file(),
            () -> {
              given.add(PASSWORD.toCharArray());
              return given.get(given.size() - 1);
            });
    assertEquals(Optional.empty(), provider.find("k2"));
    write("PKCS12", "k2", "AES", bytes, PASSWORD);
    assertEquals(Optional.of(EncryptionKey.of("k2", bytes)), provider.find("k2"));
    Files.write(file(), new byte[] {1, 2, 3, 4});
    assertThrows(IOException.class, () -> provider.find("k2"));
    assertEquals(3, given.size());
    for (char[] password : given) {
      assertArrayEquals(new char[PASSWORD.length()], password);
    }
  }

  @Test
  void storeThatOthersCanRead_isRefused_beforeThePasswordIsAskedFor() throws Exception {
    write("PKCS12", "k1", "AES", random(32), PASSWORD);
    KeyProvider provider =
        KeyProvider.keystore(
            file(),
            () -> {
              throw new AssertionError("asked");
            });
    for (String others : List.of("rw-r-----", "rw----r--", "rw--w----", "rw-----w-")) {
      allow(others);
      assertEquals(
          "the key store "
              + file()
              + " can be read or written by others than its owner (expected: chmod 600)",
          refusal(provider, "k1"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JCEKS"})
  void anotherPassword_isToldWithoutIt(String type) throws Exception {
    write(type, "k1", "AES", random(32), PASSWORD);
    KeyProvider other = KeyProvider.keystore(file(), "battery staple"::toCharArray);
    assertEquals(
        "the key store "
            + file()
            + " does not open: the password is another one, or it was altered",
        refusal(other, "k1"));
  }

  /**
   * Bytes that protect nothing may be others; with what decrypts, all is told as an IOException.
   */
  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JCEKS"})
  void alteredStore_givesItsKeyOrIsRefused(String type) throws Exception {
    byte[] key = random(32);
    write(type, "k1", "AES", key, PASSWORD);
    byte[] bytes = Files.readAllBytes(file());
    int refused = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte[] altered = bytes.clone();
      altered[i] ^= (byte) 0x80;
      Files.write(file(), altered);
      try {
        assertEquals(Optional.of(EncryptionKey.of("k1", key)), provider().find("k1"));
      } catch (IOException e) {
        refused++;
      }
    }
    assertTrue(refused > bytes.length * 9 / 10, refused + " of " + bytes.length);
  }

  @Test
  void whatIsNoStore_orHoldsNoSecretKeys_isTold() throws Exception {
    assertEquals("there is no key store " + file(), refusal(provider(), "k1"));
    String no = "the key store " + file() + " is no key store of PKCS12 or JCEKS, or was altered";
    for (String text : List.of("", "k", "k1:aes-256-gcm:AAAA\n")) {
      Files.writeString(file(), text);
      allow("rw-------");
      assertEquals(no, refusal(provider(), "k1"));
    }
    Files.delete(file());
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-alias",
        "k1",
        "-dname",
        "CN=a",
        "-storetype",
        "JKS",
        "-keypass",
        PASSWORD);
    assertEquals(
        "the key store "
            + file()
            + " is of JKS, which holds no secret keys (expected: PKCS12 or JCEKS)",
        refusal(provider(), "k1"));
    Files.delete(file());
    keytool("-genkeypair", "-keyalg", "EC", "-alias", "k1", "-dname", "CN=a");
    assertEquals(
        "entry \"k1\" of the key store " + file() + " is no secret key that tells its bytes",
        refusal(provider(), "k1"));
  }

  @Test
  void keyThatIsNone_isRefused() throws Exception {
    write("PKCS12", "k1", "AES", random(16), PASSWORD);
    String entry = "entry \"k1\" of the key store " + file() + ": ";
    assertEquals(
        entry + "key \"k1\" has 16 bytes (expected: 32 random bytes)", refusal(provider(), "k1"));
    write("PKCS12", "k1", "AES", new byte[32], PASSWORD);
    assertEquals(
        entry + "key \"k1\" is a row of equal steps (expected: 32 random bytes)",
        refusal(provider(), "k1"));
    write("PKCS12", "k1", "HmacSHA256", random(32), PASSWORD);
    assertEquals(
        entry
            + "no such algorithm (expected: aes-256-gcm; with gimbal-nacl also nacl-box,"
            + " nacl-secretbox)",
        refusal(provider(), "k1"));
    write("JCEKS", "k1", "AES", random(32), "battery staple");
    assertEquals(
        "key \"k1\" of the key store " + file() + " has a password of its own, or was altered",
        refusal(provider(), "k1"));
  }

  /** JCEKS keeps any name of an algorithm; PKCS12 only those that it has numbers for. */
  @Test
  void nameOfAnAlgorithm_isKeptByJceksOnly() throws Exception {
    byte[] bytes = random(32);
    write("JCEKS", "k1", EncryptionKey.AES_256_GCM, bytes, PASSWORD);
    assertEquals(Optional.of(EncryptionKey.of("k1", bytes)), provider().find("k1"));
    assertThrows(
        KeyStoreException.class,
        () -> write("PKCS12", "k1", EncryptionKey.AES_256_GCM, bytes, PASSWORD));
  }
}
