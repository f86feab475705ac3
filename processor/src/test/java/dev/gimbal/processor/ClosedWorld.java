package dev.gimbal.processor;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.util.ServiceLoader;

/**
 * What reflective calls of woven classes become: each asks the {@link NativeImage} of the loader of
 * its caller, and does what an image with that metadata does.
 */
public final class ClosedWorld {

  private ClosedWorld() {}

  private static NativeImage image(Class<?> caller) {
    return ((ClosedLoader) caller.getClassLoader()).image();
  }

  public static RecordComponent[] getRecordComponents(Class<?> type, Class<?> caller) {
    image(caller).requireRecordComponents(type);
    return type.getRecordComponents();
  }

  public static boolean isSealed(Class<?> type, Class<?> caller) {
    return type.isSealed() && image(caller).isSealed(type);
  }

  public static Class<?>[] getPermittedSubclasses(Class<?> type, Class<?> caller) {
    return image(caller).permittedSubclasses(type);
  }

  public static Constructor<?> getDeclaredConstructor(
      Class<?> type, Class<?>[] parameters, Class<?> caller) throws NoSuchMethodException {
    return image(caller).declaredConstructor(type, parameters);
  }

  public static Constructor<?>[] getDeclaredConstructors(Class<?> type, Class<?> caller) {
    return image(caller).declaredConstructors(type);
  }

  public static Method[] getMethods(Class<?> type, Class<?> caller) {
    return image(caller).methods(type);
  }

  public static Method getMethod(Class<?> type, String name, Class<?>[] parameters, Class<?> caller)
      throws NoSuchMethodException {
    return image(caller).method(type, name, parameters);
  }

  public static Field getDeclaredField(Class<?> type, String name, Class<?> caller)
      throws NoSuchFieldException {
    return image(caller).declaredField(type, name);
  }

  public static Object newInstance(Constructor<?> constructor, Object[] values, Class<?> caller)
      throws ReflectiveOperationException {
    image(caller).requireInvocable(constructor);
    return constructor.newInstance(values);
  }

  public static Object invoke(Method method, Object on, Object[] values, Class<?> caller)
      throws ReflectiveOperationException {
    image(caller).requireInvocable(method);
    return method.invoke(on, values);
  }

  public static Object newProxyInstance(
      ClassLoader loader, Class<?>[] interfaces, InvocationHandler handler, Class<?> caller) {
    image(caller).requireProxy(interfaces);
    return Proxy.newProxyInstance(loader, interfaces, handler);
  }

  public static Object invokeDefault(Object proxy, Method method, Object[] values, Class<?> caller)
      throws Throwable {
    image(caller).requireLookup(proxy.getClass().getInterfaces());
    return InvocationHandler.invokeDefault(proxy, method, values);
  }

  public static Object newInstance(Class<?> component, int length, Class<?> caller) {
    image(caller).requireArray(component.arrayType());
    return Array.newInstance(component, length);
  }

  public static Class<?> arrayType(Class<?> component, Class<?> caller) {
    image(caller).requireArray(component.arrayType());
    return component.arrayType();
  }

  public static Class<?> forName(
      String name, boolean initialize, ClassLoader loader, Class<?> caller)
      throws ClassNotFoundException {
    image(caller).requireClass(name);
    return Class.forName(name, initialize, loader);
  }

  public static <S> ServiceLoader<S> load(Class<S> service, ClassLoader loader, Class<?> caller) {
    image(caller).add("load " + service.getName());
    return ServiceLoader.load(service, loader);
  }

  /** Resources are in no image, as no metadata of ours names one. */
  public static URL getResource(ClassLoader loader, String path, Class<?> caller) {
    image(caller).add("getResource " + path);
    return null;
  }

  /** What an image says of something that it has no metadata for. */
  static final class NotInImageError extends Error {

    private static final long serialVersionUID = 1;

    NotInImageError(String message) {
      super(message);
    }
  }
}
