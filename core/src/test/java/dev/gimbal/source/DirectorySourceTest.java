package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.format.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real folders, changed by real programs. */
class DirectorySourceTest {

  @TempDir Path temp;
  private final RealTasks tasks = new RealTasks();
  private final RecordingSink sink = new RecordingSink(tasks);
  private final List<Session> sessions = new ArrayList<>();

  @AfterEach
  void close() {
    sessions.forEach(Session::close);
    tasks.close();
  }

  private Path dir() {
    return temp.resolve("d");
  }

  private void open(DirectorySource source) {
    sessions.add(source.open(sink));
  }

  private void openValues() {
    open(new DirectorySource(dir()));
  }

  private void openDocuments() {
    open(new DirectorySource(dir()).as(DirectorySource.As.DOCUMENTS));
  }

  private void sh(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-ec", "mkdir -p d; cd d; " + script)
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals("0:", process.exitValue() + ":" + output);
  }

  private void assertTold(String... entries) throws InterruptedException {
    sink.await(entries[entries.length - 1]);
    assertEquals(List.of(entries), sink.log());
  }

  @Test
  @Tag("D57")
  void values_areNamedByLiteralFileNamesAndNestedByFolders() throws Exception {
    sh("mkdir -p db/pool; echo 5 > db/pool/max.size; printf x > a.b; printf 'two\\n\\n' > lines");
    openValues();
    assertTold("document {a.b=x, db={pool={max.size=5}}, lines=two\n}");
    assertEquals(dir().resolve("db/pool/max.size") + ":1:1", sink.origin("db", "pool", "max.size"));
    assertEquals(dir().resolve("a.b") + ":1:1", sink.origin("a.b"));
  }

  @Test
  @Tag("D57")
  void values_stripOneFinalNewlineOfEitherKind() throws Exception {
    sh("printf 'x\\r\\n' > crlf; printf 'x\\r' > cr; printf '\\n' > lf; : > none");
    openValues();
    assertTold("document {cr=x\r, crlf=x, lf=, none=}");
  }

  @Test
  void names_thatBeginWithADot_areSkipped() throws Exception {
    sh("echo 1 > .hidden; mkdir .git ..2024; echo 1 > .git/a; echo 1 > ..2024/a; echo 2 > a");
    openValues();
    assertTold("document {a=2}");
  }

  @Test
  void names_thatEndWithATilde_areSkipped() throws Exception {
    sh("echo 1 > b~; mkdir c~; echo 1 > c~/a; echo 2 > a; echo 3 > a~b");
    openValues();
    assertTold("document {a=2, a~b=3}");
  }

  @Test
  void value_thatIsNotUtf8_failsWithItsPlace() throws Exception {
    sh("printf 'ok\\nab\\377' > bad");
    openValues();
    sink.await("failed GIM-004");
    assertEquals(
        "GIM-004 found the byte 0xFF, expected UTF-8\n        at " + dir().resolve("bad") + ":2:3",
        sink.problem().getMessage());
  }

  @Test
  void value_thatEndsInsideACharacter_fails() throws Exception {
    sh("printf 'ab\\303' > bad");
    openValues();
    sink.await("failed GIM-004");
    assertEquals(
        "GIM-004 found the byte 0xC3, expected UTF-8\n        at " + dir().resolve("bad") + ":1:3",
        sink.problem().getMessage());
  }

  @Test
  void documents_mergeInNameOrderAndSkipOthers() throws Exception {
    sh(
        "printf 'a=1\\nb=1\\nc=1' > 10.conf; printf 'b=2\\nc=~' > 20.lines; echo x > README.txt;"
            + " mkdir sub; echo a=9 > sub/30.conf; echo a=9 > .40.conf");
    openDocuments();
    assertTold("document {a=1, b=2, c=null}");
    assertEquals(dir().resolve("10.conf") + ":1:3", sink.origin("a"));
    assertEquals(dir().resolve("20.lines") + ":1:3", sink.origin("b"));
  }

  @Test
  void document_thatIsBroken_failsWithItsPlaceAndKeepsTheRest() throws Exception {
    sh("echo a=1 > 1.conf; echo b=1 > 2.conf");
    openDocuments();
    sink.await("document {a=1, b=1}");
    sh("echo nonsense > 2.conf");
    sink.await("failed GIM-004");
    assertEquals(
        "GIM-004 expected key=value\n        at "
            + dir().resolve("2.conf")
            + ":1:1\n       1 | ***\n         | ^",
        sink.problem().getMessage());
    sh("echo b=2 > 2.conf");
    assertTold("document {a=1, b=1}", "failed GIM-004", "document {a=1, b=2}");
  }

