package dev.gimbal.schedules;

/** A seeded bug around the engine, which a schedule must report. */
enum Fault {
  NONE,
  /** A hand-off that was taken over never runs. */
  A_TASK_IS_DROPPED,
  /** A source hands over an older state without a reset, under the number of the newest. */
  A_SOURCE_GOES_BACK,
  /** A source's document is lost on its way. */
  A_DOCUMENT_IS_LOST,
  /** A patch arrives as two. */
  A_PATCH_IS_SPLIT,
  /** A listener is told each change twice. */
  A_CHANGE_IS_TOLD_TWICE,
  /** The newest of two changes that come shortly after each other is dropped. */
  THE_NEWEST_IS_DROPPED,
  /** A listener writes at each call, so that nothing ever becomes quiet. */
  A_LISTENER_NEVER_RESTS,
  /** A closed subscription does not end. */
  CLOSE_DOES_NOT_CLOSE,
  /** A close from elsewhere returns although the listener is inside its call. */
  CLOSE_DOES_NOT_WAIT,
  /** A stopped watcher goes on answering. */
  STOP_DOES_NOT_STOP,
  /** A watcher made from an older value starts from the present. */
  A_WATCH_HAS_A_GAP,
  /** A watcher that was told once is never told again. */
  A_WATCHER_SLEEPS,
  /** A refused write returns as if it had passed. */
  A_REFUSAL_IS_SWALLOWED,
  /** A Config that was closed goes on. */
  A_CLOSED_CONFIG_GOES_ON
}
