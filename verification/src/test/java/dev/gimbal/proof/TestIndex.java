package dev.gimbal.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tests of all modules and the jcstress scenarios, by their names, with their tags. It reads
 * the sources, which the formatter keeps in one shape: what belongs to a type stands two columns to
 * the right of it, and each annotation begins a line. Immutable.
 */
final class TestIndex {

  /**
   * A type or a method.
   *
   * @param name as it is cited: {@code Outer.Inner.method}
   * @param path its file, from the root
   * @param tags its own and those of the types around it
   * @param isTest whether JUnit runs it; jcstress runs types
   * @param isDisabled whether it says that it is not run
   */
  record Entry(String name, String path, Set<String> tags, boolean isTest, boolean isDisabled) {}

  private record Open(int indent, String name, Set<String> tags, boolean isDisabled) {}

  private static final Pattern TYPE =
      Pattern.compile(
          "^( *)(?:(?:public|protected|private|static|final|abstract|sealed|non-sealed) )*"
              + "(?:class|interface|enum|record) (\\w+).*");
  private static final Pattern METHOD =
      Pattern.compile("^( *)(?!return |throw |new |else )(?:[\\w.@<>\\[\\]?,&]+ )+(\\w+)\\(.*");
  private static final Pattern TAG = Pattern.compile("^ *@Tag\\(\"([^\"]+)\"\\)");
  private static final Pattern RUN =
      Pattern.compile("^ *@(Test|ParameterizedTest|RepeatedTest|Property|JCStressTest)\\b.*");
  private static final Pattern DISABLED = Pattern.compile("^ *@Disabled\\w*\\b.*");

  private final Map<String, List<Entry>> entries = new TreeMap<>();

  private TestIndex() {}

  /** All of a checkout. */
  static TestIndex of(Path root) {
    TestIndex index = new TestIndex();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              String name = folder.getFileName().toString();
              boolean own = folder.equals(root) || !name.equals("target") && !name.startsWith(".");
              return own ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              String path = root.relativize(file).toString().replace('\\', '/');
              boolean test = path.contains("src/test/") || path.startsWith("verification/src/");
              if (test && path.endsWith(".java")) {
                index.read(path, Files.readAllLines(file));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return index;
  }

  /** Of one file. */
  static TestIndex of(String path, List<String> lines) {
    TestIndex index = new TestIndex();
    index.read(path, lines);
    return index;
  }

  private void read(String path, List<String> lines) {
    Deque<Open> open = new ArrayDeque<>();
    Set<String> tags = new LinkedHashSet<>();
    boolean run = false;
    boolean disabled = false;
    for (String line : lines) {
      Matcher tag = TAG.matcher(line);
      if (tag.find()) {
        tags.add(tag.group(1));
        continue;
      }
      if (line.strip().startsWith("@")) {
        run |= RUN.matcher(line).matches();
        disabled |= DISABLED.matcher(line).matches();
        continue;
      }
      Matcher type = TYPE.matcher(line);
      Matcher method = METHOD.matcher(line);
      boolean isType = type.matches();
      if (isType) {
        while (!open.isEmpty() && open.peek().indent >= type.group(1).length()) {
          open.pop();
        }
      } else if (!isMember(line, open) || !method.matches()) {
        if (isMember(line, open) && line.endsWith(";")) {
          tags.clear(); // they were a field's
          run = false;
          disabled = false;
        }
        continue;
      }
      String outer = open.isEmpty() ? "" : open.peek().name + ".";
      String name = outer + (isType ? type.group(2) : method.group(2));
      Set<String> all = new LinkedHashSet<>(open.isEmpty() ? Set.of() : open.peek().tags);
      all.addAll(tags);
      boolean off = disabled || !open.isEmpty() && open.peek().isDisabled;
      Entry entry = new Entry(name, path, Set.copyOf(all), run, off);
      entries.computeIfAbsent(name, key -> new ArrayList<>()).add(entry);
      if (isType) {
        open.push(new Open(type.group(1).length(), name, entry.tags, off));
      }
      tags.clear();
      run = false;
      disabled = false;
    }
  }

  private static boolean isMember(String line, Deque<Open> open) {
    int indent = line.length() - line.stripLeading().length();
    while (open.size() > 1 && !line.isBlank() && indent <= open.peek().indent) {
      open.pop();
    }
    return !open.isEmpty() && indent == open.peek().indent + 2 && !line.strip().startsWith("*");
  }

  /** All tests that JUnit runs, tagged so themselves or by their class. */
  List<Entry> tagged(String tag) {
    return entries.values().stream()
        .flatMap(Collection::stream)
        .filter(entry -> entry.isTest && entry.tags.contains(tag))
        .sorted(Comparator.comparing(Entry::name))
        .toList();
  }

  List<Entry> tests() {
    return entries.values().stream().flatMap(Collection::stream).filter(Entry::isTest).toList();
  }

  /**
   * The type or method of that name.
   *
   * @throws IllegalArgumentException if two types are called so
   */
  Optional<Entry> find(String name) {
    List<Entry> found = entries.getOrDefault(name, List.of());
    if (found.stream().map(Entry::path).distinct().count() > 1) {
      throw new IllegalArgumentException(name + " is ambiguous: " + found);
    }
    return found.stream().findFirst();
  }
}
