package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.source.Source;
import dev.gimbal.source.SourceResolver;
import dev.gimbal.testing.KitSession.Told;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Source} keeps, on real threads. A test class of a source extends it and says
 * how to change what the source reads, as {@link SourceFixture} asks; JUnit 5 must be on the test
 * class path. A server that the test needs is started before each test, in a method with
 * {@code @BeforeEach}. {@code docs/extending.md} shows one.
 *
 * <p>What the source tells may come from any of its threads, also from two at once: a sink puts
 * calls in one order. So the kit does not look at that.
 *
 * <p>A check that needs an {@link Ability} the source lacks, or a URI where there is none, passes
 * and has looked at nothing. It publishes an entry {@code not checked} to JUnit's {@link
 * TestReporter}, with the reason.
 *
 * @since 0.1.0
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class SourceCompatibilityKit extends SourceFixture {

  private static final int KEYS = 10;
  private static final Map<String, String> RED = values("red");
  private static final Map<String, String> GREEN = values("green");
  private static final Map<String, String> BLUE = values("blue");
  private static final int THREADS = 8;
  private static final int ROUNDS = 10;
  private static final String SECRET = "hunter2hunter2";

  /** Hears of checks that do not apply. Used by the test's thread. */
  private TestReporter reporter = entry -> {};

  /** For test classes. */
  protected SourceCompatibilityKit() {}

  /** Called by JUnit: who hears of the checks that looked at nothing. */
  @BeforeEach
  public final void reportTo(TestReporter to) {
    reporter = to;
  }

  private static Map<String, String> values(String value) {
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < KEYS; i++) {
      values.put("key" + i, value);
    }
    return values;
  }

  private boolean can(Ability... needed) {
    return abilities().containsAll(List.of(needed));
  }

  /** Whether the source can do all that a check needs; if not, the check says so and ends. */
  private boolean applies(Ability... needed) {
    Set<Ability> lacking = new TreeSet<>(List.of(needed));
    lacking.removeAll(abilities());
    if (lacking.isEmpty()) {
      return true;
    }
    notChecked("the source lacks " + lacking);
    return false;
  }

  private void notChecked(String why) {
    reporter.publishEntry("not checked", why);
  }

  private KitSession session() throws Exception {
    return new KitSession(source(), true, patience());
  }

  private KitSession opened() throws Exception {
    return session().open();
  }

  private static Predicate<Told> is(Map<String, String> values) {
    return told -> values.equals(told.state());
  }

  private void pause() throws InterruptedException {
    Thread.sleep(quiet().toMillis()); // to see that nothing comes
  }

  private <T> T get(CompletableFuture<T> future) throws Exception {
    return KitThreads.get(future, patience());
  }

  /** What the source tells of a change: by itself from this place on, or to who reloads. */
  private Told seen(KitSession session, int from, Predicate<Told> wanted) throws Exception {
    if (can(Ability.WATCHES)) {
      return session.await(from, wanted);
    }
    Told answer = onlyAnswer(get(session.reload()));
    assertTrue(wanted.test(answer), answer.toString());
    return answer;
  }

  private static Told onlyAnswer(List<Told> answers) {
    assertEquals(1, answers.size(), () -> "answers to one reload: " + answers);
    return answers.get(0);
  }

  private static void assertReasoned(Told told) {
    ConfigException why = Objects.requireNonNull(told.why());
    for (Problem problem : why.problems()) {
      assertFalse(problem.message().isBlank(), "no reason");
      assertEquals(-1, problem.message().indexOf('\n'), problem.message());
    }
  }

  // ---- before anything is read

  @Test
  public final void name_isThere_andStays_alsoWhenOptional() throws Exception {
    hold(RED);
    Source source = source();
    String name = source.name();
    assertFalse(name.isBlank(), "no name");
    assertEquals(name, source.name());
    Source optional = source.optional();
    assertEquals(name, optional.name());
    assertTrue(optional.isOptional());
  }

  @Test
  public final void open_returnsBeforeItsTasksRan() throws Exception {
    hold(RED);
    KitSession session = session();
    session.tasks().hold();
    try (session) {
      get(KitThreads.call(session::open));
      session.tasks().letGo();
      session.await(0, is(RED));
    }
  }

  @Test
  public final void open_thatFoundNoThread_canBeTriedAgain() throws Exception {
    hold(RED);
    KitSession session = session();
    session.tasks().refuse(true);
    try (session) {
      boolean failed = false;
      try {
        session.open();
      } catch (RuntimeException noThread) {
        failed = true;
      }
      session.tasks().refuse(false);
      if (failed) {
        session.open();
      }
      session.await(0, is(RED));
    }
  }

  // ---- states

  @Test
  public final void open_tellsTheFirstStateOnce_andWhole() throws Exception {
    hold(RED);
    try (KitSession session = opened()) {
      session.await(0, told -> true);
      pause();
      assertEquals(
          List.of(RED), session.told().stream().map(Told::state).toList(), "told, first of all");
    }
  }

  @Test
  public final void open_withoutWatching_tellsOnce() throws Exception {
    hold(RED);
    try (KitSession session = new KitSession(source(), false, patience()).open()) {
      session.await(0, is(RED));
      if (can(Ability.CHANGES, Ability.RELOADS)) {
        hold(GREEN);
        pause();
      }
      assertEquals(1, session.told().size(), () -> "told: " + session.told());
    }
  }

  @Test
  public final void change_isTold_andOnlyWhole() throws Exception {
    if (!applies(Ability.CHANGES)) {
      return;
    }
    hold(RED);
    try (KitSession session = opened()) {
      session.await(0, is(RED));
      for (Map<String, String> next : List.of(GREEN, BLUE, RED)) {
        int from = session.told().size();
        hold(next);
        seen(session, from, is(next));
      }
      for (Told told : session.told()) {
        assertTrue(List.of(RED, GREEN, BLUE).contains(told.state()), () -> "not whole: " + told);
      }
    }
  }

  /** What comes between the first read and the watch (G6). */
  @Test
  public final void change_whileTheFirstStateIsTold_isNotMissed() throws Exception {
    if (!applies(Ability.CHANGES, Ability.WATCHES)) {
      return;
    }
    hold(RED);
    CountDownLatch telling = new CountDownLatch(1);
    CountDownLatch changed = new CountDownLatch(1);
    Runnable atFirst =
        () -> {
          telling.countDown();
          try {
            // A change that needs what the source holds now comes when this returns.
            changed.await(quiet().toMillis(), TimeUnit.MILLISECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (KitSession session = session().atFirst(atFirst)) {
      CompletableFuture<KitSession> opened = KitThreads.call(session::open);
      assertTrue(telling.await(patience().toMillis(), TimeUnit.MILLISECONDS), "nothing told");
      hold(GREEN);
      changed.countDown();
      session.await(0, is(GREEN));
      get(opened);
    }
  }

  @Test
  public final void sameAgain_isNotToldAgain() throws Exception {
    if (!applies(Ability.CHANGES, Ability.WATCHES)) {
      return;
    }
    hold(RED);
    try (KitSession session = opened()) {
      session.await(0, is(RED));
      hold(RED);
      pause();
      hold(GREEN);
      session.await(0, is(GREEN));
      assertEquals(List.of(RED, GREEN), session.told().stream().map(Told::state).toList());
    }
  }

  @Test
  public final void revisions_rise() throws Exception {
    hold(RED);
    try (KitSession session = opened()) {
      session.await(0, is(RED));
      for (int i = 0; i < 3; i++) {
        if (can(Ability.CHANGES)) {
          int from = session.told().size();
          Map<String, String> next = i % 2 == 0 ? GREEN : RED;
          hold(next);
          seen(session, from, is(next));
        }
        get(session.reload());
      }
      List<Long> revisions = session.revisions();
      assertEquals(revisions.stream().distinct().sorted().toList(), revisions);
    }
  }

  // ---- reloads

  @Test
  public final void reload_givesOneAnswer_ofWhatIsThere() throws Exception {
    hold(RED);
    try (KitSession session = opened()) {
      session.await(0, is(RED));
      if (!can(Ability.RELOADS)) {
        assertEquals(List.of(), get(session.reload()));
        return;
      }
      assertEquals(RED, onlyAnswer(get(session.reload())).state());
      if (can(Ability.CHANGES)) {
        hold(GREEN);
        assertEquals(GREEN, onlyAnswer(get(session.reload())).state());
      }
    }
  }

  @Test
  public final void reload_byManyThreadsAtOnce_givesEachOneAnswer() throws Exception {
    if (!applies(Ability.RELOADS)) {
      return;
    }
    hold(RED);
    try (KitSession session = opened()) {
      session.await(0, is(RED));
      List<CompletableFuture<List<Told>>> reloads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        reloads.add(session.reload());
      }
      for (CompletableFuture<List<Told>> reload : reloads) {
        assertEquals(RED, onlyAnswer(get(reload)).state());
      }
    }
  }

  // ---- failures

  @Test
  public final void damage_atTheStart_isAFailureWithAReason_andEndsWithTheNextState()
      throws Exception {
    if (!applies(Ability.FAILS)) {
      return;
    }
    hold(RED);
    damage();
    failsAndRecovers("failed");
  }

  @Test
  public final void nothing_atTheStart_isAbsent_andEndsWithTheNextState() throws Exception {
    if (!applies(Ability.VANISHES)) {
      return;
    }
    hold(RED);
    remove();
    failsAndRecovers("absent");
  }

  private void failsAndRecovers(String what) throws Exception {
    try (KitSession session = opened()) {
      Told first = session.await(0, told -> true);
      assertEquals(what, first.what(), first::toString);
      assertReasoned(first);
      if (can(Ability.CHANGES)) {
        hold(GREEN);
        seen(session, 1, is(GREEN));
      }
    }
  }

  @Test
  public final void damage_later_isAFailureWithAReason_andEndsWithTheNextState() throws Exception {
    if (applies(Ability.FAILS, Ability.CHANGES)) {
      failsLater(this::damage, "failed");
    }
  }

  /** What is gone may be told as absent, or as a failure that leaves the layer. */
  @Test
  public final void nothing_later_isToldWithAReason_andEndsWithTheNextState() throws Exception {
    if (applies(Ability.VANISHES, Ability.CHANGES)) {
      failsLater(this::remove, "absent");
    }
  }

  private void failsLater(KitThreads.Action change, String what) throws Exception {
    hold(RED);
    try (KitSession session = opened()) {
      session.await(0, is(RED));
      int from = session.told().size();
      change.run();
      Told failure = seen(session, from, Told::isFailure);
      assertTrue(List.of("failed", what).contains(failure.what()), failure::toString);
      assertReasoned(failure);
      from = session.told().size();
      hold(GREEN);
      seen(session, from, is(GREEN));
    }
  }

  // ---- the end

  @Test
  public final void close_endsAllWork_andNothingIsToldAfterwards() throws Exception {
    hold(RED);
    KitSession session = opened();
    session.await(0, is(RED));
    session.close();
    int told = session.told().size();
    if (can(Ability.CHANGES)) {
      hold(GREEN);
    }
    pause();
    assertEquals(told, session.told().size(), () -> "told after close: " + session.told());
  }

  @Test
  public final void close_againAndFromManyThreads_isOneClose() throws Exception {
    hold(RED);
    try (KitSession session = opened()) {
      session.await(0, is(RED));
      List<CompletableFuture<Void>> closes = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        closes.add(KitThreads.run(() -> session.session().close()));
      }
      for (CompletableFuture<Void> close : closes) {
        get(close);
      }
      session.session().close();
    }
  }

  @Test
  public final void close_whileItOpensOrReloads_endsBoth() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      hold(RED);
      KitSession session = opened();
      if (round % 2 == 0) {
        session.await(0, is(RED));
      }
      CompletableFuture<List<Told>> reload = session.reload();
      get(KitThreads.run(() -> session.session().close()));
      session.close();
      if (reload.isDone()) { // else it had not begun
        assertTrue(get(reload).size() <= 1, "answers to one reload");
      }
    }
  }

  @Test
  public final void threads_endWithTheSession() throws Exception {
    hold(RED);
    KitThreads threads = KitThreads.present(this::isForeign);
    work();
    threads.awaitNoOthers(patience());
  }

  /** In a frame of its own, so that nothing of it is held afterwards. */
  private void work() throws Exception {
    try (KitSession session = opened()) {
      session.await(0, is(RED));
      get(session.reload());
    }
  }

  // ---- secrets, URIs, a Config

  @Test
  public final void secrets_areShownNowhere() throws Exception {
    hold(values(SECRET));
    Source source = source();
    List<String> shown = new ArrayList<>(List.of(source.name(), source.toString()));
    try (KitSession session = new KitSession(source, true, patience()).open()) {
      session.await(0, is(values(SECRET)));
      shown.add(session.session().toString());
      if (can(Ability.FAILS, Ability.CHANGES)) {
        int from = session.told().size();
        damage();
        ConfigException why = Objects.requireNonNull(seen(session, from, Told::isFailure).why());
        StringWriter trace = new StringWriter();
        why.printStackTrace(new PrintWriter(trace));
        shown.add(trace.toString());
      }
    }
    List<String> hidden = new ArrayList<>(secrets());
    hidden.add(SECRET);
    for (String text : shown) {
      for (String secret : hidden) {
        assertFalse(text.contains(secret), () -> "a secret is shown: " + text);
      }
    }
  }

  @Test
  public final void uri_namesTheSource_itsOptionsAreKnownAndOptionalToo() throws Exception {
    hold(RED);
    String uri = uri();
    if (uri == null) {
      notChecked("the source has no URI");
      return;
    }
    SourceResolver resolver = SourceResolver.installed(providers());
    Source made = resolver.create(uri);
    assertEquals(source().getClass(), made.getClass());
    try (KitSession session = new KitSession(made, true, patience()).open()) {
      session.await(0, is(RED));
    }
    String more = uri + (uri.indexOf('?') < 0 ? '?' : '&');
    assertTrue(resolver.create(more + "optional=true").isOptional());
    ConfigException unknown =
        assertThrows(ConfigException.class, () -> resolver.create(more + "noSuchOption=1"));
    assertEquals(ErrorCode.SOURCE_SPEC, unknown.code());
  }

  @Test
  public final void config_readsWatchesReloadsAndCloses() throws Exception {
    hold(RED);
    try (Config config = Config.builder().source(source()).build()) {
      assertEquals(RED, config.asMap());
      if (can(Ability.CHANGES)) {
        hold(GREEN);
        if (can(Ability.WATCHES)) {
          try {
            config.awaitVersion(2, patience());
          } catch (TimeoutException e) {
            throw new AssertionError("the Config did not see a change", e);
          }
        } else {
          config.reload();
        }
        assertEquals(GREEN, config.asMap());
      }
      long version = config.snapshot().version();
      assertEquals(version, config.reload());
    }
  }
}
