package dev.gimbal.format.hocon;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Limits;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.format.hocon.HoconValue.Container;
import dev.gimbal.format.hocon.HoconValue.Items;
import dev.gimbal.format.hocon.HoconValue.Joined;
import dev.gimbal.format.hocon.HoconValue.Kind;
import dev.gimbal.format.hocon.HoconValue.Members;
import dev.gimbal.format.hocon.HoconValue.Reference;
import dev.gimbal.format.hocon.HoconValue.Slot;
import dev.gimbal.format.hocon.HoconValue.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Resolves a document's substitutions and tells its values to a builder. Used by one thread.
 *
 * <p>A slot is resolved when it is first needed, to a text, a list or an object, but not what is
 * inside: so objects may refer to paths within themselves. While a value of a slot is resolved,
 * whoever looks at that slot sees the values below it: so a value that is made from itself looks
 * back.
 *
 * <p>What is resolved is shared and kept, so a document costs what it holds. What it could grow by,
 * text put together and objects merged over and over, is limited.
 */
final class HoconResolver {

  static final String MIXED =
      "found text beside an object or list in one value, expected only one of them";

  /** How many slots may wait for each other. */
  private static final int MAX_CHAIN = 200;

  private static final int NONE = Integer.MAX_VALUE;

  /** How often substitutions may look at something, for each value that a document may have. */
  private static final int STEPS_PER_NODE = 4;

  /** How much of a path a message shows, in characters. */
  private static final int LONGEST_PATH = 100;

  private static final Pattern INDEX = Pattern.compile("\\d{1,9}");

  private final HoconDocuments documents;
  private final Limits limits;
  private final Container root;
  private long steps;
  private long textLength;
  private int chain;

  /** How many substitutions are followed that may find nothing. */
  private int optionals;

  /**
   * The lowest {@link #chain} of a slot that waits and was looked at; 0 for an object or list that
   * is being told. Slots above it saw what is only to be seen from there.
   */
  private int outermost = NONE;

  HoconResolver(Container root, HoconDocuments documents, Limits limits) {
    this.root = root;
    this.documents = documents;
    this.limits = limits;
    this.steps = (long) STEPS_PER_NODE * limits.maxNodes();
  }

  /** Tells the whole document. */
  void read() {
    emit(root);
  }

  private void emit(HoconValue value) {
    TreeBuilder out = documents.at(value.place);
    int line = value.line();
    int column = value.column();
    if (value instanceof Text text) {
      switch (text.kind) {
        case NUMBER -> out.number(HoconNumbers.json(text.text), line, column);
        case BOOLEAN -> out.bool(text.text.equals("true"), line, column);
        case NULL -> out.nullValue(line, column);
        default -> out.string(text.text, line, column);
      }
      return;
    }
    Container container = (Container) value;
    container.open = true;
    if (container instanceof Items items) {
      out.beginList(line, column);
      items.elements.forEach(this::element);
    } else {
      out.beginObject(line, column);
      ((Members) container).slots.forEach(this::member);
    }
    out.end();
    container.open = false;
  }

  private void element(HoconValue element) {
    HoconValue value = told(element);
    if (value != Text.ABSENT) {
      emit(value);
    }
  }

  private void member(String key, Slot slot) {
    HoconValue value = told(slot);
    if (value != Text.ABSENT) {
      documents.at(slot.place).key(key, slot.line(), slot.column());
      emit(value);
    }
  }

  /** What an element or member is, if it is not what it stands in. */
  private HoconValue told(HoconValue value) {
    HoconValue resolved = resolve(value);
    if (resolved == Text.ABSENT) {
      spend(1, value);
    }
    if (resolved instanceof Container container && container.open) {
      return inside(value);
    }
    return resolved;
  }

  /** What an object or list is inside itself: nothing, or an error where that is required. */
  private HoconValue inside(HoconValue value) {
    if (value instanceof Reference reference) {
      if (!reference.optional && follow(reference) instanceof Container) {
        throw circular(reference);
      }
    } else if (value instanceof Joined joined) {
      joined.pieces.forEach(this::inside);
    } else if (value instanceof Slot slot) {
      for (int i = 0; i < slot.size(); i++) {
        inside(slot.get(i));
      }
    }
    return Text.ABSENT;
  }

  private HoconValue resolve(HoconValue value) {
    return value instanceof Slot slot ? resolve(slot) : value;
  }

