-------------------------------- MODULE Trace --------------------------------
(* Replays what the engine did. A trace is what each of its threads did, in order: a sequence of events for each thread.
   An event names an action of Engine, with its parameters and what came of it; `need` says how many events of other
   threads had ended before this one began. So events that overlap may come in any order, and others only in their own.

   A trace can be replayed when some order of its events is a behavior of Engine!Next that ends quietly.               *)
EXTENDS Engine, Recorded, TLC
CONSTANT Tell  \* whether to print how far each trace comes
VARIABLES
  trace,  \* which trace
  done    \* [its threads -> how many of their events have happened]

ASSUME First = a /\ Sources = {a, b}
AnyNumber == 1000  \* stands for MaxLooks: a trace has as many as its engine had

Values(val) == [s \in Sources |-> IF s = a THEN val[1] ELSE val[2]]
Shows(p, e) == p.ver = e.ver /\ p.left = Values(e.val)
Told(e)     == [ver |-> e.ver, val |-> View(e.r, Values(e.val))]

----------------------------------------------------------------------------- \* sources
Says(e) ==
  /\ CASE e.op = "document"       -> read[e.s] = e.x /\ Document(e.s)
       [] e.op = "reloadDocument" -> slow[e.s] = e.x /\ ReloadDocument(e.s)
       [] e.op = "fail"           -> Fail(e.s)
  /\ (e.put = "told") = (tasks' # tasks)
\* what a session does when its inbox is closed already has no effect
Vain(e) ==
  /\ Refused(e.s) /\ e.op # "change" /\ (e.op \in {"document", "reloadDocument", "fail"} => e.put # "told")
  /\ UNCHANGED vars
OfSource(e) ==
  \/ Vain(e)
  \/ CASE e.op = "change"     -> Change(e.s) /\ rev'[e.s] = e.x
       [] e.op = "subscribe"  -> Subscribe(e.s)
       [] e.op = "read"       -> Read(e.s) /\ read'[e.s] = e.x
       [] e.op = "reloadRead" -> ReloadRead(e.s) /\ slow'[e.s] = e.x
       [] OTHER               -> (e.put = "refused" => Refused(e.s)) /\ Says(e)

----------------------------------------------------------------------------- \* the lane
Stepped(e) ==
  /\ lane.src = e.s /\ Head(lane.rest) = e.x /\ Step
  /\ CASE e.to = "accepted" -> lane'.at = "publish" /\ lane'.cand = Values(e.val)
       [] e.to = "refused"  -> lane'.at # "publish" /\ received' # received /\ UNCHANGED accepted
       [] e.to = "dropped"  -> lane'.at # "publish" /\ UNCHANGED layVars
OfLane(e) ==
  CASE e.op = "drain"          -> Drain(e.s) /\ inbox[e.s] = e.items
    [] e.op = "step"           -> lane.at = "step" /\ Stepped(e)
    [] e.op = "publish"        -> Publish /\ published' # published /\ Shows(published', e)
    [] e.op = "publishNothing" -> Publish /\ UNCHANGED published /\ published.ver = e.ver
    [] e.op = "readTrie"       -> ReadTrie

----------------------------------------------------------------------------- \* receivers
\* what came of Mailbox.offer
Came(e) ==
  CASE e.out = "FIRST"    -> box[e.r].st = "empty" /\ box'[e.r] = Full(Told(e))
    [] e.out = "REPLACED" -> box[e.r].st = "full" /\ box'[e.r] # box[e.r] /\ box'[e.r] = Full(Told(e))
    [] e.out = "STALE"    -> box[e.r].st = "full" /\ UNCHANGED box
    [] e.out = "CLOSED"   -> box[e.r].st = "closed" /\ UNCHANGED box
Wakes(e) ==
  CASE e.by = "lane" -> LaneWakes(e.r)
    [] e.by = "self" -> WakesSelf(e.r)
    [] e.by = "run"  -> WakesAgain(e.r)
Offers(e) ==
  CASE e.op = "offer"     -> Seen(e.r, published) = Told(e) /\ Offer(e.r) /\ Came(e)
    [] e.op = "offerSelf" -> mine[e.r] = Told(e) /\ OfferSelf(e.r) /\ Came(e)
    [] e.op = "wake"      -> Wakes(e)
