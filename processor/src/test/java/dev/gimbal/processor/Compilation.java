package dev.gimbal.processor;

import dev.gimbal.bind.Conversions;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Sources, compiled with the processor into a folder. */
final class Compilation {

  private static final Pattern NAME =
      Pattern.compile("(?:record|interface|class|enum) (\\w+)|(module) ");
  private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);");

  private final Path folder;
  private final List<String> problems = new ArrayList<>();
  private final List<String> places = new ArrayList<>();

  private Compilation(Path folder) {
    this.folder = folder;
  }

  /** Each source is one file, of the package {@code app} where it names no other. */
  static Compilation of(Path folder, String... sources) {
    return of(folder, List.of("-Xlint:none"), sources);
  }

  /** The same with more options; {@code -proc:none} is without the processor. */
  static Compilation of(Path folder, List<String> options, String... sources) {
    List<String> all = new ArrayList<>(List.of("-d", folder.toString()));
    all.addAll(options);
    Compilation compilation = new Compilation(folder);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
    JavaCompiler.CompilationTask task =
        compiler.getTask(
            new StringWriter(),
            null,
            told,
            all,
            null,
            Stream.of(sources).map(Compilation::file).toList());
    if (!options.contains("-proc:none")) {
      task.setProcessors(List.of(new SettingsProcessor(), new ClaimingProcessor()));
    }
    boolean done = task.call();
    for (Diagnostic<? extends JavaFileObject> one : told.getDiagnostics()) {
      compilation.problems.add(one.getKind() + ": " + one.getMessage(Locale.ROOT));
      compilation.places.add(place(one));
    }
    if (!done && compilation.problems.isEmpty()) {
      throw new IllegalStateException("the compiler says nothing");
    }
    return compilation;
  }

  /** In the module {@code app}, whose declaration has these directives too. */
  static Compilation ofModule(Path folder, String directives, String... sources) throws Exception {
    List<String> all = new ArrayList<>(List.of(sources));
    all.add("module app { requires dev.gimbal.core; " + directives + " }");
    List<String> options =
        List.of("-Xlint:all,-requires-automatic", "-Werror", "--module-path", core().toString());
    return of(folder, options, all.toArray(String[]::new));
  }

  /** Where the classes of Gimbal are. */
  static Path core() throws URISyntaxException {
    return Path.of(Conversions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** {@code app/A.java:2:14}, with what stands there; the first line of each file is ours. */
  private static String place(Diagnostic<? extends JavaFileObject> one) {
    JavaFileObject file = one.getSource();
    if (file == null || one.getPosition() < 0) {
      return "nowhere";
    }
    try {
      String rest = file.getCharContent(true).toString().substring((int) one.getPosition());
      String name = file.toUri().getPath().substring(1);
      return name
          + ":"
          + one.getLineNumber()
          + ":"
          + one.getColumnNumber()
          + " "
          + rest.split("[^\\w@]", 2)[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JavaFileObject file(String source) {
    Matcher name = NAME.matcher(source.replaceAll("(?s)/\\*.*?\\*/", ""));
    if (!name.find()) {
      throw new IllegalArgumentException(source);
    }
    if (name.group(2) != null) {
      return file("module-info", source);
    }
    Matcher said = PACKAGE.matcher(source);
    String home = said.find() ? said.group(1) : "app";
    String imports = " import dev.gimbal.bind.*; import java.util.*;\n";
    String whole = "package " + home + ";" + imports + said.replaceFirst("");
    return file(home.replace('.', '/') + '/' + name.group(1), whole);
  }

  private static JavaFileObject file(String path, String whole) {
    URI uri = URI.create("string:///" + path + ".java");
    return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignored) {
        return whole;
      }
    };
  }

  /** What the compiler says. */
  List<String> problems() {
    return problems;
  }

  /** Where each of these is, and the word that stands there. */
  List<String> places() {
    return places;
  }

  /** The content of a file that was written. */
  String text(String path) throws IOException {
    return Files.readString(folder.resolve(path));
  }

  /** All files that were written, but for classes. */
  List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return List.copyOf(
          new TreeSet<>(
              all.filter(Files::isRegularFile)
                  .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                  .filter(file -> !file.endsWith(".class"))
                  .toList()));
    }
  }

  void write(String path, String text) throws IOException {
    Files.writeString(folder.resolve(path), text);
  }

  void delete(String path) throws IOException {
    Files.delete(folder.resolve(path));
  }

  Class<?> load(String name) throws IOException, ClassNotFoundException {
    return loader().loadClass(name);
  }

  /** A new loader of what was compiled. */
  ClassLoader loader() throws IOException {
    URL[] at = {folder.toUri().toURL()};
    return new URLClassLoader(at, Compilation.class.getClassLoader());
  }
}
