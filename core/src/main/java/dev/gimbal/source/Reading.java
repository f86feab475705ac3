package dev.gimbal.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a target.
 *
 * @param pieces one a file, in the order of their names
 * @param digest of all names and bytes
 */
record Reading(List<Piece> pieces, Digest digest) {

  /**
   * One file's bytes.
   *
   * @param name below the target's path; {@code ""} for a file itself
   * @param problem why there are none, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // pieces are compared by digest
  record Piece(String name, byte[] bytes, @Nullable String problem) {

    Piece(String name, byte[] bytes) {
      this(name, bytes, null);
    }

    /** What stands for a file that cannot be read. */
    static Piece failed(String name, String problem) {
      return new Piece(name, new byte[0], problem);
    }
  }

  /** 128 bits of a content: equal by accident never, by intent only for who may write it anyway. */
  record Digest(long high, long low) {

    /** Of no content at all, as against empty content. */
    static final Digest NONE = new Digest(0, 0);

    // Written out: the JVM makes dozens of classes for the ones that records have.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Digest digest && high == digest.high && low == digest.low;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(high ^ low);
    }

    Digest with(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      long a = mix(high + bytes.length);
      long b = mix(low ^ a);
      while (in.remaining() >= Long.BYTES) {
        long word = in.getLong();
        a = (a ^ word) * 0x9E3779B97F4A7C15L;
        a ^= a >>> 32;
        b = Long.rotateLeft(b + word, 29) * 0xC2B2AE3D27D4EB4FL;
      }
      while (in.hasRemaining()) {
        int rest = in.get() + 1;
        a = (a ^ rest) * 0x9E3779B97F4A7C15L;
        a ^= a >>> 32;
        b = Long.rotateLeft(b + rest, 29) * 0xC2B2AE3D27D4EB4FL;
      }
      return new Digest(mix(a ^ b), mix(b + a));
    }

    private static long mix(long value) {
      long h = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
      h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
      return h ^ (h >>> 33);
    }
  }

  /**
   * Reads the files that a look saw.
   *
   * @param document what messages call a file, by its name below the target's path
   * @throws DocumentFailure when one cannot be read
   */
  static Reading of(Fingerprint seen, ByteLimit limit, UnaryOperator<String> document)
      throws DocumentFailure {
    List<Piece> pieces = new ArrayList<>();
    for (Map.Entry<String, Fingerprint.Entry> file : new TreeMap<>(seen.files()).entrySet()) {
      String name = document.apply(file.getKey());
      try {
        pieces.add(new Piece(file.getKey(), limit.read(file.getValue().realPath(), name)));
      } catch (IOException e) {
        throw new DocumentFailure(name, e);
      }
    }
    return of(pieces);
  }

  static Reading of(List<Piece> pieces) {
    Digest digest = new Digest(1, pieces.size());
    for (Piece piece : pieces) {
      digest = digest.with(piece.name.getBytes(StandardCharsets.UTF_8)).with(piece.bytes);
      if (piece.problem != null) {
        digest = digest.with(piece.problem.getBytes(StandardCharsets.UTF_8));
      }
    }
    return new Reading(List.copyOf(pieces), digest);
  }

  /** The names of the pieces that hold something. */
  Set<String> filled() {
    Set<String> names = new HashSet<>();
    for (Piece piece : pieces) {
      if (piece.bytes.length > 0) {
        names.add(piece.name);
      }
    }
    return names;
  }
}
