/* Delivery.wake, run, runOne and close over a Mailbox, and the set of open ones (MemoryLoader.deliveries): each access
   to memory is one step. LANE offers versions 1..LAST. Two threads take over what was submitted, so that a run can
   begin while the one before it has its last look. -DCLOSE: somebody closes the subscription; -DCONFIG: the Config is
   closed, which waits only for what is in the set. What Progress.awaitUninterruptibly does is progress.pml's.
   Mutants: TAKE_FIRST NO_RECHECK RECHECK_FIRST SCHEDULED_APART NO_WAIT LOOK_FIRST LEAVE_EARLY NEVER_LEAVE */
#define LAST   3
#define EMPTY  0
#define CLOSED 9

byte cell = EMPTY;             /* Mailbox.cell */
bool scheduled = false;        /* Delivery.scheduled */
byte submitted = 0;            /* what Dispatcher.submit has handed to the executor */
byte running = 0;              /* Delivery.running: 0, or the thread in the listener or about to be */
byte past = 0;                 /* PushSubscription.past */
bool member = true;              /* whether MemoryLoader.deliveries has it */
byte calls = 0;                /* calls of the listener under way */
bool closed = false;           /* close() has returned */
bool late = false, back = false, twice = false;

inline wake() {
#ifdef SCHEDULED_APART
  if
  :: !scheduled -> scheduled = true; submitted++
  :: scheduled -> skip
  fi
#else
  if
  :: atomic { !scheduled -> scheduled = true }; submitted++
  :: atomic { scheduled -> skip }
  fi
#endif
}

inline leaveIfEnded() {
#ifdef LEAVE_EARLY
  if :: cell == CLOSED -> member = false :: cell != CLOSED -> skip fi
#else
#ifdef NEVER_LEAVE
  skip
#else
  if
  :: cell == CLOSED -> if :: running == 0 -> member = false :: running != 0 -> skip fi
  :: cell != CLOSED -> skip
  fi
#endif
#endif
}

proctype Lane() {
  byte v = 1, present;
  do
  :: v > LAST -> break
  :: v <= LAST ->
     present = cell;
     if
     :: present == CLOSED -> break
     :: present != CLOSED ->
        if
        :: atomic { cell == present -> cell = v }; wake(); v++
        :: atomic { cell != present -> skip }
        fi
     fi
  od
}

proctype Worker(byte me) {
  byte present; bool more;
end_idle:
  atomic { submitted > 0 -> submitted-- };
one:                                                       /* runOne */
#ifndef TAKE_FIRST
  running = me;
#endif
take:
  present = cell;
  if
  :: present == EMPTY || present == CLOSED -> more = false; goto ended
  :: present != EMPTY && present != CLOSED -> skip
  fi;
  if :: atomic { cell == present -> cell = EMPTY } :: atomic { cell != present -> goto take } fi;
#ifdef TAKE_FIRST
  running = me;
#endif
  more = true;
  back = back || present <= past;
  atomic { late = late || closed; calls++; twice = twice || calls > 1 };
  atomic { late = late || closed; calls-- };               /* the listener returns */
  past = present;
ended:
  running = 0;
  leaveIfEnded();
  if :: more -> goto one :: !more -> skip fi;
#ifdef RECHECK_FIRST
  if :: cell != EMPTY && cell != CLOSED -> goto one :: else fi;
  scheduled = false;
#else
  scheduled = false;
#ifndef NO_RECHECK
  if
  :: cell != EMPTY && cell != CLOSED -> wake()             /* hasNext */
  :: else
  fi;
#endif
#endif
  goto end_idle
}

proctype Closer() {
  byte seen = 0;
#ifdef LOOK_FIRST
  seen = running;
#endif
  cell = CLOSED;                                           /* closeAndRemove */
  leaveIfEnded();
#ifdef CONFIG
  if :: !member -> goto returned :: member -> skip fi;
#endif
#ifdef LOOK_FIRST
  if :: seen == 0 -> goto returned :: seen != 0 -> skip fi;
#endif
#ifndef NO_WAIT
  running == 0;                                            /* awaitEnd */
#endif
returned:
  closed = true
}

init {
  atomic {
    run Lane(); run Worker(1); run Worker(2);
#if defined(CLOSE) || defined(CONFIG)
    run Closer();
#endif
  }
}

ltl safe { [] (!late && !back && !twice) }
#if defined(CLOSE) || defined(CONFIG)
ltl ends { <> (closed && !member) }
#else
ltl latest { <> (past == LAST) }
#endif
