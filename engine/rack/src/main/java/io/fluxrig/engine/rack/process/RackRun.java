package io.fluxrig.engine.rack.process;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.config.Quantity;
import io.fluxrig.engine.control.Traffic;
import io.fluxrig.engine.log.RackLog;
import io.fluxrig.engine.metrics.ProcessMetrics;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.RackSupervisor;
import io.fluxrig.engine.rack.api.RackApi;
import io.fluxrig.engine.rack.api.RackMixer;
import io.fluxrig.engine.rack.api.RackPassport;
import io.fluxrig.engine.rack.api.RackTraffic;
import io.fluxrig.engine.rack.ids.IdMark;
import io.fluxrig.engine.rack.plan.DescriptorDemand;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.rack.wire.RackJournals;
import io.fluxrig.engine.rack.wire.RackKeys;
import io.fluxrig.engine.strip.loop.SpinningEpoll;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.id.IdCeiling;
import io.fluxrig.perf.sched.ShortSlices;
import io.fluxrig.transport.bus.BusLogin;
import io.fluxrig.transport.journal.store.JournalException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a rack's gears in its process, from a checked plan to the end of its drain, with its HTTP window. Made, started and
 * closed by one thread, which may block; not on an event loop.
 */
public final class RackRun implements AutoCloseable {
    /** Gears stop at once; those of an event loop that broke would be waited for without an end. */
    private static final long STOP_SECONDS_MAX = 30;

    private static final long CLOSE_SECONDS_MAX = 5;

    /** What was asked did not answer in time. */
    private static final int UNKNOWN = -1;

    private static final long ASK_NS_MAX = 1_000_000_000L;
    /** Not in the way of a start and its first messages. */
    private static final long SLICES_AFTER_MS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(RackRun.class);

    private final Vertx vertx;
    private final NodeConfig config;
    private final RackPlan plan;
    private final RackLog log;
    private final SpinningEpoll spinning;
    private final RackJournals journals;
    /** Null where nothing is written. */
    private final IdMark ids;

    private final RackSupervisor supervisor;
    private final RackApi api;
    private final RackMetrics metrics;
    private RackTraffic traffic;
    private int port = -1;

    private RackRun(
            Vertx vertx,
            NodeConfig config,
            RackPlan plan,
            RackLog log,
            SpinningEpoll spinning,
            RackMetrics metrics,
            RackJournals journals,
            IdMark ids) {
        this.vertx = vertx;
        this.config = config;
        this.plan = plan;
        this.log = log;
        this.spinning = spinning;
        this.journals = journals;
        this.ids = ids;
        this.metrics = metrics;
        this.supervisor = new RackSupervisor(
                vertx, plan, config, metrics, Clock.system(), journals, ids == null ? IdCeiling.none() : ids.ceiling());
        this.api = new RackApi(vertx, supervisor, metrics);
    }

    /**
     * Opens the plan's journals, and the mark of message ids.
     *
     * @param data the folder that this process holds, null for none: then nothing remembers ids from one start to the next
     * @param keys of this rack
     * @param login whose login to NATS is used where the configuration names no credentials; null for none
     * @throws JournalException if one of them cannot be used; the text is for the operator
     */
    static RackRun open(
            Vertx vertx,
            NodeConfig config,
            RackPlan plan,
            RackLog log,
            SpinningEpoll spinning,
            Path data,
            RackKeys keys,
            BusLogin login)
            throws JournalException {
        String shortage = DescriptorDemand.shortage(plan);
        if (shortage != null) {
            LOG.warn("{}", shortage);
        }
        RackMetrics metrics = new RackMetrics();
        ProcessMetrics.register(metrics);
        metrics.counter("log_dropped_total", "Log lines dropped because the queue was full.", log::dropped);
        metrics.counter("log_file_lost_total", "Times the log file was found moved or removed.", log::fileLost);
        int strips = RackSupervisor.stripCount(config);
        RackJournals journals = RackJournals.open(plan, config, strips, metrics, Clock.system(), keys, login);
        IdMark ids = null;
        boolean made = false;
        try {
            ids = data == null ? null : IdMark.open(data, Clock.system());
            RackRun run = new RackRun(vertx, config, plan, log, spinning, metrics, journals, ids);
            if (ids != null) {
                metrics.level(
                        "ids_unmarked_seconds",
                        "Since it should have been written down how far message ids may go, and was not; 0 while it is.",
                        ids::lateSeconds);
                run.supervisor.warns(ids::trouble);
            }
            made = true;
            return run;
        } finally {
            if (!made) {
                leave(ids, true);
                journals.close();
            }
        }
    }

