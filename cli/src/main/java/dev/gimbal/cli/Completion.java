package dev.gimbal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The scripts that complete the command line in a shell, made from {@link Commands}. */
enum Completion {
  BASH {
    @Override
    String script(List<CommandSpec> commands) {
      StringBuilder values = new StringBuilder();
      StringBuilder options = new StringBuilder();
      for (CommandSpec command : commands) {
        for (OptionSpec option : command.options()) {
          if (takesValue(option)) {
            values.append("    ").append(alternatives(command.name() + ":", option.names()));
            values.append(") ").append(bashValue(option)).append(" ;;\n");
          }
        }
        String arguments = ":";
        for (ArgSpec argument : command.positionalParameters()) {
          arguments = bashValue(argument);
        }
        options.append("    ").append(command.name()).append(":-*) _gimbal_words ");
        options.append(quoted(String.join(" ", names(command)))).append(" ;;\n");
        options.append("    ").append(command.name()).append(":*) ");
        options.append(arguments).append(" ;;\n");
      }
      return BASH_SCRIPT
          .replace("@COMMANDS@", String.join(" ", commandNames(commands)))
          .replace("@VALUES@", values)
          .replace("@OPTIONS@", options);
    }
  },

  ZSH {
    @Override
    String script(List<CommandSpec> commands) {
      StringBuilder described = new StringBuilder();
      StringBuilder cases = new StringBuilder();
      for (CommandSpec command : commands) {
        described.append("      ").append(quoted(command.name() + ":" + brief(command)));
        described.append('\n');
        cases.append("    ").append(command.name()).append(") _arguments -s");
        for (OptionSpec option : command.options()) {
          for (String name : option.names()) {
            String text = brief(option).replaceAll("([\\[\\]:])", "\\\\$1");
            String value = takesValue(option) ? ":" + option.paramLabel() + zshValue(option) : "";
            String repeated = option.isMultiValue() ? "*" : "";
            cases.append(" \\\n      ").append(quoted(repeated + name + "[" + text + "]" + value));
          }
        }
        for (ArgSpec argument : command.positionalParameters()) {
          cases.append(" \\\n      ");
          String repeated = argument.isMultiValue() ? "*" : "";
          cases.append(quoted(repeated + ":" + argument.paramLabel() + zshValue(argument)));
        }
        cases.append(" ;;\n");
      }
      return ZSH_SCRIPT.replace("@COMMANDS@", described).replace("@CASES@", cases);
    }
  },

  FISH {
    @Override
    String script(List<CommandSpec> commands) {
      StringBuilder script = new StringBuilder(FISH_BEGIN);
      for (CommandSpec command : commands) {
        script.append("complete -c gimbal -n __fish_use_subcommand -a ").append(command.name());
        script.append(" -d ").append(quoted(brief(command))).append('\n');
        String begin = "complete -c gimbal -n '__fish_seen_subcommand_from " + command.name() + "'";
        for (OptionSpec option : command.options()) {
          script.append(begin);
          for (String name : option.names()) {
            script.append(name.startsWith("--") ? " -l " : " -s ");
            script.append(name.replaceFirst("^--?", ""));
          }
          script.append(takesValue(option) ? fishValue(option) : "");
          script.append(" -d ").append(quoted(brief(option))).append('\n');
        }
        for (ArgSpec argument : command.positionalParameters()) {
          String value = fishValue(argument).replaceFirst("^ -[rx]", "");
          script.append(value.isEmpty() ? "" : begin + value + "\n");
        }
      }
      return script.toString();
    }
  };

