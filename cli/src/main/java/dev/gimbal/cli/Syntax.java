package dev.gimbal.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** How the options and parameters of the commands are declared. */
final class Syntax {

  static final int HELP_WIDTH = 100;

  static final String EXIT_CODES_OF_FAILURES =
      "70 a defect of gimbal; 74 the output could not be written.";

  static final String EXIT_CODES =
      "Exit codes: 0 done; 1 path absent; 2 usage; 3 configuration error;%n"
          + EXIT_CODES_OF_FAILURES;

  /** What {@link #spec} adds to a synopsis. */
  static final String LAYERS =
      " --source SPEC ... [--set PATH=VALUE ...] [--profile NAME ...]%n"
          + "           [--label NAME=VALUE ...] [--secret PATTERN ...] [--key-file FILE]%n"
          + "           [--key-store FILE]";

  private Syntax() {}

  /** A command with {@code --source}, {@code --set} and labels. */
  static CommandSpec spec(String name, String description, String... footer) {
    CommandSpec spec = bare(name, description, footer);
    spec.addOption(
        list("SPEC", "-s", "--source")
            .description(
                "A layer: a path or a URI, such as app.yaml, dir:/etc/app, env:APP_ or sys:."
                    + " Options follow a '?', such as app.conf?format=yaml&optional=true. Later"
                    + " layers win.")
            .build());
    spec.addOption(
        list("PATH=VALUE", "--set")
            .description(
                "One value, above all sources. A number, true and false are what they are, null"
                    + " removes; anything else is text.")
            .build());
    spec.addOption(
        list("NAME", "--profile")
            .description(
                "A value of {profile} in a SPEC, such as app-{profile}.yaml: a layer for each, the"
                    + " later one wins. By default those of GIMBAL_PROFILE.")
            .build());
    spec.addOption(
        list("NAME=VALUE", "--label")
            .description("The same for any {NAME}. By default that of GIMBAL_LABEL_NAME.")
            .build());
    spec.addOption(secret());
    Keys.options(spec);
    return spec;
  }

  /** {@code --secret}. */
  static OptionSpec secret() {
    return list("PATTERN", "--secret")
        .description(
            "What stands there, and below it, is a secret, whatever its key: a path in which * is"
                + " any one key, and ** any number of them, such as payment.*.pin or **.iban.")
        .build();
  }

  /** A command that lists what is on the class path. */
  static CommandSpec listing(String name, String description, String line) {
    CommandSpec spec =
        bare(
            name,
            description,
            "Examples:",
            "  gimbal " + name,
            "  gimbal " + name + " --output json",
            "",
            "Exit codes: 0 done; 2 usage;",
            EXIT_CODES_OF_FAILURES);
    spec.usageMessage().customSynopsis("gimbal " + name + " [--output FORMAT]");
    spec.addOption(
        output("text, or json: lines of " + line + ". By default text.", "text", "json"));
    return help(spec);
  }

  /** A command without options. */
  static CommandSpec bare(String name, String description, String... footer) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage()
        .width(HELP_WIDTH)
        .sortOptions(false)
        .description(description)
        .descriptionHeading("%n")
        .parameterListHeading("%n")
        .optionListHeading("%n")
        .footerHeading("%n")
        .footer(footer);
    return spec;
  }

  static OptionSpec.Builder list(String label, String... names) {
    return OptionSpec.builder(names)
        .paramLabel(label)
        .arity("1")
        .type(List.class)
        .auxiliaryTypes(String.class);
  }

  /** Adds {@code --reveal} and {@code --help}, which stand last. */
  static CommandSpec reveal(CommandSpec spec) {
    spec.addOption(
        flag("--reveal").description("Show secrets, which are printed as *** otherwise.").build());
    return help(spec);
  }

  static CommandSpec help(CommandSpec spec) {
    return spec.addOption(
        flag("-h", "--help").usageHelp(true).description("Show this and end.").build());
  }

  static OptionSpec.Builder flag(String... names) {
    return OptionSpec.builder(names).arity("0").type(boolean.class);
  }

  /**
   * {@code --output}.
   *
   * @param forms what it takes
   */
  static OptionSpec output(String description, String... forms) {
    return text("FORMAT", "-o", "--output")
        .description(description)
        .completionCandidates(List.of(forms))
        .build();
  }

  static OptionSpec.Builder text(String label, String... names) {
    return OptionSpec.builder(names).paramLabel(label).arity("1").type(String.class);
  }

  static PositionalParamSpec path(boolean required, String description) {
    return argument(0, "PATH", required, description);
  }

  static PositionalParamSpec argument(int index, String label, String description) {
    return argument(index, label, true, description);
  }

  /** One or more, as {@link Options#arguments} has them. */
  static PositionalParamSpec arguments(String label, String description) {
    return PositionalParamSpec.builder()
        .index("0..*")
        .arity("1..*")
        .required(true)
        .paramLabel(label)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .description(description)
        .build();
  }

  private static PositionalParamSpec argument(
      int index, String label, boolean required, String description) {
    return argument(index, label, required).description(description).build();
  }

  static PositionalParamSpec.Builder argument(int index, String label, boolean required) {
    return PositionalParamSpec.builder()
        .index(Integer.toString(index))
        .arity(required ? "1" : "0..1")
        .required(required)
        .paramLabel(label)
        .type(String.class);
  }
}
