/* Progress.await and changed: a lock, its condition, and the count of those that wait. Two threads wait for two
   conditions that two others make true. A condition's await() gives the lock back and joins the queue in one step, and
   never returns by itself; there is no timeout.
   Mutants: COUNT_LATE CHANGED_FIRST UNLOCKED SIGNAL_ONE */
bool lock = false;             /* Progress.lock */
byte waiting = 0;              /* Progress.waiting */
bool queued[2];                /* who is in the condition's queue */
bool fact[2];                  /* what is waited for */
byte done = 0;

inline acquire() { atomic { !lock -> lock = true } }

inline changed() {
  if
  :: waiting > 0 ->
#ifndef UNLOCKED
     acquire();
#endif
#ifdef SIGNAL_ONE
     atomic { if :: queued[0] -> queued[0] = false :: !queued[0] -> queued[1] = false fi };
#else
     d_step { queued[0] = false; queued[1] = false };
#endif
#ifndef UNLOCKED
     lock = false
#endif
  :: waiting == 0 -> skip
  fi
}

proctype Waiter(byte me) {
  acquire();
#ifdef COUNT_LATE
  if
  :: fact[me] -> skip
  :: !fact[me] ->
     waiting++;
     atomic { queued[me] = true; lock = false };
     !queued[me];
     acquire();
     waiting--
  fi;
#else
  waiting++;
  do
  :: fact[me] -> break
  :: !fact[me] ->
     atomic { queued[me] = true; lock = false };
     !queued[me];
     acquire()
  od;
  waiting--;
#endif
  lock = false;
  done++
}

proctype Changer(byte me) {
#ifdef CHANGED_FIRST
  changed();
  fact[me] = true
#else
  fact[me] = true;
  changed()
#endif
}

init { atomic { run Waiter(0); run Waiter(1); run Changer(0); run Changer(1) } }

ltl ends { <> (done == 2) }
