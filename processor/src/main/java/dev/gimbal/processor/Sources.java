package dev.gimbal.processor;

import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** What the classes that are written have in common. Pure. */
final class Sources {

  /** Ends the name of what makes one type. */
  static final String BINDER = "_Binder";

  /** Ends the name of what lists the binders of a root. */
  static final String BINDERS = "_Binders";

  /** What javac says of code that is right: values are cast to types without their arguments. */
  static final String SUPPRESSED =
      "@SuppressWarnings({\"cast\", \"deprecation\", \"exports\", \"rawtypes\", \"removal\","
          + " \"unchecked\"})\n";

  private Sources() {}

  /** The binary name of a type and this end, so that nested types of one name have two. */
  static String name(Elements elements, TypeElement type, String end) {
    return elements.getBinaryName(type) + end;
  }

  static String simpleName(Elements elements, TypeElement type, String end) {
    String name = name(elements, type, end);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  static String head(Elements elements, TypeElement type) {
    String home = elements.getPackageOf(type).getQualifiedName().toString();
    return home.isEmpty() ? "" : "package " + home + ";\n\n";
  }

  /** The class that lists the binders of a root. */
  static String list(Elements elements, TypeElement root, List<String> binders) {
    return head(elements, root)
        + """
        /** The binders of {@code %1$s} and of what it is made of. */
        %2$spublic final class %3$s implements dev.gimbal.bind.Binders {

          /** For {@code java.util.ServiceLoader}. */
          public %3$s() {}

          @Override
          public java.util.List<dev.gimbal.bind.Binder> all() {
            return java.util.List.of(%4$s);
          }
        }
        """
            .formatted(
                root.getQualifiedName(),
                SUPPRESSED,
                simpleName(elements, root, BINDERS),
                binders.stream()
                    .map(name -> "\n        new " + name + "()")
                    .collect(Collectors.joining(",")));
  }
}
