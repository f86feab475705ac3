package dev.gimbal.source;

import static dev.gimbal.source.EditProgram.edit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Edits of one file by several processes, and by some that are killed. */
@Timeout(120)
class EditProcessTest {

  private static final int EDITS = 50;
  private static final String START = "# c\nn = 0\n";

  @TempDir Path folder;

  private final List<Process> processes = new ArrayList<>();
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("app.properties"), START);
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  private final class Editor {
    private final Process process;
    private final BufferedReader out;

    Editor(String what, String... more) throws IOException {
      List<String> args = new ArrayList<>(List.of(what, file.toString()));
      args.addAll(List.of(more));
      process = EditProgram.start(args.toArray(String[]::new));
      processes.add(process);
      out = process.inputReader(StandardCharsets.UTF_8);
    }

    void says(String line) throws IOException {
      assertEquals(line, out.readLine());
    }

    void goOn() throws IOException {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    }

    /** And waits until it is dead. What it said before can be read: a Process would close that. */
    void kill() throws InterruptedException {
      process.toHandle().destroyForcibly();
      process.waitFor();
    }
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the file has all of each edit: as many keys as it counts, and whole lines. */
  private boolean isWhole() throws IOException {
    String text = Files.readString(file);
    Properties read = EditProgram.read(file);
    return text.startsWith("# c\nn = ")
        && text.endsWith("\n")
        && Integer.parseInt(read.getProperty("n")) == read.size() - 1;
  }

  @Test
  void editsOfTwoProcesses_areAllThere_andNoneIsSeenInHalves() throws Exception {
    List<Editor> editors = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      editors.add(new Editor("counts", name, "" + EDITS));
    }
    for (Editor editor : editors) {
      editor.says("ready");
    }
    for (Editor editor : editors) {
      editor.goOn();
    }
    while (editors.stream().anyMatch(editor -> editor.process.isAlive())) {
      String text = Files.readString(file);
      Properties read = EditProgram.read(file);
      assertTrue(text.startsWith("# c\nn = ") && text.endsWith("\n"), text);
      assertEquals(read.size() - 1, Integer.parseInt(read.getProperty("n")), read.toString());
    }
    for (Editor editor : editors) {
      editor.says("done");
    }
    Properties read = EditProgram.read(file);
    assertEquals("" + 2 * EDITS, read.getProperty("n"));
    assertEquals(2 * EDITS + 1, read.size());
    assertEquals(List.of("app.properties"), names());
  }

  @Test
  void edit_whileAnotherProcessReplacesTheFile_isRefused() throws Exception {
    Editor other = new Editor("stops", "REPLACE", "theirs");
    other.says("REPLACE");
    ConfigException refused =
        assertThrows(ConfigException.class, () -> edit(file).apply(EditProgram.set("ours")));
    assertEquals(
        "another edit of this file is under way", refused.problems().get(0).message().strip());
    other.goOn();
    other.says("done");
    edit(file).apply(EditProgram.set("ours"));
    assertEquals(START + "theirs = 1\nours = 1\n", Files.readString(file));
  }

  /** The twin: what the lock is for. */
  @Test
  void twin_withoutTheLock_losesAnEdit() throws Exception {
    Editor other = new Editor("stops without the lock", "REPLACE", "theirs");
    other.says("REPLACE");
    FileEdit ours =
        edit(file)
            .steps(
                step -> {
                  if (step == Replacement.Step.FORCE_FOLDER) {
                    other.goOn();
                    other.says("done");
                  }
                });
    assertTrue(ours.apply(EditProgram.set("ours")));
    assertEquals(START + "theirs = 1\n", Files.readString(file));
  }

  @Test
  void writerThatIsKilledAtAnyStep_leavesTheFileWhole_andNothingAfterTheNextEdit()
      throws Exception {
    List<Integer> left = new ArrayList<>();
    for (Replacement.Step step : Replacement.Step.values()) {
      write();
      Editor killed = new Editor("stops", step.name(), "theirs");
      killed.says(step.name());
      killed.kill();
      String found = step == Replacement.Step.FORCE_FOLDER ? START + "theirs = 1\n" : START;
      assertEquals(found, Files.readString(file));
      left.add(names().size() - 1);
      edit(file).apply(EditProgram.set("ours"));
      assertEquals(found + "ours = 1\n", Files.readString(file));
      assertEquals(List.of("app.properties"), names());
    }
    assertEquals(List.of(0, 1, 1, 1, 1, 0), left);
  }

  @Test
  @Tag("slow")
  void writerThatIsKilledAtAnyMoment_leavesTheFileWhole_withAllThatItSaidWasDone()
      throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 8; round++) {
      write();
      Editor killed = new Editor("counts endlessly", "k");
      int edits = 1 + random.nextInt(30);
      for (int i = 1; i <= edits; i++) {
        killed.says("" + i);
      }
      long until = System.nanoTime() + random.nextInt(5_000_000);
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      killed.kill();
      int done = edits + (int) killed.out.lines().filter(line -> line.matches("\\d+")).count();
      assertTrue(isWhole());
      int found = Integer.parseInt(EditProgram.read(file).getProperty("n"));
      assertTrue(found == done || found == done + 1, found + " of " + done);
      edit(file).apply(EditProgram.set("ours"));
      assertEquals(found + 2, EditProgram.read(file).size());
      assertEquals(List.of("app.properties"), names());
    }
  }

  /** The twin: one that writes over what is there. */
  @Test
  void twin_writerInPlaceThatIsKilled_leavesHalfAFile() throws Exception {
    Editor killed = new Editor("writes in place");
    killed.says("half");
    killed.kill();
    assertFalse(isWhole());
  }
}