    /**
     * A mixer sends what is run, which the HTTP window tells, and is told of the traffic; before {@link #start}.
     */
    void led(RackPassport passport, RackMixer mixer) {
        api.led(mixer);
        metrics.level(
                "mixer_connected", "1 while the mixer that leads this rack answers.", () -> mixer.reached() ? 1 : 0);
        metrics.level(
                "mixer_nats_connected",
                "1 while there is a connection to the NATS over which the mixer leads this rack.",
                () -> mixer.connected() ? 1 : 0);
        metrics.level(
                "mixer_away_seconds",
                "Since the mixer that leads this rack left the first thing unanswered, where it is away; 0 while it answers.",
                mixer::awaySeconds);
        metrics.counter(
                "control_dropped_total",
                "What came as the mixer's and proved nothing, and was not obeyed.",
                mixer::dropped);
        supervisor.warns(() -> warnings(passport));
        metrics.level(
                "passport_left_seconds",
                "Until the passport expires, negative once it has; a mixer renews it when a third is left.",
                passport::leftSeconds);
        traffic = new RackTraffic(supervisor, metrics);
    }

    private String warnings(RackPassport passport) {
        return Stream.of(ids == null ? "" : ids.trouble(), passport.warning())
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static void leave(IdMark ids, boolean stopped) {
        if (ids != null) {
            ids.leave(stopped);
        }
    }

    /** Listens, waits for other racks for {@code snake.probe_wait} at most, and starts every gear; a {@link CompletionException} has what something failed with as its cause. */
    public void start() {
        log.scenarioLevel(plan.logLevel());
        supervisor.changes().follow(now -> log.scenarioLevel(now.logLevel()));
        port = listen();
        supervisor.probePeers(config.durationNs(NodeKeys.SNAKE_PROBE_WAIT));
        await(supervisor.start());
        if (spinning != null) {
            await(supervisor.onStrips(spinning::spin));
        }
        if (config.flag(NodeKeys.RACK_SHORT_SLICES)) {
            vertx.setTimer(SLICES_AFTER_MS, timer -> askForShortSlices());
        }
    }

    /** Finds the way to the system on a thread of its own, since that takes a while. */
    private void askForShortSlices() {
        Thread thread = new Thread(
                () -> {
                    ShortSlices slices = ShortSlices.open();
                    supervisor.onStrips(() -> LOG.info(
                            "the strip of {} {}", Thread.currentThread().getName(), slices.ask()));
                },
                "short-slices");
        thread.setDaemon(true);
        thread.start();
    }

    /** What is ready, in one line. */
    public String ready() {
        String transport = vertx.isNativeTransportEnabled() ? "epoll" : "nio";
        StringBuilder line = new StringBuilder(160);
        line.append("fluxrig: ")
                .append(plan.title())
                .append(" runs ")
                .append(plan.scenario().name());
        line.append(' ').append(plan.scenario().version());
        int strips = RackSupervisor.stripCount(config);
        line.append(" (")
                .append(strips)
                .append(strips == 1 ? " strip, " : " strips, ")
                .append(transport)
                .append(spinning != null ? ", busy-waiting)" : ")");
        String sockets = RackSockets.describe(plan);
        if (!sockets.isEmpty()) {
            line.append("; ").append(sockets);
        }
        if (port >= 0) {
            String host = Address.parse(config.text(NodeKeys.TELEMETRY_BIND))
                    .orElseThrow()
                    .host();
            line.append("; status on http://").append(new Address(host.isEmpty() ? "localhost" : host, port));
        }
        return line.toString();
    }

    /** What supervises the gears. */
    public RackSupervisor supervisor() {
        return supervisor;
    }

    /**
     * The traffic of a rack that a mixer leads; null of any other, and where there is no switch. Percentiles are of what was answered since the last time
     * that this was asked, or the time before where that was a moment ago.
     */
    public Traffic traffic() {
        if (traffic == null) {
            return null;
        }
        if (port < 0) {
            metrics.tick(); // the HTTP window does it else
        }
        return traffic.now();
    }

    /** The port of the HTTP window, negative for none. */
    public int port() {
        return port;
    }

    /**
     * Drains, for {@code rack.drain_timeout} at most.
     *
     * @return whether nothing was left in flight
     */
    public boolean drain() {
        int before = within(supervisor.inFlight(), ASK_NS_MAX);
        LOG.info(
                "asked to stop: draining, {} in flight, for {} at most (rack.drain_timeout); new requests are declined",
                shown(before),
                Quantity.durationText(supervisor.drainTimeoutNs()));
        return ended(supervisor.drain(), before);
    }

    /**
     * Waits for a drain of the supervisor that has begun, a little longer than it may take.
     *
     * @return whether nothing was left in flight
     */
    public boolean awaitDrain(Future<Integer> drain) {
        return ended(drain, UNKNOWN);
    }

    private boolean ended(Future<Integer> drain, int before) {
        int left = within(drain, supervisor.drainLeftNs() + ASK_NS_MAX);
        if (left != 0) {
            LOG.warn(
                    "drain ended at rack.drain_timeout with {} of {} in flight: their terminals were told nothing,"
                            + " their issuers may have approved them",
                    shown(left),
                    shown(before));
        } else if (before == 0) {
            LOG.info("drained: nothing is in flight");
        } else {
            LOG.info("drained: {} in flight when asked, each answered or declined since", shown(before));
        }
        return left == 0;
    }

    private static String shown(int inFlight) {
        return inFlight == UNKNOWN ? "unknown" : Integer.toString(inFlight);
    }

    /** An event loop that broke does not answer. */
    private static int within(Future<Integer> asked, long ns) {
        return asked.otherwise(UNKNOWN)
                .toCompletionStage()
                .toCompletableFuture()
                .completeOnTimeout(UNKNOWN, ns, TimeUnit.NANOSECONDS)
                .join();
    }

    /** Stops every gear, at once where nothing was drained, and lets go of journals and the HTTP window. */
    @Override
    public void close() {
        boolean stopped = false;
        try {
            stopped = awaitEnd(
                    supervisor.stop(),
                    STOP_SECONDS_MAX,
                    "not every gear has stopped within {} s, or said that it could not ({}): the rack goes on to its end"
                            + " without them, and what they had under way was told nobody");
            awaitEnd(api.close(), CLOSE_SECONDS_MAX, "the HTTP window is not closed after {} s ({})");
        } finally {
            leave(ids, stopped);
            journals.close();
        }
    }

    private static boolean awaitEnd(Future<Void> end, long seconds, String otherwise) {
        try {
            end.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(seconds, TimeUnit.SECONDS)
                    .join();
            return true;
        } catch (CompletionException unended) {
            LOG.error(otherwise, seconds, unended.getCause().toString());
            return false;
        }
    }

    private int listen() {
        if (!config.flag(NodeKeys.TELEMETRY_ENABLED)) {
            return -1;
        }
        Address bind = Address.parse(config.text(NodeKeys.TELEMETRY_BIND)).orElseThrow();
        return await(api.listen(bind));
    }

    /** The future's result; what it failed with is the cause of the {@link CompletionException}. */
    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
