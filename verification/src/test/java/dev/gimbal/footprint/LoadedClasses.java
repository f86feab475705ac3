package dev.gimbal.footprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The classes that a JVM loaded, by its own log.
 *
 * @param files how many came from a jar or a folder, by package
 * @param bytes of those class files, uncompressed
 * @param made how many were made while the program ran: for lambdas and method references of ours,
 *     for the shapes of their calls, and for what compares and shows records
 * @param platform how many of the JDK's were neither made nor mapped from its archive
 */
record LoadedClasses(Map<String, Integer> files, long bytes, int made, int platform) {

  /** As in {@code [0.1s][info][class,load] a.B source: file:/a/}. */
  private static final Pattern LINE = Pattern.compile("\\] ([^ ]+) source: (\\S+).*");

  /** The source of what {@code java.lang.invoke} puts together. */
  private static final String DEFINED = "__JVM_LookupDefineClass__";

  private static final int SHOWN = 10;

  /** Reads what {@code -Xlog:class+load} wrote. */
  static LoadedClasses read(Path log) throws IOException {
    Map<String, Integer> files = new TreeMap<>();
    Map<Path, List<String>> places = new HashMap<>();
    int made = 0;
    int platform = 0;
    for (String line : Files.readAllLines(log)) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.find()) {
        continue;
      }
      String name = matcher.group(1);
      String source = matcher.group(2);
      if (source.startsWith("file:")) {
        files.merge(name.substring(0, name.lastIndexOf('.')), 1, Integer::sum);
        places
            .computeIfAbsent(Path.of(source.substring("file:".length())), p -> new ArrayList<>())
            .add(name.replace('.', '/') + ".class");
      } else if (source.startsWith("jrt:")) {
        platform++;
      } else if (source.startsWith("dev.gimbal.") || source.equals(DEFINED)) {
        made++;
      }
    }
    long bytes = 0;
    for (Map.Entry<Path, List<String>> place : places.entrySet()) {
      bytes += bytes(place.getKey(), place.getValue());
    }
    return new LoadedClasses(files, bytes, made, platform);
  }

  private static long bytes(Path place, List<String> names) throws IOException {
    long bytes = 0;
    if (Files.isDirectory(place)) {
      for (String name : names) {
        bytes += Files.size(place.resolve(name));
      }
      return bytes;
    }
    try (JarFile jar = new JarFile(place.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
      for (String name : names) {
        ZipEntry entry = jar.getEntry(name);
        bytes += entry.getSize();
      }
    }
    return bytes;
  }

  /** How many came from a jar or a folder. */
  int count() {
    return files.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The numbers, and the packages with most. */
  @Override
  public String toString() {
    return count()
        + " classes of "
        + bytes
        + " bytes, "
        + made
        + " made for lambdas, "
        + platform
        + " of the JDK beside its archive: "
        + files.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(SHOWN)
            .map(Object::toString)
            .collect(Collectors.joining(", "));
  }
}
