package dev.gimbal.processor;

import dev.gimbal.bind.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * Writes, for each type that {@link Settings} marks, a JSON Schema, a reference of its keys, and
 * what native images and editors read: {@code META-INF/gimbal/server.schema.json} for the prefix
 * {@code server}, and so on. A type that cannot be bound is an error of the compiler. Called by the
 * compiler, on one thread.
 *
 * @since 0.1.0
 */
@SupportedAnnotationTypes("*") // where there is none left, what an earlier run named is old
@SupportedOptions(SettingsProcessor.CONVERTERS)
public final class SettingsProcessor extends AbstractProcessor {

  /** The option that has the full names of types that the application converts in its own way. */
  static final String CONVERTERS = "gimbal.converters";

  /** A file of native images that says nothing. */
  private static final String NONE = "[]\n";

  private static final Pattern PREFIX = Pattern.compile("([\\w-]+(\\.[\\w-]+)*)?");

  /** The types by the names of their files. */
  private final Map<String, TypeElement> roots = new HashMap<>();

  private final Set<Problem> told = new HashSet<>();
  private final List<Written> written = new ArrayList<>();
  private final SpringMetadata spring = new SpringMetadata();
  private @Nullable BinderWriter binders;

  /**
   * A root whose files are written.
   *
   * @param made the binary names of the types that its binders make
   */
  private record Written(TypeElement type, Model model, Set<String> made) {}

