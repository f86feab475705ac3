package dev.gimbal.traces;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call that a {@link Tape} has seen: of a method of the engine, or of the load itself. Written
 * by its thread, read when the load has ended.
 */
final class Call {

  /** The class's simple name, a dot and the method's name; only a name for the load's own. */
  final String method;

  final @Nullable Object self;
  private final Object[] args;

  /** The clock before the call and after it. */
  final long begin;

  long end = Long.MAX_VALUE;
  @Nullable Object result;
  @Nullable Throwable thrown;
  final List<Call> children = new ArrayList<>(2);

  Call(String method, @Nullable Object self, Object[] args, long begin) {
    this.method = method;
    this.self = self;
    this.args = args;
    this.begin = begin;
  }

  boolean is(String name) {
    return method.equals(name);
  }

  Object arg(int i) {
    return args[i];
  }

  /** What it returned; it must have returned something. */
  Object answer() {
    return Objects.requireNonNull(result, method);
  }
}
