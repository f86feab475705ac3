package dev.gimbal.format.hocon;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import dev.gimbal.testing.FormatTester;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What two readers make of a document, in one shape; or what they say against it. */
record Reference(@Nullable Object values, String problem) {

  private static final FormatTester TESTER = new FormatTester(new HoconFormat());

  static Reference ours(String text) {
    List<String> problems = TESTER.problems(text);
    return problems.isEmpty()
        ? new Reference(plain(TESTER.map(text)), "")
        : new Reference(null, problems.get(0));
  }

  /** What the implementation that HOCON's specification comes from reads. */
  static Reference theirs(String text) {
    try {
      ConfigParseOptions options = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF);
      Config config =
          ConfigFactory.parseString(text, options).resolve(ConfigResolveOptions.noSystem());
      return new Reference(plain(config.root().unwrapped()), "");
    } catch (ConfigException e) {
      return new Reference(null, e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  boolean agreesWith(Reference other) {
    return Objects.equals(values, other.values);
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new TreeMap<>();
      map.forEach((key, child) -> plain.put((String) key, plain(child)));
      return plain;
    }
    if (value instanceof List<?> list) {
      List<Object> plain = new ArrayList<>();
      list.forEach(element -> plain.add(plain(element)));
      return plain;
    }
    return value instanceof Number ? Double.parseDouble(value.toString()) : value;
  }
}
