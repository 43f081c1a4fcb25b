package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.engine.strip.Predecessors.Seat;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.transport.msg.FluxMsg;
import java.util.ArrayList;
import java.util.List;

/**
 * One gear on one strip, those that it has succeeded until they are spent, and the wall around them: everything that enters the gear goes through here, is counted by port and
 * outcome, and an exception that it lets out ends here, as {@link Outcome#REFUSED}, a counter and a log line now and then.
 *
 * <p>Strip thread only, but {@link #status()}, which any thread may read.
 */
final class GearSlot {
    private static final int OUTCOMES = Outcome.COUNT;

    private final StripPlan.GearPlan plan;
    private final int strip;
    private final int failuresMax;
    private final GearMetrics metrics;
    private final FaultLog faultLog;
    /** Null unless messages are traced. */
    private final MessageTrace trace;

    private final Counter failures;
    private final Counter[] outcomes;
    private Seat seat;
    private Gear gear;
    /** Made and not in front yet; null most of the time. */
    private Seat next;
    /** Null unless there is one. */
    private Predecessors predecessors;

    /** The gear in front while there is neither one beside nor a predecessor, as nearly always; null otherwise. */
    private Gear sole;

    private volatile GearState state = GearState.BUILT;
    private volatile int failuresInRow;

    GearSlot(
            StripPlan.GearPlan plan,
            int strip,
            int failuresMax,
            GearMetrics metrics,
            FaultLog faultLog,
            MessageTrace trace) {
        this.plan = plan;
        this.strip = strip;
        this.failuresMax = failuresMax;
        this.metrics = metrics;
        this.faultLog = faultLog;
        this.trace = trace;
        this.failures = metrics.counter("gear_failures_total", "Exceptions that a gear let out; each was contained");
        this.outcomes = new Counter[plan.factory().manifest().inputs().size() * OUTCOMES];
    }

    /** Seats a gear: in front if there is none, else beside the one that is, which it is to succeed. */
    void seat(Gear built, StripContext context) {
        if (gear == null) {
            seat = new Seat(built, context);
            gear = built;
            sole = predecessors == null ? built : null;
        } else {
            next = new Seat(built, context);
            sole = null;
        }
    }

    /** The gear in front; null if none was made, or if it has gone. */
    Gear gear() {
        return gear;
    }

    /** The gear that was made last. */
    private Gear newest() {
        return next == null ? gear : next.gear();
    }

    /** Links that are up of the gear beside. */
    int linksBeside() {
        return next == null ? 0 : next.context().linksUp();
    }

    /** Brings the gear beside to the front; the other one ends what it has begun. Does nothing if there is none beside. */
    void succeed() {
        if (next == null) {
            return;
        }
        Seat old = seat;
        Seat now = next;
        old.context().leaveLinks();
        now.context().takeOverLinks();
        seat = now;
        gear = now.gear();
        next = null;
        failuresInRow = 0;
        guarded(now.gear()::takeOver, "taking over");
        retire(old);
    }

    /** The gear goes without a successor, and ends what it has begun. */
    void withdraw() {
        Seat old = seat;
        old.context().leaveLinks();
        seat = null;
        gear = null;
        state = GearState.RETIRED;
        retire(old);
    }

    private void retire(Seat old) {
        if (predecessors == null) {
            predecessors = new Predecessors();
        }
        sole = null;
        guarded(() -> predecessors.add(old), "retiring");
    }

    /** Stops the gear that was made for a change which is given up: the one beside, if there is one. */
    void discardNext() {
        Seat failed = next;
        next = null;
        sole = predecessors == null ? gear : null;
        if (failed != null) {
            stop(failed);
        }
    }

    /** Stops a gear that a change brought in which is given up; its place stays empty. */
    void discardNew() {
        Seat failed = seat;
        seat = null;
        gear = null;
        sole = null;
        state = GearState.RETIRED;
        if (failed != null) {
            stop(failed);
        }
    }

    /** Whether the gear went without a successor and has ended everything. */
    boolean gone() {
        return gear == null && predecessors == null && state == GearState.RETIRED;
    }

    /** All copies that are here: in front, beside, succeeded. */
    List<Gear> copies() {
        List<Gear> all = new ArrayList<>();
        if (gear != null) {
            all.add(gear);
        }
        if (next != null) {
            all.add(next.gear());
        }
        if (predecessors != null) {
            all.addAll(predecessors.gears());
        }
        return all;
    }

    /** How many gears have been replaced here and are not spent. */
    int predecessors() {
        return predecessors == null ? 0 : predecessors.count();
    }

    /** Stops the gears that went and have ended everything; how many of them are left. */
    int sweep() {
        while (predecessors != null) {
            Seat spent = predecessors.takeSpent(false);
            if (spent == null) {
                return predecessors.count();
            }
            stop(spent);
            if (predecessors.isEmpty()) {
                predecessors = null;
                sole = next == null ? gear : null;
            }
        }
        return 0;
    }

    private void stop(Seat old) {
        guarded(old.gear()::stop, "stop");
        old.context().forgetShared();
    }

