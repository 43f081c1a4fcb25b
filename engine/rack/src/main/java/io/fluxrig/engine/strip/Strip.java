package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gears.LogBudgets;
import io.fluxrig.engine.strip.plan.PlanChange;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.count.Level;
import io.fluxrig.perf.id.IdGenerator;
import io.fluxrig.transport.msg.FluxMsg;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One strip: its copy of every gear, the wires between them, timers, and the ends of the rings to other strips. Knows no
 * Vert.x; a {@link StripHost} gives it a thread.
 *
 * <pre>
 *   socket read | timer tick | wake from another strip | signal
 *        '-> gears, by calls along wires ----.
 *                                            v  once, when the host's events at hand are handled
 *              end of batch:  poll rings -> signals -> actions (flushes) -> wake strips that were sent something
 * </pre>
 *
 * <p>A batch begins by itself with the first message, timer, wake or action and ends once. Threading: strip thread only, but
 * {@link #wake()}, {@link #post}, {@link #status()} and {@link #pressured()}, which any thread may call.
 */
public final class Strip {
    /** Signals that may wait for a strip; more are dropped and counted. */
    static final int SIGNALS_MAX = 1 << 16;

    /** Deadlines fired before sockets get their turn again. */
    static final int TIMERS_MAX = 1 << 12;

    /** Rounds of actions that ask for actions before the rest is left for the next batch. */
    static final int ROUNDS_MAX = 8;

    private final StripBank bank;
    private final int number;
    private final StripHost host;
    private final Clock clock;
    private final IdGenerator ids;
    private final int hopsMax;
    private final GearSlots slots;
    private final StripTimers timers;
    /** Of its wires, and of what its gears let out. */
    private final LogBudgets lines;

    private final Carriers carriers;
    private final Crossings crossings;
    private final Arrivals arrivals;
    private final Durables durables;
    private final RunQueue actions = new RunQueue();
    private final RunQueue reliefs = new RunQueue();
    private final SignalInbox signals = new SignalInbox(SIGNALS_MAX);
    private final AtomicBoolean awake = new AtomicBoolean();
    private final Runnable onWake = this::onWake;
    private final Runnable onBatchEnd = this::endBatch;
    private final Runnable onMoreTimers = this::onTick;
    private final Counter batches;
    private final Counter hopsExceeded;
    private final Counter signalsDropped;
    private final Level timersPending;
    private long batchEpochNs;
    private int depth;
    private boolean inBatch;

    Strip(StripBank bank, int number, StripHost host) {
        StripSettings settings = bank.settings();
        GearMetrics metrics = bank.metrics().gear("strip", number);
        this.bank = bank;
        this.number = number;
        this.host = host;
        this.clock = host.clock();
        this.hopsMax = settings.hopsMax();
        this.ids = new IdGenerator(clock, settings.machineId() + number, bank.ids());
        this.timers = new StripTimers(clock.nanoTime(), settings.tickNs(), settings.timersMax());
        this.lines = new LogBudgets(clock, timers.ofStrip());
        this.slots = new GearSlots(bank, number, clock, lines);
        this.carriers = new Carriers(hopsMax);
        this.durables = new Durables(bank, number, slots, clock, lines);
        this.crossings = new Crossings(bank, number, hopsMax, metrics, durables);
        this.arrivals = new Arrivals(slots, bank.specs(), metrics);
        this.batches = metrics.counter("strip_batches_total", "Batches of events handled");
        this.hopsExceeded =
                metrics.counter("hops_exceeded_total", "Messages refused because they passed too many wires");
        this.signalsDropped =
                metrics.counter("strip_signals_dropped_total", "Signals not delivered because too many waited");
        this.timersPending = metrics.level("strip_timers_pending", "Deadlines pending");
    }

    /** Makes every gear, in order of the plan; none is started. */
    public void build() throws GearStartException {
        assert host.onStrip();
        for (int i = 0; i < bank.plan().gears().size(); i++) {
            slots.make(this, bank.plan(), i);
        }
    }

    /**
     * Makes the gears of a change beside what runs; all strips have to have made theirs before any gear is started. Nothing that runs
     * sends to them before {@link #apply}. One that is started before listens, dials or sends by itself all the same, to whatever is
     * in front then: so those that bring something in are started as late as can be.
     */
    public void prepare(PlanChange change) throws GearStartException {
        touch();
        slots.prepare(this, change);
    }

    /** Links that are up here of a gear that is to succeed the one in front. */
    public int linksBeside(int ordinal) {
        return slots.get(ordinal).linksBeside();
    }

    /** Why a gear that is to succeed the one in front had no link here when it said so last; empty if it never did. */
    public String troubleBeside(int ordinal) {
        return slots.get(ordinal).troubleBeside();
    }

    /**
     * Brings a change's gears to the front and leads every wire where its plan says, between two messages.
     *
     * @return ordinals of gears that could not take over from the one before; they are in front all the same
     */
    public List<Integer> apply(PlanChange change) {
        touch();
        return slots.apply(change);
    }

    /** Whether a gear that went without a successor has ended everything here, or never was here. Any thread. */
    boolean gone(int ordinal) {
        GearSlot slot = slots.find(ordinal);
        return slot == null || slot.gone();
    }

    /** Undoes {@link #prepare}: what was made and started is stopped, what runs runs on. */
    public void discard(PlanChange change) {
        touch();
        slots.discard(change);
    }

    /** Stops gears that a change took out of the way and that have ended what they began; how many have not. */
    public int sweep() {
        touch();
        return slots.sweep();
    }

    /** Has one gear see whether it can have what it needs; all are asked before any is started. */
    public void probe(int ordinal) throws GearStartException {
        assert host.onStrip();
        slots.get(ordinal).probe();
    }

    /** Starts one gear. Those that it sends to should run already, on every strip. */
    public void start(int ordinal) throws GearStartException {
        assert host.onStrip();
        touch();
        slots.get(ordinal).start();
    }

    /** Has a gear drain; does nothing where a change that was given up left its place empty, as {@link #stop}. */
    public void drain(int ordinal) {
        touch();
        GearSlot slot = slots.find(ordinal);
        if (slot != null) {
            slot.drain();
        }
    }

    /** What one gear has in flight on this strip. */
    public int inFlight(int ordinal) {
        assert host.onStrip();
        GearSlot slot = slots.find(ordinal);
        return slot == null ? 0 : slot.inFlight();
    }

    /** Stops one gear; harmless if it was stopped or never made. */
    public void stop(int ordinal) {
        touch();
        GearSlot slot = slots.find(ordinal);
        if (slot != null) {
            slot.stop();
        }
    }

    /** Stops every gear that is still here, those of a change that was not ended among them. */
    public void stop() {
        touch();
        slots.stop();
        lines.close();
    }

    /** The gear's copy on this strip, for tests and the simulation. */
    public Gear gear(int ordinal) {
        return slots.get(ordinal).gear();
    }

    /** A way into a gear from outside the wires, for tests and the simulation. */
    public Output inlet(int ordinal, int input) {
        GearSlot slot = slots.get(ordinal);
        return message -> {
            touch();
            return slot.deliver(input, message);
        };
    }

    public int number() {
        return number;
    }

    /** Moves time on: fires the deadlines that have passed. Called by the host each tick. */
    public void onTick() {
        touch();
        if (timers.poll(clock.nanoTime(), TIMERS_MAX) == TIMERS_MAX) {
            host.execute(onMoreTimers);
        }
        timersPending.set(timers.pending());
    }

    /** Has the strip look at its rings and signals soon. Any thread. */
    public void wake() {
        if (!awake.getAndSet(true)) {
            host.execute(onWake);
        }
    }

    /** Hands all gears of this strip a signal, soon. Any thread. */
    public void post(Signal signal) {
        if (signals.offer(signal)) {
            wake();
        }
    }

    /** Whether a ring that leaves this strip is nearly full. Any thread. */
    public boolean pressured() {
        return crossings.pressured();
    }

    /** How each gear is doing. Any thread. */
    public List<GearStatus> status() {
        return slots.status();
    }

    /** Begins a batch if none is open; everything that happens on the strip comes through here. */
    void touch() {
        assert host.onStrip();
        if (!inBatch) {
            inBatch = true;
            batchEpochNs = clock.epochNanos();
            batches.increment();
            host.afterBatch(onBatchEnd);
        }
    }

    /** A message is about to pass a wire; false, counted, if it has passed too many. */
    boolean enter(FluxMsg message, int gear, int port) {
        touch();
        if (depth >= hopsMax
                || message.path().count() >= hopsMax
                || !message.path().add(gear, port, batchEpochNs)) {
            hopsExceeded.increment();
            return false;
        }
        depth++;
        return true;
    }

    void leave() {
        depth--;
    }

    void atBatchEnd(Seat owner, Runnable action) {
        touch();
        actions.add(owner, action);
    }

    void whenRelieved(Seat owner, Runnable action) {
        if (crossings.pressured()) {
            reliefs.add(owner, action);
        } else {
            atBatchEnd(owner, action);
        }
    }

    Output peer(int toStrip, int gear, int input) {
        if (toStrip == number) {
            return new WireOutput(this, gear, PeerOutput.PATH_PORT + input, slots.get(gear), input);
        }
        return new PeerOutput(this, toStrip, gear, input, crossings.sender(toStrip));
    }

    GearSlot slot(int ordinal) {
        return slots.get(ordinal);
    }

    public StripHost host() {
        return host;
    }

    IdGenerator ids() {
        return ids;
    }

    StripTimers timers() {
        return timers;
    }

    Carriers carriers() {
        return carriers;
    }

    Durables durables() {
        return durables;
    }

    Crossings crossings() {
        return crossings;
    }

    private void onWake() {
        awake.set(false);
        touch();
    }

    private void endBatch() {
        boolean more = true;
        try {
            more = crossings.poll(arrivals, bank.settings().pollMax());
            more |= durables.poll(clock.nanoTime(), bank.settings().pollMax());
            deliverSignals();
            if (crossings.relieve()) {
                reliefs.run();
            }
            for (int round = 0; round < ROUNDS_MAX && !actions.isEmpty(); round++) {
                actions.run();
            }
            crossings.endBatch();
            durables.endBatch();
        } finally {
            inBatch = false;
            if (more || !actions.isEmpty() || signals.waiting() > 0) {
                wake();
            }
        }
    }

    private void deliverSignals() {
        signalsDropped.add(signals.dropped() - signalsDropped.get());
        for (int left = signals.waiting(); left > 0; left--) {
            Signal signal = signals.poll();
            if (signal == null) {
                return;
            }
            slots.onSignal(signal);
        }
    }
}
