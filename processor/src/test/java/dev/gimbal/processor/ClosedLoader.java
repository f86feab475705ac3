package dev.gimbal.processor;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/**
 * Loads Gimbal anew, its core through the {@link ClosedWeaver}, so that what is reflected on is
 * asked of a {@link NativeImage}.
 */
final class ClosedLoader extends ClassLoader {

  private static final String OURS = "dev.gimbal.";
  private static final List<String> SHARED =
      List.of(ClosedWorld.class.getName(), NativeImage.class.getName());

  /** Written by the test's thread between runs; read by those that bind. */
  private volatile NativeImage image;

  ClosedLoader() {
    super(ClosedLoader.class.getClassLoader());
  }

  void open(NativeImage with) {
    image = with;
  }

  NativeImage image() {
    return Objects.requireNonNull(image);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS) || SHARED.stream().anyMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/') + ".class";
    try (InputStream in = getParent().getResourceAsStream(path)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] compiled = in.readAllBytes();
      byte[] woven = ReflectiveCalls.isOfCore(path) ? ClosedWeaver.weave(compiled) : compiled;
      return defineClass(name, woven, 0, woven.length);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
