------------------------------- MODULE Engine -------------------------------
(* Gimbal's engine, from the world outside a source to what a watcher returns. Actions carry the names of the methods
   they stand for; README.md says which accesses an action holds together and what is left out.

   A document of revision r has the value Val(r) in both of its halves: 0, 1, 0 where values come back, else 0, 1, 2.
   Some combinations of two sources' values fail the check of a candidate (Valid).                                   *)
EXTENDS Naturals, FiniteSets, Sequences
CONSTANTS
  Sources, Watchers, Subs,
  MaxRev,     \* revisions of each source in the outside world: 0..MaxRev
  MaxFaults,  \* failed sessions and overtaken reads, together
  ComeBack,   \* whether a source's values go 0, 1, 0 instead of 0, 1, 2
  MayStop,    \* whether stop() and close() of a receiver are called
  MayClose,   \* whether Config.close() is called
  Mutant      \* "none", or the name of a seeded bug
VARIABLES
  rev,        \* [Sources -> 0..MaxRev] the outside world
  sess,       \* [Sources -> {"down", "half", "open"}] "half" is a mutant's
  signal,     \* [Sources -> BOOLEAN] the session was told of a change and has not read since
  read,       \* [Sources -> rev or None] what the session has read and not handed over
  slow,       \* [Sources -> rev or None] what another read (a reload) has read and not handed over
  faults,     \* how many faults there were
  inbox,      \* [Sources -> Seq of rev or Failed] Inbox.waiting
  tasks,      \* SUBSET Sources: whose Intake.drain is queued on the lane
  lane,       \* what the lane is at
  order,      \* [Sources -> rev] SourceSession.lastOrder
  received, accepted,   \* [Sources -> rev] the two trees of each Layer
  published,  \* [ver, left, right] MemoryLoader.published; the tree as its two halves
  targets,    \* receivers that the lane's walk of the trie has found and not offered to yet
  trie,       \* receivers in WatchTrie.root
  trieClosed, \* root is null for good
  reg,        \* [Receivers -> how far the registration is]
  mine,       \* [Receivers -> what register() read from the published cell]
  box,        \* [Receivers -> [st, ver, val]] Mailbox.cell
  last,       \* [Receivers -> [ver, val]] the version taken last, and what the application knows
  sched, run, running,  \* [Subs -> ...] Delivery.scheduled, where its run is, Delivery.running
  recheck, found,       \* [Subs -> how many] runs that left and have still to look again; that found more and have to wake
  cl,         \* [Receivers -> {"open", "closing", "forgotten", "closed"}] stop() or close(): not called ... returned
  cfg,        \* how far Config.close() is; "closed": it has returned
  refused,    \* sources whose inbox is closed
  ending,     \* receivers that Shutdown has still to end; then subscriptions whose call it has still to wait for
  closer,     \* the subscription from whose call close() waits: a mutant's
  broke       \* what an application saw that it must not see
srcVars  == <<rev, sess, signal, read, slow, faults>>
inVars   == <<inbox, tasks>>
layVars  == <<order, received, accepted>>
runVars  == <<sched, run, running, recheck, found>>
regVars  == <<reg, mine>>
cfgVars  == <<cfg, refused, ending, closer, trieClosed>>
vars == <<srcVars, inVars, lane, layVars, published, targets, trie, regVars, box, last, runVars, cl, cfgVars, broke>>

None      == 99
Failed    == 98
Receivers == Watchers \cup Subs
MaxLooks  == 2  \* runs of one subscription that left and have not looked again or woken
M(name)   == Mutant = name
Zero      == [s \in Sources |-> 0]
Val(r)    == IF ComeBack THEN r % 2 ELSE r
Tree(f)   == [s \in Sources |-> Val(f[s])]
First     == CHOOSE s \in Sources : TRUE
\* of the others, one at a time may say 1, and only while the first says 0
Valid(t)  == LET ones == {s \in Sources \ {First} : t[s] = 1} IN Cardinality(ones) < 2 /\ (ones = {} \/ t[First] = 0)
Idle      == [at |-> "idle", src |-> None, rest |-> << >>, cand |-> Zero, before |-> Zero, who |-> None]
\* a watcher looks at one source's place, a subscription at everything
Watched(r) == IF r \in Watchers THEN {First} ELSE Sources
View(r, t) == [s \in Watched(r) |-> t[s]]
Seen(r, p) == [ver |-> p.ver, val |-> View(r, p.left)]
Empty(r)   == [st |-> "empty", ver |-> 0, val |-> View(r, Zero)]
Closed(r)  == [st |-> "closed", ver |-> 0, val |-> View(r, Zero)]
Full(c)    == [st |-> "full", ver |-> c.ver, val |-> c.val]
Nothing(r) == [ver |-> 0, val |-> View(r, Zero)]

\* after the start: version 1 shows the first answers
Init ==
  /\ rev = Zero /\ sess = [s \in Sources |-> "down"] /\ signal = [s \in Sources |-> FALSE]
  /\ read = [s \in Sources |-> None] /\ slow = [s \in Sources |-> None] /\ faults = 0
  /\ inbox = [s \in Sources |-> << >>] /\ tasks = {} /\ lane = Idle
  /\ order = Zero /\ received = Zero /\ accepted = Zero
  /\ published = [ver |-> 1, left |-> Zero, right |-> Zero]
  /\ targets = {} /\ trie = {} /\ trieClosed = FALSE
  /\ reg = [r \in Receivers |-> "none"] /\ mine = [r \in Receivers |-> Nothing(r)]
  /\ box = [r \in Receivers |-> Empty(r)] /\ last = [r \in Receivers |-> Nothing(r)]
  /\ sched = [d \in Subs |-> FALSE] /\ run = [d \in Subs |-> "none"]
  /\ running = [d \in Subs |-> FALSE] /\ recheck = [d \in Subs |-> 0] /\ found = [d \in Subs |-> 0]
  /\ cl = [r \in Receivers |-> "open"] /\ cfg = "open" /\ refused = {} /\ ending = {} /\ closer = None /\ broke = {}

----------------------------------------------------------------------------- \* sources
Refused(s) == s \in refused /\ ~M("closeKeepsInbox")

\* Inbox.put, under its lock: of documents that follow each other the newest stays; the lane is told of the first thing
Put(s, x) ==
  LET q == inbox[s] IN
  IF Refused(s) THEN UNCHANGED inVars
  ELSE IF q # << >> /\ x # Failed /\ q[Len(q)] # Failed
       THEN /\ inbox' = IF x > q[Len(q)] /\ ~M("oldestDocument") THEN [inbox EXCEPT ![s][Len(q)] = x] ELSE inbox
            /\ tasks' = tasks
       ELSE /\ inbox' = [inbox EXCEPT ![s] = Append(q, x)]
            /\ tasks' = IF q = << >> THEN tasks \cup {s} ELSE tasks

srcRest == <<lane, layVars, published, targets, trie, regVars, box, last, runVars, cl, cfgVars, broke>>

Change(s) ==
  /\ rev[s] < MaxRev /\ cfg = "open"
  /\ rev' = [rev EXCEPT ![s] = @ + 1] /\ signal' = [signal EXCEPT ![s] = sess[s] = "open"]
  /\ UNCHANGED <<sess, read, slow, faults, inVars, srcRest>>

\* a session subscribes first and reads afterwards, when it opens and when it comes back
Subscribe(s) ==
  /\ ~Refused(s)
  /\ IF M("readBeforeSubscribe")
     THEN \/ /\ sess[s] = "down" /\ sess' = [sess EXCEPT ![s] = "half"] /\ read' = [read EXCEPT ![s] = rev[s]]
             /\ UNCHANGED signal
          \/ /\ sess[s] = "half" /\ sess' = [sess EXCEPT ![s] = "open"] /\ UNCHANGED <<signal, read>>
     ELSE /\ sess[s] = "down" /\ sess' = [sess EXCEPT ![s] = "open"] /\ signal' = [signal EXCEPT ![s] = TRUE]
          /\ UNCHANGED read
  /\ UNCHANGED <<rev, slow, faults, inVars, srcRest>>

\* it takes the signal and then reads, so that a later change signals again
Read(s) ==
  /\ sess[s] = "open" /\ signal[s] /\ read[s] = None /\ ~Refused(s)
  /\ signal' = [signal EXCEPT ![s] = FALSE] /\ read' = [read EXCEPT ![s] = rev[s]]
  /\ UNCHANGED <<rev, sess, slow, faults, inVars, srcRest>>

\* Sink.document -> SourceSession.say -> Intake.take -> Inbox.put
Document(s) ==
  /\ read[s] # None /\ Put(s, read[s]) /\ read' = [read EXCEPT ![s] = None]
  /\ UNCHANGED <<rev, sess, signal, slow, faults, srcRest>>

\* a second read that the first may overtake
ReloadRead(s) ==
  /\ faults < MaxFaults /\ slow[s] = None /\ ~Refused(s) /\ sess[s] = "open"
  /\ faults' = faults + 1 /\ slow' = [slow EXCEPT ![s] = rev[s]]
  /\ UNCHANGED <<rev, sess, signal, read, inVars, srcRest>>
ReloadDocument(s) ==
  /\ slow[s] # None /\ Put(s, slow[s]) /\ slow' = [slow EXCEPT ![s] = None]
  /\ UNCHANGED <<rev, sess, signal, read, faults, srcRest>>

\* Sink.failed: the connection is lost, and what was on its way with it
Fail(s) ==
  /\ faults < MaxFaults /\ sess[s] = "open" /\ ~Refused(s)
  /\ faults' = faults + 1 /\ sess' = [sess EXCEPT ![s] = "down"]
  /\ signal' = [signal EXCEPT ![s] = FALSE] /\ read' = [read EXCEPT ![s] = None]
  /\ Put(s, Failed) /\ UNCHANGED <<rev, slow, srcRest>>

----------------------------------------------------------------------------- \* the lane
After(rest) == IF rest = << >> THEN Idle ELSE [Idle EXCEPT !.at = "step", !.src = lane.src, !.rest = rest]

\* Intake.drain: Inbox.takeAll, under its lock
Drain(s) ==
  /\ lane.at = "idle" /\ s \in tasks /\ tasks' = tasks \ {s}
  /\ lane' = IF inbox[s] = << >> THEN Idle
             ELSE [Idle EXCEPT !.at = IF M("takeAllApart") THEN "clear" ELSE "step", !.src = s, !.rest = inbox[s]]
  /\ inbox' = IF M("takeAllApart") THEN inbox ELSE [inbox EXCEPT ![s] = << >>]
  /\ UNCHANGED <<srcVars, layVars, published, targets, trie, regVars, box, last, runVars, cl, cfgVars, broke>>
DrainClear == \* a mutant's: what is put between the copy and this is gone
  /\ lane.at = "clear" /\ lane' = [lane EXCEPT !.at = "step"] /\ inbox' = [inbox EXCEPT ![lane.src] = << >>]
  /\ UNCHANGED <<srcVars, tasks, layVars, published, targets, trie, regVars, box, last, runVars, cl, cfgVars, broke>>

Accept(next, acc, rest) ==  \* Stepper.accept
  /\ received' = next /\ accepted' = acc
  /\ lane' = [lane EXCEPT !.at = "publish", !.rest = rest, !.cand = Tree(acc)]
Refuse(next, rest) ==       \* Stepper.refuse: the document stays received
  /\ received' = IF M("forgetPending") THEN received ELSE next
  /\ accepted' = IF M("refuseAccepts") THEN next ELSE accepted
  /\ lane' = After(rest)

\* Stepper.withPending: the lowest of the pending documents that pass on top is accepted too, until none does.
\* The order of the layers is that in which CHOOSE picks.
RECURSIVE WithPending(_, _)
WithPending(acc, recv) ==
  LET let(t) == [acc EXCEPT ![t] = recv[t]]
      through == {t \in Sources : recv[t] # acc[t] /\ Valid(Tree(let(t)))}
  IN IF through = {} \/ M("leavesPending") THEN acc ELSE WithPending(let(CHOOSE t \in through : TRUE), recv)

\* Intake.apply, Stepper.apply, SourceSession.advance, Stepper.step
Step ==
  /\ lane.at = "step"
  /\ LET x == Head(lane.rest)  s == lane.src  rest == Tail(lane.rest)
         next == [received EXCEPT ![s] = x]  alone == [accepted EXCEPT ![s] = x]
         pending == \E t \in Sources \ {s} : next[t] # accepted[t]
     IN CASE x = Failed -> /\ IF M("failedClears")
                              THEN Accept([received EXCEPT ![s] = 0], [accepted EXCEPT ![s] = 0], rest)
                              ELSE lane' = After(rest) /\ UNCHANGED <<received, accepted>>
                           /\ UNCHANGED order
          [] x # Failed /\ ((cfg # "open" /\ ~M("closeKeepsInbox")) \/ (x <= order[s] /\ ~M("noAdvance"))) ->
               lane' = After(rest) /\ UNCHANGED layVars
          [] OTHER ->
               /\ order' = [order EXCEPT ![s] = x]
               /\ IF Valid(Tree(next)) \/ M("publishUnchecked") THEN Accept(next, next, rest)
                  ELSE IF pending /\ Valid(Tree(alone)) /\ ~M("allOrNothing") THEN Accept(next, WithPending(alone, next), rest)
                  ELSE Refuse(next, rest)
  /\ UNCHANGED <<srcVars, inVars, published, targets, trie, regVars, box, last, runVars, cl, cfgVars, broke>>

Affected(before, after) == {r \in trie : View(r, before) # View(r, after)}
NewVersion == IF M("versionReused") THEN published.ver ELSE published.ver + 1

\* MemoryLoader.publish: nothing when nothing changed; else the published cell is written
Publish ==
  /\ \/ /\ lane.at = "publish"
        /\ IF lane.cand = published.left /\ ~M("publishEqual")
           THEN lane' = After(lane.rest) /\ UNCHANGED <<published, targets>>
           ELSE CASE M("offerBeforeCell") ->
                       /\ targets' = Affected(published.left, lane.cand) /\ UNCHANGED published
                       /\ lane' = [lane EXCEPT !.at = IF targets' = {} THEN "cell" ELSE "offer"]
                  [] M("splitPublish") ->
                       /\ published' = [published EXCEPT !.left = lane.cand] /\ UNCHANGED targets
                       /\ lane' = [lane EXCEPT !.at = "right", !.before = published.left]
                  [] OTHER ->
                       /\ published' = [ver |-> NewVersion, left |-> lane.cand, right |-> lane.cand]
                       /\ lane' = [lane EXCEPT !.at = "trie", !.before = published.left] /\ UNCHANGED targets
     \/ /\ lane.at = "right" /\ published' = [published EXCEPT !.right = lane.cand, !.ver = @ + 1]
        /\ lane' = [lane EXCEPT !.at = "trie"] /\ UNCHANGED targets
     \/ /\ lane.at = "cell" /\ published' = [ver |-> published.ver + 1, left |-> lane.cand, right |-> lane.cand]
        /\ lane' = After(lane.rest) /\ UNCHANGED targets
  /\ UNCHANGED <<srcVars, inVars, layVars, trie, regVars, box, last, runVars, cl, cfgVars, broke>>

\* WatchTrie.offer: the trie is read once, after the cell was written
ReadTrie ==
  /\ lane.at = "trie" /\ targets' = Affected(lane.before, published.left)
  /\ lane' = IF targets' = {} THEN After(lane.rest) ELSE [lane EXCEPT !.at = "offer"]
  /\ UNCHANGED <<srcVars, inVars, layVars, published, trie, regVars, box, last, runVars, cl, cfgVars, broke>>

\* Mailbox.offer: one compare-and-set
Offered(b, c) ==
  IF b.st = "closed" \/ (b.st = "full" /\ (M("dropNewest") \/ (b.ver >= c.ver /\ ~M("offerStale")))) THEN b ELSE Full(c)
OfferTo(r, b) == box' = [box EXCEPT ![r] = b]
MustWake(r)   == r \in Subs /\ box'[r] # box[r]

LaneSnapshot(r) ==
  IF M("offerBeforeCell") THEN [ver |-> published.ver + 1, val |-> View(r, lane.cand)] ELSE Seen(r, published)
Onwards(left) ==
  IF left # {} THEN [lane EXCEPT !.at = "offer", !.who = None]
  ELSE IF M("offerBeforeCell") THEN [lane EXCEPT !.at = "cell"] ELSE After(lane.rest)
Offer(r) ==
  /\ \/ /\ lane.at = "offer" /\ r \in targets
        /\ IF M("checkThenOffer") /\ box[r].st # "closed"
           THEN lane' = [lane EXCEPT !.at = "act", !.who = r] /\ UNCHANGED <<targets, box>>
           ELSE /\ targets' = targets \ {r} /\ OfferTo(r, Offered(box[r], LaneSnapshot(r)))
                /\ lane' = IF MustWake(r) THEN [lane EXCEPT !.at = "wake", !.who = r] ELSE Onwards(targets')
     \/ /\ lane.at = "act" /\ lane.who = r /\ targets' = targets \ {r} /\ OfferTo(r, Full(LaneSnapshot(r)))
        /\ lane' = IF MustWake(r) THEN [lane EXCEPT !.at = "wake"] ELSE Onwards(targets')
  /\ UNCHANGED <<srcVars, inVars, layVars, published, trie, regVars, last, runVars, cl, cfgVars, broke>>

