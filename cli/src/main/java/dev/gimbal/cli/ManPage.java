package dev.gimbal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page, made from {@link Commands}. */
final class ManPage {

  private static final Pattern COMMAND_AND_WORDS = Pattern.compile("(gimbal(?: [a-z]+)?)(.*)");

  private static final String BEGIN =
      """
      .TH GIMBAL 1 "" gimbal "User Commands"
      .ad l
      .nh
      .SH NAME
      gimbal \\- show, watch, explain and check layered configuration
      .SH SYNOPSIS
      """;

  private static final String END =
      """
      .SH ENVIRONMENT
      .TP
      .B GIMBAL_PROFILE
      The values of {profile} in sources, with commas between them, without \\-\\-profile.
      .TP
      .B GIMBAL_LABEL_NAME
      Those of {name}, without \\-\\-label for it.
      .TP
      .B GIMBAL_KEYS
      Keys with blanks between them, without \\-\\-key\\-file and \\-\\-key\\-store.
      .TP
      .B GIMBAL_KEYSTORE_PASSWORD
      The password of what \\-\\-key\\-store names.
      .TP
      .B NO_COLOR
      Where it is not empty, output has no colours.
      .TP
      .B GIMBAL_DEBUG
      Where it is 1, a defect of gimbal is shown with its stack trace.
      .TP
      .B TERM
      Where it is dumb, output has no colours.
      .TP
      .B XDG_CACHE_HOME
      Where the launcher keeps its archive of classes, in the folder gimbal. By default \\(ti/.cache.
      .TP
      .B GIMBAL_CDS
      Where it is off, the launcher neither uses nor makes that archive.
      .TP
      .B GIMBAL_JAVA_OPTS
      Further options for the JVM, separated by blanks.
      .SH EXIT STATUS
      0 done; 1 there is nothing at the path, or the two differ; 2 usage; 3 configuration error;
      70 a defect of gimbal; 74 the output could not be written; 130 SIGINT and 143 SIGTERM, which
      end watch.
      """;

  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  static String text(List<CommandSpec> commands) {
    ManPage man = new ManPage();
    man.page.append(BEGIN);
    commands.forEach(man::addSynopsis);
    man.page.append(".SH COMMANDS\n");
    commands.forEach(man::addCommand);
    return man.page.append(END).toString();
  }

  private void addSynopsis(CommandSpec command) {
    for (String synopsis : command.usageMessage().customSynopsis()) {
      var parts = COMMAND_AND_WORDS.matcher(synopsis.strip().replaceAll("%n +", " "));
      if (parts.matches()) {
        page.append(".B ").append(escaped(parts.group(1))).append('\n');
        addLine(parts.group(2).strip());
        page.append(".br\n");
      }
    }
  }

  private void addCommand(CommandSpec command) {
    page.append(".SS ").append(command.name()).append('\n');
    addLine(String.format(String.join(" ", command.usageMessage().description())));
    for (ArgSpec argument : command.positionalParameters()) {
      addItem(".I " + escaped(argument.paramLabel()), argument);
    }
    for (OptionSpec option : command.options()) {
      List<String> names = new ArrayList<>(List.of(option.names()));
      names.replaceAll(name -> "\\fB" + escaped(name) + "\\fR");
      String value =
          option.arity().max() > 0 ? " \\fI" + escaped(option.paramLabel()) + "\\fR" : "";
      addItem(String.join(", ", names) + value, option);
    }
    page.append(".PP\n.nf\n");
    for (String line : command.usageMessage().footer()) {
      page.append(line.isEmpty() ? ".sp\n" : "");
      addLine(String.format(line));
    }
    page.append(".fi\n");
  }

  private void addItem(String tag, ArgSpec arg) {
    page.append(".TP\n").append(tag).append('\n');
    addLine(String.join(" ", arg.description())); // formatted already
  }

  /** A line of text, which is no request whatever it begins with. */
  private void addLine(String text) {
    if (!text.isEmpty()) {
      page.append(text.startsWith(".") ? "\\&" : "").append(escaped(text)).append('\n');
    }
  }

  /** Long words of JSON may be broken behind a comma. */
  private static String escaped(String text) {
    return text.replace("\\", "\\e")
        .replace(",\"", ",\\:\"")
        .replace("-", "\\-")
        .replace("'", "\\(aq")
        .replace("`", "\\(ga")
        .replace("^", "\\(ha")
        .replace("~", "\\(ti");
  }
}
