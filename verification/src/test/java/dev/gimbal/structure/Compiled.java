package dev.gimbal.structure;

import dev.gimbal.Config;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;

/**
 * The classes of core as they were compiled; a class that stands earlier on the class path wins.
 */
final class Compiled {

  private Compiled() {}

  /** All classes of core, by the order of their names. */
  static List<ClassNode> core() {
    List<ClassNode> classes = new ArrayList<>();
    for (String name : names()) {
      try (InputStream in = Config.class.getResourceAsStream("/" + name)) {
        classes.add(read(in));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return classes;
  }

  static ClassNode of(Class<?> type) {
    try (InputStream in = type.getResourceAsStream(name(type))) {
      return read(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String name(Class<?> type) {
    return "/" + Type.getInternalName(type) + ".class";
  }

  private static ClassNode read(InputStream in) throws IOException {
    ClassNode node = new ClassNode();
    new ClassReader(in).accept(node, 0);
    return node;
  }

  private static List<String> names() {
    try {
      Path built =
          Path.of(Config.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(built)) {
        return names(built);
      }
      try (FileSystem jar = FileSystems.newFileSystem(built)) {
        return names(jar.getPath("/"));
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> names(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.startsWith("dev/gimbal/") && name.endsWith(".class"))
          .filter(name -> !name.endsWith("package-info.class"))
          .sorted()
          .toList();
    }
  }

  /** {@code engine.Mailbox.cell} for a field of {@code dev/gimbal/engine/Mailbox}. */
  static String shortName(String owner, String field) {
    return shortName(owner) + "." + field;
  }

  static String shortName(String internalName) {
    return internalName.replaceFirst("^dev/gimbal/", "").replace('/', '.').replace('$', '.');
  }
}