\* Delivery.wake, one compare-and-set, by who has filled the mailbox or has found it full
Woken(d) ==
  IF sched[d] THEN UNCHANGED <<sched, run>>
  ELSE sched' = [sched EXCEPT ![d] = TRUE] /\ run' = [run EXCEPT ![d] = "handed"]
LaneWakes(d) ==
  /\ lane.at = "wake" /\ lane.who = d /\ Woken(d) /\ lane' = Onwards(targets)
  /\ UNCHANGED <<srcVars, inVars, layVars, published, targets, trie, regVars, box, last, running, recheck, found>>
  /\ UNCHANGED <<cl, cfgVars, broke>>

LaneThread ==
  \/ Step \/ DrainClear \/ Publish \/ ReadTrie \/ (\E s \in Sources : Drain(s))
  \/ (\E r \in Receivers : Offer(r)) \/ (\E d \in Subs : LaneWakes(d))

----------------------------------------------------------------------------- \* registration
regRest == <<srcVars, inVars, lane, layVars, published, targets, cl, cfgVars, broke>>

\* Config.get, long before Config.watch(value); or the snapshot that a subscription begins with
Get(r) ==
  /\ reg[r] = "none" /\ reg' = [reg EXCEPT ![r] = "got"] /\ last' = [last EXCEPT ![r] = Seen(r, published)]
  /\ UNCHANGED <<regRest, trie, mine, box, runVars>>
