package dev.gimbal.text;

import dev.gimbal.ConfigException;
import dev.gimbal.Excerpt;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.secret.SecretKeys;
import dev.gimbal.tree.DocumentText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds to the problems of one report the lines that they are about, as far as {@link DocumentLines}
 * lets them be shown. Of each document the lines are worked out once, and only if they are needed.
 * Used by one thread.
 */
public final class Excerpts {

  /** How many there are: nobody reads more. */
  private static final int MOST = 100;

  /** Finds the document of a place; null where it has none, as with variables. */
  public interface Texts {
    @Nullable DocumentText find(Origin origin);
  }

  private final Texts texts;
  private final boolean wellFormed;
  private final KnownExcerpts known;
  private final Map<DocumentText, DocumentLines> lines = new HashMap<>();
  private final Map<Origin, Excerpt> excerpts = new HashMap<>();

  /**
   * @param wellFormed whether the documents follow their formats
   */
  public Excerpts(Texts texts, boolean wellFormed) {
    this(texts, wellFormed, new KnownExcerpts());
  }

  /**
   * @param wellFormed whether the documents follow their formats
   * @param known those of earlier reports on the same documents
   */
  public Excerpts(Texts texts, boolean wellFormed, KnownExcerpts known) {
    this.texts = texts;
    this.wellFormed = wellFormed;
    this.known = known;
  }

  /** The same failure, whose problems have their excerpts. */
  public ConfigException of(ConfigException failure) {
    List<Problem> problems = new ArrayList<>();
    failure.problems().forEach(problem -> problems.add(of(problem)));
    if (problems.equals(failure.problems())) {
      return failure;
    }
    ConfigException more = new ConfigException(problems, failure.getCause());
    more.setStackTrace(failure.getStackTrace());
    return more;
  }

  /** The same problem with its excerpt, unless it has one, or there is none at its place. */
  public Problem of(Problem problem) {
    Excerpt excerpt = problem.details().excerpt() == null ? line(problem.origin()) : null;
    if (excerpt == null) {
      return problem;
    }
    Excerpt begin = line(problem.details().begin());
    return problem.withExcerpt(excerpt.equals(begin) ? excerpt : excerpt.withBegin(begin));
  }

  /** The line of a place alone. */
  private @Nullable Excerpt line(@Nullable Origin origin) {
    if (origin == null) {
      return null;
    }
    Excerpt excerpt = excerpts.get(origin);
    if (excerpt == null && excerpts.size() < MOST) {
      excerpt = known.find(origin);
      excerpt = excerpt == null ? found(origin) : excerpt;
    }
    if (excerpt != null) {
      excerpts.put(origin, excerpt);
    }
    return excerpt;
  }

  private @Nullable Excerpt found(Origin origin) {
    Excerpt excerpt = excerpt(origin);
    if (excerpt != null) {
      known.keep(origin, excerpt);
    }
    return excerpt;
  }

  private @Nullable Excerpt excerpt(Origin origin) {
    DocumentText text = origin.line() == 0 || origin.column() == 0 ? null : texts.find(origin);
    if (text == null) {
      return null;
    }
    DocumentLines document =
        lines.computeIfAbsent(text, t -> DocumentLines.of(t.format(), t.text(), wellFormed));
    int index = origin.line() - 1;
    return index < document.size() ? excerpt(document, index, origin.column() - 1) : null;
  }

  /**
   * What is shown of a line.
   *
   * @param column how many of its characters stand before the place
   */
  private static Excerpt excerpt(DocumentLines document, int index, int column) {
    String line = document.line(index);
    String begin = line.substring(0, document.shown(index));
    boolean isMore = !line.substring(begin.length()).isBlank();
    String masked = isMore ? begin + SecretKeys.MASK : begin;
    boolean atEnd = column >= line.codePointCount(0, line.length());
    String before = atEnd ? masked : begin;
    int most = before.codePointCount(0, before.length());
    return new Excerpt(index + 1, masked, atEnd ? most : Math.min(column, most));
  }
}
