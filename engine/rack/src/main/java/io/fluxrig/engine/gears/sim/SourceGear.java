package io.fluxrig.engine.gears.sim;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.engine.gears.StartFaults;
import io.fluxrig.engine.gears.macro.MacroState;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.wire.DataElement;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.util.List;

/**
 * One strip's copy of {@code sim_source}: sends its share of the rate whether or not answers come (open loop), and tells
 * what became of each request. A message that nobody takes is offered again at the next tick; latency counts from the
 * moment it was first due to be offered. Strip thread only.
 */
final class SourceGear implements Gear {
    private static final int IN = 0;
    private static final int CONTROL = 1;
    private static final long TICK_NS = 1_000_000L;
    private static final int BURST_MAX = 4096;
    private static final byte[] APPROVED = {'0', '0'};

    private final GearContext context;
    private final MacroState state;
    private final Mix mix;
    private final RateShape shape;
    private final FieldPath[] matchOn;
    private final SourceMetrics metrics;
    private final OpenRequests open;
    private final Output out;
    private final Output[] others;
    private final Timers.Source ticks;
    private final Timers.Source deadlines;
    private final FluxMsg message = new FluxMsg();
    private final IsoPayload payload = new IsoPayload();
    private final long answerTimeoutNs;
    private final long durationNs;
    private final long total;
    private final boolean onLoad;
    private final StartFaults faults;
    private boolean running;
    private boolean pending;
    private long startedNs;
    private long sent;

    SourceGear(GearContext context, Spec spec) {
        this.context = context;
        GearConfig config = context.config();
        faults = new StartFaults(context);
        state = new MacroState(context.clock(), config.number("seed"), context.strip(), context.stripCount());
        mix = Mix.compile(config, spec, faults);
        shape = SimSourceFactory.shape(config, context.stripCount(), state);
        matchOn = paths(config.texts("match"), spec);
        metrics = new SourceMetrics(context.metrics());
        open = new OpenRequests((int) config.number("max_in_flight"));
        out = context.output("out");
        others = new Output[context.stripCount()];
        for (int strip = 0; strip < others.length; strip++) {
            others[strip] = context.peer(strip, "in_peer");
        }
        ticks = context.timers().source((nowNs, unused) -> tick(nowNs));
        deadlines = context.timers().source((nowNs, key) -> expire(key));
        answerTimeoutNs = config.durationNs("answer_timeout");
        durationNs = config.has("duration") ? config.durationNs("duration") : Long.MAX_VALUE;
        total = share(config.number("total"));
        onLoad = "on_load".equals(config.text("trigger"));
        payload.spec(spec);
    }

    @Override
    public void start() throws GearStartException {
        faults.check("mix");
        if (onLoad) {
            run();
        }
    }

    @Override
    public int onMessage(int inPort, FluxMsg arrived) {
        if (inPort == CONTROL) {
            control();
            return Outcome.ACCEPTED;
        }
        if (!(arrived.payload() instanceof IsoPayload answer)) {
            metrics.refused.increment();
            return Outcome.REFUSED;
        }
        if (!answered(answer.message()) && inPort == IN) {
            askOthers(arrived);
        }
        return Outcome.ACCEPTED;
    }

    @Override
    public void drain() {
        running = false;
    }

    @Override
    public int inFlight() {
        return open.size();
    }

    @Override
    public void stop() {
        running = false;
        payload.wipe();
    }

    private void run() {
        running = true;
        sent = 0;
        startedNs = context.clock().nanoTime();
        ticks.schedule(startedNs + TICK_NS, 0);
    }

    private void tick(long nowNs) {
        if (!running) {
            return;
        }
        long elapsed = nowNs - startedNs;
        long due = Math.min(total, shape.dueBy(Math.min(elapsed, durationNs)));
        for (int burst = 0; sent < due && burst < BURST_MAX; burst++) {
            if (open.isFull()) {
                metrics.heldBack.increment();
                break;
            }
            if (!sendNext(nowNs)) {
                break;
            }
        }
        if (sent >= total || elapsed >= durationNs && sent >= due) {
            running = false;
        } else {
            ticks.schedule(nowNs + TICK_NS, 0);
        }
    }

    /** Sends one message; false if nobody took it, so that it is offered again later. */
    private boolean sendNext(long nowNs) {
        IsoMessage fields = payload.message();
        if (!pending) {
            fields.clear();
            mix.fill(fields, state);
        }
        message.clear();
        message.id(context.ids().next());
        message.srcId(context.ordinal());
        message.tsEpochNs(context.clock().epochNanos());
        message.meta().set(MetaKey.FLUXRIG_SOURCE, context.name());
        message.payload(payload);
        long key = key(fields);
        int outcome = out.emit(message);
        pending = outcome == Outcome.FULL || Outcome.isGone(outcome);
        if (pending) {
            metrics.heldBack.increment();
            return false;
        }
        sent++;
        if (outcome != Outcome.ACCEPTED || !open.put(key, nowNs)) {
            metrics.refused.increment();
            return true;
        }
        metrics.sent.increment();
        deadlines.schedule(nowNs + answerTimeoutNs, key);
        return true;
    }

    private void control() {
        if (running) {
            running = false;
        } else {
            run();
        }
    }

    /** False if no request of this strip is open under the answer's key. */
    private boolean answered(IsoMessage answer) {
        long sentNs = open.remove(key(answer));
        if (sentNs < 0) {
            return false;
        }
        metrics.latency.record(context.clock().nanoTime() - sentNs);
        boolean approved = answer.valueEquals(DataElement.RESPONSE_CODE, APPROVED);
        (approved ? metrics.approved : metrics.declined).increment();
        return true;
    }

    /** The request may have left from another strip: that one knows it, the others do not care. */
    private void askOthers(FluxMsg answer) {
        metrics.unmatched.increment();
        for (int strip = 0; strip < others.length; strip++) {
            if (strip != context.strip()) {
                others[strip].emit(answer);
            }
        }
    }

    /** A key that came back early and was used again is younger than its deadline; it keeps the time it has. */
    private void expire(long key) {
        long sentNs = open.remove(key);
        if (sentNs < 0) {
            return;
        }
        if (context.clock().nanoTime() - sentNs < answerTimeoutNs) {
            open.put(key, sentNs);
            return;
        }
        metrics.timeouts.increment();
    }

    private long key(IsoMessage fields) {
        long key = 0;
        for (FieldPath path : matchOn) {
            key = fields.hash(path, key);
        }
        return key;
    }

    private long share(long of) {
        if (of == 0) {
            return Long.MAX_VALUE;
        }
        return of / context.stripCount() + (context.strip() < of % context.stripCount() ? 1 : 0);
    }

    private FieldPath[] paths(List<String> names, Spec spec) {
        List<String> given = names.isEmpty() ? List.of("11") : names;
        FieldPath[] paths = new FieldPath[given.size()];
        for (int i = 0; i < paths.length; i++) {
            paths[i] = spec.path(given.get(i));
            if (paths[i] == null) {
                faults.add("match " + given.get(i) + " is no field of the spec");
            }
        }
        return paths;
    }
}