\* WatchTrie.add
Add(r) ==
  /\ reg[r] = IF M("registerAfterRead") THEN "early" ELSE "got"
  /\ IF trieClosed
     THEN reg' = [reg EXCEPT ![r] = "refused"] /\ box' = [box EXCEPT ![r] = Closed(r)] /\ UNCHANGED trie
     ELSE /\ trie' = trie \cup {r} /\ UNCHANGED box
          /\ reg' = [reg EXCEPT ![r] = IF M("registerAfterRead") THEN "read" ELSE "added"]
  /\ UNCHANGED <<regRest, mine, last, runVars>>
\* MemoryLoader.register: the published cell is read after the trie was written ...
ReadCell(r) ==
  /\ reg[r] = IF M("registerAfterRead") THEN "got" ELSE "added"
  /\ reg' = [reg EXCEPT ![r] = IF M("registerAfterRead") THEN "early" ELSE "read"]
  /\ mine' = [mine EXCEPT ![r] = Seen(r, published)]
  /\ UNCHANGED <<regRest, trie, box, last, runVars>>
\* ... and offered
OfferSelf(r) ==
  /\ reg[r] = "read" /\ mine' = [mine EXCEPT ![r] = Nothing(r)] /\ OfferTo(r, Offered(box[r], mine[r]))
  /\ reg' = [reg EXCEPT ![r] = IF MustWake(r) THEN "offered" ELSE "live"]
  /\ UNCHANGED <<regRest, trie, last, runVars>>
