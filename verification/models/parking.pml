/* PullWatcher.poll, park, wake and stop over Mailbox.offer, take and close: each access to memory is one step, park()
   never returns by itself. LANE offers versions 2..LAST, REGISTER offers version 1, which it has read before.
   -DSTOP: somebody stops the watcher. -DTWO: a second consumer waits for the lock.
   Mutants: ANNOUNCE_LATE WAKE_FIRST NO_WAKE_ON_STOP BLIND_OFFER OFFER_STALE BLIND_TAKE NO_VERSION_CHECK UNLOCKED */
#define LAST   3
#define EMPTY  0
#define CLOSED 9
#ifdef TWO
#define CONSUMERS 2
#else
#define CONSUMERS 1
#endif

byte cell = EMPTY;             /* Mailbox.cell */
byte waiter = 0;               /* PullWatcher.waiter: 0, or who parks or is about to */
bool permit[CONSUMERS + 1];    /* of LockSupport */
bool consumers = false;        /* PullWatcher.consumers */
byte taken = 0;                /* PullWatcher.taken */
bool stopped = false;          /* stop() has returned */
byte over = 0;                 /* consumers whose next() threw WatcherStoppedException */
bool late = false, back = false;

inline wake(w) {
  w = waiter;
  if :: w != 0 -> permit[w] = true :: else fi
}

inline offer(v, present, w) {
  do
  :: present = cell;
     if
     :: present == CLOSED -> break
#ifndef OFFER_STALE
     :: present != CLOSED && present >= v -> break
     :: present != CLOSED && present < v ->
#else
     :: present != CLOSED ->
#endif
#ifdef WAKE_FIRST
        wake(w);
#endif
#ifdef BLIND_OFFER
        cell = v; wake(w); break
#else
        if
        :: atomic { cell == present -> cell = v };
#ifndef WAKE_FIRST
           wake(w);
#endif
           break
        :: atomic { cell != present -> skip }
        fi
#endif
     fi
  od
}

proctype Lane() {
  byte v = 2, present, w;
  do
  :: v <= LAST -> offer(v, present, w); v++
  :: v > LAST -> break
  od
}

proctype Register() {
  byte present, w;
  offer(1, present, w)
}

proctype Consumer(byte me) {
  byte present; bool begunAfterStop;
next:
  begunAfterStop = stopped;
#ifndef UNLOCKED
  atomic { !consumers -> consumers = true };
#endif
again:
  if :: cell == CLOSED -> goto end :: cell != CLOSED -> skip fi;      /* refuseStopped */
take:
  present = cell;
  if
  :: present == EMPTY || present == CLOSED -> goto park
  :: present != EMPTY && present != CLOSED -> skip
  fi;
#ifdef BLIND_TAKE
  cell = EMPTY;
#else
  if :: atomic { cell == present -> cell = EMPTY } :: atomic { cell != present -> goto take } fi;
#endif
#ifndef NO_VERSION_CHECK
  if :: present <= taken -> goto take :: present > taken -> skip fi;
#endif
  back = back || present <= taken;
  taken = present;
  late = late || begunAfterStop;
  consumers = false;
  goto next;
park:
#ifdef ANNOUNCE_LATE
  if :: cell != EMPTY -> goto again :: cell == EMPTY -> skip fi;
  waiter = me;
  atomic { permit[me] -> permit[me] = false };
#else
  waiter = me;
  if
  :: cell == EMPTY -> atomic { permit[me] -> permit[me] = false }
  :: cell != EMPTY -> skip
  fi;
#endif
  waiter = 0;
  goto again;
end:
  consumers = false;
  over++
}

proctype Stopper() {
  byte present, w;
  atomic { present = cell; cell = CLOSED };
#ifndef NO_WAKE_ON_STOP
  if :: present != CLOSED -> wake(w) :: else fi;
#endif
  stopped = true
}

init {
  atomic {
    run Lane(); run Register(); run Consumer(1);
#ifdef TWO
    run Consumer(2);
#endif
#ifdef STOP
    run Stopper();
#endif
  }
}

ltl safe { [] (!late && !back) }
#ifdef STOP
ltl ends { <> (over == CONSUMERS) }
#else
ltl latest { <> (taken == LAST) }
#endif
