package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class KeysTest {

  private static final String SECRET = "hunter2";

  @TempDir Path folder;
  private String keys;

  @BeforeEach
  void makeKey() {
    keys = folder.resolve("app.keys").toString();
    assertEquals(new Run(0, "", ""), Run.gimbal("keygen", "k1", "--key-file", keys));
  }

  private String encrypted(String path) {
    Run run = Run.reading(SECRET + "\n", "encrypt", path, "--key-file", keys);
    assertEquals(0, run.exit());
    assertEquals("ENC[aes-256-gcm,k1,", run.out().substring(0, 19));
    return run.out();
  }

  private String refused(int exit, Run run) {
    assertEquals(exit, run.exit());
    assertEquals("", run.out());
    assertFalse(run.err().indexOf(SECRET) >= 0, run.err());
    return run.err();
  }

  @Test
  void keygen_writesAFileThatOnlyItsOwnerCanRead_andNeverOverwrites() throws IOException {
    Path file = Path.of(keys);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    String before = Files.readString(file);
    assertEquals(
        "GIM-012 "
            + keys
            + " is there already; put the line of another key into it, the newest"
            + " first\n",
        refused(3, Run.gimbal("keygen", "k2", "--key-file", keys)));
    assertEquals(before, Files.readString(file));
  }

  @Test
  void keygen_printsALine_ofAnIdThatIsOne() {
    Run run = Run.gimbal("keygen", "k.2-A_b");
    assertEquals(0, run.exit());
    assertEquals("k.2-A_b:aes-256-gcm:", run.out().substring(0, 20));
    assertEquals(65, run.out().length());
    assertEquals(
        "gimbal keygen: the id of a key (expected: letters, digits, '.', '_' and '-') (see gimbal"
            + " keygen --help)\n",
        refused(2, Run.gimbal("keygen", "k 1")));
  }

  @Test
  void keygen_ofAnAlgorithm_printsALineForEachEnd() throws IOException {
    Run secretbox = Run.gimbal("keygen", "s", "--algorithm", "nacl-secretbox");
    assertEquals(0, secretbox.exit());
    assertEquals("s:nacl-secretbox:", secretbox.out().replaceFirst("[^:]*$", ""));
    List<String> box = Run.gimbal("keygen", "b", "--algorithm", "nacl-box").out().lines().toList();
    assertEquals(2, box.size());
    box.forEach(line -> assertEquals("b:nacl-box:", line.replaceFirst("[^:]*$", "")));
    assertEquals(
        "gimbal keygen: --algorithm: no such algorithm (expected: aes-256-gcm, nacl-box,"
            + " nacl-secretbox) (see gimbal keygen --help)\n",
        refused(2, Run.gimbal("keygen", "k1", "--algorithm", "hunter2")));
  }

  @Test
  void keygen_ofNaclBox_writesOneEnd_andPrintsTheOther_whichReadEachOther() throws IOException {
    String one = folder.resolve("one.keys").toString();
    Run other = Run.gimbal("keygen", "b", "--algorithm", "nacl-box", "--key-file", one);
    assertEquals("", other.err());
    assertEquals(1, other.out().lines().count());
    Path otherFile = folder.resolve("other.keys");
    Files.createFile(
        otherFile,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(otherFile, other.out());
    Run value = Run.reading(SECRET, "encrypt", "db.pin", "--key-file", otherFile.toString());
    assertEquals("ENC[nacl-box,b,", value.out().substring(0, 15));
    assertEquals(
        new Run(0, SECRET + "\n", ""),
        Run.reading(value.out(), "decrypt", "elsewhere", "--key-file", one));
    assertEquals(
        "GIM-027 a: it is of nacl-box, and key \"k1\" is of aes-256-gcm\n",
        refused(3, Run.reading("ENC[nacl-box,k1,AAAA]", "decrypt", "a", "--key-file", keys)));
  }

  @Test
  void encrypted_isDecryptedAtItsPathOnly() {
    String written = encrypted("db.pin");
    assertEquals(
        new Run(0, SECRET + "\n", ""),
        Run.reading(written, "decrypt", "db.pin", "--key-file", keys));
    assertEquals(
        "GIM-027 db.pins: it does not decrypt with key \"k1\" at this path: it was altered, moved"
            + " here from another path, or encrypted with another key of that id\n",
        refused(3, Run.reading(written, "decrypt", "db.pins", "--key-file", keys)));
    assertEquals(
        "GIM-027 a: an encrypted value (expected: ENC[...])\n",
        refused(3, Run.reading(SECRET, "decrypt", "a", "--key-file", keys)));
  }

  @Test
  void encrypt_takesTheFirstKey_orTheOneThatIsNamed() throws IOException {
    String next = Run.gimbal("keygen", "k2").out();
    Files.writeString(Path.of(keys), next + Files.readString(Path.of(keys)));
    assertEquals(
        "ENC[aes-256-gcm,k2,",
        Run.reading(SECRET, "encrypt", "a", "--key-file", keys).out().substring(0, 19));
    assertEquals(
        "ENC[aes-256-gcm,k1,",
        Run.reading(SECRET, "encrypt", "a", "--key", "k1", "--key-file", keys)
            .out()
            .substring(0, 19));
    assertEquals(
        "GIM-027 there is no key \"k3\" among those that were given\n",
        refused(3, Run.reading(SECRET, "encrypt", "a", "--key", "k3", "--key-file", keys)));
  }

  @Test
  void withoutKeys_whichAreMissing() {
    assertEquals(
        "gimbal encrypt: which keys? --key-file or --key-store is missing, and GIMBAL_KEYS is not set (see gimbal"
            + " encrypt --help)\n",
        refused(2, Run.reading(SECRET, "encrypt", "a")));
    assertEquals(
        "gimbal encrypt: PATH: it is empty (expected: where the value will stand) (see gimbal"
            + " encrypt --help)\n",
        refused(2, Run.reading(SECRET, "encrypt", "", "--key-file", keys)));
  }

  @Test
  void get_showsWhatWasEncrypted_onlyIfItIsToReveal() throws IOException {
    Path file = Files.writeString(folder.resolve("app.properties"), "pin=" + encrypted("pin"));
    String[] get = {"get", "pin", "--source", file.toString(), "--key-file", keys};
    assertEquals(new Run(0, "***\n", ""), Run.gimbal(get));
    assertEquals(
        new Run(0, SECRET + "\n", ""),
        Run.gimbal("get", "pin", "--source", file.toString(), "--key-file", keys, "--reveal"));
    Files.setPosixFilePermissions(Path.of(keys), PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals(
        "GIM-027 pin: the key file "
            + keys
            + " can be read or written by others than its owner (expected: chmod 600)",
        refused(3, Run.gimbal(get)).lines().findFirst().orElseThrow());
  }

  @Test
  void convertAndDiff_takeEncryptedValuesAsTheyStand() throws IOException {
    String written = encrypted("a").strip();
    Path file = Files.writeString(folder.resolve("app.properties"), "a=" + written);
    Run converted = Run.gimbal("convert", file.toString(), "--to", "json");
    assertEquals(new Run(0, "{\n  \"a\": \"" + written + "\"\n}\n", ""), converted);
    Path json = Files.writeString(folder.resolve("app.json"), converted.out());
    assertEquals(new Run(0, "", ""), Run.gimbal("diff", file.toString(), json.toString()));
  }

  @Test
  void diff_ofARotatedFile_isEqualWithTheKeys() throws Exception {
    String text = "db.password=" + encrypted("db.password") + "pin=" + encrypted("pin");
    String before = Files.writeString(folder.resolve("a.properties"), text).toString();
    String after = Files.writeString(folder.resolve("b.properties"), text).toString();
    String plain =
        Files.writeString(folder.resolve("c.yaml"), "db: {password: hunter2}\npin: other\n")
            .toString();
    String next = folder.resolve("next.keys").toString();
    assertEquals(0, Run.gimbal("keygen", "k2", "--key-file", next).exit());
    Files.writeString(Path.of(next), Files.readString(Path.of(keys)), StandardOpenOption.APPEND);
    assertEquals(
        new Run(0, after + ": 2 values, 2 encrypted anew\n", ""),
        Run.gimbal("rotate", after, "--key-file", next));

    assertEquals(1, Run.gimbal("diff", before, after).exit());
    assertEquals(new Run(0, "", ""), Run.gimbal("diff", before, after, "--key-file", next));
    assertEquals(
        new Run(
            1, "~ pin: \"***\" -> \"other\"   at " + before + ":2:5 -> " + plain + ":2:6\n", ""),
        Run.gimbal("diff", before, plain, "--key-file", keys));
    assertEquals(3, Run.gimbal("diff", before, after, "--key-file", keys).exit());
  }

  /** As bash gives one by {@code <(...)}: it can be read once. */
  @Test
  void keyFile_thatIsAPipe_isReadOnce() throws Exception {
    String text = "db.password=" + encrypted("db.password") + "pin=" + encrypted("pin");
    String file = Files.writeString(folder.resolve("a.properties"), text).toString();
    String other = Files.writeString(folder.resolve("b.properties"), text).toString();
    String more = Run.gimbal("keygen", "k2").out() + Files.readString(Path.of(keys));

    assertEquals(new Run(0, "***\n", ""), withPipe(more, "get", "pin", "-s", file, "-s", other));
    assertEquals(
        new Run(
            0,
            file + ": 2 values, 2 encrypted anew\n" + other + ": 2 values, 2 encrypted anew\n",
            ""),
        withPipe(more, "rotate", file, other));
  }

  private Run withPipe(String said, String... args) throws Exception {
    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", "-m", "600", pipe.toString()).start();
    assertEquals(0, made.waitFor());
    Thread writer =
        new Thread(
            () -> {
              try {
                Files.writeString(pipe, said);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    writer.start();
    String[] all = Arrays.copyOf(args, args.length + 2);
    all[args.length] = "--key-file";
    all[args.length + 1] = pipe.toString();
    Run run = Run.gimbal(all);
    writer.join();
    Files.delete(pipe);
    return run;
  }

  @Test
  void set_ofAnElement_keepsTheSecretsOfTheOthers() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("app.json"),
            "{\"pin\": \""
                + encrypted("pin").strip()
                + "\", \"urls\": [\"jdbc:${pin}/x\", \"b\"]}");
    Run run =
        Run.gimbal(
            "get", "urls", "--source", file.toString(), "--key-file", keys, "--set", "urls[1]=c");
    assertEquals(new Run(0, "[\n  \"***\",\n  \"c\"\n]\n", ""), run);
  }

  @Test
  void encrypt_whatIsNotUtf8_isRefused() {
    byte[] latin1 = {'p', (byte) 0xE4, 's', 's'};
    Run run = Run.reading(new ByteArrayInputStream(latin1), "encrypt", "a", "--key-file", keys);
    assertEquals("GIM-004 standard input is not UTF-8\n", refused(3, run));
  }

  /** One run in a process of its own, whose environment has a password or none. */
  private Run withPassword(@Nullable String password, String... args) throws Exception {
    ProcessBuilder builder = GimbalProcess.builder(args);
    builder.environment().remove("GIMBAL_KEYSTORE_PASSWORD");
    if (password != null) {
      builder.environment().put("GIMBAL_KEYSTORE_PASSWORD", password);
    }
    try (GimbalProcess process = GimbalProcess.start(builder)) {
      String out = process.restOfOutput();
      return new Run(process.exit(), out, process.restOfMessages());
    }
  }

  @Test
  void keyStore_isOpenedWithThePasswordOfTheEnvironment() throws Exception {
    Path file = folder.resolve("keys.p12");
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setEntry(
        "k2",
        new KeyStore.SecretKeyEntry(new SecretKeySpec(bytes, "AES")),
        new KeyStore.PasswordProtection("horse".toCharArray()));
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "horse".toCharArray());
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    String document =
        Files.writeString(folder.resolve("app.properties"), "a=" + encrypted("a")).toString();
    String[] rotate = {
      "rotate", document, "--key", "k2", "--key-file", keys, "--key-store", file.toString()
    };
    assertEquals(
        new Run(0, document + ": 1 value, 1 encrypted anew\n", ""), withPassword("horse", rotate));
    String[] get = {
      "get", "a", "--source", document, "--reveal", "--key-store", file.toString(), "-o", "raw"
    };
    assertEquals(new Run(0, SECRET + "\n", ""), withPassword("horse", get));
    assertEquals(
        "GIM-027 a: the key store "
            + file
            + " does not open: the password is another one, or it was altered",
        withPassword("horses", get).err().lines().findFirst().orElseThrow());
    assertEquals(
        new Run(
            2,
            "",
            "gimbal get: --key-store: GIMBAL_KEYSTORE_PASSWORD is not set (see gimbal get --help)\n"),
        withPassword(null, get));
    assertEquals(
        new Run(
            2,
            "",
            "gimbal encrypt: which key? --key is missing, and a key store has no first one (see"
                + " gimbal encrypt --help)\n"),
        withPassword("horse", "encrypt", "a", "--key-store", file.toString()));
  }
}