WakesSelf(d) ==
  /\ reg[d] = "offered" /\ reg' = [reg EXCEPT ![d] = "live"] /\ Woken(d)
  /\ UNCHANGED <<regRest, mine, trie, box, last, running, recheck, found>>
Register(r) == Add(r) \/ ReadCell(r) \/ OfferSelf(r) \/ (r \in Subs /\ WakesSelf(r))

----------------------------------------------------------------------------- \* receivers
Over(r) == cl[r] = "closed" \/ cfg = "closed"
Stopping(r) == cl[r] \in {"closing", "forgotten"}
\* what an application may not see, when it gets c
Bad(r, c) == (IF Over(r) THEN {"late"} ELSE {}) \cup (IF c.ver <= last[r].ver THEN {"back"} ELSE {})
             \cup (IF c.val = last[r].val THEN {"twice"} ELSE {})
Counts(r, c)  == c.ver > last[r].ver \/ M("noVersionCheck")
Differs(r, c) == c.val # last[r].val \/ M("noValueCheck")
Taken(r, c) ==
  /\ last' = IF Counts(r, c) THEN [last EXCEPT ![r] = [ver |-> c.ver, val |-> c.val]] ELSE last
  /\ broke' = IF Counts(r, c) /\ Differs(r, c) THEN broke \cup Bad(r, c) ELSE broke

