package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Document;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.testing.SeededSource.Store;
import dev.gimbal.testing.SeededSource.Work;
import dev.gimbal.tree.ObjectNode;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That each check of the kit fails for sources with one bug each. */
class SourceCompatibilityKitTest {

  /** A bug, and the check that sees it. */
  private record Bug(String name, String check, Function<Store, SeededSource> maker) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Bug opening(String name, String check, Opening opening) {
    return new Bug(
        name,
        check,
        store ->
            new SeededSource(store) {
              @Override
              public Session open(Sink sink) {
                return opening.open(this, sink);
              }
            });
  }

  private interface Opening {
    Session open(SeededSource source, Sink sink);
  }

  private static Bug telling(String name, String check, Telling telling) {
    return new Bug(
        name,
        check,
        store ->
            new SeededSource(store) {
              @Override
              void tell(Sink sink) {
                telling.tell(this, sink, super::tell);
              }
            });
  }

  private interface Telling {
    void tell(SeededSource source, Sink sink, Consumer<Sink> well);
  }

  private static Bug reloading(String name, String check, Reloading reloading) {
    return new Bug(
        name,
        check,
        store ->
            new SeededSource(store) {
              @Override
              void reload(Work work, Sink to) {
                reloading.reload(work, to);
              }
            });
  }

  private interface Reloading {
    void reload(Work work, Sink to);
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis); // what a bug does between two steps
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Longer than the kit is patient, interrupted or not. */
  private static void stay() {
    long until = System.nanoTime() + 20_000_000_000L;
    while (System.nanoTime() < until) {
      Thread.interrupted();
      LockSupport.parkNanos(10_000_000);
    }
  }

  static SeededSource withAThreadThatStays(Store store) {
    return new SeededSource(store) {
      @Override
      public Session open(Sink sink) {
        Thread own = new Thread(SourceCompatibilityKitTest::stay, "seeded");
        own.setDaemon(true);
        own.start();
        return super.open(sink);
      }
    };
  }

