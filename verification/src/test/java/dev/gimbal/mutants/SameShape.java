package dev.gimbal.mutants;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * Gives the bodies of lambdas the names that they have in the class that is loaded: compilers count
 * them in different ways, and the JVM takes no class with other methods.
 */
final class SameShape {

  private static final String LAMBDA = "lambda$";

  private SameShape() {}

  static byte[] as(Class<?> loaded, byte[] compiled) {
    Map<String, String> names = lambdas(bytes(loaded));
    Map<String, String> renamed = new HashMap<>();
    lambdas(compiled)
        .forEach(
            (lambda, name) ->
                renamed.put(name + descriptor(lambda), names.getOrDefault(lambda, name)));
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(compiled)
        .accept(
            new ClassRemapper(
                writer,
                new Remapper(Opcodes.ASM9) {
                  @Override
                  public String mapMethodName(String owner, String name, String descriptor) {
                    return renamed.getOrDefault(name + descriptor, name);
                  }
                }),
            0);
    return writer.toByteArray();
  }

  private static byte[] bytes(Class<?> loaded) {
    try (InputStream in = loaded.getResourceAsStream(loaded.getSimpleName() + ".class")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The names of lambdas, by the method that they stand in, their descriptor and their order. */
  private static Map<String, String> lambdas(byte[] type) {
    List<String> inOrder = new ArrayList<>();
    new ClassReader(type)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                if (name.startsWith(LAMBDA)) {
                  inOrder.add(name + descriptor);
                }
                return null;
              }
            },
            ClassReader.SKIP_CODE);
    inOrder.sort(Comparator.comparingInt(SameShape::number));
    Map<String, String> names = new HashMap<>();
    for (String lambda : inOrder) {
      String name = lambda.substring(0, lambda.indexOf('('));
      String place = name.substring(0, name.lastIndexOf('$')) + descriptor(lambda);
      while (names.putIfAbsent(place, name) != null) {
        place = "another " + place;
      }
    }
    return names;
  }

  private static int number(String lambda) {
    String name = lambda.substring(0, lambda.indexOf('('));
    return Integer.parseInt(name.substring(name.lastIndexOf('$') + 1));
  }

  private static String descriptor(String lambda) {
    return lambda.substring(lambda.indexOf('('));
  }
}
