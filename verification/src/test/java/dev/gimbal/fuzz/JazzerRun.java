package dev.gimbal.fuzz;

import com.code_intelligence.jazzer.Jazzer;
import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.sanitizers.Constants;
import dev.gimbal.Config;
import dev.gimbal.cli.Main;
import dev.gimbal.format.dotenv.DotenvFormat;
import dev.gimbal.format.hcl.HclFormat;
import dev.gimbal.format.hocon.HoconFormat;
import dev.gimbal.format.json.JsonFormat;
import dev.gimbal.format.toml.TomlFormat;
import dev.gimbal.format.xml.XmlFormat;
import dev.gimbal.format.yaml.YamlFormat;
import dev.gimbal.runs.ProcessRuns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.core.json.JsonFactory;

/**
 * One run of Jazzer, which changes inputs in the directions that reach new branches. It has a JVM
 * of its own, because its agent and that of Lincheck both instrument one.
 *
 * @param taking what is fuzzed
 * @param isLong whether each input is made long
 * @param seconds how long, once it has started
 * @param hang after how many seconds an input hangs
 */
record JazzerRun(Taking taking, boolean isLong, int seconds, int hang) {

  private static final String SEED = System.getProperty("gimbal.fuzz.seed", "1");

  /** What is instrumented: Gimbal, and the parsers that its formats use. */
  private static final String INSTRUMENTED = "dev.gimbal.**:tools.jackson.core.**";

  private static final Pattern DONE =
      Pattern.compile("^#([0-9]+)\\s+DONE\\s+cov: ([0-9]+) ft: ([0-9]+) ", Pattern.MULTILINE);
  private static final Pattern FINDING = Pattern.compile("Test unit written to (\\S+)");
  private static final Pattern EXCEPTION =
      Pattern.compile("== Java Exception: (.*(?:\\R\\s.*){0,8})");
  private static final Pattern ERROR = Pattern.compile("== ERROR: libFuzzer: (.*)");

  /** One class of each jar and folder that a target needs. */
  private static final List<Class<?>> NEEDED =
      List.of(
          JazzerEntry.class,
          Config.class,
          JsonFormat.class,
          JsonFactory.class,
          TomlFormat.class,
          DotenvFormat.class,
          HclFormat.class,
          HoconFormat.class,
          XmlFormat.class,
          YamlFormat.class,
          Main.class,
          CommandLine.class,
          Jazzer.class,
          BugDetectors.class);

  /** How many inputs there are when the time is over: not none on the slowest machine. */
  private static final int FEWEST = 20;

  /**
   * What came of it.
   *
   * @param inputs how many were tried; 0 when it found something
   * @param branches those reached
   * @param features those reached, and how often, and what was compared
   * @param finding the input that is neither taken nor refused, or null
   * @param failure what becomes of it; empty if there is none
   */
  record Outcome(
      long inputs, int branches, int features, byte @Nullable [] finding, String failure) {}

  private String name() {
    return taking.name() + (isLong ? "-" + JazzerEntry.LONG : "");
  }

  /** Of its own, so that longer and shorter runs may stand side by side. */
  private Path folder() throws IOException {
    return ProcessRuns.folder("fuzz", name() + "-" + seconds + "s");
  }

  /**
   * Runs it.
   *
   * @throws AssertionError when it has neither found something nor ended well
   */
  Outcome run() throws IOException, InterruptedException {
    Path folder = folder();
    Path seeds = Files.createDirectories(folder.resolve("seeds"));
    int number = 0;
    for (byte[] seed : Corpus.of(taking)) {
      Files.write(seeds.resolve(Integer.toString(number++)), seed);
    }
    Files.writeString(folder.resolve("pieces.txt"), dictionary());
    Path reached = Files.createDirectories(folder.resolve("reached"));
    ProcessRuns.Ended ended = ProcessRuns.execute(folder, command(reached, seeds));
    String output = ended.output();
    Matcher done = DONE.matcher(output);
    if (ended.code() == 0 && done.find()) {
      return new Outcome(
          Long.parseLong(done.group(1)),
          Integer.parseInt(done.group(2)),
          Integer.parseInt(done.group(3)),
          null,
          "");
    }
    Matcher finding = FINDING.matcher(output);
    if (!finding.find()) {
      throw new AssertionError("Jazzer ended with code " + ended.code() + ":\n" + output);
    }
    byte[] written = Files.readAllBytes(folder.resolve(finding.group(1)));
    byte[] input = isLong ? JazzerEntry.lengthen(written) : written;
    return new Outcome(0, 0, 0, input, failure(output));
  }

  private static String failure(String output) {
    for (Pattern pattern : List.of(EXCEPTION, ERROR)) {
      Matcher matcher = pattern.matcher(output);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    return "Jazzer does not say what";
  }

  /**
   * How much was tried.
   *
   * @throws AssertionError when something was found, which is stored, or next to nothing was tried
   */
  String requireNothing(Outcome outcome) throws IOException {
    if (outcome.finding != null) {
      throw new AssertionError(
          Findings.describe(taking, outcome.finding)
              + ": "
              + outcome.failure
              + "\nstored in "
              + Findings.store(taking, outcome.finding)
              + ", and tried again by\n"
              + "mvn -pl verification -am test -Dtest=FuzzTest"
              + " -Dsurefire.failIfNoSpecifiedTests=false");
    }
    String tried =
        String.format(
            "%s: %d inputs, %d branches, %d features",
            name(), outcome.inputs, outcome.branches, outcome.features);
    if (outcome.inputs < FEWEST || outcome.branches < FEWEST) {
      throw new AssertionError("too few: " + tried);
    }
    return tried;
  }

  private List<String> command(Path... corpora) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessRuns.java(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // what is loaded late is fast at once
                "-cp",
                ProcessRuns.classPath(NEEDED),
                Jazzer.class.getName(),
                "--target_class=" + JazzerEntry.class.getName(),
                "--target_args=" + taking.name() + (isLong ? " " + JazzerEntry.LONG : ""),
                "--instrumentation_includes=" + INSTRUMENTED,
                // They look for injections, and take seconds to load.
                "--disabled_hooks=" + String.join(":", Constants.SANITIZER_HOOK_NAMES),
                "-max_total_time=" + seconds,
                "-timeout=" + hang,
                // A child's peak begins with that of the process that started it; -Xmx is the
                // limit.
                "-rss_limit_mb=0",
                "-max_len=4096",
                "-seed=" + SEED,
                "-dict=pieces.txt",
                "-reload=0"));
    if (isLong) { // looking at what is compared copies it, which is no cost of Gimbal's
      command.add("--trace=cov");
    }
    Stream.of(corpora).map(Path::toString).forEach(command::add);
    return command;
  }

  /** The pieces in libFuzzer's own format, a quoted one a line. */
  private static String dictionary() {
    StringBuilder text = new StringBuilder();
    for (String piece : Corpus.PIECES) {
      text.append('"');
      for (byte b : piece.getBytes(StandardCharsets.UTF_8)) {
        text.append(String.format("\\x%02x", b & 0xFF));
      }
      text.append("\"\n");
    }
    return text.toString();
  }
}
