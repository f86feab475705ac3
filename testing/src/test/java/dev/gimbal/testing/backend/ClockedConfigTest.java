package dev.gimbal.testing.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.Watcher;
import dev.gimbal.testing.ControllableSource;
import dev.gimbal.testing.ManualTasks;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockedConfigTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("app.properties");
  }

  private void put(String text) throws Exception {
    Path next = Files.writeString(folder.resolve("next"), text);
    Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void clock_isAsItIsSet_andValuesAreToldInTurn() throws Exception {
    put("port=80\n");
    try (ClockedConfig config = ClockedConfig.start("file:" + file(), "port")) {
      assertEquals("80", config.next());
      config.setClock(Duration.ofDays(-3652));
      put("port=81\n");
      assertEquals("81", config.next());
      config.setClock(Duration.ofDays(3652));
      put("name=x\n");
      assertEquals("", config.next());
    }
  }

  @Test
  void sourceRelativeToTheTest_withMoreThanAscii_isToldAsItIs() throws Exception {
    put("gr\u00f6\u00dfe=\u00e4\u20ac\n");
    Path relative = Path.of("").toAbsolutePath().relativize(file());
    try (ClockedConfig config = ClockedConfig.start("file:" + relative, "gr\u00f6\u00dfe")) {
      assertEquals("\u00e4\u20ac", config.next());
    }
  }

  /** A Config whose value changes just after it was got for the first time. */
  private static Config changing(Config config, Runnable change) {
    AtomicBoolean changed = new AtomicBoolean();
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          Object result = method.invoke(config, arguments);
          if (method.getName().equals("get") && changed.compareAndSet(false, true)) {
            change.run();
          }
          return result;
        };
    return (Config)
        Proxy.newProxyInstance(
            Config.class.getClassLoader(), new Class<?>[] {Config.class}, handler);
  }

  @Test
  void changeWhileTheFirstValueIsTold_isToldOnce() throws Exception {
    ManualTasks tasks = new ManualTasks();
    ControllableSource source = new ControllableSource("test").document(Map.of("port", 80));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Config config = tasks.start(Config.builder().source(source))) {
      Watcher watcher =
          ClockedConfig.Following.tellFirst(
              changing(config, () -> source.document(Map.of("port", 81))),
              "port",
              new PrintStream(out, true, StandardCharsets.UTF_8));
      assertEquals("80", out.toString(StandardCharsets.UTF_8).strip().split(" ")[1]);
      assertEquals(81, watcher.next().asInt());
    }
  }

  @Test
  void configThatDoesNotStart_isAnError() throws Exception {
    put("port=80\n");
    ClockedConfig config = ClockedConfig.start("file:" + folder.resolve("none"), "port");
    assertEquals("it ended", assertThrows(AssertionError.class, config::next).getMessage());
    AssertionError failure = assertThrows(AssertionError.class, config::close);
    assertEquals("the Config was not closed well", failure.getMessage());
  }
}
