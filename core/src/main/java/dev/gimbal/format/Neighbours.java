package dev.gimbal.format;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The documents that stand beside one, for formats that include others. A source gives it with the
 * {@link Content} that it reads; one that does not lets no document include another. Used by the
 * thread that parses.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Neighbours {

  /**
   * A document beside this one, or in a folder below.
   *
   * @param name its path from here, parts separated by {@code /}, none of them empty, {@code .} or
   *     {@code ..}
   * @return the document, with its own neighbours; null if there is none of this name
   * @throws IOException with the reason, when there is one that cannot be read
   */
  @Nullable Content find(String name) throws IOException;
}
