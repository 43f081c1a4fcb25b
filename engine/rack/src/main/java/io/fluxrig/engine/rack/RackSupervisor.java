package io.fluxrig.engine.rack;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.change.RackChanges;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.rack.strips.RackStartException;
import io.fluxrig.engine.rack.strips.RackStrips;
import io.fluxrig.engine.rack.strips.RunningPlan;
import io.fluxrig.engine.rack.wire.FleetLinks;
import io.fluxrig.engine.rack.wire.RackJournals;
import io.fluxrig.engine.rack.wire.StoppedWire;
import io.fluxrig.engine.rack.wire.StrandedWire;
import io.fluxrig.engine.strip.Strip;
import io.fluxrig.engine.strip.StripBank;
import io.fluxrig.engine.strip.StripSettings;
import io.fluxrig.engine.strip.loop.StripVerticle;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.id.IdCeiling;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one rack's part of a scenario: deploys its strips, has gears see whether ports are free, starts them in order of
 * {@link StartOrder} (each on all strips before the next), drains, and stops in reverse. One use: start, drain, stop. A change of the
 * scenario that is under way is settled before anything drains or stops, so that every gear there is has its place in the plan by then.
 *
 * <p>Threading: any thread; the state is visible to all. What happens to gears happens on their strips.
 */
public final class RackSupervisor {
    private static final Logger LOG = LoggerFactory.getLogger(RackSupervisor.class);
    private static final int STRIPS_DEFAULT_MAX = 16;
    private static final int POLL_MAX = 1024;
    private static final int FAILURES_MAX = 10;
    private static final long DRAIN_POLL_MS = 10;
    /** Polls in a row that must find nothing in flight, since a message between two gears is in neither. */
    private static final int QUIET_POLLS = 3;

    private static final long LAG_PROBE_MS = 100;

    private final Vertx vertx;
    private final Clock clock;
    private final RunningPlan running;
    private final RackJournals journals;
    private final List<StripVerticle> verticles = new ArrayList<>();
    private final RackStrips strips;
    private final RackChanges changes;
    private final List<LatencyRecorder> lags = new ArrayList<>();
    private final List<String> deployments = new CopyOnWriteArrayList<>();
    private final long drainTimeoutNs;
    private volatile RackState state = RackState.STARTING;
    private volatile String reason = "gears are starting";
    private volatile Supplier<String> warning = () -> "";
    private volatile long startedNs;
    private volatile long drainEndNs;
    private long lagTimer = -1;
    private long watchTimer = -1;

    /** Of a rack without durable wires. */
    public RackSupervisor(Vertx vertx, RackPlan plan, NodeConfig config, RackMetrics metrics, Clock clock) {
        this(vertx, plan, config, metrics, clock, RackJournals.none());
    }

    /** Of messages whose ids nobody remembers. */
    public RackSupervisor(
            Vertx vertx, RackPlan plan, NodeConfig config, RackMetrics metrics, Clock clock, RackJournals journals) {
        this(vertx, plan, config, metrics, clock, journals, IdCeiling.none());
    }

    /**
     * @param journals of the plan's durable wires; started here, closed by the caller once this has stopped
     * @param ids between which ticks ids of messages are
     */
    public RackSupervisor(
            Vertx vertx,
            RackPlan plan,
            NodeConfig config,
            RackMetrics metrics,
            Clock clock,
            RackJournals journals,
            IdCeiling ids) {
        this.journals = journals;
        this.vertx = vertx;
        this.clock = clock;
        this.drainTimeoutNs = config.durationNs(NodeKeys.RACK_DRAIN_TIMEOUT);
        StripSettings settings = settings(config);
        StripBank bank =
                new StripBank(plan.strips(), settings, plan.scenario().specs(), metrics, journals.wires(), ids);
        this.running = new RunningPlan(plan, bank);
        for (int strip = 0; strip < settings.strips(); strip++) {
            verticles.add(new StripVerticle(bank, strip, clock));
            lags.add(metrics.latency(
                    "strip_lag_seconds", "How long a strip takes to turn to new work.", strip, "strip", "" + strip));
        }
        this.strips = new RackStrips(verticles);
        this.changes = new RackChanges(vertx, config, metrics, clock, strips, running, this::unready);
    }

    /**
     * How many strips a configuration asks for: {@code rack.strips}, or one for every two cores, since a strip keeps the
     * kernel's side of its sockets busy too ({@code docs/decisions/strips-by-cores.md}).
     */
    public static int stripCount(NodeConfig config) {
        long asked = config.number(NodeKeys.RACK_STRIPS);
        int cores = Runtime.getRuntime().availableProcessors();
        return asked > 0 ? (int) asked : Math.max(1, Math.min(STRIPS_DEFAULT_MAX, cores / 2));
    }

