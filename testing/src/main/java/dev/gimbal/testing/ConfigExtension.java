package dev.gimbal.testing;

import dev.gimbal.Config;
import dev.gimbal.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What {@link ConfigTest} and {@link WithConfig} bring. A Config is made when the first parameter
 * asks for one: one for each test method, shared by its {@code @BeforeEach}, {@code @AfterEach} and
 * by the constructor of its instance; and one for the class, where {@code @BeforeAll},
 * {@code @AfterAll} or the constructor of an instance for the whole class asks. It is closed after
 * the last {@code @AfterEach} or {@code @AfterAll}; then it is looked what was left open, unless
 * the test failed anyway.
 *
 * <p>It needs JUnit 5.13 or newer. It holds nothing itself; what belongs to a test is in JUnit's
 * store for that test. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class ConfigExtension
    implements ParameterResolver, AfterEachCallback, AfterAllCallback {

  private static final Namespace NAMESPACE = Namespace.create(ConfigExtension.class);

  /** For JUnit. */
  public ConfigExtension() {}

  /** So that what a constructor takes belongs to the test that the instance is for. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Config.class
        || type == TestConfig.class
        || parameter.isAnnotated(ConfigValue.class);
  }

  /** Makes the Config of the test, if this is the first that asks. */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    TestConfig test = opened(context);
    Class<?> type = parameter.getParameter().getType();
    return parameter
        .findAnnotation(ConfigValue.class)
        .<Object>map(at -> value(test.config(), at.value(), type))
        .orElseGet(() -> type == Config.class ? test.config() : test);
  }

  private static Object value(Config config, String path, Class<?> type) {
    Value value = path.isEmpty() ? config.root() : config.get(path);
    return value.as(type);
  }

  private static TestConfig opened(ExtensionContext context) {
    TestConfig.Scope scope = scope(context);
    if (scope == null) {
      // One thread resolves the parameters of a test. A store that computed it would throw what
      // goes wrong here a second time, when the test ends.
      scope = open(context);
      store(context).put(context.getUniqueId(), scope);
    }
    return scope.test();
  }

  /** A store also answers with what is in those around it, so the key says whose it is. */
  private static TestConfig.@Nullable Scope scope(ExtensionContext context) {
    return store(context).get(context.getUniqueId(), TestConfig.Scope.class);
  }

  private static TestConfig.Scope open(ExtensionContext context) {
    List<Declared.At<WithConfig>> said = Declared.all(context, WithConfig.class);
    ClassLoader loader = context.getRequiredTestClass().getClassLoader();
    return TestConfig.open(TestLayers.of(said, loader));
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }

  /** Closes the Config of a test. */
  @Override
  public void afterEach(ExtensionContext context) {
    end(context);
  }

  /** Closes the Config of a class. */
  @Override
  public void afterAll(ExtensionContext context) {
    end(context);
  }

  private static void end(ExtensionContext context) {
    TestConfig.Scope scope = scope(context);
    if (scope == null) {
      return;
    }
    scope.close();
    List<Declared.At<ConfigTest>> said = Declared.all(context, ConfigTest.class);
    boolean allowed =
        !said.isEmpty()
            && said.get(said.size() - 1).annotation().leaks() == ConfigTest.Leaks.ALLOWED;
    if (!allowed && context.getExecutionException().isEmpty()) {
      scope.requireNothingLeftOpen();
    }
  }
}
