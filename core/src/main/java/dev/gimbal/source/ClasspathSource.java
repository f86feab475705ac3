package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Content;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A document on the class path, such as the defaults that a library brings. Read when it opens and
 * with each reload; it is not watched. Of several of one name the class loader's first counts.
 *
 * <p>Immutable and safe for use by many threads; each method returns a new source.
 *
 * @since 0.1.0
 */
public final class ClasspathSource implements Source {

  private final String resource;
  private final @Nullable ClassLoader loader;
  private final String name;
  private final @Nullable String format;
  private final UnaryOperator<ReadOptions> reading;

  /**
   * A resource of the context class loader of the thread that opens it, then of Gimbal's own.
   *
   * @param resource its name, such as {@code app/defaults.yaml}; a leading slash is left out
   */
  public ClasspathSource(String resource) {
    this(resource, null);
  }

  /** A resource of this class loader. */
  public ClasspathSource(String resource, @Nullable ClassLoader loader) {
    this(
        resource.startsWith("/") ? resource.substring(1) : resource,
        loader,
        "classpath " + resource,
        null,
        UnaryOperator.identity());
  }

  private ClasspathSource(
      String resource,
      @Nullable ClassLoader loader,
      String name,
      @Nullable String format,
      UnaryOperator<ReadOptions> reading) {
    this.resource = resource;
    this.loader = loader;
    this.name = name;
    this.format = format;
    this.reading = reading;
  }

  /** What it is called in messages, status and origins; by default {@code classpath RESOURCE}. */
  public ClasspathSource name(String newName) {
    Objects.requireNonNull(newName, "name");
    return new ClasspathSource(resource, loader, newName, format, reading);
  }

  /** The name or extension of the format; by default the extension of the resource says it. */
  public ClasspathSource format(String newFormat) {
    return new ClasspathSource(resource, loader, name, newFormat, reading);
  }

  /** How it is read, after what the Config says. */
  public ClasspathSource reading(UnaryOperator<ReadOptions> change) {
    return new ClasspathSource(
        resource, loader, name, format, read -> change.apply(reading.apply(read)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Session open(Sink sink) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    FixedSession session = new FixedSession((to, revision) -> answer(to, revision, context));
    sink.tasks().execute(name, () -> session.reload(sink));
    return session;
  }

  private void answer(Sink sink, Revision revision, @Nullable ClassLoader context) {
    try {
      ReadOptions options = reading.apply(sink.readOptions());
      Content content = content(resource, context, options.limits().maxBytes());
      if (content == null) {
        throw error(ErrorCode.SOURCE_ABSENT, "there is no such resource on the class path");
      }
      sink.document(revision, sink.parse(content, options));
    } catch (ConfigException e) {
      if (e.code() == ErrorCode.SOURCE_ABSENT) {
        sink.absent(e);
      } else {
        sink.failed(e);
      }
    } catch (IOException e) {
      sink.failed(error(ErrorCode.SOURCE_FAILED, "it cannot be read: " + SourceErrors.reason(e)));
    }
  }

  /** A resource, with what stands beside it on the class path; null if there is none. */
  private @Nullable Content content(String path, @Nullable ClassLoader context, long maxBytes)
      throws IOException {
    URL url = find(path, context);
    if (url == null) {
      return null;
    }
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    return new Content(
        path,
        format == null || !path.equals(resource) ? Formats.extension(path) : format,
        read(url, maxBytes),
        name -> content(folder + name, context, maxBytes));
  }

  private byte[] read(URL url, long maxBytes) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false); // a jar that is read through a cache stays open
    try (InputStream in = connection.getInputStream()) {
      byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, maxBytes + 1));
      if (bytes.length > maxBytes) {
        throw error(ErrorCode.LIMIT, "more than maxBytes " + maxBytes);
      }
      return bytes;
    }
  }

  private @Nullable URL find(String path, @Nullable ClassLoader context) {
    if (loader != null) {
      return loader.getResource(path);
    }
    URL url = context == null ? null : context.getResource(path);
    ClassLoader own = ClasspathSource.class.getClassLoader();
    return url != null || own == null ? url : own.getResource(path);
  }

  private ConfigException error(ErrorCode code, String message) {
    return new ConfigException(Problem.at(code, new Origin(name, resource, 0, 0), message));
  }

  @Override
  public String toString() {
    return "classpath " + resource;
  }
}
