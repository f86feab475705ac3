package dev.gimbal.processor;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/**
 * Types that were compiled, and Gimbal, in a world where only that is there which is registered.
 */
final class ClosedImage implements AutoCloseable {

  private static final Class<?> LOADER = ClassLoader.class;

  private final ImageMetadata metadata;
  private final ClosedLoader gimbal = new ClosedLoader();
  private final URLClassLoader app;

  /**
   * @param folder where the types are
   */
  ClosedImage(Compilation compilation, Path folder) throws IOException {
    metadata = ImageMetadata.of(compilation);
    app = new URLClassLoader(new URL[] {folder.toUri().toURL()}, gimbal);
    gimbal.open(new NativeImage(metadata, NativeImage.Rules.EXACT, app));
  }

  ImageMetadata metadata() {
    return metadata;
  }

  Map<String, String> outcomes(NativeImage.Rules rules) throws Exception {
    return outcomes(rules, metadata, true);
  }

  Map<String, String> outcomes(NativeImage.Rules rules, ImageMetadata with, boolean handles)
      throws Exception {
    gimbal.open(new NativeImage(with, rules, app));
    return outcomes(gimbal, app, handles, (name, outcome) -> true);
  }

  /** Those of the same types where all is there. */
  static Map<String, String> open(Compilation compilation, boolean handles) throws Exception {
    ClassLoader gimbal = ClosedImage.class.getClassLoader();
    return outcomes(gimbal, compilation.loader(), handles, (name, outcome) -> true);
  }

  /** Whether all becomes the same without something; handles aside. */
  boolean isSame(NativeImage.Rules rules, String without, Map<String, String> expected)
      throws Exception {
    gimbal.open(new NativeImage(metadata.without(without), rules, app));
    return expected.equals(
        outcomes(gimbal, app, false, (name, outcome) -> outcome.equals(expected.get(name))));
  }

  /** The class that a document would name; else what is told. */
  String classNamed(String name) throws Exception {
    var maker = gimbal.loadClass("dev.gimbal.bind.ClassNames").getDeclaredConstructor(LOADER);
    var convert = maker.getDeclaringClass().getMethod("convert", String.class);
    maker.setAccessible(true);
    convert.setAccessible(true);
    try {
      return convert.invoke(maker.newInstance(app), name).toString();
    } catch (InvocationTargetException e) {
      return e.getCause().getMessage();
    }
  }

  /** The document of the class path that a source would read; none where it finds none. */
  String resourceNamed(String path) throws Exception {
    Object source =
        gimbal
            .loadClass("dev.gimbal.Sources")
            .getMethod("classpath", String.class)
            .invoke(null, path);
    var find = source.getClass().getDeclaredMethod("find", String.class, LOADER);
    find.setAccessible(true);
    Object found = find.invoke(source, path, app);
    return found == null ? "none" : found.toString();
  }

  /** What the last outcomes asked. */
  List<String> asked() {
    return gimbal.image().asked();
  }

  /** Those up to one with which it ends. */
  private static Map<String, String> outcomes(
      ClassLoader gimbal, ClassLoader app, boolean handles, BiPredicate<String, String> goesOn)
      throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(gimbal); // services are looked up there
    try {
      Map<String, String> outcomes = new TreeMap<>();
      BiFunction<Class<?>, String, String> run = run(gimbal, handles);
      for (Map.Entry<String, List<String>> type : ClosedCases.TABLE.entrySet()) {
        for (String document : type.getValue()) {
          String outcome = run.apply(app.loadClass(type.getKey()), document);
          String name = type.getKey() + ' ' + document;
          outcomes.put(name, outcome);
          if (!goesOn.test(name, outcome)) {
            return outcomes;
          }
        }
      }
      return outcomes;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @SuppressWarnings("unchecked") // as ClosedRun has it
  private static BiFunction<Class<?>, String, String> run(ClassLoader gimbal, boolean handles)
      throws Exception {
    var constructor =
        gimbal.loadClass(ClosedRun.class.getName()).getDeclaredConstructor(boolean.class);
    constructor.setAccessible(true);
    return (BiFunction<Class<?>, String, String>) constructor.newInstance(handles);
  }

  @Override
  public void close() throws IOException {
    app.close();
  }
}
