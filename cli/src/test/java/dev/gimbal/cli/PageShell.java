package dev.gimbal.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs the commands of a page in a folder, which the page calls {@code /home/app}. */
record PageShell(Path folder) {

  /** What a command prints on both streams, run by a shell. */
  String run(String command) throws IOException, InterruptedException {
    ProcessBuilder gimbal = GimbalProcess.builder();
    String java = String.join(" ", quoted(gimbal.command()));
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", "gimbal() { " + java + " \"$@\"; }\n" + command);
    shell.environment().keySet().retainAll(gimbal.environment().keySet());
    Process process = shell.directory(folder.toFile()).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return printed.replace(folder.toRealPath().toString(), "/home/app");
  }

  private static List<String> quoted(List<String> words) {
    return words.stream().map(word -> "'" + word + "'").toList();
  }
}