  private HoconValue resolve(Slot slot) {
    int seen = slot.seen();
    if (slot.waits()) {
      outermost = Math.min(outermost, slot.depth);
    }
    if (seen == 0) {
      return Text.ABSENT;
    }
    HoconValue top = slot.get(seen - 1);
    if (top.hides() || seen == 1 && top instanceof Members) {
      return top;
    }
    HoconValue resolved = slot.resolved(seen);
    return resolved == null ? resolve(slot, seen) : resolved;
  }

  /** Resolves the lowest values of a slot, and keeps that unless it may be another elsewhere. */
  private HoconValue resolve(Slot slot, int seen) {
    if (chain == MAX_CHAIN) {
      throw limit(slot, "more than " + MAX_CHAIN + " substitutions that wait for each other");
    }
    int cut = slot.cut;
    int depth = slot.depth;
    int outside = outermost;
    outermost = NONE;
    slot.depth = ++chain;
    try {
      HoconValue resolved = merged(slot, seen);
      if (outermost >= chain) {
        slot.resolve(seen, resolved);
        outermost = NONE;
      }
      return resolved;
    } finally {
      chain--;
      slot.cut = cut;
      slot.depth = depth;
      outermost = Math.min(outermost, outside);
    }
  }

  /**
   * A layer of an object.
   *
   * @param own whether what it holds was assigned here, and not where a substitution found it
   */
  private record Layer(HoconValue value, boolean own) {}

  /** What the lowest values of a slot are together. */
  private HoconValue merged(Slot slot, int seen) {
    List<Layer> layers = new ArrayList<>(2); // the highest first
    boolean hidden = false;
    for (int i = seen - 1; i >= 0 && !hidden; i--) {
      slot.cut = i;
      for (Layer layer : layers(slot.get(i), slot)) {
        hidden = !(layer.value instanceof Members);
        if (!hidden || layers.isEmpty()) {
          layers.add(layer);
        }
      }
    }
    return merged(layers);
  }

  /** The layers of one value of a slot, the highest first: objects, or anything else alone. */
  private List<Layer> layers(HoconValue value, Slot slot) {
    spend(1, value);
    if (value instanceof Joined joined) {
      return layers(joined, slot);
    }
    HoconValue resolved =
        value instanceof Reference reference
            ? reference.path.isEmpty() ? resolve(slot) : follow(reference)
            : resolve(value);
    return resolved == Text.ABSENT
        ? List.of()
        : List.of(new Layer(resolved, value instanceof Members));
  }

  private List<Layer> layers(Joined joined, Slot slot) {
    List<Layer> pieces = new ArrayList<>(joined.pieces.size());
    boolean texts = false;
    boolean lists = false;
    boolean objects = false;
    for (HoconValue piece : joined.pieces) {
      for (Layer layer : layers(piece, slot)) {
        texts |= layer.value instanceof Text text && text.kind != Kind.BLANK;
        lists |= layer.value instanceof Items;
        objects |= layer.value instanceof Members;
        pieces.add(layer);
      }
    }
    if (!lists && !objects) {
      return texts(pieces, joined);
    }
    if (texts) {
      throw malformed(joined, MIXED);
    }
    pieces.removeIf(layer -> layer.value instanceof Text);
    if (lists) {
      return List.of(new Layer(list(pieces, joined), true));
    }
    Collections.reverse(pieces);
    return pieces;
  }

  private List<Layer> texts(List<Layer> pieces, Joined joined) {
    if (pieces.size() < 2) {
      return pieces;
    }
    StringBuilder all = new StringBuilder();
    for (Layer piece : pieces) {
      String text = ((Text) piece.value).text;
      textLength += text.length();
      if (textLength > limits.maxBytes()) {
        throw limit(joined, "substitutions give more text than maxBytes " + limits.maxBytes());
      }
      all.append(text);
    }
    return List.of(new Layer(new Text(Kind.STRING, all.toString(), joined.place), true));
  }

  private Items list(List<Layer> pieces, Joined joined) {
    List<HoconValue> elements = new ArrayList<>();
    List<Layer> objects = new ArrayList<>();
    for (Layer piece : pieces) {
      if (piece.value instanceof Items items) {
        elements.addAll(elements(objects, joined));
        objects.clear();
        elements.addAll(items.elements);
        spend(items.elements.size(), joined);
      } else {
        objects.add(0, piece);
      }
    }
    elements.addAll(elements(objects, joined));
    return new Items(elements, joined.place);
  }

