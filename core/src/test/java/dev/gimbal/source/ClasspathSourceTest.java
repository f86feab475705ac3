package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClasspathSourceTest {

  @TempDir Path folder;

  private final ManualTasks tasks = new ManualTasks();
  private final RecordingSink sink = new RecordingSink(tasks);

  private ClasspathSource source(String resource) throws IOException {
    return new ClasspathSource(
        resource, new URLClassLoader(new URL[] {folder.toUri().toURL()}, null));
  }

  private Session open(Source source) {
    Session session = source.open(sink);
    tasks.run();
    return session;
  }

  @Test
  void resource_isRead_andAgainWithEachReload() throws IOException {
    Path file = Files.createDirectories(folder.resolve("app")).resolve("defaults.lines");
    Files.writeString(file, "a=1");
    Session session = open(source("/app/defaults.lines"));
    Files.writeString(file, "a=2");
    session.reload(sink);
    assertEquals(List.of("document {a=1}", "document {a=2}"), sink.log());
    assertEquals(List.of(1L, 2L), sink.revisions());
  }

  @Test
  void resourceThatIsNotThere_isAbsent() throws IOException {
    open(source("none.lines"));
    assertEquals(List.of("absent GIM-011"), sink.log());
    assertEquals("none.lines", sink.problem().origin().document());
  }

  @Test
  void resourceThatIsMalformedOrTooLarge_fails() throws IOException {
    Files.writeString(folder.resolve("a.lines"), "broken");
    open(source("a.lines"));
    open(source("a.lines").reading(read -> read.withLimits(read.limits().withMaxBytes(3))));
    assertEquals(List.of("failed GIM-004", "failed GIM-005"), sink.log());
  }

  @Test
  void contextClassLoader_isAskedFirst() throws IOException {
    Files.writeString(folder.resolve("a"), "a=1");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(new URLClassLoader(new URL[] {folder.toUri().toURL()}, null));
    try {
      Source source =
          SourceResolver.installed(List.of()).create("classpath:a?format=lines&name=defaults");
      assertEquals("defaults", source.name());
      open(source);
    } finally {
      thread.setContextClassLoader(before);
    }
    assertEquals(List.of("document {a=1}"), sink.log());
  }
}