  /** For the compiler. */
  public SettingsProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    BinderWriter binderWriter = binders == null ? new BinderWriter(processingEnv) : binders;
    binders = binderWriter;
    binderWriter.addRound(round);
    for (Element element : round.getElementsAnnotatedWith(Settings.class)) {
      process((TypeElement) element, binderWriter);
    }
    if (round.processingOver() && !written.isEmpty()) {
      written.forEach(root -> writeImage(root, binderWriter));
      writeSpring();
    }
    if (round.processingOver() && !round.errorRaised()) {
      writeServices(binderWriter);
    }
    return false; // as it sees all, it would claim those of others too
  }

  private void process(TypeElement type, BinderWriter binderWriter) {
    TypeReader reader = new TypeReader(processingEnv, new DefaultCheck(converted()));
    List<Problem> problems = new ArrayList<>();
    Place root = new Place(type, null);
    try {
      Model model = read(type, reader);
      String endless = model.endless();
      if (endless != null) {
        problems.add(new Problem(endless, root));
      } else if (reader.problems().isEmpty()) {
        Set<String> made = binderWriter.write(type, reader.made());
        write(type, model, made);
      }
    } catch (UnsupportedTypeException e) {
      problems.add(
          new Problem(String.valueOf(e.getMessage()), e.place() == null ? root : e.place()));
    } catch (IOException e) {
      problems.add(new Problem(String.valueOf(e.getMessage()), root));
    }
    problems.addAll(reader.problems());
    problems.forEach(problem -> tell(problem, root, binderWriter));
  }

  private Set<String> converted() {
    String names = processingEnv.getOptions().get(CONVERTERS);
    return names == null ? Set.of() : Set.copyOf(List.of(names.split(",", -1)));
  }

  /** At the member, where it is compiled now; else at the root. */
  private void tell(Problem problem, Place root, BinderWriter binderWriter) {
    Place place = binderWriter.isCompiled(problem.place().element()) ? problem.place() : root;
    tell(new Problem(problem.message(), place));
  }

  private void tell(Problem problem) {
    if (told.add(problem)) {
      Place place = problem.place();
      processingEnv
          .getMessager()
          .printMessage(
              Diagnostic.Kind.ERROR, problem.message(), place.element(), place.annotation());
    }
  }

  /** One file that names the lists of binders of all types. */
  private void writeServices(BinderWriter binderWriter) {
    ServiceFile file = new ServiceFile(processingEnv);
    Set<String> names = binderWriter.services(file);
    if (written.isEmpty() && names.equals(file.before())) {
      return;
    }
    try {
      StringBuilder lines = new StringBuilder();
      names.forEach(name -> lines.append(name).append('\n'));
      resource(ServiceFile.PATH, lines.toString(), "", elements());
    } catch (IOException e) {
      processingEnv
          .getMessager()
          .printMessage(Diagnostic.Kind.ERROR, String.valueOf(e.getMessage()));
    }
  }

  /** One file for all types. */
  private void writeSpring() {
    try {
      resource("META-INF/spring-configuration-metadata.json", spring.json(), "", elements());
    } catch (IOException e) { // Spring's own processor writes it, in a project that has both
      processingEnv
          .getMessager()
          .printMessage(Diagnostic.Kind.WARNING, String.valueOf(e.getMessage()));
    }
  }

  private Element[] elements() {
    return written.stream().map(Written::type).toArray(Element[]::new);
  }

  private Model read(TypeElement type, TypeReader reader) {
    String prefix = type.getAnnotation(Settings.class).value();
    if (!PREFIX.matcher(prefix).matches()) {
      throw new UnsupportedTypeException(
          "prefix: \""
              + prefix
              + "\" (expected: keys of letters, digits, hyphens and underscores, with dots between"
              + " them)");
    }
    List<String> keys = prefix.isEmpty() ? List.of() : List.of(prefix.split("\\.", -1));
    Model model = reader.read(type, keys);
    TypeElement other = roots.putIfAbsent(model.fileName(), type);
    if (other != null) {
      throw new UnsupportedTypeException(
          "prefix: \"" + prefix + "\" is that of " + other.getQualifiedName() + " too");
    }
    return model;
  }

  private void write(TypeElement type, Model model, Set<String> made) throws IOException {
    String gimbal = "META-INF/gimbal/" + model.fileName();
    resource(gimbal + ".schema.json", JsonSchema.of(model), "", type);
    resource(gimbal + ".md", Reference.of(model), "", type);
    spring.add(model);
    written.add(new Written(type, model, made));
  }

  /** Once a module that is compiled says which lists it has, as all types are there. */
  private void writeImage(Written root, BinderWriter binderWriter) {
    Model model = root.model;
    Set<String> made = binderWriter.isFound(root.type) ? root.made : Set.of();
    NativeMetadata.unbound(model, made).forEach(name -> warnUnbound(name, root, binderWriter));
    String image = "META-INF/native-image/" + model.type(model.root()).binaryName();
    try {
      String reflection = NativeMetadata.reflection(model, made);
      resource(image + "/reflect-config.json", reflection, NONE, root.type);
      resource(image + "/proxy-config.json", NativeMetadata.proxies(model, made), NONE, root.type);
      String reachability = NativeMetadata.reachability(model, made);
      resource(image + "/reachability-metadata.json", reachability, "{}\n", root.type);
    } catch (IOException e) {
      tell(new Problem(String.valueOf(e.getMessage()), new Place(root.type, null)));
    }
  }

  /** A type of another jar may have a binder there. */
  private void warnUnbound(String name, Written root, BinderWriter binderWriter) {
    TypeElement type = processingEnv.getElementUtils().getTypeElement(name);
    if (type != null && binderWriter.isCompiled(type)) {
      String message =
          name + " cannot be bound: it has default methods, is not public, and has no binder";
      processingEnv.getMessager().printMessage(Diagnostic.Kind.WARNING, message, root.type);
    }
  }

  /**
   * A file; none where it would be empty.
   *
   * @param nothing what stands there instead where an earlier run wrote one
   */
  private void resource(String path, String content, String nothing, Element... from)
      throws IOException {
    if (content.isEmpty() && !isThere(path)) {
      return;
    }
    try (Writer out =
        processingEnv
            .getFiler()
            .createResource(StandardLocation.CLASS_OUTPUT, "", path, from)
            .openWriter()) {
      out.write(content.isEmpty() ? nothing : content);
    }
  }

  private boolean isThere(String path) {
    try (InputStream in =
        processingEnv
            .getFiler()
            .getResource(StandardLocation.CLASS_OUTPUT, "", path)
            .openInputStream()) {
      return in != null;
    } catch (IOException | RuntimeException none) { // each compiler has its own exception for it
      return false;
    }
  }
}
