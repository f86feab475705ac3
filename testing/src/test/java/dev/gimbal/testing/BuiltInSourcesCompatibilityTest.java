package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Sources;
import dev.gimbal.source.ArgumentsSource;
import dev.gimbal.source.ClasspathSource;
import dev.gimbal.source.DirectorySource;
import dev.gimbal.source.EnvironmentSource;
import dev.gimbal.source.FileSource;
import dev.gimbal.source.HttpSource;
import dev.gimbal.source.MapSource;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Source;
import dev.gimbal.source.StringSource;
import dev.gimbal.source.SystemPropertiesSource;
import dev.gimbal.testing.SourceFixture.Ability;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every built-in source keeps what the kit asks for. */
class BuiltInSourcesCompatibilityTest {

  private static final Duration SOON = Duration.ofMillis(20);

  @TempDir Path folder;

  private static String text(Map<String, String> values) {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private void write(Path file, String text) throws IOException {
    Path next = Files.writeString(folder.resolve(".next"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The class path of the tests may be jars or folders. */
  private static Set<Class<?>> builtIn() throws Exception {
    URI core = Source.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path place = Path.of(core);
    if (Files.isDirectory(place)) {
      return sourcesBelow(place);
    }
    try (FileSystem jar = FileSystems.newFileSystem(place)) {
      return sourcesBelow(jar.getPath("/"));
    }
  }

  private static Set<Class<?>> sourcesBelow(Path root) throws Exception {
    Set<Class<?>> sources = classes();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name =
            root.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
        if (!name.endsWith("-info")) {
          Class<?> type = Class.forName(name, false, Source.class.getClassLoader());
          if (Source.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
            sources.add(type);
          }
        }
      }
    }
    return sources;
  }

  private static Set<Class<?>> classes() {
    return new TreeSet<>(Comparator.comparing(Class::getName));
  }

  /** They hold nothing: three say what another source says, and one says that there is none. */
  private static final Set<String> OF_OTHERS =
      Set.of("OptionalSource", "SecretSource", "LabelledSource", "UnlabelledSource");

  @Test
  void everyBuiltInSource_runsTheKit() throws Exception {
    Set<Class<?>> tested = classes();
    int kits = 0;
    for (Class<?> kit : BuiltInSourcesCompatibilityTest.class.getDeclaredClasses()) {
      if (SourceCompatibilityKit.class.isAssignableFrom(kit)
          && kit.isAnnotationPresent(Nested.class)) {
        var maker = kit.getDeclaredConstructor(BuiltInSourcesCompatibilityTest.class);
        SourceCompatibilityKit made = (SourceCompatibilityKit) maker.newInstance(this);
        tested.add(made.getClass().getDeclaredMethod("source").getReturnType());
        kits++;
      }
    }
    assertEquals(11, kits);
    Set<Class<?>> expected = builtIn();
    expected.removeIf(type -> OF_OTHERS.contains(type.getSimpleName()));
    assertEquals(expected, tested);
    assertEquals(10, tested.size());
  }

  private abstract static class Fixed extends SourceCompatibilityKit {
    Map<String, String> held = Map.of();

    @Override
    protected void hold(Map<String, String> values) {
      held = values;
    }

    @Override
    protected Set<Ability> abilities() {
      return EnumSet.of(Ability.RELOADS);
    }
  }

  @Nested
  class OfAMap extends Fixed {
    @Override
    protected MapSource source() {
      return new MapSource("map", held);
    }
  }

  @Nested
  class OfArguments extends Fixed {
    @Override
    protected ArgumentsSource source() {
      return Sources.arguments(
          held.entrySet().stream()
              .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
              .toArray(String[]::new));
    }
  }

  @Nested
  class OfTheEnvironment extends Fixed {
    @Override
    protected EnvironmentSource source() {
      Map<String, String> variables = new HashMap<>();
      held.forEach((key, value) -> variables.put("KIT_" + key.toUpperCase(Locale.ROOT), value));
      return new EnvironmentSource("KIT_", variables);
    }
  }

  /** What it reads does not change, but may be malformed from the start. */
  @Nested
  class OfAString extends Fixed {
    private String rest = "";

    @Override
    protected void damage() {
      rest = "broken=\\u12\n";
    }

    @Override
    protected StringSource source() {
      return new StringSource("text", "properties", text(held) + rest);
    }

    @Override
    protected Set<Ability> abilities() {
      return EnumSet.of(Ability.RELOADS, Ability.FAILS);
    }
  }

  @Nested
  class OfMemory extends SourceCompatibilityKit {
    private Map<String, String> held = Map.of();
    private MemorySource made = new MemorySource("memory");

    @Override
    protected void hold(Map<String, String> values) {
      held = values;
      try {
        made.replace(values);
      } catch (IllegalStateException closed) {
        // the next one takes it
      }
    }

    @Override
    protected MemorySource source() {
      made = new MemorySource("memory");
      made.replace(held);
      return made;
    }

    @Override
    protected Set<Ability> abilities() {
      return EnumSet.of(Ability.CHANGES, Ability.WATCHES);
    }
  }

  @Nested
  class OfSystemProperties extends SourceCompatibilityKit {
    private final Properties before = System.getProperties();

    /** All at once: the source copies them while others write. */
    @Override
    protected void hold(Map<String, String> values) {
      Properties next = new Properties();
      next.putAll(before);
      values.forEach((key, value) -> next.setProperty("gimbal.kit." + key, value));
      System.setProperties(next);
    }

    @AfterEach
    void restore() {
      System.setProperties(before);
    }

    @Override
    protected SystemPropertiesSource source() {
      return Sources.systemProperties("gimbal.kit.");
    }

    @Override
    protected String uri() {
      return "sys:gimbal.kit.";
    }

    /** Longer than the second after which it looks again. */
    @Override
    protected Duration quiet() {
      return Duration.ofMillis(1300);
    }

    @Override
    protected Set<Ability> abilities() {
      return EnumSet.of(Ability.CHANGES, Ability.WATCHES, Ability.RELOADS);
    }
  }

  @Nested
  class OfAFile extends SourceCompatibilityKit {
    private Path file() {
      return folder.resolve("app.properties");
    }

    @Override
    protected void hold(Map<String, String> values) throws IOException {
      write(file(), text(values));
    }

    @Override
    protected void damage() throws IOException {
      write(file(), Files.readString(file()) + "broken=\\u12");
    }

    @Override
    protected void remove() throws IOException {
      Files.delete(file());
    }

    @Override
    protected FileSource source() {
      return Sources.file(file()).settleFor(SOON).stillFor(SOON);
    }

    @Override
    protected String uri() {
      return "file:" + file();
    }
  }

  /** A folder as Kubernetes makes one: its link to the data is exchanged. */
  private abstract class Folder extends SourceCompatibilityKit {
    private int count;

    Path volume() {
      return folder.resolve("volume");
    }

    /** Makes a folder of these files what there is. */
    void swap(Map<String, String> files) throws IOException {
      Files.createDirectories(volume());
      Path data = Files.createDirectory(volume().resolve("..data-" + ++count));
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(data.resolve(file.getKey()), file.getValue());
      }
      Path link = volume().resolve("..next");
      Files.createSymbolicLink(link, data.getFileName());
      Files.move(link, volume().resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    protected void remove() throws IOException {
      Files.move(volume(), folder.resolve("gone-" + ++count));
    }
  }

  @Nested
  class OfAFolderOfValues extends Folder {
    @Override
    protected void hold(Map<String, String> values) throws IOException {
      swap(values);
    }

    @Override
    protected DirectorySource source() {
      return Sources.directory(volume()).settleFor(SOON).stillFor(SOON);
    }

    @Override
    protected String uri() {
      return "dir:" + volume();
    }

    @Override
    protected Set<Ability> abilities() {
      return EnumSet.complementOf(EnumSet.of(Ability.FAILS));
    }
  }

  @Nested
  class OfAFolderOfDocuments extends Folder {
    private String held = "";

    @Override
    protected void hold(Map<String, String> values) throws IOException {
      held = text(values);
      swap(Map.of("app.properties", held));
    }

    @Override
    protected void damage() throws IOException {
      swap(Map.of("app.properties", held, "broken.properties", "broken=\\u12"));
    }

    @Override
    protected DirectorySource source() {
      return Sources.directory(volume())
          .as(DirectorySource.As.DOCUMENTS)
          .settleFor(SOON)
          .stillFor(SOON);
    }

    @Override
    protected String uri() {
      return "dir:" + volume() + "?as=documents";
    }
  }

  @Nested
  class OfTheClassPath extends SourceCompatibilityKit {
    private Path file() {
      return folder.resolve("kit.properties");
    }

    @Override
    protected void hold(Map<String, String> values) throws IOException {
      write(file(), text(values));
    }

    @Override
    protected void damage() throws IOException {
      write(file(), Files.readString(file()) + "broken=\\u12");
    }

    @Override
    protected void remove() throws IOException {
      Files.delete(file());
    }

    @Override
    protected ClasspathSource source() throws IOException {
      URL[] places = {folder.toUri().toURL()};
      return new ClasspathSource("kit.properties", new URLClassLoader(places, null));
    }

    @Override
    protected Set<Ability> abilities() {
      return EnumSet.complementOf(EnumSet.of(Ability.WATCHES));
    }
  }

  @Nested
  class OfHttp extends SourceCompatibilityKit {
    private OneDocumentServer server;

    @BeforeEach
    void start() throws IOException {
      server = new OneDocumentServer();
    }

    @AfterEach
    void stop() throws IOException {
      server.close();
    }

    @Override
    protected void hold(Map<String, String> values) {
      server.answer("200 OK", text(values));
    }

    @Override
    protected void damage() {
      server.answer("200 OK", "key0=hunter2hunter2\nbroken=\\u12");
    }

    @Override
    protected void remove() {
      server.answer("404 Not Found", "");
    }

    @Override
    protected HttpSource source() {
      return Sources.http(server.uri("/app.properties")).bearer("pass-token").poll(SOON);
    }

    @Override
    protected String uri() {
      return server.uri("/app.properties") + "?poll=20ms&bearer=pass-token";
    }

    @Override
    protected List<String> secrets() {
      return List.of("pass-token", "pass-phrase");
    }
  }
}
