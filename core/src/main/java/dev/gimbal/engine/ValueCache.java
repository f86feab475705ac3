package dev.gimbal.engine;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Values by the text that they were read by, for the next who reads there: a hash table that may
 * lose what it holds.
 *
 * <p>Concurrency. Any thread reads and writes any slot, without a lock. A value is immutable but
 * for what it keeps of a conversion, and says of which text and snapshot it is: one that stands in
 * a slot too long, or not long enough, costs whoever reads next a walk and changes no answer. The
 * counts only bound what is kept.
 */
final class ValueCache {

  /** How many values are kept; of other paths each read makes one. */
  static final int MAX_VALUES = 65_536;

  /** How many of them may have been absent when they were kept: made-up paths fill no memory. */
  static final int MAX_ABSENT = 16_384;

  /** When no more are kept, this share of them takes the place of another. */
  private static final double EXCHANGED = 0.125;

  /** How many slots are looked at for that other one. */
  private static final int LOOKED_AT = 64;

  /** How many versions pass until values of old snapshots are dropped. */
  static final int DROP_AFTER = 64;

  private static final int FIRST_SLOTS = 16;
  private static final int MAX_SLOTS = 4 * MAX_VALUES;

  /** A value stands in one of so many slots from that of its hash on, with no free one between. */
  static final int PROBES = 8;

  /** So many slots for each value, or more: who looks for what is not kept mostly finds none. */
  private static final int SPARE = 3;

  /** With so many slots for each value the next table is smaller. */
  private static final int IDLE = 16;

  /** A power of two of them, or null before the first; another array takes its place. */
  private final AtomicReference<@Nullable SnapshotValue @Nullable []> table =
      new AtomicReference<>();

  /**
   * How many are kept. Two who store or exchange at the same time may count one too many, or too
   * few.
   */
  private final AtomicInteger values = new AtomicInteger();

  private final AtomicInteger absent = new AtomicInteger();

  /**
   * The version at which old values were last dropped: those of paths that nobody reads any more
   * must not keep their snapshots.
   */
  private final AtomicLong dropped = new AtomicLong();

  /** From 0 to 1. */
  private final DoubleSupplier random;

  ValueCache(DoubleSupplier random) {
    this.random = random;
  }

  int size() {
    return values.get();
  }

  int slots() {
    @Nullable SnapshotValue[] slots = table.get();
    return slots == null ? 0 : slots.length;
  }

  /** What was last read by this text, perhaps in an older snapshot; null if it is not kept. */
  @Nullable SnapshotValue get(String text) {
    @Nullable SnapshotValue[] slots = table.get();
    if (slots == null) {
      return null;
    }
    int first = first(text);
    for (int i = 0; i < PROBES; i++) {
      SnapshotValue value = slots[first + i & slots.length - 1];
      if (value == null || value.isOf(text)) {
        return value;
      }
    }
    return null;
  }

  /**
   * Keeps a value that was read by a text in the current snapshot, if there is room; and now and
   * then if there is none, in the place of another: paths that are read no more must not keep out
   * those that are.
   *
   * @param before what {@link #get} gave
   */
  void keep(String text, @Nullable SnapshotValue before, SnapshotValue value) {
    if (before != null || !isFull(value)) {
      @Nullable SnapshotValue[] slots = table.get();
      store(text, value, slots == null ? replace(null, FIRST_SLOTS, null) : slots);
    } else if (random.getAsDouble() < EXCHANGED) {
      exchange(text, value);
    }
    dropOld(value.snapshot());
  }

  private boolean isFull(SnapshotValue value) {
    return values.get() >= MAX_VALUES || value.found() == null && absent.get() >= MAX_ABSENT;
  }

  private void store(String text, SnapshotValue value, @Nullable SnapshotValue[] slots) {
    int slot = slotFor(text, slots);
    if (slot >= 0) {
      boolean isNew = slots[slot] == null;
      slots[slot] = value;
      if (isNew) {
        values.incrementAndGet();
        absent.addAndGet(value.found() == null ? 1 : 0);
      }
      if (isNew && isFull(value)) {
        count(slots);
      }
    }
    int load = values.get();
    if (slots.length < MAX_SLOTS && slots.length < (slot < 0 ? PROBES : SPARE) * load) {
      replace(slots, 2 * slots.length, null);
    }
  }

  /** What was absent takes the place of such only: made-up paths do not displace values. */
  private void exchange(String text, SnapshotValue value) {
    @Nullable SnapshotValue[] slots = table.get();
    int slot = slots == null ? -1 : slotFor(text, slots);
    if (slots == null || slot < 0 || slots[slot] != null) {
      return;
    }
    boolean isAbsent = value.found() == null;
    for (int i = 1; i <= LOOKED_AT; i++) {
      int other = slot + i & slots.length - 1;
      SnapshotValue goes = slots[other];
      boolean isLast = slots[other + 1 & slots.length - 1] == null; // none is found through it
      if (goes != null && isLast && (goes.found() == null || !isAbsent)) {
        slots[other] = null;
        slots[slot] = value;
        absent.addAndGet((isAbsent ? 1 : 0) - (goes.found() == null ? 1 : 0));
        return;
      }
    }
  }

  /** The slot that has a value of this text, or else the first free one; -1 for neither. */
  private static int slotFor(String text, @Nullable SnapshotValue[] slots) {
    int first = first(text);
    for (int i = 0; i < PROBES; i++) {
      int slot = first + i & slots.length - 1;
      SnapshotValue value = slots[slot];
      if (value == null || value.isOf(text)) {
        return slot;
      }
    }
    return -1;
  }

  /**
   * Puts a table of some length in the place of another one. What is stored in that meanwhile is
   * lost.
   *
   * @param only the snapshot whose values stay; null for all
   * @return the table that is there now
   */
  private @Nullable SnapshotValue[] replace(
      @Nullable SnapshotValue @Nullable [] slots, int length, @Nullable PublishedSnapshot only) {
    @Nullable SnapshotValue[] next = new SnapshotValue[length];
    for (SnapshotValue value : slots == null ? next : slots) {
      boolean stays = value != null && (only == null || value.snapshot() == only);
      int slot = stays ? slotFor(value.text(), next) : -1;
      if (slot >= 0) {
        next[slot] = value;
      }
    }
    if (table.compareAndSet(slots, next)) {
      count(next);
      return next;
    }
    return Objects.requireNonNull(table.get());
  }

  private void count(@Nullable SnapshotValue[] slots) {
    int all = 0;
    int none = 0;
    for (SnapshotValue value : slots) {
      all += value == null ? 0 : 1;
      none += value != null && value.found() == null ? 1 : 0;
    }
    values.set(all);
    absent.set(none);
  }

  /** One reader in a while drops the values that are not of the current snapshot. */
  private void dropOld(PublishedSnapshot now) {
    long before = dropped.get();
    @Nullable SnapshotValue[] slots = table.get();
    if (now.version() - before >= DROP_AFTER
        && dropped.compareAndSet(before, now.version())
        && slots != null) {
      boolean isIdle = slots.length > IDLE * Math.max(1, values.get());
      replace(slots, isIdle ? slots.length / 2 : slots.length, now);
    }
  }

  /**
   * Hashes of similar texts lie side by side. Multiplied by the golden ratio they do not, as Knuth
   * shows in The Art of Computer Programming, 6.4.
   */
  private static int first(String text) {
    int product = text.hashCode() * 0x9E3779B9;
    return product ^ product >>> 16;
  }
}
