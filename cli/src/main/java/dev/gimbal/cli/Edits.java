package dev.gimbal.cli;

import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.format.Edit;
import dev.gimbal.format.Formats;
import dev.gimbal.source.EncryptedFile;
import dev.gimbal.source.FileEdit;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Scalar;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What the commands share that change a file. */
final class Edits {

  private static final String AUTO = "auto";
  private static final String STRING = "string";
  private static final String SOURCE = "--source";

  private Edits() {}

  /** Adds FILE, PATH and what comes behind them. With --source there is no FILE. */
  static CommandSpec parameters(CommandSpec spec) {
    spec.addPositional(optional(0, "FILE", "A path, such as app.yaml; without --source."));
    spec.addPositional(optional(1, "PATH", "Where, such as hosts[0].port."));
    return spec;
  }

  /** Adds a parameter that {@link #argument} asks for. */
  static PositionalParamSpec optional(int index, String label, String description) {
    return Syntax.argument(index, label, false).description(description).build();
  }

  /**
   * A parameter behind FILE, or behind nothing with --source.
   *
   * @param count how many there are behind FILE
   */
  static String argument(Options options, int index, String label, int count) {
    int file = options.has(SOURCE) ? 0 : 1;
    if (file == 0 && options.hasArgument(count)) {
      throw new UsageException("FILE and --source: one of them says what is changed");
    }
    if (file == 1 && !options.hasArgument(0)) {
      throw new UsageException("Missing required parameter: 'FILE'");
    }
    if (!options.hasArgument(file + index)) {
      throw new UsageException("Missing required parameter: '" + label + "'");
    }
    return options.argument(file + index);
  }

  /** Adds the options. */
  static CommandSpec options(CommandSpec spec, boolean typed) {
    if (typed) {
      spec.addOption(
          Syntax.text("TYPE", "--type")
              .description(
                  "auto, or string: VALUE is text, whatever it looks like. By default auto: a"
                      + " number, true, false and null are what they are.")
              .completionCandidates(List.of(AUTO, STRING))
              .build());
    }
    spec.addOption(
        Syntax.text("VALUE", "--if-is")
            .description("Change nothing, with exit code 3, unless this value is there now.")
            .build());
    spec.addOption(
        Syntax.text("TYPE", "--if-is-type")
            .description(
                "auto, or string: the value of --if-is is text, whatever it looks like. By default"
                    + " auto.")
            .completionCandidates(List.of(AUTO, STRING))
            .build());
    if (typed) {
      spec.addOption(
          Syntax.flag("--if-absent")
              .description("Change nothing, with exit code 3, if a value is there now.")
              .build());
    }
    spec.addOption(format());
    spec.addOption(
        Syntax.list("SPEC", "-s", SOURCE)
            .description(
                "What is changed in place of FILE: a source that can be edited, such as"
                    + " etcd://localhost/app.")
            .build());
    return Syntax.help(spec);
  }

  static OptionSpec format() {
    return Syntax.text("FORMAT", "--format")
        .description("What FILE is written in. By default, its extension says so.")
        .build();
  }

  /**
   * The path that is changed.
   *
   * @param count how many parameters there are behind FILE
   */
  static ConfigPath path(Options options, int count) {
    ConfigPath path = Options.parsePath(argument(options, 0, "PATH", count));
    if (path.isRoot()) {
      throw new UsageException("PATH: \"\" (expected: a path of keys)");
    }
    return path;
  }

  /**
   * A value as it was given, text if that is asked for.
   *
   * @param typeOption the option that says so
   */
  static Node value(String text, Options options, String typeOption) {
    String type = options.has(typeOption) ? options.text(typeOption) : AUTO;
    if (type.equals(STRING)) {
      return Scalar.string(text, Scalar.Template.ALL);
    }
    if (!type.equals(AUTO)) {
      throw new UsageException(typeOption + ": \"" + type + "\" (expected: auto or string)");
    }
    Node value = Assignments.value(text);
    return value instanceof Scalar scalar && scalar.kind() == Scalar.Kind.STRING
        ? Scalar.string(text, Scalar.Template.ALL)
        : value;
  }

  /** An edit with the conditions that were given. */
  static Edit.Builder conditions(Options options, ConfigPath path) {
    Edit.Builder edit = Edit.builder();
    if (options.has("--if-is")) {
      edit.onlyIf(path, value(options.text("--if-is"), options, "--if-is-type"));
    } else if (options.has("--if-is-type")) {
      throw new UsageException("--if-is-type: --if-is is missing");
    }
    if (options.has("--if-absent")) {
      edit.onlyIfAbsent(path);
    }
    return edit;
  }

  /**
   * Applies it to the file or source that was given.
   *
   * @return whether something was changed
   */
  static boolean apply(Options options, Edit edit) {
    if (!options.has(SOURCE)) {
      return file("FILE", options.argument(0), options).apply(edit);
    }
    if (options.sources().size() > 1 || options.has("--format")) {
      String other = options.has("--format") ? "--format" : SOURCE;
      throw new UsageException(SOURCE + " and " + other + ": one of them says what is changed");
    }
    List<EditedSource> edited = new ArrayList<>();
    Config config =
        options.open(
            options.sources(),
            true,
            source -> {
              edited.add(new EditedSource(source));
              return edited.get(edited.size() - 1);
            });
    try {
      return edited.get(0).apply(edit);
    } finally {
      config.close();
    }
  }

  /**
   * The edit of a file, in the format that was given.
   *
   * @param label what the argument or option is called
   */
  static FileEdit file(String label, String name, Options options) {
    Path file;
    try {
      file = Path.of(name);
    } catch (InvalidPathException e) {
      throw new UsageException(label + ": \"" + name + "\" (expected: a path)");
    }
    FileEdit change = new FileEdit(Formats.installed(List.of()), file);
    String format = options.text("--format");
    return format.isEmpty() ? change : change.format(format);
  }

  /** How many values there were, and of how many it is said what comes next. */
  static String counted(EncryptedFile.Result result) {
    int changed = result.changed().size();
    int all = changed + result.left().size();
    return all + (all == 1 ? " value, " : " values, ") + changed;
  }
}
