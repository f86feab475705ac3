package dev.gimbal.traces;

import java.io.IOException;
import java.util.Map;
import net.bytebuddy.dynamic.ClassFileLocator;

/**
 * Loads the project's classes anew: the engine's {@link Instrumented}, and some of them maybe
 * changed. Each loader has an engine, a {@link Tape} and a {@link Recorder} of its own.
 */
final class EngineLoader extends ClassLoader {

  private final ClassFileLocator classFiles;

  /**
   * @param changed classes that take the place of those on the class path, by name
   */
  EngineLoader(Map<String, byte[]> changed) {
    super(EngineLoader.class.getClassLoader());
    this.classFiles =
        new ClassFileLocator.Compound(
            new ClassFileLocator.Simple(changed), ClassFileLocator.ForClassLoader.of(getParent()));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("dev.gimbal.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try {
      ClassFileLocator.Resolution found = classFiles.locate(name);
      if (!found.isResolved()) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = Instrumented.bytes(name, found.resolve(), classFiles);
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
