package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.interleavings.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** System properties, looked at again and again. */
final class PropertiesInterleavings {

  private PropertiesInterleavings() {}

  abstract static class WithProperties implements Scenario {
    final ExploredSink sink = new ExploredSink();
    final Properties properties = new Properties();
    Session session;

    @Override
    public void begin() {
      properties.setProperty("p.a", "1");
      session = new SystemPropertiesSource("p.", () -> properties).open(sink);
      assertEquals(List.of("{a=1}"), sink.said);
    }
  }

  /** A look beside a reload and a change: revisions rise, and the last state is told. */
  static final class PropertiesBesideReload extends WithProperties {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            properties.setProperty("p.a", "2");
            sink.tasks.runTimers();
          },
          () -> {
            int before = sink.said.size();
            session.reload(sink);
            assertTrue(sink.said.size() > before, "it returned without an answer");
          });
    }

    @Override
    public void end() {
      assertEquals("{a=2}", sink.last());
      assertEquals(1, sink.tasks.timers().size());
    }
  }

  /** Closed while it looks: no further look is planned. */
  static final class PropertiesClosed extends WithProperties {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            sink.tasks.runTimers();
            sink.tasks.runTimers();
          },
          () -> session.close());
    }

    @Override
    public void end() {
      assertEquals(List.of(), sink.tasks.timers(), "a timer is left");
    }
  }

  /** A failing look is followed by the next one. */
  static final class PropertiesFail extends WithProperties {
    private int asked;

    @Override
    public void begin() {
      session = new SystemPropertiesSource("p.", this::ask).open(sink);
      sink.tasks.failures = new ArrayList<>();
    }

    private Properties ask() {
      if (++asked == 2) {
        throw new IllegalStateException("not now");
      }
      return properties;
    }

    @Override
    public List<Act> acts() {
      return List.of(sink.tasks::runTimers);
    }

    @Override
    public void end() {
      assertEquals(1, sink.tasks.failures.size());
      assertEquals(1, sink.tasks.timers().size());
    }
  }
}
