package dev.gimbal.cli;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Value;
import dev.gimbal.tree.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code gimbal get --batch}: many sources in one process, each alone. */
final class Batch {

  private final Options options;
  private final ConfigPath path;
  private final Terminal terminal;

  Batch(Options options, ConfigPath path, Terminal terminal) {
    this.options = options;
    this.path = path;
    this.terminal = terminal;
  }

  /** Answers each line as soon as it was read, until the input ends or nobody takes answers. */
  int run(@Nullable Output output) {
    if (output != null && output != Output.JSON) {
      throw new UsageException("--batch answers in JSON; --output can only be json");
    }
    if (!options.sources().isEmpty()) {
      throw new UsageException(
          "--batch reads the sources from standard input; --source is not for it");
    }
    Assignments unused =
        options.assignments(); // wrong ones are an error of usage, not of each line
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8))) {
      for (String spec = lines.readLine(); spec != null; spec = lines.readLine()) {
        if (!spec.isBlank()) {
          terminal.line(answer(spec));
          if (!terminal.flush()) {
            break;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ExitCode.OK;
  }

  private String answer(String spec) {
    try (Config config = options.open(List.of(spec), false)) {
      StatusMessages.tellUnwell(config, terminal);
      Value value = config.snapshot().get(path);
      Node shown = GetCommand.shown(value, options);
      if (shown == null) {
        return failure(spec, ExitCode.ABSENT, GetCommand.absent(value));
      }
      return new JsonLine()
          .text("source", spec)
          .number("exit", ExitCode.OK)
          .tree("output", shown)
          .toString();
    } catch (ConfigException e) {
      return failure(spec, ExitCode.CONFIGURATION, Visible.text(e));
    } catch (UsageException e) {
      return failure(spec, ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      return failure(spec, ExitCode.CONFIGURATION, Main.internal(e));
    }
  }

  private static String failure(String spec, int exit, String error) {
    return new JsonLine().text("source", spec).number("exit", exit).text("error", error).toString();
  }
}
