package dev.gimbal.traces;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** An engine with a seeded bug: some text of its source changed, and compiled anew. */
enum SeededEngine {
  /** A full mailbox refuses. */
  DROPS_NEWEST(
      60,
      Set.of("offer"),
      "Mailbox",
      "present instanceof PublishedSnapshot waiting && waiting.version() >= snapshot.version()",
      "present instanceof PublishedSnapshot"),
  /** What is stopped is only taken out of the trie. */
  STOP_KEEPS_MAILBOX(
      30,
      Set.of("stop", "offer", "deliver", "take"),
      "Mailbox",
      "CELL.getAndSet(this, CLOSED) != CLOSED",
      "cell != CLOSED"),
  REUSES_VERSION(
      40,
      Set.of("publish"),
      "MemoryLoader",
      "same ? published.version()",
      "same || published.version() > 1 ? published.version()"),
  /** Who reads meanwhile sees less than was offered. */
  OFFERS_BEFORE_CELL(
      100,
      Set.of("get", "observe", "readCell"),
      "MemoryLoader",
      "    published = snapshot;\n    if (!same) {\n"
          + "      watchers.offer(before.tree(), candidate.tree(), snapshot);\n",
      "    if (!same) {\n"
          + "      watchers.offer(before.tree(), candidate.tree(), snapshot);\n    }\n"
          + "    published = snapshot;\n    if (!same) {\n"),
  /** Registers, and does not look at the present: a window between read and watch. */
  ADDS_ONLY(
      10,
      Set.of("stop", "take", "offer", Trace.END),
      "MemoryLoader",
      "    receiver.offer(published);\n",
      ""),
  /** Two who register at once lose one. */
  LOOKS_THEN_ADDS(
      60,
      Set.of("drain", "offer", "turn", Trace.END),
      "WatchTrie",
      "      if (root.compareAndSet(present, change(present, path, 0, receiver, true))) {\n",
      "      root.set(change(present, path, 0, receiver, true));\n      if (true) {\n"),
  /** A run leaves, and what came meanwhile stays. */
  NO_RECHECK(
      10,
      Set.of("leave", Trace.END),
      "Delivery",
      "      if (hasNext()) {\n        wake();\n      }\n",
      ""),
  WAKES_FIRST(
      10,
      Set.of("wake"),
      "PushSubscription",
      "    switch (mailbox.offer(snapshot)) {\n      case FIRST, REPLACED -> wake();\n",
      "    wake();\n    switch (mailbox.offer(snapshot)) {\n      case FIRST, REPLACED -> {}\n"),
  /** What came during the call counts as delivered. */
  VERSION_TAKEN_LATE(
      80,
      Set.of("deliver"),
      "PushSubscription",
      "past = snapshot.version();",
      "past = loader.published().version();"),
  /** What does not pass is published. */
  NOT_CHECKED(
      40,
      Set.of("step"),
      "Stepper",
      "    if (wrong.isEmpty()) {\n      return new Passed(all,",
      "    if (true) {\n      return new Passed(all,"),
  /** What is refused does not stay pending. */
  REFUSED_IS_FORGOTTEN(
      70,
      Set.of("step", Trace.END),
      "Stepper",
      "    layers = next;\n    if (input.revision",
      "    if (input.revision"),
  OLD_REVISIONS_COUNT(
      10, Set.of("step"), "SourceSession", "order() <= lastOrder", "order() + 1 < lastOrder"),
  INBOX_DROPS_NEWEST(
      40,
      Set.of("drain"),
      "Inbox",
      "if (order(input.revision()) > order(last.revision())) {",
      "if (false) {");

  /** The name of the engine as it is. */
  static final String SOUND = "SOUND";

  private final int loads;
  private final Set<String> shownBy;
  private final String type;
  private final String from;
  private final String to;

  SeededEngine(int loads, Set<String> shownBy, String type, String from, String to) {
    this.loads = loads;
    this.shownBy = shownBy;
    this.type = type;
    this.from = from;
    this.to = to;
  }

  /** How many loads show the bug, as surely as may be. */
  int loads() {
    return loads;
  }

  /** The events at which a trace may stick that shows the bug. */
  Set<String> shownBy() {
    return shownBy;
  }

  /** The class that is changed. */
  String type() {
    return type;
  }

  /** The changed class and those inside it, by name, compiled below a folder. */
  Map<String, byte[]> compile(Path folder) throws IOException {
    Path source =
        Path.of(System.getProperty("gimbal.root"), "core", "src", "main", "java")
            .resolve(Path.of("dev", "gimbal", "engine", type + ".java"));
    Path classes = Files.createDirectories(folder.resolve(name()));
    Path changed =
        Files.writeString(classes.resolve(type + ".java"), replaceOnce(Files.readString(source)));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-nowarn",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                changed.toString());
    if (code != 0) {
      throw new IllegalStateException(name() + " does not compile");
    }
    Map<String, byte[]> compiled = new HashMap<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String path = classes.relativize(file).toString();
        compiled.put(
            path.substring(0, path.length() - ".class".length()).replace('/', '.'),
            Files.readAllBytes(file));
      }
    }
    return compiled;
  }

  private String replaceOnce(String text) {
    int at = text.indexOf(from);
    if (at < 0 || text.indexOf(from, at + 1) >= 0) {
      throw new IllegalStateException(
          name() + " is not to be had: not once in " + type + ": " + from);
    }
    return text.substring(0, at) + to + text.substring(at + from.length());
  }
}
