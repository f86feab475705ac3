package dev.gimbal.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Loses and regains the permission to read a file, then its folder, and prints what the sink was
 * told. A program of its own, because root may read everything.
 */
final class PermissionProbe {

  private PermissionProbe() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectory(Path.of(args[0]).resolve("folder"));
    Path file = Files.writeString(folder.resolve("app.conf"), "a=1\n");
    try (RealTasks tasks = new RealTasks()) {
      RecordingSink sink = new RecordingSink(tasks);
      Session session = new FileSource(file).open(sink);
      sink.await("document {a=1}");
      loseAndRegain(file, "rw-------", sink, 1);
      loseAndRegain(folder, "rwx------", sink, 2);
      System.out.println(sink.log());
      System.out.println(sink.problem().problems().get(0).message());
      session.close();
      loseOneOfAFolder(folder, tasks);
    }
  }

  private static void loseOneOfAFolder(Path folder, RealTasks tasks) throws Exception {
    Path second = Files.writeString(folder.resolve("b.conf"), "b=1\n");
    RecordingSink sink = new RecordingSink(tasks);
    Session session = new DirectorySource(folder).as(DirectorySource.As.DOCUMENTS).open(sink);
    sink.await("document {a=1, b=1}");
    Files.setPosixFilePermissions(second, PosixFilePermissions.fromString("---------"));
    sink.await("failed GIM-012");
    System.out.println(sink.log());
    System.out.println(folder.relativize(Path.of(sink.problem().origin().document())));
    session.close();
  }

  private static void loseAndRegain(Path path, String rights, RecordingSink sink, int time)
      throws Exception {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
    sink.await("failed GIM-012", time);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    sink.await("document {a=1}", time + 1);
  }
}
