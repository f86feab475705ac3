package dev.gimbal.footprint;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.cli.Main;
import dev.gimbal.format.dotenv.DotenvFormat;
import dev.gimbal.format.hcl.HclFormat;
import dev.gimbal.format.hocon.HoconFormat;
import dev.gimbal.format.json.JsonFormat;
import dev.gimbal.format.toml.TomlFormat;
import dev.gimbal.format.xml.XmlFormat;
import dev.gimbal.format.yaml.YamlFormat;
import dev.gimbal.jsonschema.JsonSchema;
import dev.gimbal.runs.ProcessRuns;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.core.JsonParser;

/**
 * What a JVM loads until a program has printed one of fifty values: most of what a short program
 * takes. Counted, so it is the same on a busy machine. Who adds a class to every start meets a
 * bound.
 */
class StartTest {

  private static final int SERVICES = 10;
  private static final List<Class<?>> LIBRARY =
      List.of(Config.class, JsonFormat.class, YamlFormat.class, JsonParser.class);
  private static final List<Class<?>> COMMAND =
      List.of(
          Config.class,
          JsonFormat.class,
          YamlFormat.class,
          DotenvFormat.class,
          TomlFormat.class,
          HclFormat.class,
          HoconFormat.class,
          XmlFormat.class,
          JsonSchema.class,
          JsonParser.class,
          CommandLine.class,
          Main.class);

  @Test
  void program_withAPropertiesFile_loadsFewClasses() throws Exception {
    LoadedClasses loaded = program("start-properties", "a.properties", properties());
    assertWithin(loaded, 207, 827_000, 48, 195);
  }

  @Test
  void program_withAYamlFile_loadsFewClasses() throws Exception {
    LoadedClasses loaded = program("start-yaml", "a.yaml", yaml());
    assertWithin(loaded, 226, 889_000, 48, 195);
  }

  @Test
  void command_get_loadsFewClasses() throws Exception {
    Path folder = ProcessRuns.folder("footprint", "start-command");
    Files.writeString(folder.resolve("a.yaml"), yaml());
    LoadedClasses loaded =
        run(
            folder,
            ProcessRuns.classPath(COMMAND),
            List.of(Main.class.getName(), "get", "service7.port", "--source", "a.yaml"));
    assertWithin(loaded, 416, 1_765_000, 72, 240);
  }

  private static void assertWithin(
      LoadedClasses loaded, int classes, long bytes, int made, int platform) {
    assertAll(
        loaded.toString(),
        () -> assertTrue(loaded.count() <= classes, "classes"),
        () -> assertTrue(loaded.bytes() <= bytes, "bytes"),
        () -> assertTrue(loaded.made() <= made, "classes that are made for lambdas"),
        () -> assertTrue(loaded.platform() <= platform, "classes of the JDK"),
        () -> assertTrue(loaded.count() > classes * 9 / 10, "the bound is too high, or few came"));
  }

  private static LoadedClasses program(String name, String file, String text) throws Exception {
    Path folder = ProcessRuns.folder("footprint", name);
    Files.writeString(folder.resolve(file), text);
    Path own = Programs.copied(folder, StartProgram.class);
    return run(
        folder,
        ProcessRuns.classPath(LIBRARY) + File.pathSeparator + own,
        List.of(StartProgram.class.getName(), file, "service7.port"));
  }

  private static LoadedClasses run(Path folder, String classPath, List<String> program)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(ProcessRuns.java(), "-Xlog:class+load:file=classes.log", "-cp", classPath));
    command.addAll(program);
    ProcessRuns.Ended ended = ProcessRuns.execute(folder, command);
    assertEquals(new ProcessRuns.Ended(0, "8007\n"), ended);
    return LoadedClasses.read(folder.resolve("classes.log"));
  }

  private static String properties() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < SERVICES; i++) {
      String service = "service" + i;
      text.append(service).append(".host=host").append(i).append(".example.org\n");
      text.append(service).append(".port=").append(8000 + i).append('\n');
      text.append(service).append(".timeout=5s\n");
      text.append(service).append(".enabled=true\n");
      text.append(service).append(".ratio=0.25\n");
    }
    return text.toString();
  }

  private static String yaml() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < SERVICES; i++) {
      text.append("service").append(i).append(":\n");
      text.append("  host: host").append(i).append(".example.org\n");
      text.append("  port: ").append(8000 + i).append('\n');
      text.append("  timeout: 5s\n");
      text.append("  enabled: true\n");
      text.append("  ratio: 0.25\n");
    }
    return text.toString();
  }
}
