package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.format.Edit;
import dev.gimbal.format.Formats;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionKey;
import dev.gimbal.secret.KeyProvider;
import dev.gimbal.tree.Scalar;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EncryptedFileTest {

  private static final EncryptionKey OLD = EncryptionKey.generate("old");
  private static final EncryptionKey NEW = EncryptionKey.generate("new");
  private static final KeyProvider BOTH = KeyProvider.of(OLD, NEW);
  private static final String SECRET = "hunter2";

  /** What encrypted values stand as where texts are compared. */
  private static final String ANY = "ENC\\[aes-256-gcm,(old|new),[A-Za-z0-9+/=]+]";

  @TempDir Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("app.properties"), text);
  }

  private static FileEdit edit(Path file) {
    return new FileEdit(Formats.installed(List.of()), file);
  }

  private static EncryptedFile encrypted(Path file) {
    return new EncryptedFile(edit(file));
  }

  private static List<ConfigPath> paths(String... paths) {
    return Stream.of(paths).map(ConfigPath::parse).toList();
  }

  private static String value(EncryptionKey key, String path, String text) {
    return EncryptedValue.encrypt(key, path, text).toString();
  }

  /** The file with {@code <id>} in place of each encrypted value. */
  private static String shown(Path file) throws IOException {
    return Files.readString(file).replaceAll(ANY, "<$1>");
  }

  private static String decrypted(Path file, EncryptionKey key, String path) throws IOException {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return EncryptedValue.parse(properties.getProperty(path)).decrypt(key, path);
  }

  private static List<String> problems(ConfigException e) {
    assertFalse(String.valueOf(e.getMessage()).indexOf(SECRET) >= 0, e.getMessage());
    return e.problems().stream().map(problem -> problem.toString().replace('\n', '|')).toList();
  }

  @Test
  void encrypt_changesTheValuesAtThePaths_andNoOtherByte() throws IOException {
    Path file =
        write("# c\r\n  db.pin :  hunter2\r\n\r\nport=8080\n! x\na\\\n  b = \\u00e4 \\\n    z\ny");
    EncryptedFile.Result result = encrypted(file).encrypt(paths("port", "db.pin", "ab"), OLD);
    assertEquals(new EncryptedFile.Result(paths("port", "db.pin", "ab"), List.of()), result);
    assertEquals(
        "# c\r\n  db.pin :  <old>\r\n\r\nport=<old>\n! x\na\\\n  b = <old>\ny", shown(file));
    assertEquals(SECRET, decrypted(file, OLD, "db.pin"));
    assertEquals("8080", decrypted(file, OLD, "port"));
    assertEquals("\u00e4 z", decrypted(file, OLD, "ab"));
  }

  @Test
  void encrypt_whatIsEncrypted_leavesItAlone_whateverItsKey() throws IOException {
    Path file = write("a=" + value(NEW, "elsewhere", "x") + "\nb=" + value(OLD, "b", "y") + "\n");
    String before = Files.readString(file);
    Object inode = Files.getAttribute(file, "unix:ino");
    assertEquals(
        new EncryptedFile.Result(List.of(), paths("b", "a")),
        encrypted(file).encrypt(paths("b", "a", "b"), OLD));
    assertEquals(before, Files.readString(file));
    assertEquals(inode, Files.getAttribute(file, "unix:ino"));
  }

  @Test
  void encrypt_atPathsThatHoldNoPlainValue_isRefusedAtOnce_andShowsNoValue() throws IOException {
    Path file =
        write(
            "a.b=hunter2\nl[0]=hunter2\nt=hunter2${a.b}\ne=hunter2\nm=ENC[hunter2]\nn=ENC[a,b,?]");
    String before = Files.readString(file);
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> encrypted(file).encrypt(paths("e", "x.y", "a", "l", "t", "m", "n"), OLD));
    String at = "|        at " + file;
    assertEquals(
        List.of(
            "GIM-002 x.y: nothing stands here" + at,
            "GIM-028 a: an object stands here; name the values in it" + at + ":1:5",
            "GIM-028 l: a list stands here; name its values by their indexes" + at + ":2:6",
            "GIM-028 t: a text with a placeholder is not resolved any more when it is encrypted"
                + at
                + ":3:3",
            "GIM-027 m: an encrypted value (expected: ENC[algorithm,key-id,base64])" + at + ":5:3",
            "GIM-027 n: an encrypted value is no Base64" + at + ":6:3"),
        problems(refused));
    assertEquals(before, Files.readString(file));
  }

  @Test
  void encryptAndRotate_whatIsCutOffOrHasMoreBehindIt_areRefused_andLeaveTheFile()
      throws IOException {
    String whole = value(OLD, "a", SECRET);
    List<String> altered = new java.util.ArrayList<>(List.of(whole + " x", "\\ " + whole));
    for (int length = "ENC[aes-256-gcm,".length(); length < whole.length(); length++) {
      altered.add(whole.substring(0, length));
    }
    String problem =
        "GIM-027 a: an encrypted value that is cut off, or has more around it (expected:"
            + " ENC[algorithm,key-id,base64])|        at ";
    for (String text : altered) {
      Path file = write("a=" + text + "\n");
      ConfigException ofEncrypt =
          assertThrows(ConfigException.class, () -> encrypted(file).encrypt(paths("a"), NEW), text);
      assertEquals(List.of(problem + file + ":1:3"), problems(ofEncrypt));
      ConfigException ofRotate =
          assertThrows(ConfigException.class, () -> encrypted(file).rotate(BOTH, NEW), text);
      assertEquals(List.of(problem + file + ":1:3"), problems(ofRotate));
      assertEquals("a=" + text + "\n", Files.readString(file));
    }
    assertEquals(55, altered.size());
  }

  @Test
  void encrypt_halfACharacter_isRefused_andLeavesTheFile() throws IOException {
    Path file = write("a=x\npin=hunter2\\ud83d\n");
    String before = Files.readString(file);
    assertEquals(
        List.of(
            "GIM-028 pin: half a character, which cannot be encrypted|        at " + file + ":2:5"),
        problems(
            assertThrows(
                ConfigException.class, () -> encrypted(file).encrypt(paths("a", "pin"), OLD))));
    assertEquals(before, Files.readString(file));
  }

  @Test
  void encrypt_whatCannotBeEdited_showsNoValue() throws IOException {
    Path file = write("pin=hunter2\npin=hunter2\n");
    List<String> problems =
        problems(
            assertThrows(ConfigException.class, () -> encrypted(file).encrypt(paths("pin"), OLD)));
    assertEquals(
        List.of(
            "GIM-028 pin: the key stands twice, here for the second time|        at "
                + file
                + ":2:1|       2 | pin=***|         | ^"),
        problems);
  }

  @Test
  void rotate_encryptsAnewWhatHasAnotherKey_andNoOtherByte() throws IOException {
    String kept = value(NEW, "b.c", "y");
    Path file = write("# ENC[\n a : " + value(OLD, "a", SECRET) + "\r\nb.c=" + kept + "\nd=1");
    assertEquals(
        new EncryptedFile.Result(paths("a"), paths("b.c")), encrypted(file).rotate(BOTH, NEW));
    assertEquals("# ENC[\n a : <new>\r\nb.c=<new>\nd=1", shown(file));
    assertEquals(SECRET, decrypted(file, NEW, "a"));
    String after = Files.readString(file);
    assertEquals(kept, after.lines().filter(l -> l.startsWith("b")).findFirst().get().substring(4));

    assertEquals(
        new EncryptedFile.Result(List.of(), paths("a", "b.c")),
        encrypted(file).rotate(KeyProvider.of(), NEW));
    assertEquals(after, Files.readString(file));
  }

  @Test
  void rotate_aFileWithWhatDoesNotDecrypt_namesEachPlace_andLeavesTheFile() throws IOException {
    EncryptionKey lost = EncryptionKey.generate("lost");
    String good = value(OLD, "a", SECRET);
    String written = value(OLD, "altered", "y");
    int first = written.lastIndexOf(',') + 1;
    String altered =
        written.substring(0, first)
            + (written.charAt(first) == 'A' ? 'B' : 'A')
            + written.substring(first + 1);
    Path file =
        write(
            "a="
                + good
                + "\nmoved="
                + good
                + "\nnew="
                + value(NEW, "x", "y")
                + "\nlost="
                + value(lost, "lost", "y")
                + "\ncut="
                + good.substring(0, 32)
                + "]\nnacl=ENC[none,k,AAAA]\naltered="
                + altered
                + "\n");
    String before = Files.readString(file);
    ConfigException refused =
        assertThrows(ConfigException.class, () -> encrypted(file).rotate(BOTH, NEW));
    String at = "|        at " + file + ":";
    String moved =
        "\" at this path: it was altered, moved here from another path, or encrypted with another"
            + " key of that id";
    assertEquals(
        List.of(
            "GIM-027 moved: it does not decrypt with key \"old" + moved + at + "2:7",
            "GIM-027 new: it does not decrypt with key \"new" + moved + at + "3:5",
            "GIM-027 lost: it is encrypted with key \"lost\", which is none of those that were"
                + " given"
                + at
                + "4:6",
            "GIM-027 cut: an encrypted value has 9 bytes (expected: 28 or more): it is cut off"
                + at
                + "5:5",
            "GIM-027 nacl: no such algorithm (expected: aes-256-gcm; with gimbal-nacl also nacl-box,"
                + " nacl-secretbox)"
                + at
                + "6:6",
            "GIM-027 altered: it does not decrypt with key \"old" + moved + at + "7:9"),
        problems(refused));
    assertEquals(before, Files.readString(file));
  }

  @Test
  void rotate_withoutItsKeys_tellsWhyTheyCannotBeRead_askingOnce() throws IOException {
    Path file = write("a=" + value(OLD, "a", "x") + "\nb=" + value(OLD, "b", "x") + "\n");
    AtomicInteger asked = new AtomicInteger();
    KeyProvider down =
        id -> {
          asked.incrementAndGet();
          throw new IOException("the vault is sealed");
        };
    ConfigException refused =
        assertThrows(ConfigException.class, () -> encrypted(file).rotate(down, NEW));
    String at = "|        at " + file + ":";
    assertEquals(
        List.of(
            "GIM-027 a: the vault is sealed" + at + "1:3",
            "GIM-027 b: the vault is sealed" + at + "2:3"),
        problems(refused));
    assertEquals(1, asked.get());
  }

  @Test
  void rotate_withoutTheKeyOfMany_tellsThreePlacesInOrder_andHowManyMore() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      lines.append("k").append(i * 7 % 40).append('=').append(value(OLD, "x", "x")).append('\n');
    }
    Path file = write(lines + "odd=ENC[]\n");
    ConfigException refused =
        assertThrows(ConfigException.class, () -> encrypted(file).rotate(id -> missing(), NEW));
    String at = "|        at " + file + ":";
    String why = ": it is encrypted with key \"old\", which is none of those that were given";
    assertEquals(
        List.of(
            "GIM-027 k0" + why + at + "1:4",
            "GIM-027 k7" + why + at + "2:4",
            "GIM-027 k14" + why + "; the same for 37 more values" + at + "3:5",
            "GIM-027 odd: an encrypted value (expected: ENC[algorithm,key-id,base64])"
                + at
                + "41:5"),
        problems(refused));
  }

  private static Optional<EncryptionKey> missing() {
    return Optional.empty();
  }

  @Test
  void rotate_aFileThatCannotBeWritten_leavesIt() throws IOException {
    Path file = write("a=" + value(OLD, "a", "x") + "\n");
    String before = Files.readString(file);
    FileEdit denied =
        edit(file)
            .steps(
                step -> {
                  throw new AccessDeniedException(file.toString());
                });
    ConfigException refused =
        assertThrows(ConfigException.class, () -> new EncryptedFile(denied).rotate(BOTH, NEW));
    assertEquals("GIM-012", refused.code().id());
    assertEquals(before, Files.readString(file));
    assertEquals(
        new EncryptedFile.Result(List.of(), paths("a")), encrypted(file).rotate(BOTH, OLD));
  }

  /** A file whose value somebody changes as soon as it was read. */
  private FileEdit racing(Path file, String changed) {
    return edit(file)
        .steps(
            step -> {
              if (step == Replacement.Step.WRITE) {
                Files.writeString(file, changed);
              }
            });
  }

  @Test
  void encryptAndRotate_whileTheFileChanges_areConflicts_andKeepTheChange() throws IOException {
    String others = "a=" + value(OLD, "a", "other") + "\n";
    Path file = write("a=" + value(OLD, "a", "x") + "\n");
    ConfigException rotating =
        assertThrows(
            ConfigException.class, () -> new EncryptedFile(racing(file, others)).rotate(BOTH, NEW));
    assertEquals("GIM-029", rotating.code().id());
    assertEquals(others, Files.readString(file));

    write("a=hunter2\n");
    ConfigException encrypting =
        assertThrows(
            ConfigException.class,
            () -> new EncryptedFile(racing(file, "a=other\n")).encrypt(paths("a"), NEW));
    assertEquals("GIM-029", encrypting.code().id());
    assertEquals("a=other\n", Files.readString(file));
  }

  /** The twin: with a plan that is made from an earlier read, what others wrote is lost. */
  @Test
  void planOfAnEarlierRead_losesTheChange() throws IOException {
    Path file = write("a=" + value(OLD, "a", "x") + "\n");
    Edit[] early = new Edit[1];
    edit(file)
        .applyPlanned(
            document -> {
              early[0] =
                  Edit.builder()
                      .set(ConfigPath.of("a"), Scalar.string(value(NEW, "a", "x")))
                      .build();
              return Edit.builder().build();
            });
    write("a=" + value(OLD, "a", "other") + "\n");
    edit(file).apply(early[0]);
    assertEquals("x", decrypted(file, NEW, "a"));
  }
}
