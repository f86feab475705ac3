package dev.gimbal.interleavings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;

/** Loads Gimbal's classes, and the scenarios that stand beside them, through the {@link Weaver}. */
final class WovenLoader extends ClassLoader {

  /** What a field is to a run. */
  enum Field {
    /** It may be written. */
    CHANGES,
    /** It holds what may be written. */
    HOLDER,
    OTHER
  }

  private static final String OURS = "dev.gimbal.";
  private static final String NOT_WOVEN = "dev.gimbal.interleavings.";

  private final Path changed;
  private final Map<String, Map<String, Field>> fields = new HashMap<>();

  /**
   * @param changed a folder with classes that take the place of others; null for none
   */
  WovenLoader(Path changed) {
    super(WovenLoader.class.getClassLoader());
    this.changed = changed;
    setDefaultAssertionStatus(true);
  }

  /** A new scenario of a class, by its name. */
  Scenario make(String name) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(this); // formats are looked up there
    try {
      var constructor = loadClass(name).getDeclaredConstructor();
      constructor.setAccessible(true);
      return (Scenario) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS) || name.startsWith(NOT_WOVEN)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] compiled = compiled(name.replace('.', '/'));
    if (compiled == null) {
      throw new ClassNotFoundException(name);
    }
    byte[] woven = Weaver.weave(compiled, this);
    return defineClass(name, woven, 0, woven.length);
  }

  private byte[] compiled(String internalName) {
    try {
      Path file = changed == null ? null : changed.resolve(internalName + ".class");
      if (file != null && Files.exists(file)) {
        return Files.readAllBytes(file);
      }
      try (InputStream in = getParent().getResourceAsStream(internalName + ".class")) {
        return in == null ? null : in.readAllBytes();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a field of one of our classes is; null for what is not declared there. */
  synchronized Field field(String owner, String name) {
    return fields.computeIfAbsent(owner, this::fieldsOf).get(name);
  }

  private Map<String, Field> fieldsOf(String owner) {
    Map<String, Field> found = new HashMap<>();
    byte[] compiled = owner.startsWith("dev/gimbal/") ? compiled(owner) : null;
    if (compiled != null) {
      new ClassReader(compiled)
          .accept(
              new ClassVisitor(Opcodes.ASM9) {
                private boolean record;

                @Override
                public void visit(
                    int version, int access, String n, String s, String superName, String[] i) {
                  record = "java/lang/Record".equals(superName);
                }

                @Override
                public FieldVisitor visitField(
                    int access, String field, String descriptor, String signature, Object value) {
                  found.put(field, kind(access, descriptor, record, isScenario(owner)));
                  return null;
                }
              },
              ClassReader.SKIP_CODE);
    }
    return found;
  }

  /** A scenario keeps its books between the steps; where it looks closer, its field is volatile. */
  private static boolean isScenario(String owner) {
    return owner.contains("Interleavings") || owner.contains("/Explored");
  }

  private static Field kind(int access, String descriptor, boolean record, boolean scenario) {
    if ((access & Opcodes.ACC_STATIC) != 0 || record) {
      return Field.OTHER;
    }
    if (scenario) {
      return (access & Opcodes.ACC_VOLATILE) != 0 ? Field.CHANGES : Field.OTHER;
    }
    if ((access & Opcodes.ACC_FINAL) == 0) {
      return Field.CHANGES;
    }
    boolean holds =
        descriptor.startsWith("Ljava/util/")
            && !descriptor.startsWith("Ljava/util/function/")
            && !descriptor.equals("Ljava/util/concurrent/CompletableFuture;")
            && !descriptor.equals("Ljava/util/concurrent/locks/Condition;")
            && !descriptor.equals("Ljava/util/concurrent/Executor;");
    return holds ? Field.HOLDER : Field.OTHER;
  }
}
