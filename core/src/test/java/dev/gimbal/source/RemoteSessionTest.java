package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.tree.Patch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoteSessionTest {

  private final ManualTasks tasks = new ManualTasks();
  private final RecordingSink sink = new RecordingSink(tasks);
  private final ScriptedRemote remote = new ScriptedRemote();
  private RemoteOptions options = RemoteOptions.of("test", "there");

  private Session open() {
    return open(sink);
  }

  private Session open(Sink to) {
    Session session = RemoteSession.open(options, remote, to);
    tasks.run();
    return session;
  }

  private void assertTold(String... log) {
    assertEquals(List.of(log), sink.log());
  }

  private String problem() {
    return sink.problem().problems().get(0).message();
  }

  @Test
  void open_connectsOnAWorker_andReads() {
    Session session = RemoteSession.open(options, remote, sink);
    assertEquals(0, remote.connects);
    tasks.run();
    assertTold("document {a=1}");
    assertEquals(0, tasks.waiting());
    session.close();
    assertEquals(1, remote.closes);
  }

  @Test
  void changed_readsAgain() {
    open();
    remote.change();
    remote.feed.changed();
    tasks.run();
    assertTold("document {a=1}", "document {a=2}");
  }

  @Test
  void changed_manyTimesDuringARead_makesOneMore() {
    open();
    remote.duringRead =
        () -> {
          remote.duringRead = () -> {};
          for (int i = 0; i < 10; i++) {
            remote.change();
            remote.feed.changed();
          }
        };
    remote.feed.changed();
    tasks.run();
    assertEquals(3, remote.reads);
    assertTold("document {a=1}", "document {a=1}", "document {a=11}");
  }

  @Test
  void patch_isHandedOver_withoutReading() {
    open();
    remote.changeAndTell();
    remote.changeAndTell();
    assertTold("document {a=1}", "patch {a=2}", "patch {a=3}");
    assertEquals(1, remote.reads);
    assertEquals(List.of(1L, 2L, 3L), sink.revisions());
  }

  @Test
  void patch_ofNothing_isNotTold_butResumedAfter() {
    open();
    remote.feed.patch(Revision.of(7), Patch.builder().build());
    assertTold("document {a=1}");
    assertEquals(Revision.of(7), remote.feed.resumeAfter());
  }

  @Test
  void patch_thatWasRead_isLeftOut() {
    remote.duringConnect = remote::changeAndTell; // the subscription stands, and then it is read
    open();
    assertTold("document {a=2}");
  }

  @Test
  void patch_duringARead_waitsForIt() {
    remote.duringRead = remote::changeAndTell;
    open();
    assertTold("document {a=1}", "patch {a=2}");
  }

  @Test
  void patches_moreThanMayWait_areReadInstead() {
    remote.duringRead =
        () -> {
          remote.duringRead = () -> {};
          for (int i = 0; i < 3 * RemoteSession.MAX_WAITING; i++) {
            remote.changeAndTell();
          }
        };
    open();
    remote.changeAndTell();
    int last = 3 * RemoteSession.MAX_WAITING + 1;
    assertTold("document {a=1}", "document {a=" + last + "}", "patch {a=" + (last + 1) + "}");
  }

  @Test
  void patch_afterAGap_waitsForTheReading() {
    open();
    remote.change(); // not told
    remote.feed.changed();
    remote.changeAndTell();
    tasks.run();
    assertTold("document {a=1}", "document {a=3}");
  }

  @Test
  void connect_thatFails_isTriedAgain_afterWaitsThatGrow() {
    for (int i = 0; i < 4; i++) {
      remote.connectFailures.add(new IOException("refused"));
    }
    open();
    assertTold("failed GIM-012");
    assertEquals("it cannot be reached: refused", problem());
    int[] waits = {100, 200, 400, 800}; // half of each bound
    for (int i = 0; i < waits.length; i++) {
      assertEquals(i + 1, remote.connects);
      tasks.advance(waits[i] - 1);
      assertEquals(i + 1, remote.connects);
      tasks.advance(1);
    }
    assertTold("failed GIM-012", "document {a=1}");
  }

  @Test
  void backoff_growsToItsBound_andNoFurther() {
    assertEquals(Duration.ofMillis(1), options.backoff(0, 0));
    assertEquals(Duration.ofMillis(200), options.backoff(0, 1));
    assertEquals(Duration.ofSeconds(15), options.backoff(60, 0.5));
    assertEquals(Duration.ofSeconds(30), options.backoff(Integer.MAX_VALUE, 1));
    assertEquals(Duration.ofMillis(900), RemoteOptions.spread(Duration.ofSeconds(1), 0));
    assertEquals(Duration.ofMillis(1100), RemoteOptions.spread(Duration.ofSeconds(1), 1));
  }

  @Test
  void storeThatSaysWhenToComeBack_isAskedThen() {
    remote.connectFailures.add(new RemoteUnavailableException("too busy", Duration.ofSeconds(7)));
    open();
    assertEquals("too busy", problem());
    tasks.advance(6_999);
    assertEquals(1, remote.connects);
    tasks.advance(1);
    assertTold("failed GIM-012", "document {a=1}");
  }

  @Test
  void lost_connectsAgainAndReads() {
    open();
    remote.feed.lost(new IOException("broken pipe"));
    tasks.run();
    assertEquals(1, remote.closes);
    remote.change();
    tasks.advance(100);
    assertTold("document {a=1}", "failed GIM-012", "document {a=2}");
  }

  @Test
  void lost_whileItIsRead_connectsAgainSoon_howeverLongThePeriodIs() {
    options = options.withPeriod(Duration.ofHours(1));
    remote.duringRead =
        () -> {
          remote.duringRead = () -> {};
          remote.feed.lost(new IOException("broken pipe"));
        };
    open();
    tasks.advance(1_000);
    assertEquals(2, remote.connects);
    assertTold("failed GIM-012", "document {a=1}");
  }

  @Test
  void lost_isToldOnce_andItsConnectionIsHeardNoMore() {
    open();
    Feed old = remote.feed;
    old.lost(new IOException("broken pipe"));
    old.lost(new IOException("again"));
    old.changed();
    old.patch(Revision.of(9), dev.gimbal.tree.Patch.builder().set("a", 9).build());
    tasks.advance(100);
    assertEquals(2, remote.connects);
    old.lost(new IOException("late"));
    tasks.advance(60_000);
    assertEquals(2, remote.connects);
    assertTold("document {a=1}", "failed GIM-012", "document {a=1}");
  }

  @Test
  void reconnect_thatIsResumed_readsNothing_andSaysThatAllIsWell() {
    remote.resumes = true;
    open();
    remote.feed.lost(new IOException("broken pipe"));
    remote.duringConnect = remote::changeAndTell; // what was missed comes over the new one
    tasks.advance(100);
    assertEquals(1, remote.reads);
    assertTold("document {a=1}", "failed GIM-012", "well", "patch {a=2}");
    assertEquals(List.of(1L, 2L, 3L), sink.revisions());
  }

  @Test
  void read_thatFails_isAConnectionLost() {
    remote.readings.add(
        () -> {
          throw new IOException("reset");
        });
    open();
    assertEquals(1, remote.closes);
    tasks.advance(100);
    assertTold("failed GIM-012", "document {a=1}");
  }

  @Test
  void read_thatIsMalformed_keepsTheConnection_untilTheNextSign() {
    open();
    remote.readings.add(
        () -> {
          throw ScriptedRemote.malformed();
        });
    remote.feed.changed();
    tasks.advance(60_000);
    assertTold("document {a=1}", "failed GIM-004");
    remote.changeAndTell();
    tasks.run();
    assertTold("document {a=1}", "failed GIM-004", "document {a=2}");
    assertEquals(1, remote.connects);
  }

  @Test
  void patch_duringAReadThatIsMalformed_isReadAgain() {
    remote.duringRead =
        () -> {
          remote.duringRead = () -> {};
          remote.changeAndTell();
        };
    remote.readings.add(
        () -> {
          throw ScriptedRemote.malformed();
        });
    open();
    assertTold("failed GIM-004", "document {a=2}");
  }

  /** The reading was told, and its worker is about to plan the next one. */
  @Test
  void patch_rightAfterAReadThatIsMalformed_isReadAgain() {
    options = options.withPeriod(Duration.ofHours(1));
    open();
    tasks.duringRandom =
        () -> {
          tasks.duringRandom = () -> {};
          assertTold("document {a=1}", "failed GIM-004");
          remote.changeAndTell();
        };
    remote.readings.add(
        () -> {
          throw ScriptedRemote.malformed();
        });
    remote.feed.changed();
    tasks.run();
    assertTold("document {a=1}", "failed GIM-004", "document {a=2}");
    remote.changeAndTell();
    assertTold("document {a=1}", "failed GIM-004", "document {a=2}", "patch {a=3}");
    assertEquals(3, remote.reads);
  }

  @Test
  void read_ofAnOlderRevision_changesNothing() {
    open();
    remote.readings.add(() -> RemoteState.of(Revision.of(0), ScriptedRemote.document(0)));
    remote.feed.changed();
    tasks.run();
    assertTold("document {a=1}");
  }

  @Test
  void read_ofAStoreThatBeganAnew_isTaken() {
    open();
    remote.readings.add(() -> RemoteState.restarted(Revision.of(0), ScriptedRemote.document(7)));
    remote.feed.changed();
    tasks.run();
    assertTold("document {a=1}", "document {a=7}");
    assertEquals(List.of(1L, 2L), sink.revisions());
  }

  @Test
  void read_ofNothing_isToldOnce_andAChangeComesAfterwards() {
    ConfigException why = new ConfigException(ErrorCode.SOURCE_ABSENT, "none");
    remote.readings.add(() -> RemoteState.absent(why));
    remote.readings.add(() -> RemoteState.absent(why));
    open();
    remote.feed.changed();
    tasks.run();
    remote.changeAndTell();
    assertTold("absent GIM-011", "patch {a=2}");
  }

  @Test
  void read_unchangedBeforeAnythingWasRead_isAFailure() {
    remote.readings.add(RemoteState::unchanged);
    open();
    assertTold("failed GIM-012");
  }

  @Test
  void period_readsAgain_andWhatIsUnchangedIsToldAfterAFailureOnly() {
    options = options.withPeriod(Duration.ofSeconds(10));
    open();
    remote.readings.add(RemoteState::unchanged);
    tasks.advance(10_000);
    assertTold("document {a=1}");
    ConfigException why = new ConfigException(ErrorCode.SOURCE_FAILED, "gone");
    remote.readings.add(() -> RemoteState.failed(why));
    remote.readings.add(() -> RemoteState.failed(why));
    remote.readings.add(RemoteState::unchanged);
    tasks.advance(30_000);
    assertTold("document {a=1}", "failed GIM-012", "well");
    assertEquals(5, remote.reads);
  }

  @Test
  void period_isReplacedByWhatTheStoreSays() {
    options = options.withPeriod(Duration.ofSeconds(10));
    remote.readings.add(() -> remote.now().next(Duration.ofSeconds(3)));
    open();
    tasks.advance(2_999);
    assertEquals(1, remote.reads);
    tasks.advance(1);
    assertEquals(2, remote.reads);
  }

  @Test
  void unexpectedFailures_areToldAndTriedAgain() {
    remote.connectFailures.add(new IllegalStateException("bug"));
    remote.readings.add(
        () -> {
          throw new IllegalArgumentException("another");
        });
    open();
    tasks.advance(5_000);
    assertTold("failed GIM-012", "failed GIM-012", "document {a=1}");
  }

  @Test
  void close_ofAConnectionThatIsMade_closesItWhenItIsThere() {
    Session[] session = {null};
    remote.duringConnect = () -> session[0].close();
    session[0] = RemoteSession.open(options, remote, sink);
    tasks.run();
    assertEquals(1, remote.closes);
    assertEquals(0, remote.reads);
    assertTold();
    assertEquals(0, tasks.waiting());
  }

  @Test
  void close_duringAConnectThatIsInterrupted_tellsNothing() {
    Session[] session = {null};
    remote.duringConnect = () -> session[0].close();
    remote.connectFailures.add(new InterruptedException());
    session[0] = RemoteSession.open(options, remote, sink);
    tasks.run();
    assertTold();
    assertEquals(0, tasks.waiting());
  }

  @Test
  void close_betweenTwoAttempts_leavesNoTimer() {
    remote.connectFailures.add(new IOException("refused"));
    Session session = open();
    session.close();
    session.close();
    assertEquals(0, tasks.waiting());
    tasks.advance(60_000);
    assertEquals(1, remote.connects);
  }

  @Test
  void reload_readsOnce_andAnswersWhoAsked() throws InterruptedException {
    Session session = open();
    remote.change();
    RecordingSink other = new RecordingSink(tasks);
    reload(session, other);
    assertEquals(List.of("document {a=2}"), other.log());
    assertTold("document {a=1}");
    remote.changeAndTell();
    assertTold("document {a=1}", "patch {a=3}");
  }

  @Test
  void reload_withoutAConnection_triesAtOnce_andSaysWhatFails() throws InterruptedException {
    remote.connectFailures.add(new IOException("refused"));
    remote.connectFailures.add(new IOException("refused again"));
    Session session = open();
    RecordingSink other = new RecordingSink(tasks);
    reload(session, other);
    assertEquals(List.of("failed GIM-012"), other.log());
    RecordingSink third = new RecordingSink(tasks);
    reload(session, third);
    assertEquals(List.of("document {a=1}"), third.log());
  }

  @Test
  void reload_afterClose_returns() throws InterruptedException {
    Session session = open();
    session.close();
    RecordingSink other = new RecordingSink(tasks);
    reload(session, other);
    assertEquals(List.of(), other.log());
  }

  private void reload(Session session, Sink to) throws InterruptedException {
    Thread thread = new Thread(() -> session.reload(to));
    thread.start();
    while (thread.isAlive()) {
      tasks.run();
      thread.join(1);
    }
  }

  @Test
  void notWatching_readsOnce_andClosesTheConnection() throws InterruptedException {
    options = options.withPeriod(Duration.ofSeconds(10));
    RecordingSink once = new RecordingSink(tasks, false);
    Session session = open(once);
    tasks.advance(60_000);
    assertEquals(List.of("document {a=1}"), once.log());
    assertEquals(1, remote.closes);
    remote.change();
    RecordingSink other = new RecordingSink(tasks, false);
    reload(session, other);
    assertEquals(List.of("document {a=2}"), other.log());
    assertEquals(2, remote.connects);
  }

  @Test
  void noThread_leavesTheNextSignToAskAgain() {
    open();
    tasks.refuses = true;
    remote.change();
    Feed feed = remote.feed;
    assertThrows(RuntimeException.class, feed::changed);
    tasks.refuses = false;
    feed.changed();
    tasks.run();
    assertTrue(sink.log().contains("document {a=2}"));
  }

  @Test
  void options_refuseWhatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> options.withPeriod(Duration.ZERO));
    Duration second = Duration.ofSeconds(1);
    assertThrows(
        IllegalArgumentException.class, () -> options.withBackoff(second, Duration.ofMillis(1)));
    assertThrows(IllegalArgumentException.class, () -> options.withBackoff(Duration.ZERO, second));
  }

  @Test
  void changeDuringAReadThatFails_makesOneMore_notManyMore() {
    open();
    remote.readings.add(() -> RemoteState.failed(ScriptedRemote.malformed()));
    remote.readings.add(() -> RemoteState.failed(ScriptedRemote.malformed()));
    remote.duringRead =
        () -> {
          remote.duringRead = () -> {};
          remote.changeAndTell();
        };
    remote.feed.changed();
    tasks.run();
    assertEquals(3, remote.reads);
  }
}
