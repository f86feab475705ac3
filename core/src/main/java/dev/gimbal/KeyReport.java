package dev.gimbal;

import java.util.List;
import java.util.Optional;

/**
 * What is known of the keys of a Config at one version: {@link Config#keys()}. It holds no values.
 * Immutable and safe for use by many threads.
 *
 * @param version of the snapshot
 * @param known the keys that are declared, and those that bound types read, in their order
 * @param unread the keys of the snapshot that nothing declares, in their order; where reads are
 *     tracked, only those that nothing has read. Of an object of which nothing is known there is
 *     its own key only
 * @since 0.1.0
 */
public record KeyReport(long version, List<Known> known, List<Unread> unread) {

  public KeyReport {
    known = List.copyOf(known);
    unread = List.copyOf(unread);
  }

  /**
   * A key that is known.
   *
   * @param path in the spelling of the snapshot where it has the key
   * @param type what its value is read as, such as {@code List<Duration>}
   * @param origin where its value was written; empty where it is absent
   * @param variables how variables and arguments set it, the highest source first
   */
  public record Known(
      ConfigPath path, String type, Optional<Origin> origin, List<Variable> variables) {

    public Known {
      variables = List.copyOf(variables);
    }
  }

  /**
   * A name that stands for a key.
   *
   * @param source the source's name
   * @param name the variable, or the argument without its value, as it is written: the one that is
   *     there, else the one that would set the key
   * @param isSet whether it is there
   * @param standsFor all keys that the name may mean, in their order; where there are several, it
   *     is ambiguous (GIM-010)
   */
  public record Variable(String source, String name, boolean isSet, List<ConfigPath> standsFor) {

    public Variable {
      standsFor = List.copyOf(standsFor);
    }

    public boolean isAmbiguous() {
      return standsFor.size() > 1;
    }
  }

  /**
   * A key that nobody reads.
   *
   * @param path of the value, or of the object or list of which nothing is known
   * @param origin where it was written
   * @param meant the known key that may be meant
   */
  public record Unread(ConfigPath path, Optional<Origin> origin, Optional<ConfigPath> meant) {}

  private static void append(StringBuilder text, Known key, Variable variable) {
    boolean won =
        key.origin
            .filter(at -> at.source().equals(variable.source))
            .filter(at -> at.document().equals(variable.name))
            .isPresent();
    if (variable.isAmbiguous()) {
      text.append(", ").append(variable.name).append(" is ambiguous: ").append(variable.standsFor);
    } else if (!won) {
      text.append(variable.isSet ? ", also set by " : ", may be set by ").append(variable.name);
    }
  }

  /** A table, for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("keys of version ").append(version).append('\n');
    for (Known key : known) {
      text.append("  ").append(key.path).append(": ").append(key.type);
      text.append(key.origin.map(at -> ", at " + at).orElse(", absent"));
      key.variables.forEach(variable -> append(text, key, variable));
      text.append('\n');
    }
    text.append(unread.isEmpty() ? "" : "never read\n");
    for (Unread key : unread) {
      text.append("  ").append(key.path);
      text.append(key.origin.map(at -> ", at " + at).orElse(""));
      text.append(key.meant.map(meant -> "; did you mean " + meant + "?").orElse(""));
      text.append('\n');
    }
    return text.toString();
  }
}
