package dev.gimbal.tree;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A string, a number or a boolean. A number keeps the text it was written with: 1.10 is not 1.1.
 *
 * @since 0.1.0
 */
public final class Scalar implements Node {

  /** What a scalar is. */
  public enum Kind {
    STRING,
    NUMBER,
    BOOLEAN
  }

  /** Which placeholders in a string are resolved. */
  public enum Template {
    /** None: the text stands as it is. */
    NONE,
    /** {@code ${path}} only: what a remote document may use. */
    PATHS,
    /** Also {@code ${env:}}, {@code ${sys:}}. */
    ALL
  }

  private static final Scalar TRUE = new Scalar(Kind.BOOLEAN, "true", Template.NONE);
  private static final Scalar FALSE = new Scalar(Kind.BOOLEAN, "false", Template.NONE);

  private final Kind kind;
  private final String text;

  // The template, and whether it is secret: three bytes, which fill what would be free otherwise.
  private final boolean paths;
  private final boolean all;
  private final boolean secret;

  private Scalar(Kind kind, String text, Template template) {
    this(kind, text, template, false);
  }

  private Scalar(Kind kind, String text, Template template, boolean secret) {
    this.kind = kind;
    this.text = text;
    this.paths = template != Template.NONE;
    this.all = template == Template.ALL;
    this.secret = secret;
  }

  /** A string without placeholders, whatever it holds. */
  public static Scalar string(String text) {
    return new Scalar(Kind.STRING, Objects.requireNonNull(text, "text"), Template.NONE);
  }

  /** A string whose placeholders are resolved after merging; a plain one if it holds none. */
  public static Scalar string(String text, Template template) {
    return text.contains("${") ? new Scalar(Kind.STRING, text, template) : string(text);
  }

  /**
   * A number by its text, which is kept.
   *
   * @throws IllegalArgumentException when the text is not a decimal number as JSON writes it
   */
  public static Scalar number(String text) {
    if (!isJsonNumber(text)) {
      throw new IllegalArgumentException("number: \"" + text + "\" (expected: as JSON writes it)");
    }
    return new Scalar(Kind.NUMBER, text, Template.NONE);
  }

  /**
   * A number by its value.
   *
   * @throws IllegalArgumentException for NaN and the infinities
   */
  public static Scalar number(Number value) {
    return value instanceof BigDecimal || value instanceof BigInteger
        ? new Scalar(Kind.NUMBER, value.toString(), Template.NONE)
        : number(value.toString());
  }

  /** A boolean. */
  public static Scalar bool(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** What this is. */
  public Kind kind() {
    return kind;
  }

  /** The text as it was written; {@code true} or {@code false} for a boolean. */
  public String text() {
    return text;
  }

  /** Which of its placeholders are resolved; none for what is no string. */
  public Template template() {
    return all ? Template.ALL : paths ? Template.PATHS : Template.NONE;
  }

  /**
   * Whether it is a secret wherever it stands (G11): it was encrypted, or its source is secret.
   * What is secret by its key alone does not say so.
   */
  public boolean isSecret() {
    return secret;
  }

  /** The same value as a secret. */
  public Scalar asSecret() {
    return secret ? this : new Scalar(kind, text, template(), true);
  }

  @Override
  public boolean hasTemplates() {
    return paths;
  }

  @Override
  public boolean hasTombstones() {
    return false;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Scalar other
        && kind == other.kind
        && paths == other.paths
        && all == other.all
        && secret == other.secret
        && text.equals(other.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return kind.name();
  }

  /** RFC 8259, section 6: {@code -? int frac? exp?}. */
  public static boolean isJsonNumber(String text) {
    int n = text.length();
    int i = n > 0 && text.charAt(0) == '-' ? 1 : 0;
    int start = i;
    i = digits(text, i);
    if (i == start || (text.charAt(start) == '0' && i > start + 1)) {
      return false;
    }
    if (i < n && text.charAt(i) == '.') {
      int fraction = i + 1;
      i = digits(text, fraction);
      if (i == fraction) {
        return false;
      }
    }
    if (i < n && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      i++;
      if (i < n && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
        i++;
      }
      int exponent = i;
      i = digits(text, exponent);
      if (i == exponent) {
        return false;
      }
    }
    return i == n;
  }

  private static int digits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }
}
