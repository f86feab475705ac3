package dev.gimbal.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** That {@link ReflectiveCalls} has every reflective call of core. */
class ReflectiveCallsTest {

  /**
   * A call, or a handle of one.
   *
   * @param constants what stands before it in its method
   */
  private record Call(String home, String name, List<Object> constants) {}

  /** All files of core, by their paths. */
  private static Map<String, byte[]> core() throws Exception {
    Path built = Compilation.core();
    if (Files.isDirectory(built)) {
      return files(built);
    }
    try (FileSystem jar = FileSystems.newFileSystem(built)) {
      return files(jar.getPath("/"));
    }
  }

  private static Map<String, byte[]> files(Path root) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static boolean isClass(String path) {
    return path.endsWith(".class") && !path.equals("module-info.class");
  }

  /** The reflective calls of a class. */
  private static List<Call> calls(byte[] compiled) {
    List<Call> calls = new ArrayList<>();
    ClassReader reader = new ClassReader(compiled);
    String home = reader.getClassName().replaceFirst(".*/", "").replaceFirst("\\$.*", "");
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            return new Finder(home, calls);
          }
        },
        0);
    return calls;
  }

  private static final class Finder extends MethodVisitor {

    private final String home;
    private final List<Call> calls;
    private final List<Object> constants = new ArrayList<>();

    Finder(String home, List<Call> calls) {
      super(Opcodes.ASM9);
      this.home = home;
      this.calls = calls;
    }

    private void add(String owner, String name) {
      if (ReflectiveCalls.isReflective(owner)) {
        String called = ReflectiveCalls.shortName(owner, name);
        calls.add(new Call(home, called, List.copyOf(constants)));
      }
    }

    @Override
    public void visitLdcInsn(Object value) {
      constants.add(value);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean onInterface) {
      add(owner, name);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle by, Object... arguments) {
      add(by.getOwner(), by.getName());
      for (Object argument : arguments) {
        if (argument instanceof Handle handle) {
          add(handle.getOwner(), handle.getName());
        }
      }
    }
  }

  private static List<Call> all() throws Exception {
    List<Call> all = new ArrayList<>();
    core()
        .forEach(
            (path, compiled) -> {
              if (isClass(path)) {
                all.addAll(calls(compiled));
              }
            });
    return all;
  }

  @Test
  void everyReflectiveCall_isWovenOrKnownToNeedNothing() throws Exception {
    List<Call> all = all();
    Set<String> seen = new TreeSet<>();
    all.forEach(call -> seen.add(call.name()));
    Set<String> known = new TreeSet<>(ReflectiveCalls.woven());
    known.addAll(ReflectiveCalls.harmless());
    assertEquals(known, seen);
    assertEquals(107, seen.size());
    assertEquals(17, ReflectiveCalls.woven().size());
    assertEquals(90, ReflectiveCalls.harmless().size());
    assertTrue(all.size() >= 600, "calls: " + all.size());
  }

  @Test
  void wovenCalls_standWhereTheyAreLookedAt() throws Exception {
    Map<String, Set<String>> homes = new TreeMap<>();
    int count = 0;
    for (Call call : all()) {
      if (ReflectiveCalls.woven().contains(call.name())) {
        homes.computeIfAbsent(call.name(), name -> new TreeSet<>()).add(call.home());
        count++;
      }
    }
    assertEquals(
        """
        Array.newInstance=[BoundValues, Composites, KotlinClasses]
        Class.arrayType=[Types]
        Class.forName=[ClassNames]
        Class.getDeclaredConstructor=[Records]
        Class.getDeclaredConstructors=[Beans, KotlinClasses]
        Class.getDeclaredField=[Beans, KotlinClasses]
        Class.getMethod=[EngineTasks, HttpExchange, KotlinMetadata]
        Class.getMethods=[Beans, Interfaces, Member]
        Class.getPermittedSubclasses=[SealedConversion]
        Class.getRecordComponents=[Records]
        Class.isSealed=[Kind, SealedConversion]
        ClassLoader.getResource=[ClasspathSource]
        Constructor.newInstance=[Beans, KotlinClasses, Records]
        InvocationHandler.invokeDefault=[BoundValues, Interfaces]
        Method.invoke=[Beans, EngineTasks, HttpExchange, KotlinMetadata]
        Proxy.newProxyInstance=[Interfaces]
        ServiceLoader.load=[Formats, FoundBinders, FoundConverters, InstalledAlgorithms, SourceResolver]
        """,
        String.join("\n", homes.entrySet().stream().map(Object::toString).toList()) + "\n");
    assertEquals(47, count);
  }

  @Test
  void theWeaver_leavesNoneOfThem() throws Exception {
    int woven = 0;
    for (Map.Entry<String, byte[]> file : core().entrySet()) {
      if (isClass(file.getKey())) {
        assertTrue(ReflectiveCalls.isOfCore(file.getKey()), file.getKey());
        for (Call call : calls(ClosedWeaver.weave(file.getValue()))) {
          assertTrue(!ReflectiveCalls.woven().contains(call.name()), call.toString());
        }
        woven++;
      }
    }
    assertTrue(woven >= 400, "classes: " + woven);
  }

  /** What is asked for by constants, the builder of an image looks up itself. */
  @Test
  void methodsOfTheJdk_areAskedForByConstants() throws Exception {
    List<String> asked = new ArrayList<>();
    for (Call call : all()) {
      if (call.name().equals("Class.getMethod") && !call.home().equals("KotlinMetadata")) {
        int size = call.constants().size();
        asked.add(call.home() + ": " + call.constants().subList(size - 2, size));
      }
    }
    assertEquals(
        List.of(
            "EngineTasks: [Ljava/util/concurrent/Executors;, newVirtualThreadPerTaskExecutor]",
            "HttpExchange: [Ljava/net/http/HttpClient;, shutdownNow]"),
        asked);
  }

  /** So its jar has no metadata: no proxies, no resources, and services that are asked for. */
  @Test
  void core_needsNoMetadataForItself() throws Exception {
    List<String> others = new ArrayList<>(core().keySet());
    others.removeIf(path -> isClass(path) || path.matches("META-INF/(maven/.*|[^/]*)"));
    assertEquals(List.of("module-info.class"), others);
  }
}
