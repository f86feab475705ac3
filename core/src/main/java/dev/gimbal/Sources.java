package dev.gimbal;

import dev.gimbal.source.ArgumentsSource;
import dev.gimbal.source.ClasspathSource;
import dev.gimbal.source.DirectorySource;
import dev.gimbal.source.EnvironmentSource;
import dev.gimbal.source.FileSource;
import dev.gimbal.source.HttpSource;
import dev.gimbal.source.MapSource;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Source;
import dev.gimbal.source.SourceResolver;
import dev.gimbal.source.StringSource;
import dev.gimbal.source.SystemPropertiesSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The built-in sources.
 *
 * @since 0.1.0
 */
public final class Sources {

  private Sources() {}

  /** A document that is watched; its format follows from its extension. */
  public static FileSource file(String path) {
    return file(Path.of(path));
  }

  /** A document that is watched; its format follows from its extension. */
  public static FileSource file(Path path) {
    return new FileSource(path);
  }

  /** A folder that is watched: by default each file is one value, named by the file. */
  public static DirectorySource directory(String path) {
    return directory(Path.of(path));
  }

  /** A folder that is watched: by default each file is one value, named by the file. */
  public static DirectorySource directory(Path path) {
    return new DirectorySource(path);
  }

  /** A document on the class path, such as {@code app/defaults.yaml}. */
  public static ClasspathSource classpath(String resource) {
    return new ClasspathSource(resource);
  }

  /**
   * A document at an address of http or https, asked for every 10 seconds.
   *
   * @throws ConfigException GIM-014 when it is no such address
   */
  public static HttpSource http(URI address) {
    return new HttpSource(address);
  }

  /**
   * The environment variables that begin with a prefix, which is taken off; with an empty prefix,
   * those that match known keys.
   */
  public static EnvironmentSource environment(String prefix) {
    return new EnvironmentSource(prefix);
  }

  /** The environment variables that match known keys. */
  public static EnvironmentSource environment() {
    return new EnvironmentSource("");
  }

  /** The Java system properties, live: looked at every second. */
  public static SystemPropertiesSource systemProperties() {
    return new SystemPropertiesSource("");
  }

  /** The system properties that begin with a prefix, which is taken off. */
  public static SystemPropertiesSource systemProperties(String prefix) {
    return new SystemPropertiesSource(prefix);
  }

  /** Command-line arguments: {@code --server.port=80}, {@code --verbose}. */
  public static ArgumentsSource arguments(String... args) {
    return new ArgumentsSource(args);
  }

  /** A layer that the application writes. */
  public static MemorySource memory(String name) {
    return new MemorySource(name);
  }

  /** A fixed layer; dotted keys are paths. */
  public static Source map(String name, Map<String, ?> values) {
    return new MapSource(name, values);
  }

  /** A fixed document. */
  public static Source string(String name, String format, String text) {
    return new StringSource(name, format, text);
  }

  /** A source by path or URI, such as {@code file:app.yaml?optional=true} or {@code env:APP_}. */
  public static Source of(String spec) {
    return SourceResolver.installed(List.of()).create(spec);
  }
}
