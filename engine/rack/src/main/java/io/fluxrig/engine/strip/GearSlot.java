package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.engine.strip.Succession.Seat;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.transport.msg.FluxMsg;
import java.util.List;

/**
 * One gear on one strip and the wall around it, and around those that it has succeeded: everything that enters a gear goes through
 * here, is counted by port and outcome, and an exception that it lets out ends here, as {@link Outcome#REFUSED}, a counter and a
 * log line now and then.
 *
 * <p>Strip thread only, but {@link #status()} and {@link #gone()}, which any thread may read.
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
    private final Succession copies = new Succession();
    private volatile GearState state = GearState.BUILT;
    private volatile int failuresInRow;
    private volatile boolean gone;

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
    void seat(Gear made, StripContext context) {
        copies.seat(made, context);
    }

    /** The gear in front; null if none was made, or if it has gone. */
    Gear gear() {
        return copies.front();
    }

    /** All copies that are here: in front, beside, succeeded. */
    List<Gear> copies() {
        return copies.all();
    }

    /** Links that are up of the gear beside. */
    int linksBeside() {
        return copies.linksBeside();
    }

    /** How many gears have been replaced here and are not spent. */
    int predecessors() {
        return copies.predecessors();
    }

    /** Brings the gear beside to the front; the other one ends what it has begun. Does nothing if there is none beside. */
    void succeed() {
        guarded(
                () -> {
                    if (copies.succeed()) {
                        failuresInRow = 0;
                    }
                },
                "taking over");
    }

    /** The gear goes without a successor, and ends what it has begun. */
    void withdraw() {
        state = GearState.RETIRED;
        guarded(copies::withdraw, "retiring");
    }

    /** Stops the gear that was made for a change which is given up: the one beside, if there is one. */
    void discardNext() {
        stop(copies.takeBeside());
    }

    /** Stops a gear that a change brought in which is given up; its place stays empty. */
    void discardNew() {
        state = GearState.RETIRED;
        gone = true;
        stop(copies.takeFront());
    }

    /** Whether the gear went without a successor and has ended everything. Any thread. */
    boolean gone() {
        return gone;
    }

    /** Stops the gears that went and have ended everything; how many of them are left. */
    int sweep() {
        for (Seat spent = takeSpent(); spent != null; spent = takeSpent()) {
            stop(spent);
        }
        gone = state == GearState.RETIRED && copies.all().isEmpty();
        return copies.predecessors();
    }

    /** One that cannot say whether it is spent is asked again at the next sweep. */
    private Seat takeSpent() {
        try {
            return copies.takeSpent();
        } catch (RuntimeException e) {
            contain(e, "spent");
            return null;
        }
    }

    private void stop(Seat old) {
        if (old != null) {
            guarded(old.gear()::stop, "stop");
            old.context().forgetShared();
        }
    }

    /** Leads the gear's outputs, and those of its predecessors, where another plan says. */
    void rewire(StripPlan now) {
        copies.rewire(now);
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
            Gear to = copies.addressee(input, message);
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
        guarded(() -> copies.all().forEach(gear -> gear.onSignal(signal)), "a signal");
    }

    void probe() throws GearStartException {
        try {
            copies.newest().probe();
        } catch (RuntimeException e) {
            throw new GearStartException("gear " + plan.name() + " cannot start: " + FaultLog.describe(e), e);
        }
    }

    void start() throws GearStartException {
        try {
            copies.newest().start();
            state = GearState.STARTED;
        } catch (RuntimeException e) {
            throw new GearStartException("gear " + plan.name() + " cannot start: " + FaultLog.describe(e), e);
        }
    }

    void drain() {
        if (!copies.all().isEmpty()) {
            state = GearState.DRAINING;
            guarded(() -> copies.all().forEach(Gear::drain), "drain");
        }
    }

    int inFlight() {
        try {
            return copies.all().stream().mapToInt(Gear::inFlight).sum();
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
        copies.seats().forEach(this::stop);
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
