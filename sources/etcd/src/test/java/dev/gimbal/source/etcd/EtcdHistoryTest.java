package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.source.Revision;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.StatusResponse;
import io.grpc.Status;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The figures are those of servers: what they had in their log, and which revision it made. */
@Tag("G6")
class EtcdHistoryTest {

  private static final long CLUSTER = 7;
  private static final long TERM = 2;

  private static ResponseHeader header(long cluster, long term, long revision) {
    return ResponseHeader.newBuilder()
        .setClusterId(cluster)
        .setRaftTerm(term)
        .setRevision(revision)
        .build();
  }

  private static ResponseHeader header(long revision) {
    return header(CLUSTER, TERM, revision);
  }

  /** Of a server that has used all of its log, of which so many entries made no revision. */
  private static EtcdHistory.Log log(long revision, long others) {
    return log(revision, revision + others, revision + others);
  }

  private static EtcdHistory.Log log(long revision, long applied, long last) {
    return EtcdHistory.Log.of(
        StatusResponse.newBuilder()
            .setHeader(header(revision))
            .setRaftAppliedIndex(applied)
            .setRaftIndex(last)
            .build());
  }

  /** What is known after a reading at a revision, of a server whose log was as it is there. */
  private static EtcdHistory known(long revision, long others) {
    return EtcdHistory.of(header(revision)).then(header(revision), log(revision, others));
  }

  @Test
  void goesOn_header_needsClusterTermAndRevision() {
    EtcdHistory known = known(100, 10);
    assertTrue(known.goesOn(header(100), Revision.of(100)));
    assertTrue(known.goesOn(header(101), Revision.of(100)));
    assertTrue(known.goesOn(header(CLUSTER, TERM + 1, 100), Revision.of(100)));
    assertFalse(known.goesOn(header(99), Revision.of(100)));
    assertFalse(known.goesOn(header(CLUSTER, TERM - 1, 100), Revision.of(100)));
    assertFalse(known.goesOn(header(CLUSTER + 1, TERM, 100), Revision.of(100)));
    assertTrue(known.goesOn(header(1), null)); // nothing was handed over
  }

  /** Leases, compactions, logins and elections are entries that make no revision. */
  @Test
  void goesOn_log_takesAnyNumberOfOtherEntriesBetween() {
    EtcdHistory known = known(100, 10);
    assertTrue(known.goesOn(log(100, 10)));
    assertTrue(known.goesOn(log(100, 5000)));
    assertTrue(known.goesOn(log(5100, 10)));
    assertTrue(known.goesOn(log(5100, 5000)));
  }

  @Test
  void goesOn_logOfARestoredCopy_isFoundWhateverItsRevision() {
    EtcdHistory known = known(100, 10);
    for (long revision : new long[] {97, 100, 5100}) {
      // Of its revisions those until 97 are the copy's; the rest and 4 elections make its log.
      assertFalse(known.goesOn(log(revision, 4 - 97)), "revision " + revision);
    }
    assertFalse(known.goesOn(log(100, 9)));
  }

  /**
   * Both counts are safe where a server is behind. What it took while it was looked at makes the
   * later count too high; what it has and has not used makes the first too low.
   */
  @Test
  void goesOn_memberThatLagsBehind_isTheSameHistory() {
    EtcdHistory known = known(100, 10);
    // It has the log until 110, has used it until 105, and is at revision 95.
    assertTrue(known.goesOn(log(95, 105, 110)));
    // It used more between the revision and the end of its log, or counts the newest not yet.
    assertTrue(known.goesOn(log(95, 110, 110)));
    assertTrue(known.goesOn(log(95, 104, 110)));
    // A reading of it knows no more than before, as it has not used what it has.
    EtcdHistory behind = known.then(header(100), log(95, 105, 110));
    assertEquals(known, behind);
    assertTrue(behind.goesOn(log(100, 10)));
  }

  /** The header is newer than the log: what came in between may not count as no revisions. */
  @Test
  void then_revisionsAfterTheLogWasAsked_leaveTheNumberLow() {
    EtcdHistory known = EtcdHistory.of(header(100)).then(header(150), log(100, 10));
    assertEquals(110 - 150, known.others());
    assertTrue(known.goesOn(log(150, 10)));
  }

  @Test
  void then_keepsTheHighestNumber_andTheNewestTerm() {
    EtcdHistory known = known(100, 10).then(header(CLUSTER, TERM + 3, 200), log(200, 4));
    assertEquals(new EtcdHistory(CLUSTER, TERM + 3, 10), known);
    assertEquals(40, known.then(header(300), log(300, 40)).others());
  }

  /** At a first connect, servers that replay their log have used little or none of it. */
  @Test
  void then_serverThatReplays_knowsLittle() {
    EtcdHistory none = EtcdHistory.of(header(1)).then(header(1), log(1, 0, 110));
    assertTrue(none.goesOn(log(100, 10)));
    assertTrue(none.goesOn(log(100, -90)));
    EtcdHistory some = EtcdHistory.of(header(20)).then(header(20), log(20, 25, 110));
    assertEquals(5, some.others());
    assertTrue(some.goesOn(log(20, 60, 110)));
    assertTrue(some.goesOn(log(100, 10)));
  }

  /** As where a server refuses to tell. */
  @Test
  void log_notTold_neitherDoubtsNorForgets() {
    EtcdHistory.Log notTold = log(100, 0, 0);
    assertEquals(0, notTold.entries());
    EtcdHistory first = EtcdHistory.of(header(100)).then(header(100), notTold);
    assertTrue(first.goesOn(notTold));
    assertTrue(first.goesOn(log(100, -90)));
    EtcdHistory known = known(100, 10);
    assertTrue(known.goesOn(notTold));
    assertEquals(known, known.then(header(100), notTold));
  }

  @ParameterizedTest
  @EnumSource(Status.Code.class)
  void isRefused_onlyWhereTheServerAnswered(Status.Code code) {
    boolean refused =
        switch (code) {
          case PERMISSION_DENIED,
              UNAUTHENTICATED,
              INVALID_ARGUMENT,
              FAILED_PRECONDITION,
              UNIMPLEMENTED ->
              true;
          default -> false;
        };
    assertEquals(refused, EtcdHistory.Log.isRefused(code));
  }
}
