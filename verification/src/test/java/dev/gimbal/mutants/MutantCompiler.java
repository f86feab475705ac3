package dev.gimbal.mutants;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the changed file of a mutant against the class path. */
public final class MutantCompiler {

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);

  /**
   * Writes the changed classes below a folder.
   *
   * @throws IllegalArgumentException when the mutant does not match the source or is no Java
   */
  public void compile(Mutant mutant, Path into) throws IOException {
    String text = mutant.applyTo(Files.readString(Mutants.sourceFile(mutant.source())));
    Files.createDirectories(into);
    JavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("string:///dev/gimbal/" + mutant.source() + ".java"),
            JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    StringWriter said = new StringWriter();
    List<String> options =
        List.of("-d", into.toString(), "-proc:none", "-parameters", "--release", "17", "-nowarn");
    if (!compiler.getTask(said, files, null, options, null, List.of(source)).call()) {
      throw new IllegalArgumentException(mutant.name() + " does not compile:\n" + said);
    }
  }
}
