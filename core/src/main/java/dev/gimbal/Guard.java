package dev.gimbal;

/**
 * Decides whether a change may happen. It is asked about each candidate that passed every other
 * check, before anybody sees it; when it refuses, everybody keeps the snapshot there is (G7).
 *
 * <pre>{@code
 * Config.builder()
 *     .guard("pool grows only", (before, candidate) ->
 *         candidate.get("pool.max").asInt(0) >= before.get("pool.max").asInt(0)
 *             ? Verdict.accept()
 *             : Verdict.reject("pool.max", "a running pool does not shrink"))
 * }</pre>
 *
 * <p>It is called on a worker, by one thread at a time unless an earlier call is late, within
 * {@link Config.Builder#checkTimeout(java.time.Duration)}; what takes longer is a rejection. It may
 * be asked about a candidate that another input keeps from being published, and more than once
 * about the same values, so it must only look. Writing, adding, removing, reloading and declaring
 * from inside it throw {@link IllegalStateException}. What it throws is a rejection.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Guard {

  /**
   * Looks at a change.
   *
   * @param before what readers see; of version 0 and empty at the start
   * @param candidate what they would see; its version is the one it would have
   * @return whether it may happen; not null
   */
  Verdict check(Snapshot before, Snapshot candidate);
}
