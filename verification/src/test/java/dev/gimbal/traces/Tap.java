package dev.gimbal.traces;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** What {@link Instrumented} puts around a method. */
final class Tap {

  /** Stands for the method's name. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Name {}

  private Tap() {}

  @Advice.OnMethodEnter
  static void enter(
      @Name String method,
      @Advice.This(optional = true) @Nullable Object self,
      @Advice.AllArguments Object[] args) {
    Tape.enter(method, self, args);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class)
  static void exit(
      @Name String method,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object result,
      @Advice.Thrown @Nullable Throwable thrown) {
    Tape.exit(method, result, thrown);
  }

  /** The same at the end of a constructor. */
  static final class Made {
    private Made() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String method, @Advice.This Object self, @Advice.AllArguments Object[] args) {
      Tape.enter(method, self, args);
      Tape.exit(method, null, null);
    }
  }
}
