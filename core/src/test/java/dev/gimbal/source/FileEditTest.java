package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import dev.gimbal.format.Edit;
import dev.gimbal.format.Formats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEditTest {

  private static final Edit EDIT = Edit.builder().set("a", 2).build();

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("app.properties"), "# c\na = 1\n");
  }

  private static FileEdit edit(Path path) {
    return new FileEdit(Formats.installed(List.of()), path);
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String refused(FileEdit edit) {
    Problem problem = assertThrows(ConfigException.class, () -> edit.apply(EDIT)).problems().get(0);
    return problem.code().id() + " " + problem.message();
  }

  @Test
  void apply_changesTheFileAndLeavesNothingElse() throws IOException {
    assertEquals(true, edit(file).apply(EDIT));
    assertEquals("# c\na = 2\n", Files.readString(file));
    assertEquals(List.of("app.properties"), names());
  }

  /** The content is on the disk before it has the name, and the name before the edit returns. */
  @Test
  void apply_forcesTheFileBeforeItIsRenamed_andTheFolderAfter() throws IOException {
    List<String> steps = new ArrayList<>();
    FileEdit told =
        edit(file).steps(step -> steps.add(step + " " + Files.readString(file).strip()));
    assertEquals(true, told.apply(EDIT));
    assertEquals(
        List.of(
            "WRITE # c\na = 1",
            "OWNER # c\na = 1",
            "FORCE # c\na = 1",
            "COMPARE # c\na = 1",
            "REPLACE # c\na = 1",
            "FORCE_FOLDER # c\na = 2"),
        steps);
  }

  @Test
  void apply_whereTheFolderCannotBeForced_isDoneAllTheSame() throws IOException {
    FileEdit told =
        edit(file)
            .steps(
                step -> {
                  if (step == Replacement.Step.FORCE_FOLDER) {
                    throw new FileSystemException(folder.toString(), null, "Invalid argument");
                  }
                });
    assertEquals(true, told.apply(EDIT));
    assertEquals("# c\na = 2\n", Files.readString(file));
    assertEquals(List.of("app.properties"), names());
  }

  @Test
  void apply_ofWhatIsThere_leavesTheFileAlone() throws IOException {
    Object before = Files.getAttribute(file, "unix:ino");
    assertEquals(false, edit(file).apply(Edit.builder().set("a", 1).unset("b").build()));
    assertEquals(before, Files.getAttribute(file, "unix:ino"));
  }

  @Test
  void apply_withAFormat_readsTheFileAsThat() throws IOException {
    Path other = Files.move(file, folder.resolve("settings"));
    assertEquals(
        "GIM-015 the name has no extension; say which with format= (known: properties)",
        refused(edit(other)));
    assertEquals(true, edit(other).format("properties").apply(EDIT));
    assertEquals("# c\na = 2\n", Files.readString(other));
  }

  @Test
  void apply_keepsPermissionsAndAttributes() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x--x"));
    boolean attributes = Files.getFileStore(file).supportsFileAttributeView("user");
    if (attributes) {
      Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
          .write("mine", ByteBuffer.wrap(new byte[] {1, 2}));
    }
    edit(file).apply(EDIT);
    assertEquals("rw-r-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(
        attributes ? List.of("mine") : List.of(),
        attributes
            ? Files.getFileAttributeView(file, UserDefinedFileAttributeView.class).list()
            : List.of());
  }

  @Test
  void apply_keepsTheAccessControlList() throws Exception {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Acl.set(file, "-m", "u:65534:r,g:65533:rw,m::rw");
    Acl.set(folder, "-d", "-m", "u:65532:rw,g::-");
    String before =
        "user::rw-\nuser:65534:r--\ngroup::r--\ngroup:65533:rw-\nmask::rw-\nother::---\n";
    assertEquals(before, Acl.of(file));
    edit(file).apply(EDIT);
    assertEquals(before, Acl.of(file));
    assertEquals("# c\na = 2\n", Files.readString(file));
  }

  /** It is a new file there; the mask is what the group might do. */
  @Test
  void apply_ofAFileWithoutAList_givesItWhatTheFolderHasForNewFiles() throws Exception {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Acl.set(folder, "-d", "-m", "u:65534:rw,g::-");
    assertEquals("user::rw-\ngroup::r--\nother::---\n", Acl.of(file));
    edit(file).apply(EDIT);
    assertEquals("user::rw-\nuser:65534:rw-\ngroup::---\nmask::r--\nother::---\n", Acl.of(file));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  /** The new file has the permissions of the old one before it has its group. */
  @Test
  void apply_makesTheFileWhereNobodyElseCanEnter() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    List<String> seen = new ArrayList<>();
    edit(file)
        .steps(
            step -> {
              if (step == Replacement.Step.OWNER) {
                Path own = folder.resolve(names().get(0));
                seen.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)));
                seen.add(Files.readString(own.resolve("new")));
              }
            })
        .apply(EDIT);
    assertEquals(List.of("rwx------", "# c\na = 2\n"), seen);
  }

  /** Who loads the file from folders that are found by a pattern never takes the new one. */
  @Test
  void apply_makesNoOtherFileOfThatName() throws IOException {
    Set<Path> seen = new TreeSet<>();
    edit(file)
        .steps(
            step -> {
              try (Stream<Path> all = Files.walk(folder)) {
                all.filter(Files::isRegularFile).map(Path::getFileName).forEach(seen::add);
              }
            })
        .apply(EDIT);
    assertEquals(Set.of(Path.of("app.properties"), Path.of("new")), seen);
  }

  /** Root can give a file away; others keep their own. */
  @Test
  void apply_keepsOwnerAndGroup() throws IOException {
    if (Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
      Files.setAttribute(file, "unix:uid", 65534);
      Files.setAttribute(file, "unix:gid", 65533);
    }
    Object before = Files.readAttributes(file, "unix:uid,gid,permissions");
    edit(file).apply(EDIT);
    assertEquals(before, Files.readAttributes(file, "unix:uid,gid,permissions"));
    assertEquals("# c\na = 2\n", Files.readString(file));
  }

  @Test
  void apply_byALink_changesWhatItLeadsTo() throws IOException {
    Path sub = Files.createDirectory(folder.resolve("sub"));
    Path real = Files.move(file, sub.resolve("real.properties"));
    Path link = Files.createSymbolicLink(folder.resolve("link.properties"), sub.resolve("two"));
    Files.createSymbolicLink(sub.resolve("two"), Path.of("real.properties"));
    edit(link).apply(EDIT);
    assertEquals("# c\na = 2\n", Files.readString(real));
    assertEquals(true, Files.isSymbolicLink(link) && Files.isSymbolicLink(sub.resolve("two")));
  }

  @Test
  void apply_withHardLinks_leavesTheOtherNames() throws IOException {
    Path other = Files.createLink(folder.resolve("other"), file);
    edit(file).apply(EDIT);
    assertEquals("# c\na = 1\n", Files.readString(other));
  }

  @Test
  void apply_whereNoFileIs_isRefused() throws IOException {
    assertEquals(
        "GIM-011 there is no file at this path, and an edit makes none: make it first",
        refused(edit(folder.resolve("none"))));
    assertEquals(
        "GIM-028 it is no regular file",
        refused(edit(Files.createDirectory(folder.resolve("d.properties")))));
  }

  @Test
  void apply_whileTheFileChanges_isAConflictAndKeepsTheChange() throws IOException {
    for (Replacement.Step step : List.of(Replacement.Step.WRITE, Replacement.Step.COMPARE)) {
      Files.writeString(file, "# c\na = 1\n");
      FileEdit racing =
          edit(file)
              .steps(
                  at -> Files.writeString(file, at == step ? "b = 3\n" : Files.readString(file)));
      assertEquals("GIM-029 the file has changed since it was read", refused(racing));
      assertEquals("b = 3\n", Files.readString(file));
      assertEquals(List.of("app.properties"), names());
    }
  }

  @Test
  void apply_whileTheFileIsReplacedOrGone_isAConflict() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "b = 3\n");
    FileEdit replacing =
        edit(file)
            .steps(
                step -> {
                  if (step == Replacement.Step.COMPARE) {
                    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
                  }
                });
    assertEquals("GIM-029 the file has changed since it was read", refused(replacing));
    assertEquals("b = 3\n", Files.readString(file));

    Path same = Files.writeString(folder.resolve("same"), "b = 3\n");
    FileEdit renaming =
        edit(file)
            .steps(
                step -> {
                  if (step == Replacement.Step.COMPARE) {
                    Files.move(same, file, StandardCopyOption.REPLACE_EXISTING);
                  }
                });
    assertEquals("GIM-029 the file has changed since it was read", refused(renaming));

    FileEdit deleting =
        edit(file)
            .steps(
                step -> {
                  if (step == Replacement.Step.COMPARE) {
                    Files.delete(file);
                  }
                });
    assertEquals("GIM-029 the file has changed since it was read", refused(deleting));
    assertEquals(List.of(), names());
  }

  @Test
  void apply_whileAnotherOneHasTheLock_isAConflict() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      assertEquals(true, lock.isValid());
      assertEquals("GIM-029 another edit of this file is under way", refused(edit(file)));
    }
    assertEquals(true, edit(file).apply(EDIT));
  }

  @Test
  void apply_whileAnotherOneIsDone_isAConflictAtEachStep() throws IOException {
    Set<Replacement.Step> all = EnumSet.range(Replacement.Step.WRITE, Replacement.Step.FORCE);
    for (Replacement.Step step : all) {
      Files.writeString(file, "# c\na = 1\n");
      FileEdit late =
          edit(file)
              .steps(
                  at -> {
                    if (at == step) {
                      edit(file).apply(Edit.builder().set("b", 1).build());
                    }
                  });
      assertEquals("GIM-029 the file has changed since it was read", refused(late));
      assertEquals("# c\na = 1\nb = 1\n", Files.readString(file));
      assertEquals(List.of("app.properties"), names());
    }
  }

  @Test
  void apply_takesAwayWhatAnEditLeft_andNothingElse() throws IOException {
    Path left = Files.createDirectory(folder.resolve(".app.properties.gimbal-edit-123"));
    Files.writeString(left.resolve("new"), "a = 9\n");
    Files.createDirectory(folder.resolve(".app.properties.gimbal-edit-0"));
    List<String> others =
        List.of(
            ".app.gimbal-edit-1",
            ".app.properties.gimbal-edit-",
            ".app.properties.gimbal-edit-1a",
            ".app.properties.gimbal20261128");
    for (String other : others) {
      Files.writeString(Files.createDirectory(folder.resolve(other)).resolve("new"), "mine");
    }
    Files.writeString(folder.resolve(".app.properties.gimbal-edit-7"), "a file");
    Path more = Files.createDirectory(folder.resolve(".app.properties.gimbal-edit-8"));
    Files.writeString(more.resolve("app.properties"), "a = 1\n");
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("new"), "a = 1\n");
    Files.createSymbolicLink(folder.resolve(".app.properties.gimbal-edit-9"), elsewhere);
    edit(file).apply(EDIT);
    assertEquals(
        List.of(
            ".app.gimbal-edit-1",
            ".app.properties.gimbal-edit-",
            ".app.properties.gimbal-edit-1a",
            ".app.properties.gimbal-edit-7",
            ".app.properties.gimbal-edit-8",
            ".app.properties.gimbal-edit-9",
            ".app.properties.gimbal20261128",
            "app.properties",
            "elsewhere"),
        names());
    for (String other : others) {
      assertEquals("mine", Files.readString(folder.resolve(other).resolve("new")));
    }
    assertEquals("a = 1\n", Files.readString(more.resolve("app.properties")));
    assertEquals("a = 1\n", Files.readString(elsewhere.resolve("new")));
  }

  /** The folder is called after names of up to 221 bytes; a file system allows 255. */
  @Test
  void apply_ofAFileWithALongName_worksAndTakesAwayWhatAnEditLeft() throws IOException {
    for (int length : List.of(221, 222, 255)) {
      String name = "x".repeat(length - 11) + ".properties";
      file = Files.move(file, folder.resolve(name));
      Set<Path> made = new TreeSet<>();
      edit(file)
          .steps(
              step -> {
                try (Stream<Path> all = Files.list(folder)) {
                  all.filter(Files::isDirectory).forEach(made::add);
                }
              })
          .apply(EDIT);
      assertEquals(1, made.size());
      Path left = made.iterator().next();
      assertEquals(length == 221, left.getFileName().toString().startsWith("." + name + "."));
      Files.createDirectory(left);
      edit(file).apply(Edit.builder().set("a", 1).build());
      assertEquals(List.of(name), names());
    }
  }

  @Test
  void apply_whileALinkIsPutInThePlaceOfWhatAnEditLeft_doesNotFollowIt() throws IOException {
    Path left = Files.createDirectory(folder.resolve(".app.properties.gimbal-edit-1"));
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("new"), "mine");
    edit(file)
        .steps(
            step -> {
              if (step == Replacement.Step.FORCE_FOLDER) {
                Files.delete(left);
                Files.createSymbolicLink(left, elsewhere);
              }
            })
        .apply(EDIT);
    assertEquals("mine", Files.readString(elsewhere.resolve("new")));
    assertEquals(true, Files.isSymbolicLink(left));
  }

  @Test
  void apply_thatFailsAtAnyStepUntilItReplaces_leavesTheFileAndNothingElse() throws IOException {
    Set<Replacement.Step> all = EnumSet.range(Replacement.Step.WRITE, Replacement.Step.REPLACE);
    List<Replacement.Step> failed = new ArrayList<>();
    for (Replacement.Step failing : all) {
      FileEdit full =
          edit(file)
              .steps(
                  step -> {
                    if (step == failing) {
                      failed.add(step);
                      throw new FileSystemException(
                          file.toString(), null, "No space left on device");
                    }
                  });
      assertEquals("GIM-012 it cannot be changed: No space left on device", refused(full));
      assertEquals("# c\na = 1\n", Files.readString(file));
      assertEquals(List.of("app.properties"), names());
    }
    assertEquals(List.copyOf(all), failed);
    assertEquals(5, failed.size());
  }

  /** What another process does in the middle is seen by both, or by one as a conflict. */
  @Test
  void apply_byManyThreads_losesNoEdit() throws Exception {
    List<Thread> threads = new ArrayList<>();
    Set<String> done = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 4; i++) {
      int key = i;
      Thread thread =
          new Thread(
              () -> {
                for (int value = 1; value <= 25; ) {
                  String name = "k" + key + "_" + value; // none hides what became of another
                  try {
                    edit(file).apply(Edit.builder().set(name, value).build());
                    done.add(name + " = " + value++);
                  } catch (ConfigException e) {
                    if (!e.code().id().equals("GIM-029")) {
                      throw e;
                    }
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(100, done.size());
    done.addAll(List.of("# c", "a = 1"));
    List<String> lines = Files.readAllLines(file);
    assertEquals(done, Set.copyOf(lines));
    assertEquals(102, lines.size());
    assertEquals(List.of("app.properties"), names());
  }
}
