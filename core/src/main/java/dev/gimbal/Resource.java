package dev.gimbal;

/**
 * Something that is made of a value and must change with it or not at all: a pool of connections, a
 * server's port. A change of configuration takes two phases. First each resource whose value
 * changes prepares, and may veto; when one does, all that others prepared is aborted, and everybody
 * keeps the snapshot there is (G7). When none does, all commit, and then the change is visible.
 *
 * <pre>{@code
 * final class Pools implements Resource<PoolSettings> {
 *   private volatile Pool pool;
 *
 *   @Override
 *   public Prepared prepare(PoolSettings next) throws VetoException {
 *     Pool opened = Pool.open(next); // whatever it throws is a veto, too
 *     return new Prepared() {
 *       @Override
 *       public void commit() {
 *         Pool before = pool;
 *         pool = opened;
 *         if (before != null) {
 *           before.drain();
 *         }
 *       }
 *
 *       @Override
 *       public void abort() {
 *         opened.close();
 *       }
 *     };
 *   }
 * }
 *
 * Config config = Config.builder()
 *     .source("file:app.yaml")
 *     .resource("pool", PoolSettings.class, new Pools())
 *     .build();
 * }</pre>
 *
 * <p>Its methods are called on workers, by one thread at a time unless an earlier call is late.
 * Writing, adding, removing, reloading and declaring from inside them throw {@link
 * IllegalStateException}; reading answers from the snapshot before the change. Closing the Config
 * commits and aborts nothing but what is under way: a change whose resources have all prepared
 * still happens, and what is prepared afterwards is aborted, perhaps once close has returned. What
 * was committed is the application's.
 *
 * @param <T> what its value converts to
 * @since 0.1.0
 */
@FunctionalInterface
public interface Resource<T> {

  /**
   * Makes what the next value needs, beside what is in use. It is asked last, about a candidate
   * that passes every other check, at the start about the first value there is; and again only when
   * the value is another one by {@link Object#equals}. A candidate may still be given up for one
   * that holds more, so that an abort need not mean an error. A document that was vetoed stays
   * pending and is tried again when others change, but the resource not before ten times as long
   * has passed as its veto took; {@link Config#reload} asks at once.
   *
   * @param next the checked value; never null, for it cannot be taken away once it is there
   * @return what is to be told how it ends; not null
   * @throws VetoException to refuse the change, with a reason that is shown
   * @throws Exception refuses it too; its class is shown and never its message, which may hold a
   *     secret. So does what takes longer than {@link
   *     Config.Builder#checkTimeout(java.time.Duration)} for all resources of a candidate together;
   *     it is interrupted, and what it prepares all the same is aborted
   */
  Prepared prepare(T next) throws Exception;

  /**
   * What was prepared. It is told one of the two, once, in the order in which resources were given
   * to the builder (to abort, the reverse). The Config waits for it for as long as checks may take,
   * then goes on and says so in the log; it is not interrupted for that, and later ones come after
   * it. Of what it throws the class is logged; that changes nothing.
   *
   * @since 0.1.0
   */
  interface Prepared {

    /** The change happens: puts what was prepared in the place of what is in use. */
    void commit();

    /** It does not: gives up what was prepared. */
    void abort();
  }
}
