package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.transport.msg.FluxMsg;
import java.util.List;

/**
 * The place of one gear on one strip, whichever copies are there: every message for the gear comes here, goes to the copy that it is
 * for, and is counted by port and outcome.
 *
 * <pre>
 *   BUILT -> STARTED -> DRAINING -> STOPPED      as the rack starts and stops
 *     '---------'-> RETIRED -> GONE              a change took the gear out; it has ended what it began
 * </pre>
 *
 * <p>Strip thread only, but {@link #status()}, {@link #failing()} and {@link #gone()}, which any thread may read.
 */
final class GearSlot {
    private static final int OUTCOMES = Outcome.COUNT;

    private final StripPlan.GearPlan plan;
    private final int ordinal;
    private final int strip;
    private final GearMetrics metrics;
    private final GearFailures failures;
    /** Null unless messages are traced. */
    private final MessageTrace trace;

    private final Counter[] outcomes;
    private final Succession copies = new Succession();
    private volatile GearState state = GearState.BUILT;

    GearSlot(
            StripPlan.GearPlan plan,
            int ordinal,
            int strip,
            int failuresMax,
            GearMetrics metrics,
            FaultLog faultLog,
            MessageTrace trace) {
        this.plan = plan;
        this.ordinal = ordinal;
        this.strip = strip;
        this.metrics = metrics;
        this.failures = new GearFailures(
                plan.name(),
                metrics.counter("gear_failures_total", "Exceptions that a gear let out; each was contained"),
                faultLog,
                failuresMax);
        this.trace = trace;
        this.outcomes = new Counter[plan.factory().manifest().inputs().size() * OUTCOMES];
    }

    /** A seat for another copy of the gear, which is not here before {@link #seat}. */
    Seat newSeat() {
        return new Seat(failures);
    }

    /** Takes in a copy: in front if there is none, else beside the one that is, which it is to succeed. */
    void seat(Seat made) {
        copies.seat(made);
    }

    /** The copy in front; null if none was made, or if it has gone. */
    Seat front() {
        return copies.front();
    }

    /** The gear in front; null as {@link #front()}. */
    Gear gear() {
        return front() == null ? null : front().gear();
    }

    /** All copies that are here: beside, in front, succeeded. */
    List<Gear> copies() {
        return copies.all().stream().map(Seat::gear).toList();
    }

    /** Links that are up of the copy beside. */
    int linksBeside() {
        return copies.linksBeside();
    }

    /** Why the copy beside had no link when it said so last; empty if it never did. */
    String troubleBeside() {
        return copies.troubleBeside();
    }

    /** How many copies have been replaced here and are not spent. */
    int predecessors() {
        return copies.predecessors();
    }

    /** Brings the copy beside, if there is one, to the front; the other one ends what it has begun. False if it could not take over. */
    boolean activate() {
        return copies.succeed();
    }

    /** The gear goes without a successor, and ends what it has begun. */
    void withdraw() {
        state = GearState.RETIRED;
        copies.withdraw();
    }

    /** Stops the copy that was made for a change which is given up: the one beside, if there is one. */
    void discardNext() {
        Seat next = copies.takeBeside();
        if (next != null) {
            next.stop();
        }
    }

    /** Stops a gear that a change brought in which is given up; its place stays empty. */
    void discardNew() {
        copies.takeAll().forEach(Seat::stop);
        state = GearState.GONE;
    }

    /** Whether the gear went without a successor and has ended everything. Any thread. */
    boolean gone() {
        return state == GearState.GONE;
    }

    /** Stops the copies that went and have ended everything; how many of them are left. */
    int sweep() {
        for (Seat spent = copies.takeSpent(); spent != null; spent = copies.takeSpent()) {
            spent.stop();
        }
        if (state == GearState.RETIRED && copies.isEmpty()) {
            state = GearState.GONE;
        }
        return copies.predecessors();
    }

    /** Leads the gear's outputs, and those of its predecessors, where another plan says. */
    void rewire(StripPlan now) {
        copies.rewire(now);
    }

    String name() {
        return plan.name();
    }

    /** Whether the gear runs; one that is not started yet, or stopped, is handed nothing from a disk. */
    boolean takes() {
        return state == GearState.STARTED || state == GearState.DRAINING;
    }

    /** Hands the gear a message. */
    int deliver(int input, FluxMsg message) {
        if (trace != null) {
            trace.handed(input, message);
        }
        Seat to = copies.addressee(input, message);
        int outcome = to == null ? Outcome.NOT_WIRED : known(to.onMessage(input, message));
        count(input, outcome);
        if (trace != null) {
            trace.ended(input, message, outcome);
        }
        return outcome;
    }

    void onSignal(Signal signal) {
        copies.all().forEach(seat -> seat.onSignal(signal));
    }

    /** Of the copy that was made last. */
    void probe() throws GearStartException {
        copies.newest().probe();
    }

    /** Of the copy that was made last. */
    void start() throws GearStartException {
        copies.newest().start();
        if (state == GearState.BUILT) {
            state = GearState.STARTED;
        }
    }

    void drain() {
        if (state == GearState.BUILT || state == GearState.STARTED) {
            state = GearState.DRAINING;
        }
        copies.all().forEach(Seat::drain);
    }

    int inFlight() {
        return copies.all().stream().mapToInt(Seat::inFlight).sum();
    }

    void stop() {
        if (state != GearState.GONE) {
            state = GearState.STOPPED;
        }
        copies.takeAll().forEach(Seat::stop);
    }

    /** Whether the copy in front fails, and no other: it is the one that new work comes to. Any thread. */
    boolean failing() {
        Seat active = front();
        return active != null && active.failing();
    }

    GearStatus status() {
        long handed = 0;
        for (Counter counter : outcomes) {
            handed += counter == null ? 0 : counter.get();
        }
        String type = plan.factory().manifest().type();
        return new GearStatus(ordinal, plan.name(), type, strip, state, handed, failures.total(), failing());
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
