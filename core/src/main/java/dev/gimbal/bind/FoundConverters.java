package dev.gimbal.bind;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The converters that were found and given, one for each type. */
final class FoundConverters {

  private FoundConverters() {}

  /**
   * Those that were found, with the given ones in the place of theirs.
   *
   * @throws ConfigException with every two that make one type
   */
  static List<ForeignConversion> with(Collection<? extends Converter<?>> given) {
    List<Problem> problems = new ArrayList<>();
    Map<Class<?>, ForeignConversion> own = byType(conversions(given), problems);
    List<ForeignConversion> found = conversions(found());
    if (!own.isEmpty()) {
      found.removeIf(conversion -> own.containsKey(conversion.type()));
    }
    Map<Class<?>, ForeignConversion> all = byType(found, problems);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems, null);
    }
    all.putAll(own);
    return List.copyOf(all.values());
  }

  private static List<ForeignConversion> conversions(Collection<? extends Converter<?>> from) {
    List<ForeignConversion> conversions = new ArrayList<>();
    for (Converter<?> converter : from) {
      conversions.add(new ForeignConversion(converter));
    }
    return conversions;
  }

  private static Map<Class<?>, ForeignConversion> byType(
      List<ForeignConversion> conversions, List<Problem> problems) {
    Map<Class<?>, ForeignConversion> byType = new LinkedHashMap<>();
    for (ForeignConversion conversion : conversions) {
      ForeignConversion other = byType.putIfAbsent(conversion.type(), conversion);
      if (other != null) {
        problems.add(
            Problem.of(
                ErrorCode.DUPLICATE_CONVERTER,
                other.name()
                    + " and "
                    + conversion.name()
                    + " both make "
                    + conversion.type().getTypeName()));
      }
    }
    return byType;
  }

  /** Those of both class loaders, each class once. */
  private static Collection<Converter<?>> found() {
    Map<Class<?>, Converter<?>> found = new LinkedHashMap<>();
    ClassLoader own = Converter.class.getClassLoader();
    for (Converter<?> each : ServiceLoader.load(Converter.class, own)) {
      found.put(each.getClass(), each);
    }
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null && context != own) {
      for (Converter<?> each : ServiceLoader.load(Converter.class, context)) {
        found.putIfAbsent(each.getClass(), each);
      }
    }
    return found.values();
  }
}
