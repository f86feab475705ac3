package dev.gimbal.mutants;

import java.util.List;

/**
 * A change of one source file that tests must catch.
 *
 * @param name the file's type and what is changed, as in {@code Mailbox.newestDropped}
 * @param kind the sort of bug
 * @param source the file below {@code dev/gimbal}, as in {@code engine/Mailbox}
 * @param checks the scenarios that catch it, the quickest first: {@code
 *     engine.MailboxInterleavings.TwoTake}
 * @param hunks the lines that change
 */
public record Mutant(
    String name, String kind, String source, List<String> checks, List<Hunk> hunks) {

  /** Whole lines that stand in the file exactly once, and what stands in their place. */
  public record Hunk(String before, String after) {}

  /** The file as it is. */
  public Mutant withoutBug() {
    return new Mutant(name, kind, source, checks, List.of());
  }

  /**
   * The changed file.
   *
   * @throws IllegalArgumentException when a hunk does not match exactly once
   */
  public String applyTo(String text) {
    String changed = "\n" + text;
    for (Hunk hunk : hunks) {
      String before = "\n" + hunk.before;
      int at = changed.indexOf(before);
      if (at < 0 || changed.indexOf(before, at + 1) >= 0) {
        throw new IllegalArgumentException(
            name + (at < 0 ? ": nothing is" : ": more than one place is") + before);
      }
      changed = changed.substring(0, at + 1) + hunk.after + changed.substring(at + before.length());
    }
    return changed.substring(1);
  }
}
