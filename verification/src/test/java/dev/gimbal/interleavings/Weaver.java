package dev.gimbal.interleavings;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Lets a {@link Run} have its say in a class: before each touch of a field that may change or that
 * holds something which may, and in the place of whatever would block a thread or ask for the time.
 */
final class Weaver {

  private static final String POINTS = Type.getInternalName(Points.class);
  private static final String UPDATER = "java/util/concurrent/atomic/AtomicReferenceFieldUpdater";
  private static final String LOCK = "java/util/concurrent/locks/ReentrantLock";
  private static final String MANAGED = Type.getInternalName(ManagedLock.class);

  /** Classes whose objects one thread has at a time: computations, and what only steps touch. */
  private static final Set<String> CONFINED =
      Set.of(
          "Candidate",
          "Checks",
          "KnownKeys",
          "EngineBuilder",
          "Explainer",
          "Layers",
          "Merger",
          "Origins",
          "PathIndex",
          "PathTrie",
          "PublishedChange",
          "Secrecy",
          "Settling",
          "SnapshotValue",
          "TextDuration",
          "TreeText",
          "ValueProblems",
          "WrittenSecrets");

  /** Fields that hold what does not change, of a type that could. */
  private static final Set<String> UNCHANGING =
      Set.of("PushSubscription.paths", "PublishedSnapshot.layers", "Conversions.converters");

  /** Calls that a call of {@link Points} takes the place of; its receiver is the first argument. */
  private static final Map<String, String> REPLACED =
      Map.ofEntries(
          Map.entry("java/util/concurrent/locks/LockSupport.park(Ljava/lang/Object;)V", "park"),
          Map.entry(
              "java/util/concurrent/locks/LockSupport.parkNanos(Ljava/lang/Object;J)V",
              "parkNanos"),
          Map.entry("java/util/concurrent/locks/LockSupport.unpark(Ljava/lang/Thread;)V", "unpark"),
          Map.entry("java/lang/Thread.interrupt()V", "interrupt"),
          Map.entry("java/lang/Thread.interrupted()Z", "interrupted"),
          Map.entry("java/lang/Thread.isInterrupted()Z", "isInterrupted"),
          Map.entry("java/lang/Thread.start()V", "start"),
          Map.entry("java/lang/System.nanoTime()J", "nanoTime"),
          Map.entry(
              "java/util/Collections.synchronizedSet(Ljava/util/Set;)Ljava/util/Set;",
              "synchronizedSet"),
          Map.entry(
              "dev/gimbal/engine/Log.warn(Ljava/util/function/Supplier;Ljava/lang/Throwable;)V",
              "log"),
          Map.entry(
              "java/util/concurrent/CompletableFuture.get(JLjava/util/concurrent/TimeUnit;)"
                  + "Ljava/lang/Object;",
              "get"),
          Map.entry("java/util/concurrent/CompletableFuture.get()Ljava/lang/Object;", "get"),
          Map.entry("java/util/concurrent/CompletableFuture.isDone()Z", "isDone"),
          Map.entry(
              "java/util/concurrent/CompletableFuture.complete(Ljava/lang/Object;)Z", "complete"),
          Map.entry(
              "java/util/concurrent/CompletableFuture.completeExceptionally"
                  + "(Ljava/lang/Throwable;)Z",
              "completeExceptionally"));

  private final ClassNode type = new ClassNode();
  private final WovenLoader loader;

  private Weaver(byte[] compiled, WovenLoader loader) {
    new ClassReader(compiled).accept(type, 0);
    this.loader = loader;
  }

  static byte[] weave(byte[] compiled, WovenLoader loader) {
    Weaver weaver = new Weaver(compiled, loader);
    weaver.type.methods.forEach(weaver::weave);
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    weaver.type.accept(writer);
    return writer.toByteArray();
  }

  private void weave(MethodNode method) {
    boolean constructs = method.name.startsWith("<");
    for (AbstractInsnNode instruction : method.instructions.toArray()) {
      int opcode = instruction.getOpcode();
      if (opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT) {
        method.instructions.set(
            instruction, call(opcode == Opcodes.MONITORENTER ? "enter" : "exit", ENTER));
      } else if (instruction instanceof TypeInsnNode made && made.desc.equals(LOCK)) {
        made.desc = opcode == Opcodes.NEW ? MANAGED : made.desc;
      } else if (instruction instanceof MethodInsnNode call) {
        weave(call, method);
        weaveUpdate(call, method);
      } else if (instruction instanceof FieldInsnNode access && !constructs) {
        weave(access, method);
      }
    }
    if ((method.access & Opcodes.ACC_SYNCHRONIZED) != 0) {
      lock(method);
    }
  }

