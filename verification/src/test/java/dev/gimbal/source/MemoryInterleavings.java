package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.interleavings.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes to a memory source, while its Config begins and ends. */
final class MemoryInterleavings {

  private MemoryInterleavings() {}

  /** A source whose writes and document are noted. */
  private abstract static class Noted implements Scenario {
    final MemorySource source = new MemorySource("m");
    final List<String> came = new ArrayList<>();
    dev.gimbal.tree.ObjectNode layer = dev.gimbal.tree.ObjectNode.EMPTY;

    final Sink sink =
        new ForwardingSink(new ExploredSink()) {
          @Override
          public void document(Revision revision, dev.gimbal.format.Document document) {
            layer = document.tree();
            came.add("document");
          }

          @Override
          public long write(Write write) {
            layer = write.apply(layer);
            came.add("write");
            return 7;
          }
        };

    void put(String path) {
      long version = source.put(path, 1);
      assertTrue(version == 0 || version == 7);
    }
  }

  /** What is written while a Config begins is collected, or goes to the Config: none is lost. */
  static final class WritesBesideOpen extends Noted {
    private Session session;

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            put("a");
            put("b");
          },
          () -> put("c"),
          () -> session = source.open(sink));
    }

    @Override
    public void end() throws Exception {
      assertEquals(List.of("a", "b", "c"), layer.keys(), () -> "came " + came);
      assertEquals("document", came.get(0));
      assertThrows(IllegalStateException.class, () -> source.open(sink));
      source.replace(Map.of("d", 1));
      assertEquals(List.of("d"), layer.keys());
      session.close();
      assertThrows(IllegalStateException.class, () -> source.put("e", 1));
      assertEquals(List.of("d"), layer.keys());
    }
  }

  /** The same with one write, which all orders of a build can be tried of. */
  static final class WriteBesideOpen extends Noted {

    @Override
    public List<Act> acts() {
      return List.of(() -> put("a"), () -> source.open(sink));
    }

    @Override
    public void end() {
      assertEquals(List.of("a"), layer.keys(), () -> "came " + came);
      assertEquals("document", came.get(0));
    }
  }

  /** A write beside the end reaches the sink or is refused. */
  static final class WritesBesideClose implements Scenario {
    private final MemorySource source = new MemorySource("m");
    private Session session;
    private int came;
    private int written;

    @Override
    public void begin() {
      session =
          source.open(
              new ForwardingSink(new ExploredSink()) {
                @Override
                public void document(Revision revision, dev.gimbal.format.Document document) {}

                @Override
                public long write(Write write) {
                  came++;
                  return came;
                }
              });
    }

    private void put() {
      try {
        long version = source.put("a", 1);
        written += version > 0 ? 1 : 0;
      } catch (IllegalStateException e) {
        assertTrue(e.getMessage().contains("is closed"));
      }
    }

    @Override
    public List<Act> acts() {
      return List.of(this::put, this::put, session::close);
    }

    @Override
    public void end() {
      assertEquals(came, written);
      assertThrows(IllegalStateException.class, () -> source.put("a", 1));
    }
  }
}
