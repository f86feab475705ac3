package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Resource;
import dev.gimbal.Sources;
import dev.gimbal.VetoException;
import dev.gimbal.source.MemorySource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Resources while many write and the end comes. */
@Timeout(60)
class ResourcesUnderLoadTest extends WithResources {

  /** Half of all values are vetoed, by one of two, while others write and the end comes. */
  @Test
  void eachThatPrepared_isToldOneOfTheTwo_once_whateverHappens() throws Exception {
    for (int round = 0; round < 50; round++) {
      MemorySource source = Sources.memory("m" + round);
      source.patch(p -> p.set("a", 0).set("b", 0));
      List<Told> first = new CopyOnWriteArrayList<>();
      List<Told> second = new CopyOnWriteArrayList<>();
      Config config =
          builder()
              .source(source)
              .resource("a", Integer.class, counting(first, 2))
              .resource("b", Integer.class, counting(second, 3))
              .build();
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int start = i;
        Thread writer = new Thread(() -> writeUntilClosed(source, start));
        writer.start();
        writers.add(writer);
      }
      int rounds = round;
      Waiting.until(() -> first.size() > rounds % 7);
      config.close();
      for (Thread writer : writers) {
        writer.join();
      }
      Waiting.until(() -> first.stream().allMatch(Told::isOver));
      Waiting.until(() -> second.stream().allMatch(Told::isOver));
      assertTrue(first.stream().allMatch(each -> each.ends == 1));
      assertTrue(second.stream().allMatch(each -> each.ends == 1));
      assertEquals(config.get("a").asInt(), lastCommitted(first));
      assertEquals(config.get("b").asInt(), lastCommitted(second));
    }
  }

  private static int lastCommitted(List<Told> all) {
    return all.stream().filter(each -> each.committed).reduce((a, b) -> b).orElseThrow().value;
  }

  private static void writeUntilClosed(MemorySource source, int start) {
    for (int n = start; ; n++) {
      int value = n;
      try {
        source.patch(p -> p.set("a", value).set("b", value));
      } catch (ConfigException vetoed) {
        continue;
      } catch (IllegalStateException closed) {
        return;
      }
    }
  }

  private static Resource<Integer> counting(List<Told> all, int vetoes) {
    return next -> {
      if (next % vetoes == 1) {
        throw new VetoException("one over");
      }
      Told told = new Told(next);
      all.add(told);
      return told;
    };
  }

  private static final class Told implements Resource.Prepared {
    private final int value;
    private volatile int ends;
    private volatile boolean committed;

    Told(int value) {
      this.value = value;
    }

    @Override
    public synchronized void commit() {
      committed = true;
      ends++;
    }

    @Override
    public synchronized void abort() {
      ends++;
    }

    boolean isOver() {
      return ends > 0;
    }
  }
}