\* Mailbox.take (one compare-and-set), PullWatcher.take
TakeApart(w) == \* a mutant's: the cell is read, then written without a look
  \/ /\ reg[w] = "live" /\ box[w].st = "full" /\ reg' = [reg EXCEPT ![w] = "taking"]
     /\ mine' = [mine EXCEPT ![w] = [ver |-> box[w].ver, val |-> box[w].val]] /\ UNCHANGED <<box, last, broke>>
  \/ /\ reg[w] = "taking" /\ reg' = [reg EXCEPT ![w] = "live"] /\ mine' = [mine EXCEPT ![w] = Nothing(w)]
     /\ box' = [box EXCEPT ![w] = Empty(w)] /\ Taken(w, mine[w])
Take(w) ==
  /\ IF M("takeReopens") THEN TakeApart(w)
     ELSE /\ reg[w] = "live" /\ box[w].st = "full" /\ box' = [box EXCEPT ![w] = Empty(w)]
          /\ Taken(w, [ver |-> box[w].ver, val |-> box[w].val]) /\ UNCHANGED regVars
  /\ UNCHANGED <<srcVars, inVars, lane, layVars, published, targets, trie, runVars, cl, cfgVars>>

\* Delivery.runOne: the run announces itself, and then takes
dRest == <<srcVars, inVars, lane, layVars, published, targets, trie, regVars, cl, cfgVars>>
Announce(d) ==
  /\ run[d] = IF M("takeBeforeAnnounce") THEN "took" ELSE "handed"
  /\ run' = [run EXCEPT ![d] = IF M("takeBeforeAnnounce") THEN "calling" ELSE "announced"]
  /\ running' = [running EXCEPT ![d] = TRUE] /\ UNCHANGED <<dRest, box, last, sched, recheck, found, broke>>
