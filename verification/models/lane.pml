/* Lane.submit and runTurns, and Lane.call: three threads each put one task into the queue; who finds the lane idle runs
   what is queued; a caller parks until its own is done. park() never returns by itself.
   Mutants: NO_LOOK_AFTER BUSY_APART DONE_LATE */
#define N 3
byte waits = 0;                /* Lane.queue: a bit for each task */
bool busy = false;             /* Lane.busy */
byte inside = 0;               /* threads that run a task */
bool done[N], permit[N];
byte ended = 0;
bool two = false;

proctype Caller(byte me) {
  byte i;
  atomic { waits = waits | (1 << me) };                    /* queue.add */
queued:                                                    /* enter */
  if :: waits == 0 -> goto await :: waits != 0 -> skip fi;
#ifdef BUSY_APART
  if :: busy -> goto await :: !busy -> busy = true fi;
#else
  if :: atomic { busy -> goto await } :: atomic { !busy -> busy = true } fi;
#endif
turn:                                                      /* runTurn */
  atomic {
    if
    :: waits & 1 -> i = 0
    :: waits & 2 -> i = 1
    :: waits & 4 -> i = 2
    :: waits == 0 -> goto leave
    fi;
    waits = waits & (7 - (1 << i))                         /* queue.poll */
  };
  atomic { inside++; two = two || inside > 1 };
  inside--;
#ifdef DONE_LATE
  if :: i != me -> permit[i] = true :: i == me -> skip fi;
  done[i] = true;
#else
  done[i] = true;
  if :: i != me -> permit[i] = true :: i == me -> skip fi; /* unpark */
#endif
  goto turn;
leave:
  busy = false;
#ifndef NO_LOOK_AFTER
  goto queued;
#endif
await:
  do
  :: done[me] -> break
  :: !done[me] -> atomic { permit[me] -> permit[me] = false }
  od;
  ended++
}

init { atomic { run Caller(0); run Caller(1); run Caller(2) } }

ltl safe { [] !two }
ltl ends { <> (ended == N) }
