package dev.gimbal.engine;

import dev.gimbal.tree.ObjectNode;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Objects;

/** What the engine's own objects say, for those who have them as arguments and results. */
public final class Plain {

  /** The revision of what is none. */
  public static final long FAILED = -1;

  private Plain() {}

  /** The name of a session. */
  public static String name(Object session) {
    return ((SourceSession) session).name();
  }

  /** The revisions of what was said; {@link #FAILED} for a failure. */
  public static List<Long> said(Object all) {
    return ((List<?>) all).stream().map(Plain::revision).toList();
  }

  public static long revision(Object said) {
    return said instanceof Input input
        ? Objects.requireNonNull(input.revision(), "a document without a revision").order()
        : failed(said);
  }

  private static long failed(Object said) {
    if (said instanceof Said.Failed) {
      return FAILED;
    }
    throw new IllegalArgumentException(said.toString());
  }

  /** The tree of a candidate or of a snapshot. */
  public static ObjectNode tree(Object shown) {
    return shown instanceof Candidate candidate
        ? candidate.tree()
        : ((PublishedSnapshot) shown).resolved();
  }

  /** The snapshot that a value is of. */
  public static Object snapshot(Object value) {
    return ((SnapshotValue) value).snapshot();
  }

  /** The mailbox of a watcher or of a subscription. */
  public static Object mailbox(Object receiver) {
    try {
      Field field = receiver.getClass().getDeclaredField("mailbox");
      field.setAccessible(true);
      return field.get(receiver);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
