package dev.gimbal.processor;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Writes the binders of types that are compiled now, each once, and for each root the list of them.
 * A type of another jar has what that one brings. Used by one thread.
 */
final class BinderWriter {

  private final ProcessingEnvironment environment;
  private final Elements elements;

  /** The outermost types that are compiled. */
  private final Set<Element> compiled = new HashSet<>();

  /** The names of all binders that were looked at, and of those that are there. */
  private final Set<String> seen = new HashSet<>();

  private final Set<String> written = new HashSet<>();
  private final Set<String> lists = new TreeSet<>();

  BinderWriter(ProcessingEnvironment environment) {
    this.environment = environment;
    this.elements = environment.getElementUtils();
  }

  void addRound(RoundEnvironment round) {
    compiled.addAll(round.getRootElements());
  }

  /** Writes what a root needs; the binary names of the types that its binders make. */
  Set<String> write(TypeElement root, Map<TypeElement, Bound.Kind> types) throws IOException {
    List<String> binders = new ArrayList<>();
    Set<String> made = new HashSet<>();
    for (Map.Entry<TypeElement, Bound.Kind> type : types.entrySet()) {
      String name = Sources.name(elements, type.getKey(), Sources.BINDER);
      if (isCompiled(type.getKey()) && seen.add(name)) {
        String source = BinderSource.of(environment, type.getKey(), type.getValue());
        if (source != null) {
          write(name, source, root, type.getKey());
          written.add(name);
        }
      }
      if (written.contains(name)) {
        binders.add(name);
        made.add(elements.getBinaryName(type.getKey()).toString());
      }
    }
    if (!binders.isEmpty()) {
      String name = Sources.name(elements, root, Sources.BINDERS);
      write(name, Sources.list(elements, root, binders), root);
      lists.add(name);
    }
    return made;
  }

  /** Whether run time finds the list of a root: a module that has one says so. */
  boolean isFound(TypeElement root) {
    ModuleElement module = elements.getModuleOf(root);
    return module == null
        || module.isUnnamed()
        || ElementFilter.providesIn(module.getDirectives()).stream()
            .filter(provided -> isBinders(provided.getService()))
            .flatMap(provided -> provided.getImplementations().stream())
            .anyMatch(list -> isNamed(list, Sources.name(elements, root, Sources.BINDERS)));
  }

  private static boolean isBinders(TypeElement service) {
    return service.getQualifiedName().contentEquals("dev.gimbal.bind.Binders");
  }

  private boolean isNamed(TypeElement list, String name) {
    return elements.getBinaryName(list).contentEquals(name);
  }

  /** Whether a type, or a member of one, is compiled now. */
  boolean isCompiled(Element element) {
    Element outermost = element;
    while (outermost.getEnclosingElement() instanceof TypeElement outer) {
      outermost = outer;
    }
    return compiled.contains(outermost);
  }

  private void write(String name, String source, Element... from) throws IOException {
    try (Writer out = environment.getFiler().createSourceFile(name, from).openWriter()) {
      out.write(source);
    }
  }

  /** What the file of services is to name. */
  Set<String> services(ServiceFile file) {
    Set<String> types = new HashSet<>();
    for (Element element : compiled) {
      if (element instanceof TypeElement type) {
        types.add(elements.getBinaryName(type).toString());
      }
    }
    return file.with(lists, types);
  }
}
