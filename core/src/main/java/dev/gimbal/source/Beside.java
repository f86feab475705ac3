package dev.gimbal.source;

import dev.gimbal.format.Content;
import dev.gimbal.format.Formats;
import dev.gimbal.format.Neighbours;
import java.io.IOException;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The documents that stand beside one, as far as they were read with it.
 *
 * @param reading what was read
 * @param folder where the one stands in it: empty, or ends with a slash
 * @param document what messages call one of these names
 * @param asked takes the names that are asked for; safe for use by many threads
 */
record Beside(Reading reading, String folder, UnaryOperator<String> document, Set<String> asked)
    implements Neighbours {

  @Override
  public @Nullable Content find(String name) throws IOException {
    String whole = folder + name;
    asked.add(whole);
    for (Reading.Piece piece : reading.pieces()) {
      if (piece.name().equals(whole)) {
        if (piece.problem() != null) {
          throw new IOException(piece.problem());
        }
        String below = whole.substring(0, whole.lastIndexOf('/') + 1);
        return new Content(
            document.apply(whole),
            Formats.extension(whole),
            piece.bytes(),
            new Beside(reading, below, document, asked));
      }
    }
    return null;
  }
}
