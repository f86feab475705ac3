package dev.gimbal.cli;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * The streams of one run, and which of them a person looks at. Lines end with a line feed
 * everywhere. Safe for use by many threads.
 */
record Terminal(InputStream in, PrintStream out, PrintStream err, Screen screen) {

  /** Text as it is: a document. */
  void print(String text) {
    out.print(text);
  }

  void line(String text) {
    out.print(Visible.lines(text) + "\n");
  }

  /** Lines on standard error, at once. */
  void message(String text) {
    err.print(Visible.lines(text) + "\n");
    err.flush();
  }

  /** Hands over what was printed; false when nobody takes it any more. */
  boolean flush() {
    return !out.checkError();
  }
}
