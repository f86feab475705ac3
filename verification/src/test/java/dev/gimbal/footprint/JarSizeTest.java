package dev.gimbal.footprint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.format.json.JsonFormat;
import dev.gimbal.format.yaml.YamlFormat;
import dev.gimbal.runs.ProcessRuns;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;

/**
 * What a user of files, the environment, JSON and YAML carries. A module that is not a jar yet is
 * made one here, without the few entries of Maven.
 */
class JarSizeTest {

  /** The goal is 1,500,000, which was kept until files could be edited. */
  private static final long ALL = 1_641_000;

  /** The goal is 400,000: docs/performance.md says what weighs. */
  private static final long CORE = 921_000;

  private static final List<Class<?>> CARRIED =
      List.of(Config.class, JsonFormat.class, YamlFormat.class, JsonParser.class);

  @Test
  void jarsForFilesEnvironmentJsonAndYaml_areFewAndSmall() throws IOException {
    List<Path> places =
        CARRIED.stream().map(ProcessRuns::location).distinct().map(Path::of).toList();
    assertEquals(4, places.size());
    long all = 0;
    for (Path place : places) {
      all += packed(place).length;
    }
    assertTrue(all <= ALL, all + " bytes; core: " + heaviest());
    assertTrue(all > ALL / 2, all + " bytes are too few to be all");
  }

  @Test
  void jarOfCore_growsNoFurther() throws IOException {
    long core = packed(core()).length;
    assertTrue(core <= CORE, core + " bytes: " + heaviest());
    assertTrue(core > CORE / 2, core + " bytes are too few to be all");
  }

  private static Path core() {
    return Path.of(ProcessRuns.location(Config.class));
  }

  private static byte[] packed(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return Files.readAllBytes(place);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes);
        Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        jar.putNextEntry(new ZipEntry(place.relativize(file).toString()));
        Files.copy(file, jar);
      }
    }
    return bytes.toByteArray();
  }

  /** The packages of core by what they weigh when they are packed, the heaviest first. */
  private static String heaviest() throws IOException {
    Map<String, Long> packages = new TreeMap<>();
    try (ZipInputStream jar = new ZipInputStream(new ByteArrayInputStream(packed(core())))) {
      for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
        jar.closeEntry(); // now the sizes are known
        int end = entry.getName().lastIndexOf('/');
        packages.merge(
            entry.getName().substring(0, Math.max(0, end)), entry.getCompressedSize(), Long::sum);
      }
    }
    return packages.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(5)
        .map(Object::toString)
        .collect(Collectors.joining(", "));
  }
}
