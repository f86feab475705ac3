package dev.gimbal.bind;

import org.jspecify.annotations.Nullable;

/** Classes by their names. */
record ClassNames(@Nullable ClassLoader loader) implements Converter<Class<?>> {

  @Override
  @SuppressWarnings("unchecked") // Class.class has no type argument to say
  public Class<Class<?>> type() {
    return (Class<Class<?>>) (Class<?>) Class.class;
  }

  @Override
  public String expected() {
    return "the full name of a class";
  }

  @Override
  public Class<?> convert(String text) {
    if (text.startsWith("[")) {
      throw new IllegalArgumentException("arrays have no name here");
    }
    try {
      return Class.forName(text, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalArgumentException("no such class is found", e);
    }
  }
}
