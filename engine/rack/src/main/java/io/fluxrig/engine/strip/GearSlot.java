package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.transport.msg.FluxMsg;

/**
 * One gear on one strip and the wall around it: everything that enters the gear goes through here, is counted by port and
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
    private Gear gear;
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

    void gear(Gear built) {
        gear = built;
    }

    Gear gear() {
        return gear;
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
            outcome = known(gear.onMessage(input, message));
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
        if (gear == null || state == GearState.STOPPED) {
            return;
        }
        try {
            gear.onSignal(signal);
        } catch (RuntimeException e) {
            contain(e, "a signal");
        }
    }

    void probe() throws GearStartException {
        try {
            gear.probe();
        } catch (RuntimeException e) {
            throw new GearStartException("gear " + plan.name() + " cannot start: " + FaultLog.describe(e), e);
        }
    }

    void start() throws GearStartException {
        try {
            gear.start();
            state = GearState.STARTED;
        } catch (RuntimeException e) {
            throw new GearStartException("gear " + plan.name() + " cannot start: " + FaultLog.describe(e), e);
        }
    }

    void drain() {
        state = GearState.DRAINING;
        try {
            gear.drain();
        } catch (RuntimeException e) {
            contain(e, "drain");
        }
    }

    int inFlight() {
        try {
            return gear == null ? 0 : gear.inFlight();
        } catch (RuntimeException e) {
            contain(e, "inFlight");
            return 0;
        }
    }

    void stop() {
        if (state == GearState.STOPPED || gear == null) {
            return;
        }
        state = GearState.STOPPED;
        try {
            gear.stop();
        } catch (RuntimeException e) {
            contain(e, "stop");
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