  /** The elements of an object whose keys are indexes, which stands beside a list. */
  private Collection<Slot> elements(List<Layer> objects, Joined joined) {
    if (objects.isEmpty()) {
      return List.of();
    }
    Members object = (Members) merged(objects);
    SortedMap<Integer, Slot> elements = new TreeMap<>();
    spend(object.slots.size(), joined);
    object.slots.forEach(
        (key, slot) -> {
          if (INDEX.matcher(key).matches()) {
            elements.put(Integer.valueOf(key), slot);
          }
        });
    if (elements.isEmpty()) {
      throw malformed(joined, "found an object beside a list in one value, expected one of them");
    }
    return elements.values();
  }

  /** What layers are together, the highest first. */
  private HoconValue merged(List<Layer> layers) {
    if (layers.isEmpty()) {
      return Text.ABSENT;
    }
    Layer lowest = layers.get(layers.size() - 1);
    if (layers.size() == 1) {
      return lowest.value;
    }
    Members merged = new Members(lowest.value.place);
    Set<Slot> made = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Slot> foreign = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = layers.size() - 1; i >= 0; i--) {
      boolean own = layers.get(i).own;
      ((Members) layers.get(i).value)
          .slots.forEach(
              (key, slot) -> {
                spend(STEPS_PER_NODE, slot);
                HoconValue top = slot.top();
                Slot below = merged.slots.get(key);
                if (below == null || top != null && top.hides()) {
                  merged.slots.put(key, slot);
                  if (!own) {
                    foreign.add(slot);
                  }
                  return;
                }
                if (!made.contains(below)) {
                  Slot both = new Slot(below.place);
                  push(both, below, !foreign.contains(below));
                  merged.slots.put(key, both);
                  made.add(both);
                  below = both;
                }
                push(below, slot, own);
              });
    }
    return merged;
  }

  /** Puts on a slot what another has: as if assigned here, or as it is where it stands. */
  private void push(Slot slot, Slot other, boolean own) {
    if (!own) {
      slot.push(other);
      return;
    }
    spend(other.size(), other);
    for (int i = 0; i < other.size(); i++) {
      slot.push(other.get(i));
    }
  }

  private HoconValue follow(Reference reference) {
    if (!reference.optional) {
      return find(reference);
    }
    optionals++;
    try {
      return find(reference);
    } catch (Circle notThisWay) {
      return Text.ABSENT;
    } finally {
      optionals--;
    }
  }

  private HoconValue find(Reference reference) {
    int outside = outermost;
    outermost = NONE;
    HoconValue value = Text.ABSENT;
    if (!reference.included.isEmpty()) {
      List<String> within = new ArrayList<>(reference.included);
      within.addAll(reference.path);
      value = find(reference, within);
    }
    if (value == Text.ABSENT) {
      value = find(reference, reference.path);
    }
    boolean circular = outermost < NONE;
    outermost = Math.min(outermost, outside);
    if (value == Text.ABSENT && !reference.optional) {
      if (circular && optionals > 0) {
        throw new Circle();
      }
      throw circular ? circular(reference) : absent(reference);
    }
    return value;
  }

  /** What keys lead to, unless that is an object or list around the reference. */
  private HoconValue find(Reference reference, List<String> path) {
    HoconValue value = root;
    for (String key : path) {
      spend(1, reference);
      Slot slot = value instanceof Members object ? object.slots.get(key) : null;
      value = slot == null ? Text.ABSENT : resolve(slot);
    }
    if (value instanceof Container container && container.open) {
      outermost = 0;
      return Text.ABSENT; // it would be inside itself
    }
    return value;
  }

  /** Leaves what leads back to where it came from, up to a substitution that may find nothing. */
  private static final class Circle extends RuntimeException {
    Circle() {
      super(null, null, false, false);
    }
  }

  private void spend(int count, HoconValue at) {
    steps -= count;
    if (steps < 0) {
      throw limit(
          at,
          "substitutions look at more values than maxNodes " + limits.maxNodes() + " lets them");
    }
  }

  private ConfigException limit(HoconValue at, String message) {
    return documents.error(ErrorCode.LIMIT, at.place, message);
  }

  private ConfigException malformed(HoconValue at, String message) {
    return documents.malformed(at.place, message);
  }

  private ConfigException absent(Reference reference) {
    return malformed(
        reference,
        "nothing stands at " + brief(reference) + " in the document; \"${?\" allows that");
  }

  private ConfigException circular(Reference reference) {
    return malformed(reference, "the way to " + brief(reference) + " leads back to it");
  }

  /** The path of a substitution, cut where it is long. */
  private static String brief(Reference reference) {
    String path = ConfigPath.of(reference.path.toArray(new String[0])).toString();
    return path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + "..." : path;
  }
}