    private static StripSettings settings(NodeConfig config) {
        return new StripSettings(
                stripCount(config),
                (int) config.number(NodeKeys.RACK_TURBO_RING),
                (int) config.number(NodeKeys.RACK_MAX_HOPS),
                (int) config.number(NodeKeys.RACK_MAX_TIMERS),
                config.durationNs(NodeKeys.RACK_TIMER_TICK),
                (int) config.number(NodeKeys.RACK_READ_WINDOW),
                POLL_MAX,
                FAILURES_MAX,
                (int) config.number(NodeKeys.RACK_MACHINE_ID));
    }

    /** Connects to the racks that this one has wires with, and waits until they answer, no longer than that. Blocks; before the start. */
    public void probePeers(long waitNs) {
        connect();
        journals.probe(waitNs);
    }

    private void connect() {
        journals.connect(running.bank(), () -> state == RackState.RUNNING);
    }

    /** Starts everything; fails with a {@link RackStartException} after stopping what had begun. */
    public Future<Void> start() {
        startedNs = clock.nanoTime();
        connect();
        return deploy(0)
                .recover(cause -> Future.failedFuture(RackStrips.explain(cause, null)))
                .compose(deployed -> strips.eachGear(running.order(), Strip::probe, plan().gears()::get))
                .compose(probed -> strips.eachGear(running.order(), Strip::start, plan().gears()::get))
                .onSuccess(started -> {
                    journals.start(running.bank());
                    become(RackState.RUNNING, "");
                    lagTimer = vertx.setPeriodic(LAG_PROBE_MS, timer -> {
                        probeLag();
                        journals.look();
                    });
                    watchTimer = changes.watch();
                })
                .recover(cause -> abandon(cause));
    }

    /** How many messages are in flight: open requests, and what waits for room. */
    public Future<Integer> inFlight() {
        return strips.sum(strip -> {
            int inFlight = 0;
            for (int gear : running.order()) {
                inFlight += strip.inFlight(gear);
            }
            return inFlight;
        });
    }

    /**
     * Stops taking new requests and waits until nothing is in flight, at most {@code rack.drain_timeout}. A change that is under way is
     * settled first.
     *
     * @return how many messages were still in flight at the end; 0 if the drain was complete
     */
    public Future<Integer> drain() {
        become(RackState.DRAINING, "no new requests are taken");
        Promise<Integer> drained = Promise.promise();
        long deadlineNs = clock.nanoTime() + drainTimeoutNs;
        drainEndNs = deadlineNs;
        changes.settle()
                .compose(settled -> drainGears())
                .onFailure(
                        untold -> LOG.error("not every gear was told to take no new requests: {}", untold.toString()))
                .onComplete(asked -> awaitQuiet(deadlineNs, 0, drained));
        return drained.future();
    }

    private Future<Void> drainGears() {
        List<Integer> reversed = reversed();
        return strips.each(strip -> reversed.forEach(strip::drain));
    }

    /** How long a drain may take. */
    public long drainTimeoutNs() {
        return drainTimeoutNs;
    }

    /** Nanoseconds that a drain may still take, none left at its end; of use once {@link #drain} was called. */
    public long drainLeftNs() {
        return Math.max(0, drainEndNs - clock.nanoTime());
    }

    /**
     * Stops every gear, what listens first, and lets go of the strips; does nothing where that was done. A change that is under way is
     * settled first.
     */
    public Future<Void> stop() {
        if (state == RackState.FAILED || state == RackState.STOPPED) {
            return Future.succeededFuture();
        }
        return changes.settle().compose(settled -> stopAs(RackState.STOPPED, "stopped"));
    }

    /** Runs the task once on each strip's event loop. */
    public Future<Void> onStrips(Runnable task) {
        return strips.sum(strip -> {
                    task.run();
                    return 0;
                })
                .mapEmpty();
    }

    /** What there is of other racks at present. */
    public FleetLinks fleetLinks() {
        return journals.links();
    }

    /** Wires and ticket logs that take nothing at present. */
    public List<StoppedWire> stoppedWires() {
        return journals.stopped();
    }

    /** Messages that no wire of the scenario leads to, in journals and in NATS. */
    public List<StrandedWire> strandedWires() {
        return journals.stranded();
    }

