package dev.gimbal.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes inputs from inputs. The same seed makes the same ones. Used by one thread. */
final class Mutator {

  private static final int MOST_CHANGES = 6;
  private static final int LONGEST = 4_000;

  /** Inputs that are longer are not changed: they are about their length. */
  private static final int LONGEST_SEED = 1_000;

  private static final int MOST_KEPT = 2_000;

  private final SplittableRandom random;
  private final List<byte[]> corpus;

  Mutator(long seed, List<byte[]> corpus) {
    this.random = new SplittableRandom(seed);
    this.corpus = new ArrayList<>(corpus);
    this.corpus.removeIf(input -> input.length > LONGEST_SEED);
  }

  byte[] next() {
    byte[] input = any();
    for (int i = random.nextInt(1, MOST_CHANGES); i > 0; i--) {
      input = change(input);
    }
    return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
  }

  /** Changes this one, too, from now on. */
  void keep(byte[] input) {
    if (input.length > LONGEST_SEED) {
      return;
    }
    if (corpus.size() < MOST_KEPT) {
      corpus.add(input);
    } else {
      corpus.set(random.nextInt(MOST_KEPT / 2, MOST_KEPT), input);
    }
  }

  private byte[] any() {
    return corpus.get(random.nextInt(corpus.size()));
  }

  private byte[] change(byte[] input) {
    int at = random.nextInt(input.length + 1);
    int end = Math.min(input.length, at + random.nextInt(1, 16));
    return switch (random.nextInt(36)) {
      case 0 -> join(input, at, many(piece()), at);
      case 1, 2, 3, 4, 5 -> flip(input);
      case 6, 7, 8, 9 -> join(input, at, new byte[] {(byte) random.nextInt(256)}, at);
      case 10, 11, 12, 13, 14, 15 -> join(input, at, new byte[0], end);
      case 16, 17, 18 -> join(input, at, Arrays.copyOfRange(input, at, end), at);
      case 19, 20, 21, 22, 23, 24 -> join(input, at, piece(), at);
      case 25, 26, 27, 28 -> join(input, at, piece(), end);
      default -> splice(input, at);
    };
  }

  private byte[] flip(byte[] input) {
    if (input.length == 0) {
      return input;
    }
    byte[] flipped = input.clone();
    flipped[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
    return flipped;
  }

  private byte[] piece() {
    return Corpus.PIECES.get(random.nextInt(Corpus.PIECES.size())).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] many(byte[] piece) {
    int times = 1 << random.nextInt(10);
    byte[] all = new byte[piece.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(piece, 0, all, i * piece.length, piece.length);
    }
    return all;
  }

  private byte[] splice(byte[] input, int at) {
    byte[] other = any();
    int from = random.nextInt(other.length + 1);
    return join(input, at, Arrays.copyOfRange(other, from, other.length), input.length);
  }

  /** The input with something else between two places. */
  private static byte[] join(byte[] input, int until, byte[] middle, int from) {
    byte[] joined = new byte[until + middle.length + input.length - from];
    System.arraycopy(input, 0, joined, 0, until);
    System.arraycopy(middle, 0, joined, until, middle.length);
    System.arraycopy(input, from, joined, until + middle.length, input.length - from);
    return joined;
  }
}
