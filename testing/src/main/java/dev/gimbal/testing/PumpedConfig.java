package dev.gimbal.testing;

import dev.gimbal.Config;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Config whose waiting calls run tasks while they wait; everything else goes straight through.
 */
final class PumpedConfig implements InvocationHandler {

  private static final Set<String> WAITING =
      Set.of("add", "remove", "reload", "awaitVersion", "awaitDelivered", "close");

  private final Config config;
  private final ManualTasks tasks;

  private PumpedConfig(Config config, ManualTasks tasks) {
    this.config = config;
    this.tasks = tasks;
  }

  static Config of(Config config, ManualTasks tasks) {
    return (Config)
        Proxy.newProxyInstance(
            Config.class.getClassLoader(),
            new Class<?>[] {Config.class},
            new PumpedConfig(config, tasks));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class && method.getName().equals("equals")) {
      return proxy == Objects.requireNonNull(args)[0];
    }
    try {
      if (WAITING.contains(method.getName())) {
        return tasks.call(() -> method.invoke(config, args));
      }
      Object result = method.invoke(config, args);
      return result instanceof Config view ? of(view, tasks) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
