package dev.gimbal.source.etcd;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Loads the classes of this source anew, and finds none of the client library. */
final class OnlyGimbal extends ClassLoader {

  private static final String OWN = "dev.gimbal.source.etcd.";

  private int loaded;

  OnlyGimbal() {
    super(OnlyGimbal.class.getClassLoader());
  }

  int loaded() {
    return loaded;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (name.startsWith("io.") || name.startsWith("com.google.protobuf.")) {
        throw new ClassNotFoundException(name + " is of the client library");
      }
      if (!name.startsWith(OWN)) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = Objects.requireNonNull(getParent().getResourceAsStream(file))) {
      byte[] bytes = in.readAllBytes();
      loaded++;
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
