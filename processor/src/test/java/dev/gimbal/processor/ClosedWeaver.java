package dev.gimbal.processor;

import java.util.LinkedHashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Puts a call of {@link ClosedWorld} in the place of each reflective call of a class that {@link
 * ReflectiveCalls} says is woven. The receiver becomes the first argument, and the class itself the
 * last.
 */
final class ClosedWeaver extends ClassVisitor {

  private static final String WORLD = Type.getInternalName(ClosedWorld.class);

  /** Methods that stand for handles, since a handle has no place for the class: by their names. */
  private final Map<String, Call> bridges = new LinkedHashMap<>();

  private String self = "";
  private boolean isInterface;

  /** A call that is woven, as a static method has it. */
  private record Call(String name, String arguments, String result) {

    static Call of(String owner, String name, String descriptor, boolean isStatic) {
      int end = descriptor.indexOf(')');
      String receiver = isStatic ? "" : Type.getObjectType(owner).getDescriptor();
      return new Call(name, receiver + descriptor.substring(1, end), descriptor.substring(end + 1));
    }

    String descriptor(String more) {
      return "(" + arguments + more + ")" + result;
    }
  }

  private ClosedWeaver(ClassVisitor next) {
    super(Opcodes.ASM9, next);
  }

  static byte[] weave(byte[] compiled) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    new ClassReader(compiled).accept(new ClosedWeaver(writer), 0);
    return writer.toByteArray();
  }

  @Override
  public void visit(
      int version, int access, String name, String signature, String parent, String[] interfaces) {
    self = name;
    isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
    super.visit(version, access, name, signature, parent, interfaces);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String method, String of, String signature, String[] exceptions) {
    MethodVisitor next = super.visitMethod(access, method, of, signature, exceptions);
    return new MethodVisitor(Opcodes.ASM9, next) {
      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean onInterface) {
        if (ReflectiveCalls.isWoven(owner, name)) {
          call(mv, Call.of(owner, name, descriptor, opcode == Opcodes.INVOKESTATIC));
        } else {
          super.visitMethodInsn(opcode, owner, name, descriptor, onInterface);
        }
      }

      @Override
      public void visitInvokeDynamicInsn(
          String name, String descriptor, Handle by, Object... arguments) {
        Object[] woven = arguments.clone();
        for (int i = 0; i < woven.length; i++) {
          woven[i] = woven[i] instanceof Handle handle ? bridged(handle) : woven[i];
        }
        super.visitInvokeDynamicInsn(name, descriptor, by, woven);
      }
    };
  }

  private void call(MethodVisitor to, Call call) {
    to.visitLdcInsn(Type.getObjectType(self));
    to.visitMethodInsn(
        Opcodes.INVOKESTATIC, WORLD, call.name, call.descriptor("Ljava/lang/Class;"), false);
  }

  private Handle bridged(Handle handle) {
    if (!ReflectiveCalls.isWoven(handle.getOwner(), handle.getName())) {
      return handle;
    }
    boolean isStatic = handle.getTag() == Opcodes.H_INVOKESTATIC;
    Call call = Call.of(handle.getOwner(), handle.getName(), handle.getDesc(), isStatic);
    String name = "closed$" + bridges.size();
    bridges.put(name, call);
    return new Handle(Opcodes.H_INVOKESTATIC, self, name, call.descriptor(""), isInterface);
  }

  @Override
  public void visitEnd() {
    bridges.forEach(
        (name, call) -> {
          int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
          MethodVisitor to = super.visitMethod(access, name, call.descriptor(""), null, null);
          to.visitCode();
          int slot = 0;
          for (Type argument : Type.getArgumentTypes(call.descriptor(""))) {
            to.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), slot);
            slot += argument.getSize();
          }
          call(to, call);
          to.visitInsn(Type.getType(call.result).getOpcode(Opcodes.IRETURN));
          to.visitMaxs(0, 0);
          to.visitEnd();
        });
    super.visitEnd();
  }
}
