package dev.gimbal.testing;

import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.Sources;
import dev.gimbal.source.ClasspathSource;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Source;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What annotations tell a builder, the lowest layer first. Used by one thread. */
final class TestLayers {

  private final ClassLoader loader;
  private final Set<String> names = new HashSet<>(Set.of(TestConfig.LAYER));
  private final List<Consumer<Config.Builder>> steps = new ArrayList<>();

  private TestLayers(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * @param loader of the test, for files
   * @throws IllegalArgumentException when an entry is not PATH=VALUE, or a setup cannot be made
   */
  static List<Consumer<Config.Builder>> of(
      List<Declared.At<WithConfig>> annotations, ClassLoader loader) {
    TestLayers layers = new TestLayers(loader);
    annotations.forEach(at -> layers.add(place(at.element()), at.annotation()));
    return layers.steps;
  }

  private static String place(AnnotatedElement element) {
    return element instanceof Method method
        ? name(method.getDeclaringClass()) + "." + method.getName()
        : element instanceof Class<?> type ? name(type) : element.toString();
  }

  /** With the classes that it is nested in, without its package. */
  private static String name(Class<?> type) {
    String packageName = type.getPackageName();
    String name =
        packageName.isEmpty() ? type.getName() : type.getName().substring(packageName.length() + 1);
    return name.replace('$', '.');
  }

  private void add(String place, WithConfig layer) {
    for (String file : layer.files()) {
      ClasspathSource source = new ClasspathSource(file, loader);
      add(source.name(free(source.name())));
    }
    if (!layer.text().isEmpty()) {
      add(Sources.string(free(place + " text"), layer.format(), layer.text()));
    }
    if (layer.without().length > 0) {
      add(hiding(place, layer.without()));
    }
    if (layer.value().length > 0) {
      MemorySource values = Sources.memory(free(place));
      for (String entry : layer.value()) {
        put(values, place, entry);
      }
      add(values);
    }
    for (Class<? extends Consumer<Config.Builder>> setup : layer.setup()) {
      steps.add(made(setup));
    }
  }

  /**
   * A layer that only hides. It is not that of the values, and holds no path below another: a write
   * below a tombstone of the same layer takes the tombstone away.
   */
  private Source hiding(String place, String[] without) {
    MemorySource hiding = Sources.memory(free(place + " without"));
    List<ConfigPath> paths = Arrays.stream(without).map(ConfigPath::parse).toList();
    for (ConfigPath path : paths) {
      if (!path.isRoot() && path.isIndex(path.size() - 1)) {
        throw new IllegalArgumentException(
            place + ": without = \"" + path + "\" (expected: a path that ends in a key)");
      }
      if (paths.stream().noneMatch(other -> !other.equals(path) && path.startsWith(other))) {
        hiding.put(path.toString(), null);
      }
    }
    return hiding;
  }

  private void add(Source source) {
    steps.add(builder -> builder.source(source));
  }

  private static <S> S made(Class<S> setup) {
    try {
      Constructor<S> constructor = setup.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(setup.getName() + " threw " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          setup.getName() + " (expected: a class with a constructor without parameters)", e);
    }
  }

  /** The name with a number behind it where it is taken: names are unique in a Config. */
  private String free(String name) {
    String free = name;
    for (int i = 2; !names.add(free); i++) {
      free = name + " #" + i;
    }
    return free;
  }

  private static void put(MemorySource values, String place, String entry) {
    int at = separator(entry);
    if (at < 0) {
      throw new IllegalArgumentException(
          "@WithConfig of " + place + ": \"" + entry + "\" (expected: PATH=VALUE)");
    }
    values.put(entry.substring(0, at).strip(), entry.substring(at + 1).strip());
  }

  /** The first = that is not in quotes; -1 where there is none. */
  private static int separator(String entry) {
    boolean quoted = false;
    for (int i = 0; i < entry.length(); i++) {
      char c = entry.charAt(i);
      if (c == '=' && !quoted) {
        return i;
      }
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      }
    }
    return -1;
  }
}