Registers(e) ==
  CASE e.op = "get"       -> Get(e.r) /\ last'[e.r] = Told(e)
    [] e.op = "add"       -> Add(e.r) /\ (reg'[e.r] = "added") = e.ok
    [] e.op = "readCell"  -> ReadCell(e.r) /\ mine'[e.r] = Told(e)
    [] e.op = "tooLate"   -> reg[e.r] = "got" /\ cfg # "open" /\ UNCHANGED vars
Takes(e) ==
  IF e.ver = 0 THEN box[e.r].st # "full" /\ UNCHANGED vars
  ELSE box[e.r] = Full(Told(e)) /\ Take(e.r) /\ (Counts(e.r, Told(e)) /\ Differs(e.r, Told(e))) = e.given
Delivers(e) ==
  /\ IF e.ver = 0 THEN box[e.r].st # "full" ELSE box[e.r] = Full(Told(e))
  /\ (e.called => last[e.r].val = Values(e.before))
  /\ DeliverNext(e.r) /\ (run'[e.r] = "calling") = e.called
OfReceiver(e) ==
  CASE e.op = "take"     -> Takes(e)
    [] e.op = "stopped"  -> box[e.r].st = "closed" /\ UNCHANGED vars
    [] e.op = "announce" -> Announce(e.r)
    [] e.op = "deliver"  -> Delivers(e)
    [] e.op = "returned" -> Returned(e.r)
    [] e.op = "leave"    -> Leave(e.r)
    [] e.op = "recheck"  -> Recheck(e.r) /\ (found' # found) = e.more

----------------------------------------------------------------------------- \* stop and close
Stopped(e) ==
  CASE e.op = "stop"        -> Stop(e.r) /\ (cl'[e.r] = "closing") = e.first
    [] e.op = "forget"      -> Forget(e.r)
    [] e.op = "stopReturns" -> StopReturns(e.r)
Closes(e) ==
  CASE e.op = "close"         -> Close
    [] e.op = "stopTaking"    -> StopTaking(e.s)
    [] e.op = "turn"          -> Turn
    [] e.op = "closeTrie"     -> CloseTrie
    [] e.op = "end"           -> End(e.r)
    [] e.op = "closeSessions" -> CloseSessions
    [] e.op = "closeReturns"  -> CloseReturns

-----------------------------------------------------------------------------
SourceOps   == {"change", "subscribe", "read", "reloadRead", "document", "reloadDocument", "fail"}
LaneOps     == {"drain", "step", "publish", "publishNothing", "readTrie"}
OfferOps    == {"offer", "offerSelf", "wake"}
RegisterOps == {"get", "add", "readCell", "tooLate"}
ReceiverOps == {"take", "stopped", "announce", "deliver", "returned", "leave", "recheck"}
StopOps     == {"stop", "forget", "stopReturns"}
CloseOps    == {"close", "stopTaking", "turn", "closeTrie", "end", "closeSessions", "closeReturns"}
ReaderOps   == {"observe"}

\* Whatever else there is, as what cannot be read in the record, does not happen.
Happens(e) ==
  CASE e.op \in SourceOps   -> OfSource(e)
    [] e.op \in LaneOps     -> OfLane(e)
    [] e.op \in OfferOps    -> Offers(e)
    [] e.op \in RegisterOps -> Registers(e)
    [] e.op \in ReceiverOps -> OfReceiver(e)
    [] e.op \in StopOps     -> Stopped(e)
    [] e.op \in CloseOps    -> Closes(e)
    [] e.op \in ReaderOps   -> Shows(published, e) /\ UNCHANGED vars
    [] OTHER                -> FALSE

\* The one action that is not recorded, because who closes looks only at those that are still there.
Hidden == \E d \in Subs : AwaitEnd(d) /\ UNCHANGED <<trace, done>>

Events(t) == Traces[trace][t]
Ready(t)  == LET e == Events(t)[done[t] + 1] IN \A i \in DOMAIN e.need : done[e.need[i][1]] >= e.need[i][2]
Thread(t) ==
  /\ done[t] < Len(Events(t)) /\ Ready(t) /\ Happens(Events(t)[done[t] + 1])
  /\ done' = [done EXCEPT ![t] = @ + 1] /\ UNCHANGED trace
Waits == cfg = "await" /\ \E d \in ending : ~running[d]

TraceInit == Init /\ trace \in DOMAIN Traces /\ done = [t \in DOMAIN Traces[trace] |-> 0]
\* who closes looks as soon as it can: looking later allows nothing more
TraceNext == IF Waits THEN Hidden ELSE \E t \in DOMAIN done : Thread(t)
\* checked by TLC: a trace is a behavior of the model, whatever is said above
IsOfEngine == [][Next]_vars
TraceSpec == TraceInit /\ [][TraceNext]_<<vars, trace, done>>

----------------------------------------------------------------------------- \* the end
\* nothing is under way, and whoever is open has got everything
Quiet ==
  /\ lane.at = "idle" /\ tasks = {} /\ cfg \in {"open", "closed"}
  /\ \A d \in Subs : run[d] = "none" /\ ~sched[d] /\ ~running[d] /\ recheck[d] = 0 /\ found[d] = 0
  /\ \A r \in Receivers : reg[r] \in {"none", "got", "live", "refused"} /\ ~Stopping(r)
  /\ cfg = "open" =>
       /\ received = rev /\ (Valid(Tree(rev)) => published.left = Tree(rev))
       /\ \A r \in Receivers : reg[r] = "live" /\ Open(r) => box[r].st = "empty" /\ last[r].val = View(r, published.left)
\* what the model keeps, it keeps in traces that are larger than its bounds
Kept ==
  /\ broke = {} /\ G1_WholeDocuments /\ G1_MergeOfAccepted /\ G4_CloseWaitsForTheCall /\ G4_ClosedIsTerminal
  /\ G6_NoGap /\ G7_OnlyChecked /\ G7_NothingPendingNeedlessly

RECURSIVE Sum(_)
Sum(f) == IF DOMAIN f = {} THEN 0 ELSE LET t == CHOOSE t \in DOMAIN f : TRUE IN f[t] + Sum([u \in DOMAIN f \ {t} |-> f[u]])
AtEnd == \A t \in DOMAIN done : done[t] = Len(Events(t))
\* a state constraint that prints; no state follows one that does not keep
Replayed ==
  /\ Kept
  /\ AtEnd /\ Quiet => PrintT(<<"replayed", trace>>)
  /\ Tell => PrintT(<<"reached", trace, Sum(done), done>>)
==============================================================================
