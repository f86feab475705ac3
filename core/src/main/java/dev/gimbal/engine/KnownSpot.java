package dev.gimbal.engine;

import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A known place beside what the layers below have there, to find keys by the names of variables.
 *
 * @param below null where they have nothing
 */
record KnownSpot(KnownKeys.Place place, @Nullable Node below) {

  /** Known keys, in the spelling of the layers below where the type lets them choose. */
  static final VariableMatcher.Keys<KnownSpot> KEYS =
      new VariableMatcher.Keys<>() {
        @Override
        public boolean isKey(KnownSpot spot) {
          return spot.place.isRead();
        }

        @Override
        public Collection<String> named(KnownSpot spot, String bareName) {
          return spot.place.keysNamed(bareName, spot.object());
        }

        @Override
        public int longestName(KnownSpot spot) {
          return spot.place.longestName(spot.object());
        }

        @Override
        public @Nullable KnownSpot child(KnownSpot spot, String key) {
          ObjectNode object = spot.object();
          KnownKeys.Place child = spot.place.child(key, object);
          return child == null
              ? null
              : new KnownSpot(child, object == null ? null : object.get(key));
        }

        @Override
        public @Nullable KnownSpot element(KnownSpot spot, int index) {
          ListNode list = spot.below instanceof ListNode l ? l : null;
          boolean isList = spot.below == null || list != null;
          KnownKeys.Place element =
              isList || spot.place.declaresElement(index) ? spot.place.element(index) : null;
          return element == null
              ? null
              : new KnownSpot(element, list == null ? null : list.get(index));
        }
      };

  private @Nullable ObjectNode object() {
    return below instanceof ObjectNode object ? object : null;
  }
}