  private static final String BASH_SCRIPT =
      """
      # Completion of gimbal for bash: eval "$(gimbal completion bash)"
      _gimbal_words() { COMPREPLY=($(compgen -W "$1" -- "$current")); }
      _gimbal_files() {
        compopt -o filenames 2>/dev/null
        while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "$current")
      }
      _gimbal() {
        local current=${COMP_WORDS[COMP_CWORD]} at=$((COMP_CWORD - 1)) command=${COMP_WORDS[1]} before file
        COMPREPLY=()
        case $current in = | :) current='' at=$COMP_CWORD ;; esac # bash splits words there
        [ "${COMP_WORDS[at]}" != : ] || at=$((at - 2))
        [ "${COMP_WORDS[at]}" != = ] || at=$((at - 1))
        before=${COMP_WORDS[at]}
        if [ "$COMP_CWORD" -eq 1 ]; then
          _gimbal_words '@COMMANDS@ help --help --version'
          return
        fi
        case $command:$before in
      @VALUES@    *) case $command:$current in
      @OPTIONS@    help:*) _gimbal_words '@COMMANDS@' ;;
          esac ;;
        esac
      }
      complete -F _gimbal gimbal
      """;

  private static final String ZSH_SCRIPT =
      """
      #compdef gimbal
      # Completion of gimbal for zsh: gimbal completion zsh > "${fpath[1]}/_gimbal"
      _gimbal() {
        local -a commands
        if (( CURRENT == 2 )); then
          commands=(
      @COMMANDS@    )
          _describe command commands
          return
        fi
        local command=$words[2]
        shift words
        (( CURRENT-- ))
        case $command in
      @CASES@  esac
      }
      if [ "$funcstack[1]" = _gimbal ]; then _gimbal "$@"; else compdef _gimbal gimbal; fi
      """;

  private static final String FISH_BEGIN =
      """
      # Completion of gimbal for fish: gimbal completion fish | source
      complete -c gimbal -f
      """;

  /** The labels of what names files. */
  private static final Set<String> FILES = Set.of("SPEC", "FILE", "A", "B");

  abstract String script(List<CommandSpec> commands);

  private static boolean takesValue(OptionSpec option) {
    return option.arity().max() > 0;
  }

  /** What may stand for a value; empty where it is not one of some words. */
  private static List<String> words(ArgSpec arg) {
    List<String> words = new ArrayList<>();
    if (arg.completionCandidates() != null) {
      arg.completionCandidates().forEach(words::add);
    }
    return words;
  }

  private static String bashValue(ArgSpec arg) {
    List<String> words = words(arg);
    return FILES.contains(arg.paramLabel())
        ? "_gimbal_files"
        : words.isEmpty() ? ":" : "_gimbal_words " + quoted(String.join(" ", words));
  }

  private static String zshValue(ArgSpec arg) {
    List<String> words = words(arg);
    return FILES.contains(arg.paramLabel())
        ? ":_files"
        : words.isEmpty() ? ": " : ":(" + String.join(" ", words) + ")";
  }

  private static String fishValue(ArgSpec arg) {
    List<String> words = words(arg);
    return FILES.contains(arg.paramLabel())
        ? " -r -F"
        : words.isEmpty() ? " -x" : " -x -a " + quoted(String.join(" ", words));
  }

  private static String alternatives(String before, String[] names) {
    List<String> all = new ArrayList<>();
    for (String name : names) {
      all.add(before + name);
    }
    return String.join(" | ", all);
  }

  private static List<String> names(CommandSpec command) {
    List<String> names = new ArrayList<>();
    command.options().forEach(option -> names.addAll(List.of(option.names())));
    return names;
  }

  private static List<String> commandNames(List<CommandSpec> commands) {
    return commands.stream().map(CommandSpec::name).toList();
  }

  private static String brief(CommandSpec command) {
    return brief(command.usageMessage().description());
  }

  private static String brief(OptionSpec option) {
    return brief(option.description());
  }

  /** The first sentence, as far as its first colon. */
  private static String brief(String[] description) {
    return String.join(" ", description).replaceFirst("(?s)[.:](\\s.*)?$", "");
  }

  /** A word of a shell, in quotes that all three understand. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "") + "'";
  }
}