DeliverNext(d) ==
  /\ run[d] = IF M("takeBeforeAnnounce") THEN "handed" ELSE "announced"
  /\ LET c == [ver |-> box[d].ver, val |-> box[d].val] IN
     IF box[d].st # "full"
     THEN /\ run' = [run EXCEPT ![d] = "leaving"] /\ running' = [running EXCEPT ![d] = FALSE]
          /\ UNCHANGED <<box, last, broke>>
     ELSE /\ box' = [box EXCEPT ![d] = Empty(d)] /\ Taken(d, c)
          /\ IF Counts(d, c) /\ Differs(d, c)
             THEN /\ run' = [run EXCEPT ![d] = IF M("takeBeforeAnnounce") THEN "took" ELSE "calling"]
                  /\ UNCHANGED running
             ELSE run' = [run EXCEPT ![d] = "handed"] /\ running' = [running EXCEPT ![d] = FALSE]
  /\ UNCHANGED <<dRest, sched, recheck, found>>
\* the listener returns
Returned(d) ==
  /\ run[d] = "calling" /\ ~(closer = d /\ cfg # "closed") /\ ~(M("stopWaitsInside") /\ Stopping(d))
  /\ run' = [run EXCEPT ![d] = "handed"] /\ running' = [running EXCEPT ![d] = FALSE]
  /\ UNCHANGED <<dRest, box, last, sched, recheck, found, broke>>
\* Delivery.run: scheduled is cleared, and only then it is looked whether more came
Leave(d) ==
  /\ run[d] = "leaving" /\ recheck[d] + found[d] < MaxLooks
  /\ run' = [run EXCEPT ![d] = "none"] /\ sched' = [sched EXCEPT ![d] = FALSE]
  /\ recheck' = [recheck EXCEPT ![d] = IF M("noRecheck") THEN 0 ELSE @ + 1]
  /\ UNCHANGED <<dRest, box, last, running, found, broke>>
Recheck(d) ==
  /\ recheck[d] > 0 /\ recheck' = [recheck EXCEPT ![d] = @ - 1]
  /\ found' = IF box[d].st = "full" THEN [found EXCEPT ![d] = @ + 1] ELSE found
  /\ UNCHANGED <<dRest, box, last, sched, run, running, broke>>
WakesAgain(d) ==
  /\ found[d] > 0 /\ found' = [found EXCEPT ![d] = @ - 1] /\ Woken(d)
  /\ UNCHANGED <<dRest, box, last, running, recheck, broke>>
Looks(d) == Recheck(d) \/ WakesAgain(d)
Run(d) == Announce(d) \/ DeliverNext(d) \/ Returned(d) \/ Leave(d)

\* PullWatcher.stop, PushSubscription.closeAndRemove: the mailbox is closed first
Stop(r) ==
  /\ MayStop /\ reg[r] \in {"live", "taking"} /\ cl[r] = "open"
  /\ cl' = [cl EXCEPT ![r] = IF box[r].st = "closed" THEN "forgotten" ELSE "closing"]
  /\ box' = IF M("stopKeepsMailbox") THEN box ELSE [box EXCEPT ![r] = Closed(r)]
  /\ UNCHANGED <<srcVars, inVars, lane, layVars, published, targets, trie, regVars, last, runVars, cfgVars, broke>>
stopRest == <<srcVars, inVars, lane, layVars, published, targets, regVars, box, last, runVars, cfgVars, broke>>
Forget(r) ==       \* MemoryLoader.forget, WatchTrie.remove
  /\ cl[r] = "closing" /\ cl' = [cl EXCEPT ![r] = "forgotten"] /\ trie' = trie \ {r} /\ UNCHANGED stopRest
StopReturns(r) ==  \* Delivery.awaitEnd; the return
  /\ cl[r] = "forgotten" /\ (~(r \in Subs /\ running[r]) \/ M("closeWithoutWait"))
  /\ cl' = [cl EXCEPT ![r] = "closed"] /\ UNCHANGED <<trie, stopRest>>
Stops(r) == Forget(r) \/ StopReturns(r)

----------------------------------------------------------------------------- \* Config.close, Shutdown
cfgRest == <<rev, slow, faults, lane, layVars, published, targets, regVars, last, runVars, cl, broke>>
Close ==  \* MemoryLoader.markClosed
  /\ MayClose /\ cfg = "open" /\ cfg' = "marked"
  /\ \/ UNCHANGED closer
     \/ M("closeWaitsInside") /\ \E d \in Subs : run[d] = "calling" /\ closer' = d
  /\ UNCHANGED <<cfgRest, sess, signal, read, inVars, box, trie, refused, ending, trieClosed>>
StopTaking(s) ==  \* SourceControl.stopTaking: each inbox is closed; the turn on the lane is queued ...
  /\ cfg = "marked" /\ s \notin refused /\ refused' = refused \cup {s}
  /\ cfg' = IF refused' # Sources THEN cfg ELSE IF M("noTurn") THEN "watchers" ELSE "turn"
  /\ inbox' = IF M("closeKeepsInbox") THEN inbox ELSE [inbox EXCEPT ![s] = << >>]
  /\ UNCHANGED <<cfgRest, sess, signal, read, tasks, box, trie, ending, closer, trieClosed>>
Turn ==  \* ... and comes when the steps before it have ended
  /\ cfg = "turn" /\ lane.at = "idle" /\ cfg' = "watchers"
  /\ UNCHANGED <<cfgRest, sess, signal, read, inVars, box, trie, refused, ending, closer, trieClosed>>
CloseTrie ==  \* WatchTrie.close
  /\ cfg = "watchers" /\ cfg' = "ending" /\ ending' = trie /\ trie' = {} /\ trieClosed' = ~M("trieReopens")
  /\ UNCHANGED <<cfgRest, sess, signal, read, inVars, box, refused, closer>>
End(r) ==  \* Receiver.end
  /\ cfg = "ending" /\ r \in ending /\ ending' = ending \ {r} /\ box' = [box EXCEPT ![r] = Closed(r)]
  /\ UNCHANGED <<cfgRest, sess, signal, read, inVars, trie, cfg, refused, closer, trieClosed>>
CloseSessions ==  \* SourceSession.closeAll
  /\ cfg = "ending" /\ ending = {} /\ cfg' = "await" /\ ending' = Subs
  /\ IF M("closeKeepsInbox") THEN UNCHANGED <<sess, signal, read>>
     ELSE /\ sess' = [s \in Sources |-> "down"] /\ signal' = [s \in Sources |-> FALSE]
          /\ read' = [s \in Sources |-> None]
  /\ UNCHANGED <<cfgRest, inVars, box, trie, refused, closer, trieClosed>>
AwaitEnd(d) ==  \* Delivery.awaitEnd
  /\ cfg = "await" /\ d \in ending /\ (~running[d] \/ M("closeConfigWithoutWait")) /\ ending' = ending \ {d}
  /\ UNCHANGED <<cfgRest, sess, signal, read, inVars, box, trie, cfg, refused, closer, trieClosed>>
CloseReturns ==
  /\ cfg = "await" /\ ending = {} /\ cfg' = "closed"
  /\ UNCHANGED <<cfgRest, sess, signal, read, inVars, box, trie, refused, ending, closer, trieClosed>>
CloserThread ==
  \/ (\E s \in Sources : StopTaking(s)) \/ Turn \/ CloseTrie \/ (\E r \in Receivers : End(r))
  \/ CloseSessions \/ (\E d \in Subs : AwaitEnd(d)) \/ CloseReturns

-----------------------------------------------------------------------------
SourceThread(s) == Subscribe(s) \/ Read(s) \/ Document(s)
Next ==
  \/ \E s \in Sources : Change(s) \/ SourceThread(s) \/ ReloadRead(s) \/ ReloadDocument(s) \/ Fail(s)
  \/ LaneThread
  \/ \E r \in Receivers : Get(r) \/ Register(r) \/ Stop(r) \/ Stops(r)
  \/ \E w \in Watchers : Take(w)
  \/ \E d \in Subs : Run(d) \/ Looks(d)
  \/ Close \/ CloserThread
\* each thread goes on when it can; nobody must change, fail, register, stop or close
Fair ==
  /\ \A s \in Sources : WF_vars(SourceThread(s)) /\ WF_vars(ReloadDocument(s))
  /\ WF_vars(LaneThread) /\ WF_vars(CloserThread)
  /\ \A r \in Receivers : WF_vars(Register(r)) /\ WF_vars(Stops(r))
  /\ \A w \in Watchers : WF_vars(Take(w))
  /\ \A d \in Subs : WF_vars(Run(d)) /\ WF_vars(Looks(d))
Spec == Init /\ [][Next]_vars /\ Fair

----------------------------------------------------------------------------- \* what must hold
Open(r) == cfg = "open" /\ cl[r] = "open"
Registered(r) == reg[r] \in {"live", "taking"}
Settled == lane.at \in {"idle", "step"}

\* G1: a snapshot is never half of a document
G1_WholeDocuments == published.left = published.right
\* G1: between two steps it is the merge of what the layers accepted
G1_MergeOfAccepted == Settled => published.left = Tree(accepted)
\* G3
G3_VersionsRise == "back" \notin broke
G3_NeverTwice == "twice" \notin broke
G3_OneVersionEach == [][published' # published => published'.ver = published.ver + 1 /\ published'.left # published.left]_vars
\* G4
G4_NothingAfterStop == "late" \notin broke
G4_CloseWaitsForTheCall == \A d \in Subs : Over(d) => run[d] # "calling"
G4_ClosedIsTerminal == \A r \in Receivers :
  /\ (cl[r] # "open" => box[r].st = "closed")
  /\ (cfg = "closed" /\ reg[r] \notin {"none", "got"} => box[r].st = "closed")
G4_LastSnapshotStays == [][cfg = "closed" => UNCHANGED published]_vars
\* G6: when the lane is between two steps, a registered receiver has the current value or has it waiting
WillEndWith(r) == IF box[r].st = "full" /\ box[r].ver > last[r].ver THEN box[r].val ELSE last[r].val
G6_NoGap == \A r \in Receivers : Settled /\ Registered(r) /\ Open(r) /\ reg[r] = "live" => WillEndWith(r) = View(r, published.left)
\* G7
G7_OnlyChecked == Valid(published.left)
G7_FailedKeepsItsLayer ==
  [][lane.at = "step" /\ Head(lane.rest) = Failed => UNCHANGED <<received, accepted, published>>]_vars
G7_RefusedChangesNothing == [][received' # received /\ lane'.at # "publish" => UNCHANGED <<accepted, published>>]_vars
\* a document that would pass over what the others had accepted is not pending
G7_NothingPendingNeedlessly == Settled => \A s \in Sources :
  received[s] # accepted[s] => ~Valid(Tree([accepted EXCEPT ![s] = received[s]]))
\* G2, G6: when the sources are quiet, the snapshot is the merge of what they last said, where that passes
G2_QuietMerge == <>[](cfg # "open" \/ (received = rev /\ (Valid(Tree(rev)) => published.left = Tree(rev))))
\* G2: and every receiver was given it
G2_QuietReceivers == \A r \in Receivers : <>[](~Open(r) \/ reg[r] = "none" \/ last[r].val = View(r, published.left))
Close_Terminates == (cfg = "marked") ~> (cfg = "closed")
Stop_Terminates == \A r \in Receivers : Stopping(r) ~> (cl[r] = "closed")
=============================================================================
