package dev.gimbal.traces;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;

/**
 * Puts {@link Tap} around methods of the engine, and {@link Noise} before its accesses to memory.
 */
final class Instrumented {

  private static final String ENGINE = "dev.gimbal.engine.";

  /** The methods that are taken down, each with its number of parameters. */
  static final Map<String, List<String>> TAPPED =
      Map.ofEntries(
          Map.entry("Delivery", List.of("run/0", "runOne/0", "wake/0", "awaitEnd/1")),
          Map.entry("Inbox", List.of("put/1", "takeAll/0", "close/0")),
          Map.entry("Intake", List.of("drain/1", "apply/1", "tell/3")),
          Map.entry("Mailbox", List.of("offer/1", "take/0", "close/0")),
          Map.entry("MemoryLoader", List.of("publish/2", "register/2", "markClosed/0")),
          Map.entry("PullWatcher", List.of("take/0")),
          Map.entry("PushSubscription", List.of("<init>/4", "deliverNext/0", "hasNext/0")),
          Map.entry("SessionLife", List.of("closeAll/3")),
          Map.entry("Shutdown", List.of("awaitSteps/2")),
          Map.entry("SourceControl", List.of("stopTaking/0")),
          Map.entry("SourceSession", List.of("take/1", "refuse/0")),
          Map.entry("WatchTrie", List.of("add/2", "remove/2", "offer/3", "close/0")));

  /** The classes with noise. */
  private static final Set<String> NOISY =
      Set.of(
          "Asked",
          "Delivery",
          "Dispatcher",
          "Inbox",
          "Intake",
          "Lane",
          "Mailbox",
          "MemoryLoader",
          "Progress",
          "PullWatcher",
          "PushSubscription",
          "Shutdown",
          "SourceControl",
          "SourceSession",
          "Stepper",
          "WatchTrie");

  private Instrumented() {}

  /** The bytes of a class with what it needs. */
  static byte[] bytes(String name, byte[] plain, ClassFileLocator others) {
    String simple = name.startsWith(ENGINE) ? name.substring(ENGINE.length()) : "";
    List<String> tapped = TAPPED.getOrDefault(simple, List.of());
    if (tapped.isEmpty() && !NOISY.contains(simple)) {
      return plain;
    }
    ClassFileLocator self = ClassFileLocator.Simple.of(name, plain);
    ClassFileLocator all = new ClassFileLocator.Compound(self, others);
    TypeDescription type = TypePool.Default.of(all).describe(name).resolve();
    DynamicType.Builder<?> builder =
        new ByteBuddy().with(TypeValidation.DISABLED).redefine(type, all);
    for (String method : tapped) {
      builder = builder.visit(tap(type, simple, method));
    }
    if (NOISY.contains(simple)) {
      builder = builder.visit(noise(simple));
    }
    return builder.make().getBytes();
  }

  private static AsmVisitorWrapper tap(TypeDescription type, String simple, String method) {
    int slash = method.indexOf('/');
    String name = method.substring(0, slash);
    int parameters = Integer.parseInt(method.substring(slash + 1));
    boolean made = name.equals("<init>");
    ElementMatcher.Junction<MethodDescription> it =
        (made
                ? ElementMatchers.<MethodDescription>isConstructor()
                : ElementMatchers.<MethodDescription>named(name))
            .and(ElementMatchers.takesArguments(parameters))
            .and(ElementMatchers.not(ElementMatchers.isBridge()));
    int found = type.getDeclaredMethods().filter(it).size();
    if (found != 1) {
      throw new IllegalStateException(found + " methods are " + simple + "." + method);
    }
    return Advice.withCustomMapping()
        .bind(Tap.Name.class, simple + "." + name)
        .to(made ? Tap.Made.class : Tap.class)
        .on(it);
  }

  private static AsmVisitorWrapper noise(String simple) {
    AtomicInteger places = new AtomicInteger();
    return new AsmVisitorWrapper.ForDeclaredMethods()
        .writerFlags(ClassWriter.COMPUTE_MAXS)
        .method(
            ElementMatchers.not(ElementMatchers.isAbstract()),
            (type, method, visitor, context, pool, writerFlags, readerFlags) ->
                new NoisyMethod(visitor, simple, places));
  }

  /** Passes a place of {@link Noise} before each access to a field, a lock or an atomic. */
  private static final class NoisyMethod extends MethodVisitor {
    private final String type;
    private final AtomicInteger places;

    NoisyMethod(MethodVisitor to, String type, AtomicInteger places) {
      super(Opcodes.ASM9, to);
      this.type = type;
      this.places = places;
    }

    private void pass() {
      visitLdcInsn(Noise.place(type, places.getAndIncrement()));
      super.visitMethodInsn(Opcodes.INVOKESTATIC, "dev/gimbal/traces/Noise", "pass", "(I)V", false);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
      if (opcode == Opcodes.GETFIELD || opcode == Opcodes.PUTFIELD) {
        pass();
      }
      super.visitFieldInsn(opcode, owner, field, descriptor);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String method, String descriptor, boolean isInterface) {
      if (owner.startsWith("java/util/concurrent/")) {
        pass();
      }
      super.visitMethodInsn(opcode, owner, method, descriptor, isInterface);
    }
  }
}
