package dev.gimbal.processor;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/**
 * The file of services that names the lists of binders. A compiler may see only some of the types:
 * what an earlier run named stays, as long as its class is there. Used by one thread.
 */
final class ServiceFile {

  static final String PATH = "META-INF/services/dev.gimbal.bind.Binders";

  private final Filer filer;
  private final Elements elements;

  ServiceFile(ProcessingEnvironment environment) {
    this.filer = environment.getFiler();
    this.elements = environment.getElementUtils();
  }

  /**
   * What it is to name, sorted.
   *
   * @param lists the binary names of the lists that were written now
   * @param compiled the binary names of the outermost types that were compiled now: lists of these
   *     that were not written are of old
   */
  Set<String> with(Set<String> lists, Set<String> compiled) {
    Set<String> all = new TreeSet<>(lists);
    for (String name : before()) {
      if (!isOfOld(name, compiled) && isThere(name)) {
        all.add(name);
      }
    }
    return all;
  }

  /** What the output has. */
  Set<String> before() {
    try (Reader in = filer.getResource(StandardLocation.CLASS_OUTPUT, "", PATH).openReader(true)) {
      StringBuilder text = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        text.append((char) c);
      }
      return text.toString()
          .lines()
          .map(line -> line.split("#", 2)[0].trim())
          .filter(n -> !n.isEmpty())
          .collect(Collectors.toSet());
    } catch (IOException | RuntimeException none) { // each compiler has its own exception for it
      return Set.of();
    }
  }

  private static boolean isOfOld(String name, Set<String> compiled) {
    if (!name.endsWith(Sources.BINDERS)) {
      return false;
    }
    String type = name.substring(0, name.length() - Sources.BINDERS.length());
    return compiled.stream().anyMatch(of -> type.equals(of) || type.startsWith(of + "$"));
  }

  private boolean isThere(String name) {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in =
        filer.getResource(StandardLocation.CLASS_OUTPUT, "", file).openInputStream()) {
      return in != null;
    } catch (IOException | RuntimeException none) {
      return elements.getTypeElement(name.replace('$', '.')) != null;
    }
  }
}
