package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.transport.msg.FluxMsg;

/**
 * One copy of a gear on one strip, the world it was made in, and the wall around it. Every call into the gear goes through here; what
 * it lets out ends here, counted and told now and then, and the caller gets the value that does least harm. A class that cannot be
 * loaded (a gear pack that lacks one, a process without a free descriptor) counts as an exception; other errors pass.
 *
 * <p>Strip thread only, but {@link #failing()}. Nothing enters a gear that was stopped.
 */
final class Seat implements StripTimers.Owner {
    private final GearFailures failures;
    private StripContext context;
    /** Null before it is made, and once it was stopped. */
    private Gear gear;

    private volatile int failuresInRow;

    Seat(GearFailures failures) {
        this.failures = failures;
    }

    /** Makes the gear in a world of its own, which takes back what it gave if that fails. */
    void make(GearFactory factory, StripContext world) throws GearStartException {
        context = world;
        try {
            gear = factory.create(world);
        } catch (RuntimeException | LinkageError e) {
            world.forget();
            throw new GearStartException("gear " + failures.gear() + " cannot be made: " + FaultLog.describe(e), e);
        }
    }

    Gear gear() {
        return gear;
    }

    StripContext context() {
        return context;
    }

    /** Whether it let out something each of the last times. Any thread. */
    boolean failing() {
        return failures.tooMany(failuresInRow);
    }

    void probe() throws GearStartException {
        begin(gear::probe);
    }

    void start() throws GearStartException {
        begin(gear::start);
    }

    private interface Beginning {
        void take() throws GearStartException;
    }

    private void begin(Beginning step) throws GearStartException {
        try {
            step.take();
        } catch (RuntimeException | LinkageError e) {
            throw new GearStartException("gear " + failures.gear() + " cannot start: " + FaultLog.describe(e), e);
        }
    }

    /** The gear's outcome; {@link Outcome#REFUSED} if it let out something instead. */
    int onMessage(int input, FluxMsg message) {
        try {
            int outcome = gear.onMessage(input, message);
            if (failuresInRow != 0) {
                failuresInRow = 0;
            }
            return outcome;
        } catch (RuntimeException | LinkageError e) {
            contain(e, "a message");
            return Outcome.REFUSED;
        }
    }

    /** Whether the gear has begun what the message belongs to; one that cannot say has not. */
    boolean claims(int input, FluxMsg message) {
        try {
            return gear.claims(input, message);
        } catch (RuntimeException | LinkageError e) {
            contain(e, "a claim");
            return false;
        }
    }

    /** Whether the gear has ended what it began; one that cannot say has not. */
    boolean spent() {
        try {
            return gear.spent();
        } catch (RuntimeException | LinkageError e) {
            contain(e, "spent");
            return false;
        }
    }

    /** What the gear has in flight; 1 of one that cannot say. */
    int inFlight() {
        try {
            return gear.inFlight();
        } catch (RuntimeException | LinkageError e) {
            contain(e, "inFlight");
            return 1;
        }
    }

    /** False if the gear could not take over from the one before, which it does not know any more in either case. */
    boolean takeOver() {
        boolean done = guarded(gear::takeOver, "taking over");
        context.forgetPredecessor();
        return done;
    }

    void retire() {
        guarded(gear::retire, "retiring");
    }

    void drain() {
        guarded(gear::drain, "drain");
    }

    void onSignal(Signal signal) {
        guarded(() -> gear.onSignal(signal), "a signal");
    }

    @Override
    public void onDeadline(Timers.Handler handler, long nowNs, long payload) {
        try {
            handler.onDeadline(nowNs, payload);
        } catch (RuntimeException | LinkageError e) {
            contain(e, "a timer");
        }
    }

    /** Runs an action that the gear asked for, unless it was stopped since. */
    void run(Runnable action) {
        if (gear != null) {
            guarded(action, "the end of a batch");
        }
    }

    /** Stops the gear, once, and takes back what its world gave it. */
    void stop() {
        Gear last = gear;
        if (last != null) {
            gear = null;
            guarded(last::stop, "stop");
            context.forget();
        }
    }

    private boolean guarded(Runnable step, String during) {
        try {
            step.run();
            return true;
        } catch (RuntimeException | LinkageError e) {
            contain(e, during);
            return false;
        }
    }

    private void contain(Throwable thrown, String during) {
        int inRow = failuresInRow + 1;
        failuresInRow = inRow;
        failures.add(thrown, during, inRow);
    }
}