  private static final String ENTER = "(Ljava/lang/Object;)V";

  private static MethodInsnNode call(String name, String descriptor) {
    return new MethodInsnNode(Opcodes.INVOKESTATIC, POINTS, name, descriptor);
  }

  private static void weave(MethodInsnNode call, MethodNode method) {
    if (call.owner.equals(LOCK) && call.name.equals("<init>")) {
      call.owner = MANAGED;
      return;
    }
    String replacement = REPLACED.get(call.owner + "." + call.name + call.desc);
    if (replacement != null) {
      String receiver =
          call.getOpcode() == Opcodes.INVOKESTATIC ? "" : Type.getObjectType(call.owner) + "";
      method.instructions.set(call, call(replacement, "(" + receiver + call.desc.substring(1)));
    }
  }

  /** An updater touches the field that its own name is in capitals. */
  private void weaveUpdate(MethodInsnNode call, MethodNode method) {
    if (!call.owner.equals(UPDATER) || call.name.equals("newUpdater")) {
      return;
    }
    AbstractInsnNode made = call;
    while (!(made instanceof FieldInsnNode got && got.desc.equals("L" + UPDATER + ";"))) {
      made = made.getPrevious();
    }
    FieldInsnNode updater = (FieldInsnNode) made;
    String name = updater.name.toLowerCase(Locale.ROOT);
    if (loader.field(updater.owner, name) != WovenLoader.Field.CHANGES) {
      throw new IllegalStateException(updater.owner + "." + name);
    }
    insertPoint(call, method, updater.owner, name, true);
  }

  private void weave(FieldInsnNode access, MethodNode method) {
    boolean write = access.getOpcode() == Opcodes.PUTFIELD;
    if (!write && access.getOpcode() != Opcodes.GETFIELD) {
      return;
    }
    WovenLoader.Field kind = loader.field(access.owner, access.name);
    boolean touches = kind == WovenLoader.Field.HOLDER;
    if (kind == WovenLoader.Field.CHANGES || touches) {
      insertPoint(access, method, access.owner, access.name, write || touches);
    }
  }

  private static void insertPoint(
      AbstractInsnNode before, MethodNode method, String owner, String name, boolean write) {
    String field = owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
    if (!isConfined(owner) && !UNCHANGING.contains(field)) {
      InsnList point = new InsnList();
      point.add(new LdcInsnNode(Shared.number(field, write)));
      point.add(call("point", "(I)V"));
      method.instructions.insertBefore(before, point);
    }
  }

  private static boolean isConfined(String owner) {
    String simple = owner.replaceFirst(".*/", "").replaceFirst("\\$.*", "");
    return !owner.startsWith("dev/gimbal/engine/")
            && !owner.startsWith("dev/gimbal/source/")
            && !owner.equals("dev/gimbal/tree/ObjectNode")
        || simple.startsWith("Placeholder")
        || simple.startsWith("Variable")
        || CONFINED.contains(simple);
  }

  /** Makes a synchronized method enter and exit as a run says. */
  private void lock(MethodNode method) {
    method.access &= ~Opcodes.ACC_SYNCHRONIZED;
    LabelNode start = new LabelNode();
    LabelNode end = new LabelNode();
    for (AbstractInsnNode instruction : method.instructions.toArray()) {
      int opcode = instruction.getOpcode();
      if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
        method.instructions.insertBefore(instruction, onThis("exit"));
      }
    }
    InsnList before = onThis("enter");
    before.add(start);
    method.instructions.insert(before);
    method.instructions.add(end);
    method.instructions.add(
        new FrameNode(
            Opcodes.F_FULL, 1, new Object[] {type.name}, 1, new Object[] {"java/lang/Throwable"}));
    method.instructions.add(onThis("exit"));
    method.instructions.add(new InsnNode(Opcodes.ATHROW));
    method.tryCatchBlocks.add(new TryCatchBlockNode(start, end, end, null));
  }

  private static InsnList onThis(String name) {
    InsnList calls = new InsnList();
    calls.add(new VarInsnNode(Opcodes.ALOAD, 0));
    calls.add(call(name, ENTER));
    return calls;
  }
}
