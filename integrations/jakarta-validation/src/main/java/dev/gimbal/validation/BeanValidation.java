package dev.gimbal.validation;

import dev.gimbal.ConfigPath;
import dev.gimbal.ObjectValidator;
import dev.gimbal.Verdict;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the constraints of Jakarta Bean Validation on objects that were made for declared keys:
 * {@code @Min}, {@code @NotBlank}, {@code @Valid} and so on, on records, beans and interfaces.
 *
 * <pre>{@code
 * Config.builder()
 *     .source(Sources.file("app.yaml"))
 *     .objectValidator("bean validation", BeanValidation.standard())
 * }</pre>
 *
 * <p>An implementation, such as Hibernate Validator, must be there. Safe for use by many threads,
 * as a {@link Validator} is.
 *
 * @see <a href="https://jakarta.ee/specifications/bean-validation/3.0/">Jakarta Bean Validation
 *     3.0</a>
 * @since 0.1.0
 */
public final class BeanValidation implements ObjectValidator {

  private final Validator validator;

  private BeanValidation(Validator validator) {
    this.validator = validator;
  }

  /** Checks with a validator, of the default group. */
  public static BeanValidation of(Validator validator) {
    return new BeanValidation(Objects.requireNonNull(validator, "validator"));
  }

  /**
   * Checks with the validator of the implementation that is there, as {@link
   * Validation#buildDefaultValidatorFactory} makes it; its factory stays open.
   *
   * @throws jakarta.validation.ValidationException when there is none
   */
  public static BeanValidation standard() {
    @SuppressWarnings("resource") // it is used for as long as the validator is
    ValidatorFactory factory = Validation.buildDefaultValidatorFactory();
    return of(factory.getValidator());
  }

  @Override
  public Verdict validate(Object object) {
    List<Verdict.Rejection> rejections = new ArrayList<>();
    validate(ConfigPath.ROOT, object, rejections);
    rejections.sort(
        Comparator.comparing((Verdict.Rejection rejection) -> String.valueOf(rejection.path()))
            .thenComparing(Verdict.Rejection::reason));
    return new Verdict(rejections);
  }

  /** Of what holds others and is no member of anything, what is in it is checked. */
  private void validate(ConfigPath at, Object object, List<Verdict.Rejection> rejections) {
    if (object instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        validate(at.child(i), list.get(i), rejections);
      }
    } else if (object instanceof Object[] array) {
      validate(at, Arrays.asList(array), rejections);
    } else if (object instanceof Set<?> set) {
      set.forEach(element -> validate(at, element, rejections)); // which was which is not known
    } else if (object instanceof Optional<?> optional) {
      optional.ifPresent(held -> validate(at, held, rejections));
    } else if (object instanceof Map<?, ?> map) {
      map.forEach((key, value) -> validate(at.child(key.toString()), value, rejections));
    } else {
      for (ConstraintViolation<Object> violation : validator.validate(object)) {
        ConfigPath path = at.resolve(path(violation.getPropertyPath()));
        rejections.add(new Verdict.Rejection(path, violation.getMessage()));
      }
    }
  }

  /** Where a violation is, by the names of members. */
  private static ConfigPath path(Path properties) {
    ConfigPath path = ConfigPath.ROOT;
    for (Path.Node node : properties) {
      if (node.getKey() != null) {
        path = path.child(node.getKey().toString());
      } else if (node.getIndex() != null) {
        path = path.child(node.getIndex());
      }
      boolean isElement = node.getKind() == jakarta.validation.ElementKind.CONTAINER_ELEMENT;
      if (node.getName() != null && !isElement) {
        path = path.child(node.getName());
      }
    }
    return path;
  }
}
