package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Change;
import dev.gimbal.ChangeListener;
import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.Subscription;
import dev.gimbal.TypeRef;
import dev.gimbal.Watcher;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes through the Config of a test unchanged, and what is taken down on its way. */
class TrackedConfigTest {

  /** What the Config behind was asked for. */
  private record Asked(Method method, List<Object> arguments) {}

  private static Object proxy(Class<?> type, List<Asked> asked) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (self, method, arguments) -> {
          if (method.getDeclaringClass() == Config.class) {
            asked.add(new Asked(method, arguments == null ? List.of() : Arrays.asList(arguments)));
          }
          return answer(method.getReturnType(), asked);
        });
  }

  private static Object answer(Class<?> type, List<Asked> asked) {
    if (type == boolean.class) {
      return true;
    }
    if (type == long.class) {
      return 42L;
    }
    if (type == String.class) {
      return "name";
    }
    return type.isInterface() ? proxy(type, asked) : null;
  }

  private static Object argument(Class<?> type) {
    Map<Class<?>, Object> known =
        Map.of(
            String.class,
            "a.b",
            String[].class,
            new String[] {"c"},
            Class.class,
            String.class,
            Object.class,
            "default",
            int.class,
            7,
            long.class,
            8L,
            boolean.class,
            true,
            ConfigPath.class,
            ConfigPath.parse("x"),
            Duration.class,
            Duration.ofSeconds(9),
            TypeRef.class,
            new TypeRef<List<String>>() {});
    return type.isInterface() ? proxy(type, new ArrayList<>()) : known.get(type);
  }

  @Test
  void eachCall_reachesTheSameMethodWithTheSameArguments() throws Exception {
    int looked = 0;
    for (Method method : Config.class.getMethods()) {
      if (Modifier.isStatic(method.getModifiers())) {
        continue;
      }
      List<Asked> asked = new ArrayList<>();
      Config behind = (Config) proxy(Config.class, asked);
      Config tracked = new TrackedConfig(behind, new OpenHandles(), null, null);
      Object[] arguments =
          Arrays.stream(method.getParameterTypes()).map(TrackedConfigTest::argument).toArray();
      method.invoke(tracked, arguments);
      assertEquals(1, asked.size(), method::toString);
      assertEquals(method, asked.get(0).method());
      for (int i = 0; i < arguments.length; i++) {
        assertSame(arguments[i], asked.get(0).arguments().get(i), method.toString());
      }
      looked++;
    }
    assertTrue(looked >= 30, "methods: " + looked);
  }

  @Test
  void handles_answerAsThoseBehindThem() throws Exception {
    try (Config config = Config.of(Map.of("a", 1))) {
      OpenHandles handles = new OpenHandles();
      Config tracked = new TrackedConfig(config, handles, null, null);
      ManualRecorder recorder = new ManualRecorder();
      Subscription subscription = tracked.onChange(List.of("a", "b"), recorder);
      assertEquals("onChange[a, b] by " + ManualRecorder.class.getName(), subscription.name());
      Watcher watcher = tracked.watch(tracked.get("a"));
      assertEquals(1, watcher.current().asInt());
      assertTrue(watcher.next(Duration.ZERO).isEmpty());
      assertEquals("watch[a]", watcher.toString());
      assertEquals(config.toString(), tracked.toString());
      assertEquals(2, handles.all().size());
      watcher.close();
      subscription.close();
      subscription.close();
      assertEquals(List.of(), handles.all());
      assertEquals(0, config.status().subscriptions() + config.status().watchers());
    }
  }

  private static final class ManualRecorder implements ChangeListener {
    @Override
    public void onChange(Change change) {}
  }

  /** As when another thread closes it between the opening and the return to who opened. */
  @Test
  void close_whileSomethingOpens_leavesNothing() {
    try (Config config = Config.of(Map.of("a", 1))) {
      OpenHandles handles = new OpenHandles();
      List<Config> closing = new ArrayList<>();
      Config behind =
          (Config)
              Proxy.newProxyInstance(
                  Config.class.getClassLoader(),
                  new Class<?>[] {Config.class},
                  (self, method, arguments) -> {
                    Object result = method.invoke(config, arguments);
                    if (method.getName().equals("watch")) {
                      closing.get(0).close();
                    }
                    return result;
                  });
      closing.add(new TrackedConfig(behind, handles, null, null));
      assertEquals("watch[a]", closing.get(0).watch("a").toString());
      assertEquals(List.of(), handles.all());
      assertEquals(0, config.status().watchers());
    }
  }
}
