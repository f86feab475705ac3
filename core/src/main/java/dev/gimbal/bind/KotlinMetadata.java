package dev.gimbal.bind;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Kotlin's compiler says of a data class, in the annotation {@code kotlin.Metadata} that every
 * class of Kotlin has: the names of what its constructor takes, which of it has a default and which
 * may be null. The class file has none of it. The format is that of {@code metadata.proto} and
 * {@code jvm_metadata.proto} in Kotlin's sources, in which later versions only add. Immutable.
 *
 * @param parameters of the primary constructor
 * @param descriptor of that constructor in the class file, or null where it is not said
 */
record KotlinMetadata(List<Parameter> parameters, @Nullable String descriptor) {

  private static final String ANNOTATION = "kotlin.Metadata";

  /** The kind of metadata that is of a class. */
  private static final int CLASS = 1;

  /** Of the flags of a class, a constructor and a parameter. */
  private static final int IS_DATA = 1 << 10;

  private static final int IS_SECONDARY = 1 << 4;
  private static final int HAS_DEFAULT = 1 << 1;

  /** The fields that are read. */
  private static final int RECORD = 1;

  private static final int RECORD_RANGE = 1;
  private static final int RECORD_STRING = 6;
  private static final int FLAGS = 1;
  private static final int CONSTRUCTOR = 8;
  private static final int PARAMETER = 2;
  private static final int NAME = 2;
  private static final int TYPE = 3;
  private static final int NULLABLE = 3;
  private static final int JVM_SIGNATURE = 100;
  private static final int DESCRIPTOR = 2;

  /** What a constructor takes. */
  record Parameter(String name, boolean hasDefault, boolean nullable) {}

  /**
   * What is said of a data class; null for any other class.
   *
   * @throws IllegalArgumentException when it cannot be read
   */
  static @Nullable KotlinMetadata of(Class<?> type) {
    for (Annotation annotation : type.getAnnotations()) {
      if (annotation.annotationType().getName().equals(ANNOTATION)) {
        try {
          return read(annotation);
        } catch (ReflectiveOperationException | RuntimeException e) {
          throw new IllegalArgumentException(
              "type: " + type.getTypeName() + " (expected: metadata of Kotlin that can be read)",
              e);
        }
      }
    }
    return null;
  }

  private static @Nullable KotlinMetadata read(Annotation annotation)
      throws ReflectiveOperationException {
    if (!Integer.valueOf(CLASS).equals(said(annotation, "k"))) {
      return null;
    }
    byte[] bytes = bytes((String[]) said(annotation, "d1"));
    if (bytes.length == 0) {
      return null;
    }
    ProtoReader all = new ProtoReader(bytes, 0, bytes.length);
    List<String> texts = texts(all.delimited(), (String[]) said(annotation, "d2"));
    return ofClass(all, texts);
  }

  private static Object said(Annotation annotation, String name)
      throws ReflectiveOperationException {
    return annotation.annotationType().getMethod(name).invoke(annotation);
  }

  /** A byte in each character, behind one that says so; older compilers, of before 1.4, differ. */
  private static byte[] bytes(String[] parts) {
    String text = String.join("", parts);
    if (text.isEmpty() || text.charAt(0) != 0) {
      return new byte[0];
    }
    byte[] bytes = new byte[text.length() - 1];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) text.charAt(i + 1);
    }
    return bytes;
  }

  /** The texts that numbers stand for: each in its own place, unless the table has it itself. */
  private static List<String> texts(ProtoReader table, String[] places) {
    List<String> texts = new ArrayList<>(List.of(places));
    int place = 0;
    while (table.next()) {
      if (table.field() != RECORD) {
        continue;
      }
      int range = 1;
      String own = null;
      ProtoReader record = table.message();
      while (record.next()) {
        range = record.field() == RECORD_RANGE ? record.number() : range;
        own = record.field() == RECORD_STRING ? record.text() : own;
      }
      for (int i = 0; i < range && own != null && place + i < texts.size(); i++) {
        texts.set(place + i, own);
      }
      place = Math.addExact(place, range);
    }
    return texts;
  }

  private static @Nullable KotlinMetadata ofClass(ProtoReader of, List<String> texts) {
    boolean isData = false;
    KotlinMetadata primary = null;
    while (of.next()) {
      if (of.field() == FLAGS) {
        isData = (of.number() & IS_DATA) != 0;
      } else if (of.field() == CONSTRUCTOR && primary == null) {
        primary = primary(of.message(), texts);
      }
    }
    return isData ? primary : null;
  }

  private static @Nullable KotlinMetadata primary(ProtoReader constructor, List<String> texts) {
    List<Parameter> parameters = new ArrayList<>();
    String descriptor = null;
    boolean isSecondary = false;
    while (constructor.next()) {
      switch (constructor.field()) {
        case FLAGS -> isSecondary = (constructor.number() & IS_SECONDARY) != 0;
        case PARAMETER -> parameters.add(parameter(constructor.message(), texts));
        case JVM_SIGNATURE -> descriptor = descriptor(constructor.message(), texts);
        default -> {} // nothing that is needed
      }
    }
    return isSecondary ? null : new KotlinMetadata(List.copyOf(parameters), descriptor);
  }

  private static Parameter parameter(ProtoReader parameter, List<String> texts) {
    int flags = 0;
    String name = "";
    boolean nullable = false;
    while (parameter.next()) {
      switch (parameter.field()) {
        case FLAGS -> flags = parameter.number();
        case NAME -> name = texts.get(parameter.number());
        case TYPE -> nullable = isNullable(parameter.message());
        default -> {} // nothing that is needed
      }
    }
    return new Parameter(name, (flags & HAS_DEFAULT) != 0, nullable);
  }

  private static boolean isNullable(ProtoReader type) {
    boolean nullable = false;
    while (type.next()) {
      nullable |= type.field() == NULLABLE && type.number() != 0;
    }
    return nullable;
  }

  private static @Nullable String descriptor(ProtoReader signature, List<String> texts) {
    String descriptor = null;
    while (signature.next()) {
      descriptor = signature.field() == DESCRIPTOR ? texts.get(signature.number()) : descriptor;
    }
    return descriptor;
  }
}