  @Test
  void document_ofZeroBytes_keepsItsOwnContentOnly() throws Exception {
    sh("echo a=1 > 1.conf; echo b=1 > 2.conf");
    openDocuments();
    sink.await("document {a=1, b=1}");
    sh(": > 2.conf");
    sink.await("degraded GIM-012");
    sh("echo a=2 > 1.conf");
    sink.await("degraded GIM-012", 2);
    assertEquals(
        List.of(
            "document {a=1, b=1}",
            "document {a=1, b=1}",
            "degraded GIM-012",
            "document {a=2, b=1}",
            "degraded GIM-012"),
        sink.log());
    assertEquals(
        "GIM-012 0 bytes; the last content stays ({} is how to say empty)\n        at "
            + dir().resolve("2.conf"),
        sink.problem().getMessage());
  }

  @Test
  void documentTruncatedThenWritten_showsNothingBetween() throws Exception {
    sh("echo a=1 > 1.conf; echo b=1 > 2.conf");
    openDocuments();
    sink.await("document {a=1, b=1}");
    sh(": > 2.conf; sleep 0.1; echo b=2 > 2.conf");
    assertTold("document {a=1, b=1}", "document {a=1, b=2}");
  }

  @Test
  void documentOfZeroBytes_atTheStart_isEmptyAndTheOthersCount() throws Exception {
    sh("echo a=1 > 1.conf; : > 2.conf; echo b=1 > 3.conf");
    openDocuments();
    assertTold("document {a=1, b=1}", "degraded GIM-012");
    assertEquals(
        "GIM-012 0 bytes; taken as an empty document ({} is how to say empty)\n        at "
            + dir().resolve("2.conf"),
        sink.problem().getMessage());
    sh("echo c=1 > 2.conf");
    assertTold("document {a=1, b=1}", "degraded GIM-012", "document {a=1, b=1, c=1}");
  }

  @Test
  void documentOfZeroBytes_withClear_isEmpty() throws Exception {
    sh("echo a=1 > 1.conf; echo b=1 > 2.conf");
    open(new DirectorySource(dir()).as(DirectorySource.As.DOCUMENTS).onMissing(OnMissing.CLEAR));
    sink.await("document {a=1, b=1}");
    sh(": > 2.conf");
    assertTold("document {a=1, b=1}", "document {a=1}");
  }

  @Test
  void documentRemoved_thenOfZeroBytes_hasNoContentToKeep() throws Exception {
    sh("echo a=1 > 1.conf; echo b=1 > 2.conf");
    openDocuments();
    sink.await("document {a=1, b=1}");
    sh("rm 2.conf");
    sink.await("document {a=1}");
    sh(": > 2.conf");
    sink.await("degraded GIM-012");
    assertEquals(
        List.of("document {a=1, b=1}", "document {a=1}", "document {a=1}", "degraded GIM-012"),
        sink.log());
  }

  @Test
  void valueChangedAddedAndRemoved_areFollowed() throws Exception {
    sh("echo 1 > a");
    openValues();
    sink.await("document {a=1}");
    sh("echo 2 > a; echo 1 > b");
    sink.await("document {a=2, b=1}");
    sh("mkdir c; echo 3 > c/d");
    sink.await("document {a=2, b=1, c={d=3}}");
    sh("echo 4 > c/d");
    sink.await("document {a=2, b=1, c={d=4}}");
    sh("rm -r b c");
    assertTold(
        "document {a=1}",
        "document {a=2, b=1}",
        "document {a=2, b=1, c={d=3}}",
        "document {a=2, b=1, c={d=4}}",
        "document {a=2}");
  }

  @Test
  void valueTruncatedThenWritten_showsNothingBetween() throws Exception {
    sh("echo 1 > a; echo 1 > b");
    openValues();
    sink.await("document {a=1, b=1}");
    sh(": > a; sleep 0.1; echo 2 > a");
    assertTold("document {a=1, b=1}", "document {a=2, b=1}");
  }

  @Test
  @Tag("D36")
  void folderGone_failsAndComesBack() throws Exception {
    sh("echo 1 > a");
    openValues();
    sink.await("document {a=1}");
    sh("cd ..; rm -r d");
    sink.await("failed GIM-012");
    appear("2");
    assertTold("document {a=1}", "failed GIM-012", "document {a=2}");
  }

