package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ForwardingSinkTest {

  private static Object zero(Class<?> type) {
    return type == boolean.class ? (Object) true : type == long.class ? (Object) 7L : null;
  }

  /** Those with a default as well, which must not be split into others. */
  @Test
  void eachMethod_reachesTheSinkAsItIs() throws Exception {
    List<Method> called = new ArrayList<>();
    InvocationHandler notes =
        (proxy, method, args) -> {
          called.add(method);
          return zero(method.getReturnType());
        };
    Sink real =
        (Sink)
            Proxy.newProxyInstance(Sink.class.getClassLoader(), new Class<?>[] {Sink.class}, notes);
    Sink forwarding = new ForwardingSink(real);

    for (Method method : Sink.class.getMethods()) {
      called.clear();
      Object answer = method.invoke(forwarding, new Object[method.getParameterCount()]);
      assertEquals(List.of(method), called);
      assertEquals(zero(method.getReturnType()), answer);
    }
    assertEquals(16, Sink.class.getMethods().length);
  }
}