  static Stream<Bug> bugs() {
    AtomicInteger reloads = new AtomicInteger();
    return Stream.of(
        new Bug(
            "a name that changes",
            "name_isThere_andStays_alsoWhenOptional",
            store ->
                new SeededSource(store) {
                  @Override
                  public String name() {
                    return "seeded " + revision().order();
                  }
                }),
        opening(
            "an open that waits for its own task",
            "open_returnsBeforeItsTasksRan",
            (source, sink) -> {
              CountDownLatch read = new CountDownLatch(1);
              sink.tasks().execute("read", read::countDown);
              await(read);
              return new Work(source, sink).begin();
            }),
        opening(
            "a refused thread that nobody hears of",
            "open_thatFoundNoThread_canBeTriedAgain",
            (source, sink) -> {
              try {
                return new Work(source, sink).begin();
              } catch (IllegalStateException swallowed) {
                return () -> {};
              }
            }),
        opening(
            "a first state that is told twice",
            "open_tellsTheFirstStateOnce_andWhole",
            (source, sink) -> {
              source.tell(sink);
              return new Work(source, sink).begin();
            }),
        new Bug(
            "a first state of which a value is missing",
            "open_tellsTheFirstStateOnce_andWhole",
            store ->
                new SeededSource(store) {
                  @Override
                  ObjectNode tree(Map<String, String> content) {
                    Map<String, String> part = new HashMap<>(content);
                    part.remove("key3");
                    return super.tree(part);
                  }
                }),
        opening(
            "changes that nobody wanted",
            "open_withoutWatching_tellsOnce",
            (source, sink) -> {
              Runnable watcher = () -> source.tell(sink);
              source.store.watchers.add(watcher);
              watcher.run();
              return () -> source.store.watchers.remove(watcher);
            }),
        opening(
            "changes that are not seen",
            "change_isTold_andOnlyWhole",
            (source, sink) -> {
              source.tell(sink);
              return () -> {};
            }),
        telling(
            "a change in two halves",
            "change_isTold_andOnlyWhole",
            (source, sink, well) -> {
              Map<String, String> half = new HashMap<>(source.store.content);
              half.put("key0", "old");
              sink.document(source.revision(), Document.of(source.tree(half)));
              well.accept(sink);
            }),
        opening(
            "a read before the watch",
            "change_whileTheFirstStateIsTold_isNotMissed",
            (source, sink) ->
                new Work(source, sink) {
                  @Override
                  void first() {
                    tell(sink, false);
                    watch();
                  }
                }.begin()),
        new Bug(
            "equal content that is told again",
            "sameAgain_isNotToldAgain",
            store ->
                new SeededSource(store) {
                  @Override
                  boolean isNews(Object before, Object now) {
                    return true;
                  }
                }),
        new Bug(
            "revisions that stand still",
            "revisions_rise",
            store ->
                new SeededSource(store) {
                  @Override
                  Revision revision() {
                    return Revision.of(7);
                  }
                }),
        reloading(
            "two answers to a reload",
            "reload_givesOneAnswer_ofWhatIsThere",
            (work, to) -> {
              work.tell(to, true);
              work.tell(to, true);
            }),
        reloading(
            "an answer that comes after the reload",
            "reload_givesOneAnswer_ofWhatIsThere",
            (work, to) ->
                to.tasks()
                    .execute(
                        "later",
                        () -> {
                          pause(50);
                          work.tell(to, true);
                        })),
        reloading(
            "one reload that answers for others",
            "reload_byManyThreadsAtOnce_givesEachOneAnswer",
            (work, to) -> {
              if (reloads.getAndIncrement() == 0) {
                pause(100);
                work.tell(to, true);
              }
              reloads.decrementAndGet();
            }),
        new Bug(
            "a failure without a reason",
            "damage_atTheStart_isAFailureWithAReason_andEndsWithTheNextState",
            store ->
                new SeededSource(store) {
                  @Override
                  String reason(Map<String, String> content) {
                    return "";
                  }
                }),
        telling(
            "nothing that is told as an empty document",
            "nothing_atTheStart_isAbsent_andEndsWithTheNextState",
            (source, sink, well) -> {
              if (source.store.content == null) {
                sink.document(source.revision(), Document.EMPTY);
              } else {
                well.accept(sink);
              }
            }),
        new Bug(
            "a failure that ends the watching",
            "damage_later_isAFailureWithAReason_andEndsWithTheNextState",
            store ->
                new SeededSource(store) {
                  private boolean failed;

                  @Override
                  boolean isNews(Object before, Object now) {
                    boolean news = !failed && super.isNews(before, now);
                    failed |= store.broken;
                    return news;
                  }
                }),
        telling(
            "something that goes and nobody hears of it",
            "nothing_later_isToldWithAReason_andEndsWithTheNextState",
            (source, sink, well) -> {
              if (source.store.content != null) {
                well.accept(sink);
              }
            }),
        new Bug(
            "a watch that goes on after the end",
            "close_endsAllWork_andNothingIsToldAfterwards",
            store ->
                new SeededSource(store) {
                  @Override
                  void close(Work work) {}
                }),
        opening(
            "a task that no interrupt ends",
            "close_endsAllWork_andNothingIsToldAfterwards",
            (source, sink) -> {
              CountDownLatch begun = new CountDownLatch(1);
              sink.tasks()
                  .execute(
                      "stubborn",
                      () -> {
                        begun.countDown();
                        stay();
                      });
              await(begun);
              return new Work(source, sink).begin();
            }),
        new Bug(
            "a second close that throws",
            "close_againAndFromManyThreads_isOneClose",
            store ->
                new SeededSource(store) {
                  private final AtomicInteger closes = new AtomicInteger();

                  @Override
                  void close(Work work) {
                    work.end();
                    if (closes.incrementAndGet() > 1) {
                      throw new IllegalStateException("it is closed");
                    }
                  }
                }),
        new Bug(
            "a close that waits for a reload that nothing ends",
            "close_whileItOpensOrReloads_endsBoth",
            store ->
                new SeededSource(store) {
                  private final CountDownLatch never = new CountDownLatch(1);

                  @Override
                  void close(Work work) {
                    work.end();
                    await(never);
                  }
                }),
        new Bug(
            "a thread of its own that stays",
            "threads_endWithTheSession",
            SourceCompatibilityKitTest::withAThreadThatStays),
        new Bug(
            "values in a reason",
            "secrets_areShownNowhere",
            store ->
                new SeededSource(store) {
                  @Override
                  String reason(Map<String, String> content) {
                    return "broken: " + content;
                  }
                }),
        telling(
            "values in the cause of a failure",
            "secrets_areShownNowhere",
            (source, sink, well) -> {
              if (source.store.broken) {
                Throwable cause = new IllegalArgumentException("in " + source.store.content);
                ConfigException told = new ConfigException(ErrorCode.MALFORMED, "broken");
                sink.failed(new ConfigException(told.problems(), cause));
              } else {
                well.accept(sink);
              }
            }),
        new Bug(
            "values in its text form",
            "secrets_areShownNowhere",
            store ->
                new SeededSource(store) {
                  @Override
                  public String toString() {
                    return "seeded " + store.content;
                  }
                }),
        new Bug(
            "options that nobody reads",
            "uri_namesTheSource_itsOptionsAreKnownAndOptionalToo",
            SeededSourceKit.Careless::new),
        new Bug(
            "changes that are older than what was read",
            "config_readsWatchesReloadsAndCloses",
            store ->
                new SeededSource(store) {
                  @Override
                  Revision revision() {
                    return Revision.of(-super.revision().order());
                  }
                }));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void kit_ofASourceWithABug_fails(Bug bug) throws Throwable {
    assertThrows(
        AssertionError.class, () -> new SeededSourceKit(bug.maker).run(bug.check), bug.name);
    SeededSourceKit sound = new SeededSourceKit(SeededSource::new);
    sound.run(bug.check);
    assertEquals(List.of(), sound.store.watchers);
  }

  @Test
  void bugs_areSeenByEachCheck() {
    Set<String> checks = new TreeSet<>();
    for (Method method : SourceCompatibilityKit.class.getDeclaredMethods()) {
      if (method.isAnnotationPresent(Test.class)) {
        checks.add(method.getName());
      }
    }
    assertEquals(checks, new TreeSet<>(bugs().map(Bug::check).toList()));
    assertEquals(22, checks.size());
    assertEquals(28, bugs().count());
  }
}