  @Test
  void folderThatAppearsLater_isFound() throws Exception {
    openValues();
    sink.await("absent GIM-011");
    appear("1");
    assertTold("absent GIM-011", "document {a=1}");
  }

  /** The folder appears with what is in it: no look can find it empty. */
  private void appear(String value) throws IOException {
    Path ready = Files.createDirectory(temp.resolve("ready"));
    Files.writeString(ready.resolve("a"), value);
    Files.move(ready, dir(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String volume(int n, String... keys) {
    StringBuilder script = new StringBuilder("mkdir ..v" + n + "; ");
    for (String key : keys) {
      script
          .append("echo ")
          .append(n)
          .append(" > ..v")
          .append(n)
          .append('/')
          .append(key)
          .append(';');
    }
    return script + "ln -s ..v" + n + " ..data_tmp; mv -T ..data_tmp ..data; ";
  }

  private static String links(String... keys) {
    StringBuilder script = new StringBuilder();
    for (String key : keys) {
      script.append("ln -s ..data/").append(key).append(" ").append(key).append("; ");
    }
    return script.toString();
  }

  @Test
  @Tag("D44")
  void kubernetesSwap_isOneChange() throws Exception {
    sh(volume(1, "a", "b", "old") + links("a", "b", "old"));
    openValues();
    sink.await("document {a=1, b=1, old=1}");
    sh(volume(2, "a", "b", "new") + "sleep 0.1;" + links("new") + "rm old; rm -r ..v1");
    assertTold("document {a=1, b=1, old=1}", "document {a=2, b=2, new=2}");
    assertEquals(dir().resolve("a") + ":1:1", sink.origin("a"));
  }

  @Test
  @Tag("D44")
  void kubernetesSwappedTwiceAtOnce_endsOnTheLastAndMixesNothing() throws Exception {
    sh(volume(1, "a", "b") + links("a", "b"));
    openValues();
    sink.await("document {a=1, b=1}");
    for (int n = 2; n <= 40; n += 2) {
      sh(
          volume(n, "a", "b")
              + "rm -r ..v"
              + (n - 1)
              + "; "
              + volume(n + 1, "a", "b")
              + "rm -r ..v"
              + n);
    }
    sink.await("document {a=41, b=41}");
    int before = 0;
    for (String entry : sink.log()) {
      int a = Integer.parseInt(entry.replaceAll("document \\{a=(\\d+), b=\\1\\}", "$1"));
      assertTrue(a > before, entry);
      before = a;
    }
    assertEquals(41, before);
  }

  @Test
  void limits_applyToTheSum() throws Exception {
    sh("printf 12345 > a; printf 123456 > b");
    open(new DirectorySource(dir()).limits(Limits.DEFAULT.withMaxBytes(10)));
    sink.await("failed GIM-005");
    assertEquals(
        "GIM-005 more than maxBytes 10\n        at " + dir().resolve("b"),
        sink.problem().getMessage());
  }

  @Test
  void tooManyFiles_failWithTheLimit() throws Exception {
    sh("for i in 1 2 3; do echo $i > $i; done");
    open(new DirectorySource(dir()).limits(Limits.DEFAULT.withMaxNodes(2)));
    sink.await("failed GIM-005");
    assertEquals(
        "GIM-005 more files than maxNodes 2\n        at " + dir(), sink.problem().getMessage());
  }

  @Test
  void tooDeep_failsWithTheLimit() throws Exception {
    sh("mkdir -p x/y/z; echo 1 > x/y/z/a");
    open(new DirectorySource(dir()).limits(Limits.DEFAULT.withMaxDepth(3)));
    sink.await("failed GIM-005");
    assertEquals(
        "GIM-005 nested deeper than maxDepth 3\n        at " + dir(), sink.problem().getMessage());
  }

  @Test
  void folderLinkedToItself_fails() throws Exception {
    sh("echo 1 > a; ln -s . self");
    openValues();
    sink.await("failed GIM-012");
    assertEquals(
        "GIM-012 it cannot be read: its symbolic links lead in a circle\n        at "
            + dir().resolve("self"),
        sink.problem().getMessage());
  }

  @Test
  void file_fails() throws Exception {
    Files.writeString(dir(), "x");
    openValues();
    sink.await("failed GIM-012");
    assertEquals(
        "GIM-012 it cannot be read: it is not a directory\n        at " + dir(),
        sink.problem().getMessage());
  }
}
