package dev.gimbal.source.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.source.Source;
import dev.gimbal.source.SourceProvider;
import dev.gimbal.source.SourceSpec;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** Whoever names no table of PostgreSQL loads nothing of the driver. */
class PostgresProviderTest {

  /** Loads the module's own classes, and has no driver. */
  private static final class WithoutDriver extends ClassLoader {

    WithoutDriver() {
      super(PostgresProvider.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.postgresql.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("dev.gimbal.source.postgres.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? own(name) : loaded;
      }
    }

    private Class<?> own(String name) throws ClassNotFoundException {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void create_needsNoDriver() throws Exception {
    ClassLoader loader = new WithoutDriver();
    SourceProvider provider =
        (SourceProvider)
            loader.loadClass(PostgresProvider.class.getName()).getConstructor().newInstance();
    assertEquals(loader, provider.getClass().getClassLoader());
    Source made = provider.create(SourceSpec.parse("postgres://u:p@h/d?sslMode=require&poll=1s"));
    assertEquals("postgres://h:5432/d?table=config", made.name());
    assertThrows(
        ClassNotFoundException.class, () -> loader.loadClass("org.postgresql.Driver"), "no driver");
  }
}
