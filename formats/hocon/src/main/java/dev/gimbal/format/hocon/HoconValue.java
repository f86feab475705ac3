package dev.gimbal.format.hocon;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a document, before its substitutions are resolved. The parser writes it, then the
 * resolver; used by one thread.
 */
abstract sealed class HoconValue {

  /** What a {@link Text} is. */
  enum Kind {
    STRING,
    NUMBER,
    BOOLEAN,
    NULL,
    /** The blanks between two substitutions: text beside text, nothing beside an object or list. */
    BLANK
  }

  /** How many documents one may be read from. */
  static final int MAX_DOCUMENTS = 1 << 16;

  private static final int BITS = 24;
  private static final int MOST = (1 << BITS) - 1;

  /** The document in 16 bits, the line in 24 and the column in 24 where it begins. */
  final long place;

  private HoconValue(long place) {
    this.place = place;
  }

  static long place(int document, int line, int column) {
    return (long) document << 2 * BITS
        | (long) Math.min(line, MOST) << BITS
        | Math.min(column, MOST);
  }

  static int document(long place) {
    return (int) (place >>> 2 * BITS);
  }

  static int line(long place) {
    return (int) (place >>> BITS) & MOST;
  }

  static int column(long place) {
    return (int) place & MOST;
  }

  int line() {
    return line(place);
  }

  int column() {
    return column(place);
  }

  /** Whether nothing below it in a stack of values shows through. */
  boolean hides() {
    return this instanceof Text || this instanceof Items;
  }

  /** A string, number, boolean or null, as it is written. */
  static final class Text extends HoconValue {

    /** What a substitution gives that finds nothing, and so a value made of such alone. */
    static final Text ABSENT = new Text(Kind.BLANK, "", 0);

    final Kind kind;
    final String text;

    Text(Kind kind, String text, long place) {
      super(place);
      this.kind = kind;
      this.text = text;
    }
  }

  /** An object or list; open while its members are told to the builder. */
  abstract static sealed class Container extends HoconValue {
    boolean open;

    private Container(long place) {
      super(place);
    }
  }

  static final class Members extends Container {
    final Map<String, Slot> slots = new LinkedHashMap<>();

    Members(long place) {
      super(place);
    }

    /** Assigns what another object has. */
    void merge(Members upper) {
      upper.slots.forEach(
          (key, slot) -> {
            Slot below = slots.putIfAbsent(key, slot);
            for (int i = 0; below != null && i < slot.size; i++) {
              below.assign(slot.stack[i]);
            }
          });
    }
  }

  /** A list; elements that hold substitutions stand in slots. */
  static final class Items extends Container {
    final List<HoconValue> elements;

    Items(List<HoconValue> elements, long place) {
      super(place);
      this.elements = elements;
    }
  }

  /** A substitution. */
  static final class Reference extends HoconValue {
    /** Its keys; none for the value that its own slot had before, which {@code +=} appends to. */
    final List<String> path;

    /** Where the document that it stands in was included: there its path is looked for first. */
    final List<String> included;

    final boolean optional;

    Reference(List<String> path, List<String> included, boolean optional, long place) {
      super(place);
      this.path = path;
      this.included = included;
      this.optional = optional;
    }
  }

  /** Values side by side. */
  static final class Joined extends HoconValue {
    final List<HoconValue> pieces;

    Joined(List<HoconValue> pieces, long place) {
      super(place);
      this.pieces = pieces;
    }

    /** What {@code += element} assigns. */
    static Joined appending(Items elements) {
      return new Joined(
          List.of(new Reference(List.of(), List.of(), true, elements.place), elements),
          elements.place);
    }

    /** The elements that it appends, if it is an {@link #appending}. */
    @Nullable Items appended() {
      return pieces.get(0) instanceof Reference first
              && first.path.isEmpty()
              && pieces.get(1) instanceof Items items
          ? items
          : null;
    }
  }

  /**
   * The place of a value: what was assigned to it, the last on top. Those below a substitution
   * stay, since it may be an object that merges with them, or look back to them.
   */
  static final class Slot extends HoconValue {
    private HoconValue[] stack = new HoconValue[1];
    private int size;

    /** How many of them are to be seen while those above are resolved; negative for all. */
    int cut = -1;

    /** How many slots wait for each other, this one included, while it is resolved. */
    int depth;

    /** What the lowest n of them resolve to, where it is known. */
    private @Nullable HoconValue @Nullable [] resolved;

    Slot(long place) {
      super(place);
    }

    int size() {
      return size;
    }

    /** Whether it is being resolved. */
    boolean waits() {
      return cut >= 0;
    }

    int seen() {
      return waits() ? cut : size;
    }

    HoconValue get(int i) {
      return stack[i];
    }

    @Nullable HoconValue top() {
      return size == 0 ? null : stack[size - 1];
    }

    void push(HoconValue value) {
      if (size == stack.length) {
        stack = Arrays.copyOf(stack, 2 * size);
      }
      stack[size++] = value;
    }

    /**
     * Assigns a value as the document does: what hides the others replaces them, objects merge,
     * {@code +=} appends.
     */
    void assign(HoconValue value) {
      HoconValue top = top();
      Items appended = value instanceof Joined joined ? joined.appended() : null;
      if (value.hides()) {
        size = 0;
        push(value);
      } else if (value instanceof Members upper && top instanceof Members lower) {
        lower.merge(upper);
      } else if (appended != null && top instanceof Items items) {
        items.elements.addAll(appended.elements);
      } else if (appended != null && top instanceof Joined below && below.appended() != null) {
        below.appended().elements.addAll(appended.elements);
      } else {
        push(value);
      }
    }

    @Nullable HoconValue resolved(int lowest) {
      return resolved == null ? null : resolved[lowest];
    }

    void resolve(int lowest, HoconValue value) {
      @Nullable HoconValue[] known = resolved;
      if (known == null) {
        known = new @Nullable HoconValue[size + 1];
        resolved = known;
      }
      known[lowest] = value;
    }
  }
}
