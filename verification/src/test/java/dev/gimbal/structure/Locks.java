package dev.gimbal.structure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * Which locks of its own object a class holds at each access to a field, on every way there: its
 * monitor, that of an object in one of its fields, or a {@code ReentrantLock} in one. What a
 * private method finds held is what all its callers in the class hold. A lambda finds nothing held.
 */
final class Locks {

  /**
   * One access.
   *
   * @param field as {@code package.Type.name}
   * @param held locks by the name of their field; {@code this} for the monitor
   */
  record Access(String field, String method, Set<String> held) {}

  private static final String LOCK = "java/util/concurrent/locks/ReentrantLock";

  private final ClassNode type;

  /** What private methods find held; at first everything, then what all callers hold. */
  private Map<String, Set<String>> entries = new HashMap<>();

  private final Map<String, Set<String>> callers = new HashMap<>();

  private Locks(ClassNode type) {
    this.type = type;
    Set<String> all = new HashSet<>(Set.of("this"));
    type.fields.forEach(field -> all.add(field.name));
    type.methods.forEach(method -> entries.put(method.name + method.desc, all));
  }

  /** All accesses outside of constructors. */
  static List<Access> accesses(ClassNode type) {
    return new Locks(type).accesses();
  }

  private List<Access> accesses() {
    while (true) {
      List<Access> found = new ArrayList<>();
      callers.clear();
      for (MethodNode method : type.methods) {
        if (!method.name.startsWith("<") && method.instructions.size() > 0) {
          new Walk(method).run(found);
        }
      }
      if (callers.equals(entries)) {
        return found;
      }
      entries = new HashMap<>(callers);
    }
  }

  /** What is held when a method begins. */
  private Set<String> atEntry(MethodNode method) {
    if ((method.access & Opcodes.ACC_SYNCHRONIZED) != 0) {
      return Set.of("this");
    }
    boolean ownCallersOnly =
        (method.access & Opcodes.ACC_PRIVATE) != 0
            && (method.access & (Opcodes.ACC_SYNTHETIC | Opcodes.ACC_STATIC)) == 0;
    return ownCallersOnly ? entries.getOrDefault(method.name + method.desc, Set.of()) : Set.of();
  }

  private void called(MethodInsnNode call, Set<String> held) {
    callers.merge(
        call.name + call.desc,
        held,
        (known, now) -> {
          Set<String> both = new HashSet<>(known);
          both.retainAll(now);
          return both;
        });
  }

  private final class Walk {
    private final MethodNode method;
    private final Frame<SourceValue>[] frames;
    private final Map<Integer, Set<String>> before = new HashMap<>();
    private final Deque<Integer> open = new ArrayDeque<>();

    Walk(MethodNode method) {
      this.method = method;
      this.frames = Fields.frames(type, method);
    }

    void run(List<Access> into) {
      reach(0, atEntry(method));
      while (!open.isEmpty()) {
        step(open.remove());
      }
      before.forEach((at, held) -> look(method.instructions.get(at), held, into));
    }

    private void look(AbstractInsnNode instruction, Set<String> held, List<Access> into) {
      if (instruction instanceof FieldInsnNode access
          && (access.getOpcode() == Opcodes.GETFIELD && !isMonitor(access)
              || access.getOpcode() == Opcodes.PUTFIELD)) {
        String field = Compiled.shortName(access.owner, access.name);
        into.add(new Access(field, method.name, new TreeSet<>(held)));
      }
      if (instruction instanceof MethodInsnNode call && call.owner.equals(type.name)) {
        called(call, held);
      }
    }

    /** Whether a field is read to take the monitor of what it holds. */
    private static boolean isMonitor(FieldInsnNode read) {
      AbstractInsnNode copy = read.getNext();
      return copy.getOpcode() == Opcodes.DUP
          && copy.getNext().getOpcode() == Opcodes.ASTORE
          && copy.getNext().getNext().getOpcode() == Opcodes.MONITORENTER;
    }

    private void reach(int at, Set<String> held) {
      Set<String> known = before.get(at);
      Set<String> now = new HashSet<>(held);
      if (known != null) {
        now.retainAll(known);
      }
      if (!now.equals(known)) {
        before.put(at, now);
        open.add(at);
      }
    }

    private int at(AbstractInsnNode instruction) {
      return method.instructions.indexOf(instruction);
    }

    private void step(int at) {
      AbstractInsnNode instruction = method.instructions.get(at);
      Set<String> held = before.get(at);
      for (TryCatchBlockNode block : method.tryCatchBlocks) {
        if (at >= at(block.start) && at < at(block.end)) {
          reach(at(block.handler), held);
        }
      }
      Set<String> after = after(instruction, at, held);
      int opcode = instruction.getOpcode();
      if (instruction instanceof JumpInsnNode jump) {
        reach(at(jump.label), afterTry(jump, held, true));
        if (opcode != Opcodes.GOTO) {
          reach(at + 1, afterTry(jump, held, false));
        }
      } else if (instruction instanceof LookupSwitchInsnNode choice) {
        choice.labels.forEach(label -> reach(at(label), after));
        reach(at(choice.dflt), after);
      } else if (instruction instanceof TableSwitchInsnNode choice) {
        choice.labels.forEach(label -> reach(at(label), after));
        reach(at(choice.dflt), after);
      } else if (opcode != Opcodes.ATHROW
          && (opcode < Opcodes.IRETURN || opcode > Opcodes.RETURN)
          && at + 1 < method.instructions.size()) {
        reach(at + 1, after);
      }
    }

    private Set<String> after(AbstractInsnNode instruction, int at, Set<String> held) {
      int opcode = instruction.getOpcode();
      if (opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT) {
        return with(held, top(at), opcode == Opcodes.MONITORENTER);
      }
      if (instruction instanceof MethodInsnNode call && call.owner.equals(LOCK)) {
        switch (call.name) {
          case "lock", "lockInterruptibly" -> {
            return with(held, top(at), true);
          }
          case "unlock" -> {
            return with(held, top(at), false);
          }
          default -> {}
        }
      }
      return held;
    }

    /** After {@code if (tryLock(...))} the lock is held on one of the two ways. */
    private Set<String> afterTry(JumpInsnNode jump, Set<String> held, boolean jumps) {
      boolean taken = jumps == (jump.getOpcode() == Opcodes.IFNE);
      return taken
              && jump.getPrevious() instanceof MethodInsnNode call
              && call.owner.equals(LOCK)
              && call.name.equals("tryLock")
          ? with(held, name(receiver(call)), true)
          : held;
    }

    private SourceValue receiver(MethodInsnNode call) {
      Frame<SourceValue> frame = frames[at(call)];
      int arguments = Type.getArgumentTypes(call.desc).length;
      return frame.getStack(frame.getStackSize() - 1 - arguments);
    }

    private String top(int at) {
      Frame<SourceValue> frame = frames[at];
      return name(frame.getStack(frame.getStackSize() - 1));
    }

    /** {@code this}, a field of it, or nothing that has a name. */
    private String name(SourceValue value) {
      if (value.insns.isEmpty()) {
        return "this"; // a value that no instruction made is a parameter
      }
      return value.insns.size() == 1
              && value.insns.iterator().next() instanceof FieldInsnNode field
              && field.getOpcode() == Opcodes.GETFIELD
              && field.getPrevious() instanceof VarInsnNode self
              && self.var == 0
          ? field.name
          : "";
    }

    private static Set<String> with(Set<String> held, String lock, boolean taken) {
      Set<String> now = new HashSet<>(held);
      if (taken) {
        now.add(lock);
      } else {
        now.remove(lock);
      }
      return now;
    }
  }
}