    /** Leads the gear's outputs, and those of its predecessors, where another plan says. */
    void rewire(StripPlan now) {
        if (seat != null) {
            seat.context().rewire(now);
        }
        if (predecessors != null) {
            predecessors.rewire(now);
        }
    }

    private void guarded(Runnable step, String during) {
        try {
            step.run();
        } catch (RuntimeException e) {
            contain(e, during);
        }
    }

    String name() {
        return plan.name();
    }

    /** Whether the gear runs; one that is not started yet, or stopped, is handed nothing from a disk. */
    boolean takes() {
        return state == GearState.STARTED || state == GearState.DRAINING;
    }

    /** Hands the gear a message; a sync probe ends here with yes. */
    int deliver(int input, FluxMsg message) {
        if ((message.flags() & FluxMsg.FLAG_SYNC_PROBE) != 0) {
            return Outcome.ACCEPTED;
        }
        if (trace != null) {
            trace.handed(input, message);
        }
        int outcome;
        try {
            Gear to = sole == null ? addressee(input, message) : sole;
            outcome = to == null ? Outcome.NOT_WIRED : known(to.onMessage(input, message));
            if (failuresInRow != 0) {
                failuresInRow = 0;
            }
        } catch (RuntimeException e) {
            contain(e, "a message");
            outcome = Outcome.REFUSED;
        }
        count(input, outcome);
        if (trace != null) {
            trace.ended(input, message, outcome);
        }
        return outcome;
    }

    /**
     * Whose a message is while there are several: a predecessor's or, where other strips have come to the front with a change and
     * this one has not, the next gear's, if that has begun something with it elsewhere.
     */
    private Gear addressee(int input, FluxMsg message) {
        Gear owner = predecessors == null ? null : predecessors.owner(input, message);
        if (owner == null && next != null && next.gear().claims(input, message)) {
            owner = next.gear();
        }
        return owner == null ? gear : owner;
    }

    void onDeadline(Timers.Handler handler, long nowNs, long payload) {
        try {
            handler.onDeadline(nowNs, payload);
        } catch (RuntimeException e) {
            contain(e, "a timer");
        }
    }

    void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            contain(e, "the end of a batch");
        }
    }

    void onSignal(Signal signal) {
        if (state == GearState.STOPPED) {
            return;
        }
        guarded(() -> signalAll(signal), "a signal");
    }

    private void signalAll(Signal signal) {
        if (gear != null) {
            gear.onSignal(signal);
        }
        if (next != null) {
            next.gear().onSignal(signal);
        }
        if (predecessors != null) {
            predecessors.onSignal(signal);
        }
    }

    void probe() throws GearStartException {
        try {
            newest().probe();
        } catch (RuntimeException e) {
            throw new GearStartException("gear " + plan.name() + " cannot start: " + FaultLog.describe(e), e);
        }
    }

    void start() throws GearStartException {
        try {
            newest().start();
            state = GearState.STARTED;
        } catch (RuntimeException e) {
            throw new GearStartException("gear " + plan.name() + " cannot start: " + FaultLog.describe(e), e);
        }
    }

    void drain() {
        if (gear == null && predecessors == null) {
            return;
        }
        state = GearState.DRAINING;
        guarded(this::drainAll, "drain");
    }

    private void drainAll() {
        if (gear != null) {
            gear.drain();
        }
        if (predecessors != null) {
            predecessors.drain();
        }
    }

    int inFlight() {
        try {
            return (gear == null ? 0 : gear.inFlight()) + (predecessors == null ? 0 : predecessors.inFlight());
        } catch (RuntimeException e) {
            contain(e, "inFlight");
            return 0;
        }
    }

    void stop() {
        if (state == GearState.STOPPED) {
            return;
        }
        state = GearState.STOPPED;
        for (Seat each : new Seat[] {next, seat}) {
            if (each != null) {
                stop(each);
            }
        }
        next = null;
        while (predecessors != null && !predecessors.isEmpty()) {
            stop(predecessors.takeSpent(true));
        }
    }

    /** Counts and reports an exception of the gear's. */
    void contain(RuntimeException e, String during) {
        failures.increment();
        int inRow = failuresInRow + 1;
        failuresInRow = inRow;
        faultLog.failed(e, during, inRow >= failuresMax);
    }

    GearStatus status() {
        long handed = 0;
        for (Counter counter : outcomes) {
            handed += counter == null ? 0 : counter.get();
        }
        String type = plan.factory().manifest().type();
        return new GearStatus(plan.name(), type, strip, state, handed, failures.get(), failuresInRow >= failuresMax);
    }

    private void count(int input, int outcome) {
        int index = input * OUTCOMES - outcome;
        Counter counter = outcomes[index];
        if (counter == null) {
            counter = outcomeCounter(input, outcome);
            outcomes[index] = counter;
        }
        counter.increment();
    }

    private Counter outcomeCounter(int input, int outcome) {
        return metrics.counter(
                MetricNames.GEAR_MESSAGES,
                "Messages handed to a gear, by input port and what became of them",
                "port",
                plan.factory().manifest().inputs().get(input).name(),
                "outcome",
                Outcome.name(outcome));
    }

    private static int known(int outcome) {
        return outcome <= 0 && outcome > -OUTCOMES ? outcome : Outcome.REFUSED;
    }
}
