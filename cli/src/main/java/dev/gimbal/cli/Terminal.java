package dev.gimbal.cli;

import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import java.io.InputStream;
import java.io.PrintStream;

/** The streams of one run. Lines end with a line feed everywhere. Safe for use by many threads. */
record Terminal(InputStream in, PrintStream out, PrintStream err) {

  void print(String text) {
    out.print(text);
  }

  void line(String text) {
    out.print(text + "\n");
  }

  /** A line on standard error, at once. */
  void message(String text) {
    err.print(text + "\n");
    err.flush();
  }

  /** Hands over what was printed; false when nobody takes it any more. */
  boolean flush() {
    return !out.checkError();
  }

  /** All problems, each with its place. */
  static String text(ConfigException e) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : e.problems()) {
      text.append(text.isEmpty() ? "" : "\n").append(problem);
    }
    return text.toString();
  }
}
