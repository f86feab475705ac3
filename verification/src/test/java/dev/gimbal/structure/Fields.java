package dev.gimbal.structure;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/** What the instance fields of classes are, as the compiler wrote it down. */
final class Fields {

  static final String GUARDED_BY = "Lcom/google/errorprone/annotations/concurrent/GuardedBy;";

  private Fields() {}

  /** Instance fields, by {@code package.Type.name}. */
  static Set<String> names(List<ClassNode> classes) {
    Set<String> names = new TreeSet<>();
    for (ClassNode type : classes) {
      for (FieldNode field : instanceFields(type)) {
        names.add(Compiled.shortName(type.name, field.name));
      }
    }
    return names;
  }

  private static List<FieldNode> instanceFields(ClassNode type) {
    return type.fields.stream()
        .filter(field -> (field.access & (Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC)) == 0)
        .toList();
  }

  /** Fields that may be written again, each with what it is. */
  static Set<String> changing(List<ClassNode> classes) {
    Set<String> found = new TreeSet<>();
    for (ClassNode type : classes) {
      for (FieldNode field : instanceFields(type)) {
        if ((field.access & Opcodes.ACC_FINAL) == 0) {
          found.add(Compiled.shortName(type.name, field.name) + kind(field));
        }
      }
    }
    return found;
  }

  private static String kind(FieldNode field) {
    String guard = guard(field.invisibleAnnotations);
    if ((field.access & Opcodes.ACC_VOLATILE) != 0) {
      return ": volatile";
    }
    return guard == null ? "" : ": guarded by " + guard;
  }

  static String guard(List<AnnotationNode> annotations) {
    if (annotations != null) {
      for (AnnotationNode annotation : annotations) {
        if (annotation.desc.equals(GUARDED_BY)) {
          return (String) annotation.values.get(1);
        }
      }
    }
    return null;
  }

  /** Fields that hold what their class made of the JDK's own types, each with how it is made. */
  static Set<String> made(List<ClassNode> classes) {
    Set<String> found = new TreeSet<>();
    for (ClassNode type : classes) {
      Map<String, Set<String>> makers = new TreeMap<>();
      for (MethodNode method : type.methods) {
        makers(type, method, makers);
      }
      for (FieldNode field : instanceFields(type)) {
        Set<String> ways = makers.getOrDefault(field.name, Set.of());
        if (!ways.isEmpty()) {
          found.add(Compiled.shortName(type.name, field.name) + ": " + String.join(" or ", ways));
        }
      }
    }
    return found;
  }

  private static void makers(ClassNode type, MethodNode method, Map<String, Set<String>> into) {
    Frame<SourceValue>[] frames = frames(type, method);
    for (int i = 0; i < frames.length; i++) {
      AbstractInsnNode instruction = method.instructions.get(i);
      if (frames[i] != null
          && instruction.getOpcode() == Opcodes.PUTFIELD
          && instruction instanceof FieldInsnNode put
          && put.owner.equals(type.name)) {
        SourceValue value = frames[i].getStack(frames[i].getStackSize() - 1);
        into.computeIfAbsent(put.name, name -> new TreeSet<>())
            .addAll(value.insns.stream().map(Fields::maker).collect(Collectors.toSet()));
        into.get(put.name).remove("");
      }
    }
  }

  /** Where each value comes from, through variables and casts. */
  static Frame<SourceValue>[] frames(ClassNode type, MethodNode method) {
    SourceInterpreter origins =
        new SourceInterpreter(Opcodes.ASM9) {
          @Override
          public SourceValue copyOperation(AbstractInsnNode instruction, SourceValue value) {
            return value;
          }

          @Override
          public SourceValue unaryOperation(AbstractInsnNode instruction, SourceValue value) {
            return instruction.getOpcode() == Opcodes.CHECKCAST
                ? value
                : super.unaryOperation(instruction, value);
          }
        };
    try {
      return new Analyzer<>(origins).analyze(type.name, method);
    } catch (AnalyzerException e) {
      throw new IllegalStateException(type.name + "." + method.name, e);
    }
  }

  private static String maker(AbstractInsnNode instruction) {
    if (instruction instanceof TypeInsnNode made && made.getOpcode() == Opcodes.NEW) {
      return made.desc.startsWith("java/") ? "new " + simple(made.desc) : "";
    }
    if (instruction instanceof TypeInsnNode array && array.getOpcode() == Opcodes.ANEWARRAY) {
      return "new " + simple(array.desc) + "[]";
    }
    if (instruction instanceof IntInsnNode array && array.getOpcode() == Opcodes.NEWARRAY) {
      return "new array";
    }
    if (instruction instanceof MethodInsnNode call && makes(call)) {
      return simple(call.owner) + "." + call.name;
    }
    return "";
  }

  private static boolean makes(MethodInsnNode call) {
    return call.owner.startsWith("java/util/")
        && !call.owner.startsWith("java/util/function/")
        && !call.owner.startsWith("java/util/stream/")
        && !call.owner.equals("java/util/Objects");
  }

  private static String simple(String internalName) {
    return internalName.substring(internalName.lastIndexOf('/') + 1).replace('$', '.');
  }

  /** Accesses outside of constructors to guarded fields, without their guard held. */
  static Set<String> unguarded(
      List<ClassNode> classes, Map<String, String> guards, Set<String> looked) {
    Set<String> found = new TreeSet<>();
    for (ClassNode type : classes) {
      for (Locks.Access access : Locks.accesses(type)) {
        String guard = guards.get(access.field());
        if (guard != null) {
          looked.add(access.field());
          if (!access.held().contains(guard)) {
            found.add(access.field() + " in " + Compiled.shortName(type.name, access.method()));
          }
        }
      }
    }
    return found;
  }

  /** The guards that annotations name, by field. */
  static Map<String, String> guards(List<ClassNode> classes) {
    Map<String, String> guards = new TreeMap<>();
    for (ClassNode type : classes) {
      for (FieldNode field : instanceFields(type)) {
        String guard = guard(field.invisibleAnnotations);
        if (guard != null) {
          guards.put(Compiled.shortName(type.name, field.name), guard);
        }
      }
    }
    return guards;
  }
}
