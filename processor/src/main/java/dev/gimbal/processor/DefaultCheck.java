package dev.gimbal.processor;

import dev.gimbal.ConfigPath;
import dev.gimbal.DataSize;
import dev.gimbal.bind.ConversionException;
import dev.gimbal.bind.ConversionException.Failure;
import dev.gimbal.bind.ConversionException.Found;
import dev.gimbal.bind.Conversions;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether defaults convert, by the conversions of the run time. What an application may convert in
 * a way of its own is let through: bound types, classes that are not of the JDK, and the types that
 * it names. Immutable.
 */
final class DefaultCheck {

  /** The machine says which texts these take, or what the application adds to the JDK's tables. */
  private static final Set<String> OF_MACHINE =
      Set.of(
          "java.io.File",
          "java.net.URL",
          "java.nio.charset.Charset",
          "java.nio.file.Path",
          "java.time.ZoneId",
          "java.time.ZonedDateTime",
          "java.util.Currency");

  /** The types that converters of the application make. */
  private final Set<String> converted;

  /**
   * @param converted the full names of types that are not looked at; of a primitive one, its box's
   */
  DefaultCheck(Set<String> converted) {
    this.converted = Set.copyOf(converted);
  }

  /** What is wrong with a default, as it is told at run time; null where nothing is. */
  @Nullable String problem(Form form, String text) {
    if (form instanceof Form.OfMap && text.isEmpty()) {
      return null;
    }
    Failure failure = failure(form, Scalar.string(text));
    return failure == null ? null : failure.describeDefault();
  }

  private @Nullable Failure failure(Form form, Scalar text) {
    if (form instanceof Form.OfOptional optional) {
      return failure(optional.value(), text);
    }
    if (form instanceof Form.OfMap) {
      return wrong(text, "an object", List.of());
    }
    if (form instanceof Form.OfEnum constants) {
      return converted.contains(constants.type()) ? null : ofConstant(constants, text);
    }
    try {
      if (form instanceof Form.OfList list) {
        return ofElements(list.element(), Conversions.toList(text));
      }
      Class<?> type = form instanceof Form.OfScalar scalar ? known(scalar.type()) : null;
      if (type != null) {
        Object made = Conversions.standard().convert(text, type);
        assert made != null;
      }
      return null;
    } catch (ConversionException e) {
      return e.failures().get(0);
    }
  }

  private @Nullable Failure ofElements(Form element, List<String> parts) {
    return parts.stream()
        .map(part -> failure(element, Scalar.string(part)))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Failure ofConstant(Form.OfEnum type, Scalar text) {
    String bare = Names.bareConstant(text.text());
    List<String> names = type.constants();
    boolean isOne =
        names.contains(text.text())
            || names.stream().filter(name -> Names.bareConstant(name).equals(bare)).count() == 1;
    return isOne
        ? null
        : wrong(
            text,
            names.isEmpty()
                ? "nothing: the enum has no constants"
                : "one of " + String.join(", ", names),
            names);
  }

  private static Failure wrong(Scalar text, String expected, List<String> choices) {
    return new Failure(ConfigPath.ROOT, Found.STRING, text.text(), expected, choices, null);
  }

  /** A type that everybody converts alike; null for any other. */
  private @Nullable Class<?> known(String type) {
    if (converted.contains(type) || OF_MACHINE.contains(type)) {
      return null;
    }
    Class<?> known =
        switch (type) {
          case "byte[]" -> byte[].class;
          case "char[]" -> char[].class;
          case "dev.gimbal.DataSize" -> DataSize.class;
          default -> ofJdk(type);
        };
    return known != null && Conversions.standard().supports(known) ? known : null;
  }

  private static @Nullable Class<?> ofJdk(String type) {
    try {
      return Class.forName(type, false, ClassLoader.getPlatformClassLoader());
    } catch (ClassNotFoundException ofUser) {
      return null;
    }
  }
}
