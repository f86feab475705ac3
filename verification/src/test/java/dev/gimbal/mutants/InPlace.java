package dev.gimbal.mutants;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.jvm.agent.LincheckClassFileTransformer;
import org.jetbrains.lincheck.jvm.agent.LincheckInstrumentation;

/**
 * A mutant in the place of the class that it changes, in this JVM, for who explores the real class
 * under Lincheck. It may change bodies of methods only: the JVM takes nothing else.
 */
public final class InPlace {

  private static final Instrumentation JVM = ByteBuddyAgent.install();

  private InPlace() {}

  /** That Lincheck finds the bug of a mutant. The class is as it was afterwards. */
  public static void isCaught(String mutant, Runnable exploration) {
    with(
        Mutants.named(mutant),
        () -> assertThrows(LincheckAssertionError.class, exploration::run, mutant));
  }

  /** Explores the class of a mutant, compiled and put in place in the same way, without its bug. */
  public static void holdsWithout(String mutant, Runnable exploration) {
    with(Mutants.named(mutant).withoutBug(), exploration);
  }

  private static void with(Mutant mutant, Runnable exploration) {
    Class<?> type = type(mutant);
    Replacement replacement = new Replacement(mutant.source(), SameShape.as(type, compile(mutant)));
    JVM.addTransformer(replacement, true); // before Lincheck's, which sees what this one makes
    try {
      replaceIn(type);
      exploration.run();
      assertNotEquals(0, replacement.times.get(), () -> mutant.name() + " was not put in place");
    } finally {
      JVM.removeTransformer(replacement);
      replaceIn(type);
    }
  }

  private static Class<?> type(Mutant mutant) {
    try {
      return Class.forName("dev.gimbal." + mutant.source().replace('/', '.'));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lincheck keeps what it made of a class for as long as the JVM lives. */
  private static void replaceIn(Class<?> type) {
    if (LincheckInstrumentation.instrumentationMode != null) {
      LincheckClassFileTransformer.INSTANCE.getTransformedClassesCache().remove(type.getName());
    }
    try {
      JVM.retransformClasses(type);
    } catch (UnmodifiableClassException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] compile(Mutant mutant) {
    try {
      Path folder = Files.createTempDirectory("mutant");
      try {
        new MutantCompiler().compile(mutant, folder);
        return Files.readAllBytes(folder.resolve("dev/gimbal/" + mutant.source() + ".class"));
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static final class Replacement implements ClassFileTransformer {
    private final String name;
    private final byte[] bytes;
    private final AtomicInteger times = new AtomicInteger();

    Replacement(String source, byte[] bytes) {
      this.name = "dev/gimbal/" + source;
      this.bytes = bytes;
    }

    @Override
    public byte[] transform(
        ClassLoader loader, String type, Class<?> redefined, ProtectionDomain domain, byte[] was) {
      if (!name.equals(type)) {
        return null;
      }
      times.incrementAndGet();
      return bytes;
    }
  }
}