    /** What {@link #strandedWires} are and what to do, in one line; empty for none. */
    public String stranded() {
        return strandedWires().stream().map(StrandedWire::line).collect(Collectors.joining("; "));
    }

    /** @param about what keeps nothing from running now and will later; gives an empty text for nothing, to any thread */
    public void warns(Supplier<String> about) {
        warning = about;
    }

    /** What keeps nothing from running now, and will later; empty for nothing. */
    public String warning() {
        return warning.get();
    }

    public RackState state() {
        return state;
    }

    /**
     * What people should know of how the rack is: why it is in its state, and while it runs what takes nothing, what waits for nobody,
     * what of other racks is away and what ends soon; empty if all is well.
     */
    public String condition() {
        return state == RackState.RUNNING
                ? Stream.of(
                                StoppedWire.summary(stoppedWires()),
                                StrandedWire.summary(strandedWires()),
                                fleetLinks().line(),
                                warning())
                        .filter(each -> !each.isEmpty())
                        .collect(Collectors.joining("; "))
                : reason;
    }

    /** Why nobody is to change the scenario now; null while the rack runs. */
    private String unready() {
        RackState now = state;
        return now == RackState.RUNNING ? null : "the rack is " + now.word();
    }

    /** Why the rack is in its state, empty while it runs. */
    public String reason() {
        return reason;
    }

    /** What runs. */
    public RackPlan plan() {
        return running.plan();
    }

    /** Changes of the scenario while the rack runs. */
    public RackChanges changes() {
        return changes;
    }

    /** Whether a gear sent to that output port before a change, and does not any more; its metrics stay. */
    public boolean hadOnce(String gear, String port) {
        return running.hadOnce(gear, port);
    }

    /** The strips' shared structures: links and gears' states. */
    public StripBank bank() {
        return running.bank();
    }

    /** Nanoseconds since {@link #start}. */
    public long uptimeNs() {
        return clock.nanoTime() - startedNs;
    }

    private Future<Void> deploy(int strip) {
        if (strip == verticles.size()) {
            return Future.succeededFuture();
        }
        return vertx.deployVerticle(verticles.get(strip), new DeploymentOptions())
                .compose(id -> {
                    deployments.add(id);
                    return deploy(strip + 1);
                });
    }

    private Future<Void> abandon(Throwable cause) {
        return stopAs(RackState.FAILED, cause.getMessage()).transform(stopped -> Future.failedFuture(cause));
    }

    private Future<Void> stopAs(RackState end, String why) {
        if (lagTimer >= 0) {
            vertx.cancelTimer(lagTimer);
            vertx.cancelTimer(watchTimer);
        }
        List<Integer> reversed = reversed();
        Future<Void> stopped = deployments.size() == verticles.size()
                ? strips.each(strip -> reversed.forEach(strip::stop))
                : Future.succeededFuture();
        return stopped.transform(done -> undeploy()).onComplete(done -> become(end, why));
    }

    private Future<Void> undeploy() {
        List<Future<Void>> undeployed =
                deployments.stream().map(vertx::undeploy).toList();
        deployments.clear();
        return Future.join(undeployed).mapEmpty();
    }

    private void awaitQuiet(long deadlineNs, int quiet, Promise<Integer> drained) {
        inFlight().onComplete(polled -> {
            int inFlight = polled.succeeded() ? polled.result() : 1; // who cannot say may have something
            int quietNow = inFlight == 0 ? quiet + 1 : 0;
            boolean late = clock.nanoTime() >= deadlineNs;
            if (quietNow >= QUIET_POLLS || late) {
                if (polled.failed()) {
                    LOG.error(
                            "a strip does not say what it has in flight: {}",
                            polled.cause().toString());
                }
                drained.complete(inFlight);
            } else {
                vertx.setTimer(DRAIN_POLL_MS, timer -> awaitQuiet(deadlineNs, quietNow, drained));
            }
        });
    }

    private void probeLag() {
        for (int strip = 0; strip < verticles.size(); strip++) {
            LatencyRecorder lag = lags.get(strip);
            long askedNs = clock.nanoTime();
            verticles.get(strip).call(own -> {
                lag.record(clock.nanoTime() - askedNs);
                return 0;
            });
        }
    }

    private List<Integer> reversed() {
        List<Integer> reversed = new ArrayList<>(running.order());
        Collections.reverse(reversed);
        return reversed;
    }

    private void become(RackState next, String why) {
        state = next;
        reason = why;
        if (next != RackState.FAILED) { // who started it tells why
            LOG.info("{} is {}", plan().title(), next.word());
        }
    }
}
