package dev.gimbal.tree;

import dev.gimbal.ConfigPath;
import dev.gimbal.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where each value of one document was written: an open-addressing table from a 64-bit hash of the
 * path to a packed place, 19 bytes an entry, and the document's text. Two paths of one document
 * with equal hashes would share a place; at 1,000,000 nodes the chance of one such pair is below 1
 * in 10,000,000, and what suffers is a line number.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class OriginTable {

  private static final int LINE_BITS = 24;
  private static final int COLUMN_BITS = 20;
  private static final long ROOT_HASH = 0x9E3779B97F4A7C15L;

  private final List<String> documents;

  /** Those of documents that have lines to show. */
  private final Map<String, DocumentText> texts;

  private final long[] hashes;
  private final long[] places;

  private OriginTable(
      List<String> documents, Map<String, DocumentText> texts, long[] hashes, long[] places) {
    this.documents = documents;
    this.texts = texts;
    this.hashes = hashes;
    this.places = places;
  }

  /** A table that knows no place. */
  public static OriginTable none() {
    return new OriginTable(List.of(), Map.of(), new long[1], new long[1]);
  }

  /**
   * This table, or an earlier one of the same places and texts: a table that many snapshots refer
   * to is there once. Where only lines moved, or only values changed, what is common is.
   */
  public OriginTable sharing(OriginTable earlier) {
    if (!documents.equals(earlier.documents) || !Arrays.equals(hashes, earlier.hashes)) {
      return this;
    }
    boolean same = Arrays.equals(places, earlier.places);
    return same && texts.equals(earlier.texts)
        ? earlier
        : new OriginTable(earlier.documents, texts, earlier.hashes, same ? earlier.places : places);
  }

  /** The text of a document that places stand in, or null where it was not given. */
  public @Nullable DocumentText text(String document) {
    return texts.get(document);
  }

  /** Whether some document may hold a text: one was given that does, or none was given. */
  public boolean mayHold(String text) {
    for (DocumentText document : texts.values()) {
      if (document.text().contains(text)) {
        return true;
      }
    }
    return texts.isEmpty();
  }

  /** The place of a path, or null where none was recorded. */
  public @Nullable Origin find(String source, ConfigPath path) {
    long hash = hash(path);
    for (int i = slot(hash, hashes.length); places[i] != 0; i = next(i, hashes.length)) {
      if (hashes[i] == hash) {
        return unpack(source, places[i]);
      }
    }
    return null;
  }

  private Origin unpack(String source, long place) {
    int column = (int) (place & ((1 << COLUMN_BITS) - 1));
    int line = (int) ((place >>> COLUMN_BITS) & ((1 << LINE_BITS) - 1));
    int document = (int) (place >>> (COLUMN_BITS + LINE_BITS)) - 1;
    return new Origin(source, documents.get(document), line, column);
  }

  /** The hash of the root, to extend by {@link #child}. */
  public static long rootHash() {
    return ROOT_HASH;
  }

  /** The hash of a child by key. */
  public static long child(long parent, String key) {
    return childByHash(parent, keyHash(key));
  }

  /** The hash of a child by the {@link #keyHash} of its key. */
  public static long childByHash(long parent, long keyHash) {
    return mix(parent * 31 + keyHash);
  }

  /** The hash of a key (FNV-1a, of its UTF-16 units), for who needs it often. */
  public static long keyHash(String key) {
    long h = 0xCBF29CE484222325L;
    for (int i = 0; i < key.length(); i++) {
      h = (h ^ key.charAt(i)) * 0x100000001B3L;
    }
    return h;
  }

  /** The hash of a child by list index. */
  public static long child(long parent, int index) {
    return mix(parent * 33 + index + 1);
  }

  private static long mix(long value) {
    long h = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
    return h ^ (h >>> 32);
  }

  private static long hash(ConfigPath path) {
    long hash = ROOT_HASH;
    for (int i = 0; i < path.size(); i++) {
      hash = path.isIndex(i) ? child(hash, path.index(i)) : child(hash, path.key(i));
    }
    return hash;
  }

  /** Where the search for a hash begins: its upper bits, spread over a table of any length. */
  private static int slot(long hash, int length) {
    return (int) (((hash >>> Integer.SIZE) * length) >>> Integer.SIZE);
  }

  private static int next(int slot, int length) {
    return slot + 1 == length ? 0 : slot + 1;
  }

  /** Adds a place, or replaces that of the same hash; whether it was added. */
  private static boolean insert(long[] hashes, long[] places, long hash, long place) {
    int i = slot(hash, hashes.length);
    while (places[i] != 0 && hashes[i] != hash) {
      i = next(i, hashes.length);
    }
    boolean added = places[i] == 0;
    hashes[i] = hash;
    places[i] = place;
    return added;
  }

  /** Makes a table place by place. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects places. Used by one thread. */
  public static final class Builder {
    private final ArrayList<String> documents = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, DocumentText> texts = new HashMap<>();

    /** The number of the document that places stand in, from 1. */
    private int current;

    // In the order in which they were recorded; what was recorded twice is there once after build:
    private long[] hashes = new long[16];
    private long[] places = new long[16];
    private int size;

    Builder() {}

    /** Names the document that the following places stand in. */
    public Builder document(String name) {
      Integer known = numbers.get(name);
      if (known == null) {
        documents.add(name);
        known = documents.size();
        numbers.put(name, known);
      }
      current = known;
      return this;
    }

    /** Gives the text of a document that places stand in. */
    public Builder text(String document, DocumentText text) {
      texts.put(document, text);
      return this;
    }

    /** Records a place by the hash of its path; a later one for the same path wins. */
    public Builder put(long hash, int line, int column) {
      add(hash, pack(line, column));
      return this;
    }

    /** Records a place by its path. */
    public Builder put(ConfigPath path, int line, int column) {
      return put(hash(path), line, column);
    }

    /** Adds all of another table; its places win over earlier ones for the same path. */
    public Builder putAll(OriginTable other) {
      int offset = documents.size();
      documents.addAll(other.documents);
      texts.putAll(other.texts);
      for (int i = 0; i < other.places.length; i++) {
        if (other.places[i] != 0) {
          long moved = other.places[i] + ((long) offset << (COLUMN_BITS + LINE_BITS));
          add(other.hashes[i], moved);
        }
      }
      return this;
    }

    private long pack(int line, int column) {
      if (current == 0) {
        throw new IllegalStateException("document(name) comes before the first place");
      }
      long l = Math.min(line, (1 << LINE_BITS) - 1);
      long c = Math.min(column, (1 << COLUMN_BITS) - 1);
      return ((long) current << (COLUMN_BITS + LINE_BITS)) | (l << COLUMN_BITS) | c;
    }

    private void add(long hash, long place) {
      if (size == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * size);
        places = Arrays.copyOf(places, 2 * size);
      }
      hashes[size] = hash;
      places[size++] = place;
    }

    /** The table of all places recorded so far; a sixth of it is free. */
    public OriginTable build() {
      int length = size + size / 5 + 1;
      long[] byHash = new long[length];
      long[] placed = new long[length];
      int different = 0;
      for (int i = 0; i < size; i++) {
        different += insert(byHash, placed, hashes[i], places[i]) ? 1 : 0;
      }
      if (different < size) {
        keepOnly(byHash, placed);
        return build();
      }
      return new OriginTable(List.copyOf(documents), Map.copyOf(texts), byHash, placed);
    }

    /** Forgets the earlier ones of several places of a path. */
    private void keepOnly(long[] byHash, long[] placed) {
      size = 0;
      for (int i = 0; i < placed.length; i++) {
        if (placed[i] != 0) {
          add(byHash[i], placed[i]);
        }
      }
    }
  }
}
