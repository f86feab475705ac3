package dev.gimbal.format.hcl;

import java.util.List;

/**
 * A value as the document wrote it, by its place in the text.
 *
 * @param from where its text begins: after the quote of a string, after the first line of a heredoc
 * @param to where its text ends: before the quote of a string, before the line that ends a heredoc
 * @param items a tuple's elements; an object's keys and values by turns
 * @param sequences where the template sequences of a string begin and end, by turns
 */
@SuppressWarnings("ArrayRecordComponent") // a node is compared by nobody
record HclNode(Kind kind, HclPlace place, int from, int to, List<HclNode> items, int[] sequences) {

  enum Kind {
    NULL,
    BOOL,
    NUMBER,
    /** A number behind a minus sign, which is not part of its text. */
    NEGATIVE,
    QUOTED,
    HEREDOC,
    /** A heredoc without the indent of its lines. */
    FLUSH_HEREDOC,
    TUPLE,
    OBJECT,
    /** A name, or names with dots between: a key if it stands where one may, else an expression. */
    NAME,
    /** What needs evaluation. */
    EXPRESSION
  }

  private static final int[] NO_SEQUENCES = {};

  static HclNode of(Kind kind, HclPlace place, int from, int to) {
    return new HclNode(kind, place, from, to, List.of(), NO_SEQUENCES);
  }

  static HclNode of(Kind kind, HclPlace place, List<HclNode> items) {
    return new HclNode(kind, place, 0, 0, items, NO_SEQUENCES);
  }

  static HclNode string(Kind kind, HclPlace place, int from, int to, int[] sequences) {
    return new HclNode(kind, place, from, to, List.of(), sequences);
  }

  /** This value behind a minus sign. */
  HclNode negative() {
    return of(Kind.NEGATIVE, place, from, to);
  }
}
