package dev.gimbal.contract;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import dev.gimbal.Resource;
import dev.gimbal.Sources;
import dev.gimbal.VetoException;
import dev.gimbal.source.MemorySource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

/** Resources that say what they are told, for the tests of resources. */
abstract class WithResources {

  /** What a pool is made of. */
  record Pool(int size, String name) {}

  final MemorySource memory = Sources.memory("memory");
  final List<String> told = new CopyOnWriteArrayList<>();
  final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void releaseWhatIsStuck() {
    released.countDown();
  }

  /** Says what it is told, and vetoes values that are too large. */
  final class Telling implements Resource<Object> {
    private final String name;
    final Set<Object> tooMuch = ConcurrentHashMap.newKeySet();

    Telling(String name, Object... tooMuch) {
      this.name = name;
      this.tooMuch.addAll(List.of(tooMuch));
    }

    @Override
    public Prepared prepare(Object next) throws VetoException {
      told.add(name + " prepares " + next);
      if (tooMuch.contains(next)) {
        throw new VetoException(next + " is too much");
      }
      return new Prepared() {
        @Override
        public void commit() {
          told.add(name + " commits " + next);
        }

        @Override
        public void abort() {
          told.add(name + " aborts " + next);
        }
      };
    }
  }

  static Config.Builder builder() {
    return Config.builder().closeTimeout(Duration.ofSeconds(5));
  }

  List<String> told() {
    List<String> all = List.copyOf(told);
    told.clear();
    return all;
  }

  static List<String> messages(ConfigException refused) {
    return refused.problems().stream().map(Problem::message).toList();
  }
}
