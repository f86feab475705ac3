package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files, changed by real programs in the ways editors and deployments change them. */
class FileSourceTest {

  @TempDir Path dir;
  private final RealTasks tasks = new RealTasks();
  private final RecordingSink sink = new RecordingSink(tasks);
  private final List<Session> sessions = new ArrayList<>();
  private Path file;

  @BeforeEach
  void writeFile() throws IOException {
    file = dir.resolve("app.conf");
    Files.writeString(file, "a=1\n");
  }

  @AfterEach
  void close() {
    sessions.forEach(Session::close);
    tasks.close();
  }

  private void openOn(Path path) throws InterruptedException {
    open(new FileSource(path));
    sink.await("document {a=1}");
  }

  private void open(FileSource source) {
    sessions.add(source.open(sink));
  }

  /** Runs a shell script in the folder and waits for its end. */
  private void sh(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-ec", script)
            .directory(dir.toFile())
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
  @Tag("D40")
  void truncatedThenWritten_showsOnlyTheEnd() throws Exception {
    openOn(file);
    sh(": > app.conf; sleep 0.1; echo a=2 >> app.conf");
    assertTold("document {a=1}", "document {a=2}");
  }

  @Test
  @Tag("D41")
  void writtenInTwoHalves_showsOnlyTheEnd() throws Exception {
    openOn(file);
    sh("echo a=2 > app.conf; sleep 0.01; echo b=2 >> app.conf");
    assertTold("document {a=1}", "document {a=2, b=2}");
  }

  @Test
  void renamedIntoPlace_isRead() throws Exception {
    openOn(file);
    sh("echo a=2 > .app.conf.tmp; mv .app.conf.tmp app.conf");
    assertTold("document {a=1}", "document {a=2}");
  }

  /** The times do not tell the rename: they end with the write. Events do. */
  @Test
  void writtenAndRenamedAtOnce_isReadWithoutWaiting() throws Exception {
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    open(new FileSource(file).stillFor(Duration.ofDays(1)));
    sink.await("document {a=1}");
    sh("echo a=0 > n; touch -d '1 hour ago' n; mv n app.conf");
    sink.await("document {a=0}"); // a second answer: events are open
    List<String> expected = new ArrayList<>(List.of("document {a=1}", "document {a=0}"));
    for (int i = 2; i <= 6; i++) {
      Path written = Files.writeString(dir.resolve(".app.conf.tmp"), "a=" + i + "\n");
      Files.setLastModifiedTime(written, FileTime.from(Instant.now().plusSeconds(3600)));
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
      expected.add("document {a=" + i + "}");
      sink.await("document {a=" + i + "}");
    }
    assertEquals(expected, sink.log());
  }

  @Test
  @Tag("D43")
  void renamedAwayAndCreated_isRead() throws Exception {
    openOn(file);
    sh(
        "touch .app.conf.swp; mv app.conf app.conf~; echo a=2 > app.conf; rm app.conf~"
            + " .app.conf.swp");
    assertTold("document {a=1}", "document {a=2}");
  }

  @Test
  void editedBySed_isRead() throws Exception {
    openOn(file);
    sh("sed -i s/1/2/ app.conf");
    sink.await("document {a=2}");
    sh("sed -i s/2/3/ app.conf");
    assertTold("document {a=1}", "document {a=2}", "document {a=3}");
  }

  @Test
  @Tag("D36")
  @Tag("D42")
  void deletedAndRecreated_isRead() throws Exception {
    openOn(file);
    sh("rm app.conf; sleep 0.05; echo a=2 > app.conf");
    assertTold("document {a=1}", "document {a=2}");
  }

  @Test
  void deletedForLong_failsAndComesBack() throws Exception {
    openOn(file);
    sh("rm app.conf");
    sink.await("failed GIM-012");
    sh("echo a=1 > app.conf");
    sink.await("document {a=1}", 2);
    assertEquals(List.of("document {a=1}", "failed GIM-012", "document {a=1}"), sink.log());
  }

  @Test
  void brokenThenRepaired_isToldWithItsPlace() throws Exception {
    openOn(file);
    sh("printf 'a=2\\nnonsense\\n' > app.conf");
    sink.await("failed GIM-004");
    assertEquals(
        "GIM-004 expected key=value\n        at " + file + ":2:1\n       2 | ***\n         | ^",
        sink.problem().getMessage());
    sh("echo a=3 > app.conf");
    assertTold("document {a=1}", "failed GIM-004", "document {a=3}");
  }

  @Test
  void otherFilesBeside_tellNothing() throws Exception {
    openOn(file);
    sh(
        "for i in 1 2 3 4 5; do echo x > .app.conf.swp; echo y > 4913; rm 4913; done; touch"
            + " app.conf");
    sh("echo a=2 > app.conf");
    assertTold("document {a=1}", "document {a=2}");
  }

  @Test
  void folderThatAppearsLater_isFound() throws Exception {
    open(new FileSource(dir.resolve("later/deep/app.conf")));
    sink.await("absent GIM-011");
    sh("mkdir later; sleep 0.05; mkdir later/deep; sleep 0.05; echo a=1 > later/deep/app.conf");
    assertTold("absent GIM-011", "document {a=1}");
    sh("rm -r later; mkdir -p later/deep; echo a=2 > later/deep/app.conf");
    assertTold("absent GIM-011", "document {a=1}", "document {a=2}");
  }

  @Test
  void folderReplacedByRename_isFound() throws Exception {
    sh("mkdir current next; echo a=1 > current/app.conf; echo a=2 > next/app.conf");
    openOn(dir.resolve("current/app.conf"));
    sh("mv current old; mv next current");
    assertTold("document {a=1}", "document {a=2}");
  }

  @Test
  void linkInTheMiddleOfThePath_isFollowedWhenItMoves() throws Exception {
    sh("mkdir v1 v2; echo a=1 > v1/app.conf; echo a=2 > v2/app.conf; ln -s v1 current");
    openOn(dir.resolve("current/app.conf"));
    sh("ln -s v2 next; mv -T next current");
    sink.await("document {a=2}");
    sh("echo a=3 > v2/app.conf");
    assertTold("document {a=1}", "document {a=2}", "document {a=3}");
  }

  @Test
  @Tag("D44")
  void kubernetesSwap_isReadThroughBothLinks() throws Exception {
    sh(
        "rm app.conf; mkdir ..1; echo a=1 > ..1/app.conf; ln -s ..1 ..data; ln -s ..data/app.conf"
            + " .");
    openOn(file);
    sh(
        "mkdir ..2; echo a=2 > ..2/app.conf; ln -s ..2 ..data_tmp; mv -T ..data_tmp ..data;"
            + " rm -r ..1");
    assertTold("document {a=1}", "document {a=2}");
  }

  @Test
  void polled_isReadWithoutEvents() throws Exception {
    open(new FileSource(file).poll(Duration.ofMillis(20)));
    sink.await("document {a=1}");
    sh("echo a=2 > app.conf");
    assertTold("document {a=1}", "document {a=2}");
  }

  @Test
  void linkCircle_fails() throws Exception {
    sh("ln -s x y; ln -s y x");
    open(new FileSource(dir.resolve("x")));
    sink.await("failed GIM-012");
    assertEquals(
        "GIM-012 it cannot be read: its symbolic links lead in a circle\n        at "
            + dir.resolve("x"),
        sink.problem().getMessage());
  }

  @Test
  void directory_fails() throws Exception {
    open(new FileSource(dir));
    sink.await("failed GIM-012");
    assertEquals(
        "GIM-012 it cannot be read: it is a directory\n        at " + dir,
        sink.problem().getMessage());
  }

  @Test
  void tooLarge_failsWithTheLimit() throws Exception {
    Files.writeString(file, "a=12");
    open(new FileSource(file).limits(dev.gimbal.format.Limits.DEFAULT.withMaxBytes(3)));
    sink.await("failed GIM-005");
    assertEquals("GIM-005 more than maxBytes 3\n        at " + file, sink.problem().getMessage());
  }

  @Test
  void pipe_isReadOnce() throws Exception {
    sh("mkfifo pipe.conf");
    open(new FileSource(dir.resolve("pipe.conf")).format("properties"));
    sh("echo a=1 > pipe.conf");
    assertTold("document {a=1}");
  }

  @Test
  void pipeWithoutAFormat_fails() throws Exception {
    sh("mkfifo pipe.conf");
    open(new FileSource(dir.resolve("pipe.conf")));
    sink.await("failed GIM-012");
    assertEquals(
        "GIM-012 it cannot be read: it is a named pipe, no regular file; one is read where its"
            + " format is given\n        at "
            + dir.resolve("pipe.conf"),
        sink.problem().getMessage());
  }

  @Test
  void pipeInThePlaceOfAFile_failsWhateverTheFormat_andAFileComesBack() throws Exception {
    open(new FileSource(file).format("properties"));
    sink.await("document {a=1}");
    sh("mkfifo pipe; mv pipe app.conf");
    sink.await("failed GIM-012");
    assertEquals(
        "GIM-012 it cannot be read: it is a named pipe, where a regular file was\n        at "
            + file,
        sink.problem().getMessage());
    sh("echo a=2 > n; mv n app.conf");
    assertTold("document {a=1}", "failed GIM-012", "document {a=2}");
  }

  @Test
  void pipeOfACommand_isRead() throws Exception {
    Process command = new ProcessBuilder("bash", "-c", "exec 7< <(echo a=3); echo; read").start();
    try {
      assertEquals('\n', command.getInputStream().read());
      open(new FileSource(Path.of("/proc/" + command.pid() + "/fd/7")).format("properties"));
      assertTold("document {a=3}");
    } finally {
      command.destroy();
    }
  }

  @Test
  void churnByRename_endsOnTheLastContentAndShowsNoOther() throws Exception {
    openOn(file);
    sh("i=2; while [ $i -le 200 ]; do echo a=$i > n; mv n app.conf; i=$((i+1)); done");
    sink.await("document {a=200}");
    int before = 0;
    for (String entry : sink.log()) {
      int value = Integer.parseInt(entry.substring("document {a=".length(), entry.length() - 1));
      assertTrue(value > before, entry + " after " + before);
      before = value;
    }
    assertEquals(200, before);
  }

  @Test
  @Tag("D37")
  void close_leavesNoDescriptorNoThreadNoTimer() throws Exception {
    openOn(file);
    sh("echo a=2 > app.conf");
    sink.await("document {a=2}");
    assertEquals(1, inotifyDescriptors());
    sessions.forEach(Session::close);
    tasks.close();
    assertEquals(0, inotifyDescriptors());
    assertEquals(List.of(), threadsOf(file.toString()));
  }

  private static long inotifyDescriptors() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(fd -> linkOf(fd).equals("anon_inode:inotify")).count();
    }
  }

  private static String linkOf(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static List<String> threadsOf(String source) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(source))
        .toList();
  }
}
